"""The Flask application: its parts put together, nothing more.

Made by :func:`create_app` from settings that are passed in, so that a test can have its own beside the
next test's, and so that a worker process starts from what the command line decided.
"""

from __future__ import annotations

from flask import Flask

from kg.settings import Settings
from server.dumps import dumps
from server.errors import register_error_handlers
from server.pages import pages
from server.rendering import register_rendering
from server.resources import resources
from server.site import install_site
from server.sparql import sparql
from server.wellknown import wellknown

MAX_BODY = 1 << 20
"""Bytes that a request may have; a query longer than a megabyte is a mistake or an attack."""


def create_app(settings: Settings) -> Flask:
    """The application that serves the graph in ``settings.data``."""
    app = Flask("server")
    app.config.update(MAX_CONTENT_LENGTH=MAX_BODY, MAX_FORM_MEMORY_SIZE=MAX_BODY)
    app.url_map.strict_slashes = False
    install_site(app, settings)
    register_rendering(app)
    register_error_handlers(app)
    for part in (sparql, resources, pages, dumps, wellknown):
        app.register_blueprint(part)
    return app

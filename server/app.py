"""The Flask application: its parts put together, nothing more.

Made by :func:`create_app` from settings that are passed in, so that a test can have its own beside the
next test's, and so that a worker process starts from what the command line decided.
"""

from __future__ import annotations

from flask import Flask, request

from kg.settings import Settings
from server.assets import install_assets
from server.atlas.routes import atlas
from server.dumps import dumps
from server.errors import register_error_handlers
from server.explore.routes import explore
from server.fragments.routes import fragments
from server.front.exchange import HANDED
from server.front.queries import Handed
from server.graphs import graphs
from server.pages import pages
from server.reconcile.routes import reconcile
from server.rendering import register_rendering
from server.resources import resources
from server.search.routes import search
from server.site import Perform, install_site
from server.sparql import sparql
from server.update import update
from server.wellknown import wellknown

MAX_BODY = 1 << 20
"""Bytes that a request may have; a query longer than a megabyte is a mistake or an attack."""


def raise_handed() -> None:
    """Answer with the problem that the front found, in the one place where problems become answers."""
    handed: Handed | None = request.environ.get("asgi.scope", {}).get(HANDED)
    if handed is not None and handed.problem is not None:
        raise handed.problem


def create_app(settings: Settings, write: Perform | None = None) -> Flask:
    """The application that serves the graph in ``settings.data``; ``write`` carries out writes elsewhere."""
    app = Flask("server", static_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=MAX_BODY, MAX_FORM_MEMORY_SIZE=MAX_BODY)
    app.url_map.strict_slashes = False
    install_site(app, settings, write)
    register_rendering(app)
    install_assets(app)
    register_error_handlers(app)
    app.before_request(raise_handed)
    for part in (sparql, update, graphs, resources, pages, explore, atlas, search, dumps, wellknown):
        app.register_blueprint(part)
    for door in (fragments, reconcile):
        app.register_blueprint(door)
    return app

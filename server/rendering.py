"""From a page's dataclass to an answer: the template, the embedded data and the policy that allows just that.

The Content-Security-Policy forbids everything and then allows our style sheet, our images and our forms. The
embedded data is allowed by its hash, not by a nonce: the same page is then the same bytes, and its ETag holds.
"""

from __future__ import annotations

from typing import Protocol

from flask import Flask, Response, g, render_template, request

from server.headers import COMMON, POLICY, PREFLIGHT
from server.schemaorg import dump_script, script_hash
from server.views.page import Head


class Page(Protocol):
    """What the frame of every page needs of its variables."""

    @property
    def head(self) -> Head:
        """Title, description, other forms, embedded data."""
        ...


def register_rendering(app: Flask) -> None:
    """Set the headers of every answer, errors and redirects included."""
    app.after_request(_add_headers)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def render(template: str, page: Page) -> Response:
    """A page as HTML, with an ETag made from its content, or 304 if the client has it."""
    script = dump_script(page.head.structured) if page.head.structured else ""
    if script:
        g.script_hash = script_hash(script)
    response = Response(render_template(template, page=page, script=script), content_type="text/html; charset=utf-8")
    response.add_etag()
    response.headers["Cache-Control"] = "no-cache"
    response.make_conditional(request)
    return response


def _add_headers(response: Response) -> Response:
    allowed = g.get("script_hash")
    response.headers["Content-Security-Policy"] = f"{POLICY}; script-src {allowed}" if allowed else POLICY
    for name, value in (COMMON | (PREFLIGHT if request.method == "OPTIONS" else {})).items():
        response.headers.setdefault(name, value)
    return response

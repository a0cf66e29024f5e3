"""From a page's dataclass to an answer: the template, the embedded data and the policy that allows just that.

The Content-Security-Policy forbids everything and then allows our style sheet, our images and our forms. The
embedded data is allowed by its hash, not by a nonce: the same page is then the same bytes, and its ETag holds.
"""

from __future__ import annotations

from typing import Protocol

from flask import Flask, Response, g, render_template, request
from markupsafe import Markup

from server.caching import tell_modified
from server.headers import COMMON, PREFLIGHT, policy_of
from server.locales import Taste, parse_taste
from server.schemaorg import dump_script, script_hash
from server.site import lists_of, modified
from server.views.page import Head
from server.views.words import date_words, number_words


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
    app.jinja_env.filters |= {"day": day, "number": number}
    app.jinja_env.globals["lists_of"] = lists_of


def render(template: str, page: Page) -> Response:
    """A page as HTML, with an ETag made from its content, or 304 if the client has it."""
    script = dump_script(page.head.structured) if page.head.structured else ""
    if script:
        g.script_hash = script_hash(script)
    response = Response(render_template(template, page=page, script=script), content_type="text/html; charset=utf-8")
    response.add_etag()
    response.headers["Cache-Control"] = "no-cache"
    response.vary.add("Accept-Language")
    for form in page.head.alternates:
        response.headers.add("Link", f'<{form.href}>; rel="alternate"; type="{form.media_type}"')
    response.headers["Content-Language"] = "en"
    if "snapshot" in g and not lists_of():
        tell_modified(response, modified())
    response.make_conditional(request)
    return response


def allow_frames() -> None:
    """Let any site show the answer to the current request in a frame: nothing in it can be clicked to a bad end."""
    g.is_framed = True


def taste() -> Taste:
    """What the current request's reader prefers."""
    if "taste" not in g:
        g.taste = parse_taste(request.headers.get("Accept-Language"))
    found: Taste = g.taste
    return found


def day(iso: str | None, missing: str = "") -> str:
    """A date of any precision as the reader writes dates, in an element that keeps the exact form; else ``missing``."""
    if not iso:
        return missing
    return Markup('<time datetime="{}">{}</time>').format(iso, date_words(iso, taste().locale))


def number(value: float | str) -> str:
    """A number as the reader groups its digits."""
    return number_words(str(value), taste().locale)


def _add_headers(response: Response) -> Response:
    is_framed = "is_framed" in g
    policy = policy_of(response.mimetype, g.get("script_hash", ""), is_framed=is_framed)
    common = COMMON | (PREFLIGHT if request.method == "OPTIONS" else {})
    if is_framed:
        common = {name: value for name, value in common.items() if name != "X-Frame-Options"}  # it can't say all
    response.headers["Content-Security-Policy"] = policy
    for name, value in common.items():
        response.headers.setdefault(name, value)
    if behind := lists_of():
        response.headers["Aidgraph-Lists"] = behind
    return response

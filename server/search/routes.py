"""``/search`` and what goes with it: addresses in, answers out."""

from __future__ import annotations

from flask import Blueprint, Response, request

from server.assets import assets
from server.media import HTML_OFFER
from server.negotiate import Offer, choose
from server.paging import existing, page_number
from server.problems import BadRequest, NotAcceptable
from server.rendering import render
from server.search.data import as_json, opensearch, results_as_data, suggestions_as_data, suggestions_for_browsers
from server.search.find import Finder, read_shelves
from server.search.kinds import ENTITY, LABELS
from server.search.page import LONGEST, SearchPage, Wanted, search_page
from server.search.suggest import suggest
from server.site import index, lists_of, remember_lists, site

search = Blueprint("search", __name__)

JSON = Offer("application/json", "json")
OPENSEARCH = "application/opensearchdescription+xml"
SUGGESTIONS = "application/x-suggestions+json"

_SHORTLY = "public, max-age=10"
"""For how long suggestions may be kept: as long as somebody types one search, deletes a letter and types it again."""


@search.get("/search")
def results() -> Response:
    """The results as a page, or as JSON for who asks for that."""
    offers = (HTML_OFFER, JSON)
    accept = request.headers.get("Accept")
    offer = choose(offers, accept)
    if offer is None:
        raise NotAcceptable(offers, wanted=accept or "")
    page = _page()
    response = _as_json(page) if offer is JSON else render("search.html", page)
    response.vary.add("Accept")
    return response


@search.get("/search.json")
def data() -> Response:
    """The results as JSON."""
    return _as_json(_page())


@search.get("/search/suggest")
def suggestions() -> Response:
    """Suggestions for what is being typed, for our own scripts or as browsers want them."""
    typed = request.args.get("q", "")[:LONGEST]
    found = suggest(_finder(), site().addresses, typed)
    if request.args.get("format") == "opensearch":
        body = as_json(suggestions_for_browsers(typed, found, request.host_url.rstrip("/")))
        response = Response(body, content_type=SUGGESTIONS)
    else:
        response = Response(as_json(suggestions_as_data(typed, found)), content_type=JSON.media_type)
    response.headers["Cache-Control"] = _SHORTLY
    return response


@search.get("/opensearch.xml")
def description() -> Response:
    """By which a browser adds the search to its own box."""
    body = opensearch(request.host_url.rstrip("/"), assets().address("icon.svg") or "")
    return Response(body, content_type=f"{OPENSEARCH}; charset=utf-8")


def _page() -> SearchPage:
    wanted = Wanted(
        request.args.get("q", ""), request.args.get("kind", ""), page_number("page"),
        request.args.get("exact", "") not in ("", "0"),
    )  # fmt: skip
    if wanted.kind not in ("", ENTITY, *LABELS):
        raise BadRequest(f"There is no kind {wanted.kind!r}; the kinds are {', '.join((ENTITY, *LABELS))}.")
    page = search_page(_finder(), site().addresses, wanted)
    existing(page.pager)
    return page


def _as_json(page: SearchPage) -> Response:
    body = results_as_data(page)
    if behind := lists_of():
        body["lists"] = behind
    response = Response(as_json(body), content_type=JSON.media_type)
    response.add_etag()
    response.headers["Cache-Control"] = "no-cache"
    response.make_conditional(request)
    return response


def _finder() -> Finder:
    connection = index()
    return Finder(connection, remember_lists("shelves", lambda: read_shelves(connection)))

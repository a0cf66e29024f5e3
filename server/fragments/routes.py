"""``/fragments``: one page of the triples that fit a pattern, as data or as a page for people."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from flask import Blueprint, Response, request

from kg.description.names import Names
from kg.errors import NotReadyError
from server.caching import revalidated
from server.fragments.controls import Asked, describe_page, serialize_page
from server.fragments.pattern import parse_pattern
from server.fragments.shelf import SIZE, Shelf, Total, Triples
from server.fragments.view import fragment_page
from server.media import GRAPH_NAMES, HTML_OFFER, content_type
from server.negotiate import Offer, choose, named
from server.paging import page_number
from server.problems import NotAcceptable, NotFound
from server.reading import reader
from server.rendering import render
from server.site import counts, index, modified, site, snapshot

fragments = Blueprint("fragments", __name__)

FRAGMENT_OFFERS: Final = (
    Offer("application/trig", "trig"),
    Offer("application/n-quads", "nq"),
    Offer("text/turtle", "ttl"),
    Offer("application/n-triples", "nt"),
    Offer("application/ld+json", "jsonld"),
    Offer("application/json", "jsonld"),
    HTML_OFFER,
)
"""Those that keep the metadata apart in a graph come first."""

_ADDRESS: Final = "/?:@-._~!$&'()*+,;=%"
"""What an address may have behind its path besides letters and digits (RFC 3986 §3.4); all else gets percent signs."""


@fragments.get("/fragments")
def fragment() -> Response:
    """A page of a fragment; without parameters the beginning of all triples."""
    wanted, accept = request.args.get("format", ""), request.headers.get("Accept")
    offer = named(FRAGMENT_OFFERS, GRAPH_NAMES.get(wanted, wanted)) if wanted else choose(FRAGMENT_OFFERS, accept)
    if offer is None:
        raise NotAcceptable(FRAGMENT_OFFERS, wanted=wanted or accept or "")
    dataset = Names(site().settings.base).dataset
    pattern, number = parse_pattern(request.args), page_number("page")
    asked = Asked(request.url_root, dataset, pattern, number, _own_address(), wanted)
    response = _page(asked) if offer == HTML_OFFER else _data(asked, offer)
    response.vary.add("Accept")
    return response


def _own_address() -> str:
    """The address as the client wrote it, which it looks for in the controls."""
    parameters = quote(request.query_string, safe=_ADDRESS)
    return f"{request.url_root}fragments{'?' if parameters else ''}{parameters}"


def _data(asked: Asked, offer: Offer) -> Response:
    def make() -> Response:
        triples, total, has_next = _read(asked)
        metadata = describe_page(asked, total, has_next=has_next)
        body = serialize_page(asked, triples, metadata, offer.name)
        return Response(body, content_type=content_type(offer.media_type))

    return revalidated(f"{snapshot().version}/{offer.name}/{request.host}", make, modified=modified())


def _page(asked: Asked) -> Response:
    triples, total, has_next = _read(asked)
    return render("fragments.html", fragment_page(reader(), asked, triples, total, has_next=has_next))


def _read(asked: Asked) -> tuple[Triples, Total, bool]:
    """The triples of the page, how many fit in all, and whether there is a next page.

    Raises:
        NotFound: the fragment has fewer pages. An empty one has one.
    """
    current = snapshot()
    shelf = site().dataset.remember(current, "fragments", lambda _: Shelf())
    total = shelf.total(current.store, asked.pattern, _all_triples)
    is_there = asked.number == 1 or total.is_least or (asked.number - 1) * SIZE < total.number
    triples = shelf.page(current.store, asked.pattern, asked.number) if is_there else ()
    if asked.number > 1 and not triples:
        raise NotFound(f"There is no page {asked.number} of this fragment: {total.number} triples fit its pattern.")
    end = (asked.number - 1) * SIZE + len(triples)
    return triples, total, end < total.number or (total.is_least and len(triples) == SIZE)


def _all_triples() -> int | None:
    """The number that the index has, if it is there already."""
    try:
        index(patience=0)
    except NotReadyError:
        return None
    return counts()["triples"]

"""``/events``, ``/articles`` and ``/entities``, as pages and as files.

A list has one address, and each of its files one beside it: ``/events?donor=country/italy`` and
``/events.csv?donor=country/italy``. Who asks the first for a file by Accept is sent on to the second by 303, as for all
that the server knows. Filtered lists are kept out of search engines: their number has no end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

import pyoxigraph as ox
from flask import Blueprint, Response, request

from server.caching import revalidated
from server.explore.asking import Asked, parse_asked
from server.explore.choosing import Selection, choose_things
from server.explore.columns import Columns, load_columns
from server.explore.entities import AskedEntities, Entity, choose_entities, load_entities, parse_entities
from server.explore.entity_table import COLUMNS, cells, read_entities
from server.explore.exports import FILE_OFFERS, LIST_OFFERS, check_size, pieces, write_csv, write_jsonld, write_turtle
from server.explore.filters import ARTICLES, EVENTS, Listing
from server.explore.links import links_of
from server.explore.tables import READ_ROWS, read_table, table_pager
from server.media import HTML_OFFER, content_type
from server.negotiate import choose
from server.paging import existing
from server.problems import NotAcceptable, NotFound
from server.reading import reader
from server.rendering import render, taste
from server.site import index, modified, remember_lists, site, snapshot
from server.views.page import Pager

explore = Blueprint("explore", __name__)

_INSTEAD: Final = "Choose less, take the whole graph from /dumps/, or ask for a part of it at /sparql."
_TYPES: Final = {offer.name: offer.media_type for offer in FILE_OFFERS}


@explore.get("/events")
def events() -> Response:
    """Aid events."""
    return _table(EVENTS)


@explore.get("/articles")
def articles() -> Response:
    """Articles."""
    return _table(ARTICLES)


@explore.get("/events.<form>")
def events_file(form: str) -> Response:
    """Aid events as a file."""
    return _table_file(EVENTS, form)


@explore.get("/articles.<form>")
def articles_file(form: str) -> Response:
    """Articles as a file."""
    return _table_file(ARTICLES, form)


@explore.get("/entities")
def entities() -> Response:
    """Countries, organisations, people, places and crises."""
    asked = parse_entities(request.args.items(multi=True))

    def page() -> Response:
        found = _entities()
        pager = existing(Pager(asked.page, len(choose_entities(found, asked)), keep=_without_page(asked)))
        return render("entities.html", read_entities(index(), reader(), found, asked, pager))

    return _page_or_file(asked.href, page)


@explore.get("/entities.<form>")
def entities_file(form: str) -> Response:
    """The same as a file."""
    asked = parse_entities(request.args.items(multi=True))
    chosen = choose_entities(_entities(), asked)

    def lines() -> Iterator[tuple[str | int, ...]]:
        for piece in pieces(chosen):
            links = links_of(index(), site().addresses, [entity.id for entity in piece])
            yield from (cells(entity, links[entity.id]) for entity in piece)

    return _file(form, COLUMNS, lines, [entity.id for entity in chosen])


def _without_page(asked: AskedEntities) -> str:
    return AskedEntities(asked.kind, asked.letter, asked.name, asked.sort).query_string()


def _table(listing: Listing) -> Response:
    asked = parse_asked(request.args.items(multi=True), listing)

    def page() -> Response:
        selection = _select(asked)
        pager = existing(table_pager(selection))
        filled = read_table(index(), site().addresses, selection, pager, taste().locale)
        return render(f"{listing.name}.html", filled)

    return _page_or_file(asked.selection().href, page)


def _table_file(listing: Listing, form: str) -> Response:
    selection = _select(parse_asked(request.args.items(multi=True), listing))

    def lines() -> Iterator[tuple[str | int, ...]]:
        for piece in pieces(selection.ids()):
            rows = READ_ROWS[listing.name](index(), site().addresses, piece)
            yield from (row.cells() for row in rows)

    return _file(form, listing.columns, lines, list(selection.ids()))


def _page_or_file(href: Callable[[str], str], page: Callable[[], Response]) -> Response:
    """The page, or 303 to the file that Accept asks for."""
    accept = request.headers.get("Accept")
    offer = choose(LIST_OFFERS, accept)
    if offer is None:
        raise NotAcceptable(LIST_OFFERS, wanted=accept or "")
    if offer == HTML_OFFER:
        response = page()
    else:
        place = href(offer.name)
        response = Response(f"See {place}\n", 303, {"Location": place}, content_type="text/plain; charset=utf-8")
    response.vary.add("Accept")
    return response


def _file(
    form: str, columns: tuple[str, ...], lines: Callable[[], Iterable[tuple[str | int, ...]]], ids: list[int]
) -> Response:
    """The things with these ids as a file, made while the request lasts: the front keeps it until it is sent."""
    if form not in _TYPES:
        raise NotFound(f"There is no .{form} of a list; the forms are {', '.join(f'.{name}' for name in _TYPES)}.")
    check_size(form, len(ids), _INSTEAD)

    def make() -> Response:
        if form == "csv":
            body = write_csv(columns, lines())
        elif form == "ttl":
            body = write_turtle(snapshot().store, _nodes(ids), site().settings.base)
        else:
            body = write_jsonld(snapshot().store, _nodes(ids), f"{request.url_root}context.jsonld")
        return Response(b"".join(body), content_type=content_type(_TYPES[form]))

    return revalidated(f"{snapshot().version}/{form}", make, modified=modified())


def _nodes(ids: Iterable[int]) -> Iterator[ox.NamedNode]:
    for piece in pieces(ids):
        links = links_of(index(), site().addresses, piece)
        yield from (ox.NamedNode(links[thing].iri or "") for thing in piece)


def _select(asked: Asked) -> Selection:
    return choose_things(index(), site().addresses, _columns(asked.listing), asked)


def _columns(listing: Listing) -> Columns:
    return remember_lists(f"explore/{listing.name}", lambda: load_columns(index(), listing))


def _entities() -> tuple[Entity, ...]:
    return remember_lists("explore/entities", lambda: load_entities(index()))

"""``/map`` and ``/timeline``, as pages and as CSV; and the small map of the home page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from urllib.parse import urlencode

from flask import Blueprint, Response, request

from server.atlas.asking import MAP, TIMELINE
from server.atlas.map_page import CSV_COLUMNS as PAIR_COLUMNS
from server.atlas.map_page import MapPage, read_map
from server.atlas.map_page import csv_lines as pair_lines
from server.atlas.memory import givings, remembered, select_events, selects, tellings
from server.atlas.timeline_page import CSV_COLUMNS as CRISIS_COLUMNS
from server.atlas.timeline_page import TimelinePage, read_timeline
from server.atlas.timeline_page import csv_lines as crisis_lines
from server.caching import revalidated
from server.explore.asking import Asked, parse_asked
from server.explore.exports import write_csv
from server.explore.filters import Listing
from server.media import content_type
from server.paging import existing
from server.rendering import render, taste
from server.site import index, modified, site, snapshot
from server.views.page import Pager

atlas = Blueprint("atlas", __name__)


@atlas.get("/map")
def world_map() -> Response:
    """Who helped whom, as a map."""
    asked = _asked(MAP)

    def page() -> MapPage:
        selection = select_events(asked)
        return read_map(index(), site().addresses, givings(), selects(), selection, partial(_pager, asked))

    return render("map.html", page() if _is_narrow(asked) else remembered("atlas/map", page))


@atlas.get("/map.csv")
def world_map_file() -> Response:
    """The pairs of the map."""
    return _csv(PAIR_COLUMNS, lambda: pair_lines(index(), site().addresses, givings(), select_events(_asked(MAP))))


@atlas.get("/timeline")
def timeline() -> Response:
    """Crises, the events in them and the reports of these, in time."""
    asked, locale = _asked(TIMELINE), taste().locale

    def page() -> TimelinePage:
        selection, pager = select_events(asked), partial(_pager, asked)
        return read_timeline(index(), site().addresses, tellings(), selects(), selection, pager, locale=locale)

    return render("timeline.html", page() if _is_narrow(asked) else remembered(f"atlas/timeline/{locale}", page))


@atlas.get("/timeline.csv")
def timeline_file() -> Response:
    """The crises of the timeline."""
    return _csv(CRISIS_COLUMNS, lambda: crisis_lines(index(), site().addresses, select_events(_asked(TIMELINE))))


def _is_narrow(asked: Asked) -> bool:
    """Whether it is less than everything, which is most work and asked for most often, and so kept."""
    return asked.is_filtered or asked.page > 1


def _asked(listing: Listing) -> Asked:
    return parse_asked(request.args.items(multi=True), listing)


def _pager(asked: Asked, total: int) -> Pager:
    return existing(Pager(asked.page, total, keep=urlencode(asked.selection().parameters())))


def _csv(columns: tuple[str, ...], lines: Callable[[], Iterable[tuple[str | int, ...]]]) -> Response:
    def make() -> Response:
        return Response(b"".join(write_csv(columns, lines())), content_type=content_type("text/csv"))

    return revalidated(f"{snapshot().version}/csv", make, modified=modified())

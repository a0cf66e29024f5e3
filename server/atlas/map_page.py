"""The variables of ``map.html``, its rows as CSV, and the small map of the home page."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from server.addresses import Addresses
from server.atlas.asking import EventLists, Form, Select, read_form
from server.atlas.counting import Counted, Sums, count_pairs
from server.atlas.givings import Givings
from server.drawing import Flow, MapDrawing, draw_map
from server.drawing.worldmap import MOST_ARCS
from server.explore.asking import Asked
from server.explore.choosing import Selection, value_of
from server.explore.filters import EVENTS, PHASES
from server.explore.links import links_of
from server.views.page import Alternate, Head, Pager
from server.views.reader import Link

TITLE: Final = "Map: who helped whom"
SENTENCE: Final = "A map of aid from donor to recipient, by category, phase, crisis and year, with its numbers beneath."
CSV_COLUMNS: Final = (
    "donor", "donor name", "recipient", "recipient name", "events", *PHASES, "mostly", "donor latitude",
    "donor longitude", "recipient latitude", "recipient longitude",
)  # fmt: skip
SCRIPT: Final = "ui/drawing.js"
HOME_PAIRS: Final = 40
"""Arcs of the small map on the home page."""

PagerOf = Callable[[int], Pager]


@dataclass(frozen=True, slots=True)
class PairRow:
    """A line of the table. ``key`` joins it to its arc; ``phases`` are its events by phase."""

    key: str
    source: Link
    target: Link
    count: int
    phases: tuple[int, ...]
    family: str
    words: str
    href: str
    is_drawn: bool


@dataclass(frozen=True, slots=True)
class MapPage:
    """The variables of ``map.html``."""

    head: Head
    form: Form
    drawing: MapDrawing
    sums: Sums
    pairs: int
    phases: tuple[str, ...]
    rows: tuple[PairRow, ...]
    pager: Pager
    csv: str
    events: str


def read_map(
    index: sqlite3.Connection, addresses: Addresses, givings: Givings, selects: Sequence[Select], selection: Selection,
    pager_of: PagerOf,
) -> MapPage:  # fmt: skip
    """Fill the page of the map. ``pager_of`` makes the pager of so many rows."""
    asked = selection.asked
    sums = count_pairs(givings, selection.mask)
    pager = pager_of(len(sums.pairs))
    drawn = [sums.counted(number) for number in sums.drawable[:MOST_ARCS]]
    listed = [sums.counted(number) for number in pager.slice(sums.pairs)]
    ends = _Ends.read(index, addresses, asked, [*drawn, *listed])
    csv = asked.selection().href("csv")
    return MapPage(
        head=Head(
            TITLE, SENTENCE, alternates=(Alternate(csv, "text/csv", "CSV"),), canonical=asked.listing.path,
            noindex=asked.is_filtered, scripts=(SCRIPT,),
        ),
        form=read_form(selects, selection),
        drawing=draw_map([ends.flow(one, givings) for one in drawn], of=len(sums.drawable)),
        sums=sums,
        pairs=len(sums.drawable),
        phases=PHASES,
        rows=tuple(ends.row(one) for one in listed),
        pager=pager,
        csv=csv,
        events=EventLists(asked).href({}),
    )  # fmt: skip


def home_map(
    index: sqlite3.Connection, addresses: Addresses, givings: Givings, asked: Asked, mask: bytes, *, width: int = 960
) -> MapDrawing:
    """The map of the pairs with most events, for a page that shows other things too."""
    sums = count_pairs(givings, mask)
    drawn = [sums.counted(number) for number in sums.drawable[:HOME_PAIRS]]
    ends = _Ends.read(index, addresses, asked, drawn)
    return draw_map([ends.flow(one, givings) for one in drawn], width=width, of=len(sums.drawable))


def csv_lines(
    index: sqlite3.Connection, addresses: Addresses, givings: Givings, selection: Selection
) -> Iterator[tuple[str | int, ...]]:
    """All pairs of a selection, as :data:`CSV_COLUMNS` says."""
    sums = count_pairs(givings, selection.mask)
    pairs = [sums.counted(number) for number in sums.pairs]
    links = links_of(index, addresses, {end for one in pairs for end in (one.pair.source, one.pair.target)})
    for one in pairs:
        source, target = links[one.pair.source], links[one.pair.target]
        yield (
            source.iri or "", source.label, target.iri or "", target.label, one.count, *one.phases, one.family.words,
            *_degrees(givings, one.pair.source), *_degrees(givings, one.pair.target),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Ends:
    """Pairs with their names. ``links`` are of both ends and of the parties behind them."""

    lists: EventLists
    values: Mapping[int, str]
    links: Mapping[int, Link]

    @classmethod
    def read(cls, index: sqlite3.Connection, addresses: Addresses, asked: Asked, counted: Sequence[Counted]) -> _Ends:
        ids = {
            key for one in counted for key in (one.pair.source, one.pair.target, *one.pair.donors, *one.pair.recipients)
        }
        links = links_of(index, addresses, ids)
        party = EVENTS.by_name["donor"]
        values = {key: value_of(party, link.iri or "", addresses) for key, link in links.items()}
        return cls(EventLists(asked), values, links)

    def flow(self, one: Counted, givings: Givings) -> Flow:
        """What is drawn of a pair. Its family is told by a category of it."""
        source, target = one.pair.source, one.pair.target
        return Flow(
            self.links[source], self.links[target], givings.places[source], givings.places[target], one.count,
            one.family.categories[0], self.href(one), key=_key(one),
        )  # fmt: skip

    def row(self, one: Counted) -> PairRow:
        """What the table says of a pair."""
        source, target = self.links[one.pair.source], self.links[one.pair.target]
        return PairRow(
            _key(one), source, target, one.count, one.phases, one.family.name, one.family.words, self.href(one),
            one.is_drawn,
        )  # fmt: skip

    def href(self, one: Counted) -> str:
        """The list of its events: those of the parties behind both ends."""
        parties = {"donor": one.pair.donors, "recipient": one.pair.recipients}
        return self.lists.href({name: [self.values[party] for party in behind] for name, behind in parties.items()})


def _degrees(givings: Givings, end: int) -> tuple[str, str]:
    place = givings.places.get(end)
    return (str(place[0]), str(place[1])) if place else ("", "")


def _key(one: Counted) -> str:
    return f"{one.pair.source}-{one.pair.target}"

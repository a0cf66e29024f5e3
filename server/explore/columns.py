"""The index of one list in memory, once a version: who is linked to what, when, and in which orders.

Counting the facets of a wide selection takes SQLite longer than a page may take, since it looks up each link of each
article. Here a selection is a mask, one byte a thing, and a count the sum of the mask at the places of a value.
It takes four bytes a link. Things are known by their place: the ids of events, and those of articles, follow each
other in the index, in the usual order of the list. Where an older index stands in for one that is being made, things
that are gone leave holes; no selection has them.
"""

from __future__ import annotations

import sqlite3
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Final

from server.explore.filters import Filter, Listing

Mask = bytes
"""One byte a thing, in the usual order: 1 if it is chosen."""

Places = Mapping[int, Sequence[int]]
"""By value (the id of a thing, or a fixed value's place among these), where the things stand that have it."""

_NO_DAY: Final = ""
"""Sorts before all days, and is not after the start of any span."""

_PARTY: Final = """
SELECT source, min(sort) FROM link JOIN thing ON thing.id = target
WHERE role = '{role}' AND source BETWEEN ? AND ? GROUP BY source
"""
_SORT_KEYS: Final = {
    "donor": _PARTY.format(role="donor"),
    "recipient": _PARTY.format(role="recipient"),
    "publisher": _PARTY.format(role="publisher"),
    "headline": "SELECT id, sort FROM thing WHERE id BETWEEN ? AND ?",
    "articles": "SELECT id, articles FROM event WHERE id BETWEEN ? AND ?",
    "events": "SELECT id, events FROM article WHERE id BETWEEN ? AND ?",
}
"""What things are sorted by. What has no key stands last in both directions."""


@dataclass(frozen=True, slots=True)
class Columns:
    """One list in memory.

    ``start``: the id of the first thing; ``places``: by filter; ``days``: first and last day of each, ``""`` if it has
    none; ``orders``: by ``sort`` parameter, all places in that order, as far as somebody asked for it (:meth:`order`).
    ``holes``: places where nothing stands any more.
    """

    listing: Listing
    start: int
    size: int
    places: Mapping[str, Places]
    days: tuple[Sequence[str], Sequence[str]]
    orders: dict[str, Sequence[int]] = field(default_factory=dict)
    holes: tuple[int, ...] = ()

    def mask(self, places: Iterable[Sequence[int]]) -> Mask:
        """The things that stand at any of these places."""
        mask = bytearray(self.size)
        for some in places:
            for place in some:
                mask[place] = 1
        return bytes(mask)

    def within(self, first: str | None, last: str | None) -> Mask:
        """The dated things that may lie, with some day at least, between two days."""
        since, until = first or "0", last or "~"  # before all years and after them
        return bytes(begin <= until and end >= since for begin, end in zip(*self.days, strict=True))

    def everything(self) -> Mask:
        """All things."""
        mask = bytearray(b"\x01" * self.size)
        for hole in self.holes:
            mask[hole] = 0
        return bytes(mask)

    def order(self, index: sqlite3.Connection, sort: str) -> Sequence[int]:
        """All places as a ``sort`` parameter orders them; equal ones stand in the usual order, in both directions."""
        if sort not in self.orders:
            self.orders[sort] = _dated(sort, self.days[1]) if sort in ("date", "-date") else _keyed(index, self, sort)
        return self.orders[sort]


def load_columns(index: sqlite3.Connection, listing: Listing) -> Columns:
    """Read the columns of a list from the index."""
    rows = [tuple(row) for row in index.execute(f"SELECT id, first, last FROM {listing.table} ORDER BY id")]
    start = rows[0][0] if rows else 0
    size = rows[-1][0] - start + 1 if rows else 0
    linked = {entry.role: _linked(index, entry.role, start, size) for entry in listing.filters if entry.role}
    places = {entry.name: _places(index, listing, entry, start, linked) for entry in listing.filters}
    holes = tuple(sorted({*range(size)} - {row[0] - start for row in rows})) if len(rows) < size else ()
    return Columns(listing, start, size, places, _days(rows, start, size), holes=holes)


def _days(rows: Sequence[tuple[int, str | None, str | None]], start: int, size: int) -> tuple[list[str], list[str]]:
    """First and last days by place. A hole has those of the thing before it, so that days stay in order."""
    days: tuple[list[str], list[str]] = [], []
    for (place, *told), (following, *_) in pairwise((*rows, (start + size, None, None))):
        for column, day in zip(days, told, strict=True):
            column.extend([day or _NO_DAY] * (following - place))
    return days


def _linked(index: sqlite3.Connection, role: str, start: int, size: int) -> Places:
    """Where the things of a list stand that have a link with that role, by its target."""
    text = "SELECT target, source FROM link WHERE role = ? AND source BETWEEN ? AND ? ORDER BY target, source"
    cursor = index.cursor()
    cursor.row_factory = None  # plain tuples: there are many
    rows = cursor.execute(text, (role, start, start + size - 1))
    return {
        target: array("I", [source - start for _, source in links])
        for target, links in groupby(rows, key=itemgetter(0))
    }


def _places(
    index: sqlite3.Connection, listing: Listing, entry: Filter, start: int, linked: Mapping[str, Places]
) -> Places:
    """Where things stand by the values of one filter."""
    if entry.fixed:
        rows = [*index.execute(f"SELECT id, events = 0 FROM {listing.table} ORDER BY id")]  # yes is 0, no is 1
        return {key: array("I", [row[0] - start for row in rows if row[1] == key]) for key in range(len(entry.fixed))}
    if not entry.kinds:
        return linked[entry.role]
    kinds = ", ".join("?" * len(entry.kinds))
    known = {row[0] for row in index.execute(f"SELECT id FROM thing WHERE kind IN ({kinds})", entry.kinds)}
    return {target: places for target, places in linked[entry.role].items() if target in known}


def _dated(sort: str, last_days: Sequence[str]) -> Sequence[int]:
    """The index has the latest first and what has no date last."""
    size = len(last_days)
    if sort == "-date":
        return range(size)
    undated = bisect_left([day == _NO_DAY for day in last_days], True)
    return array("I", [*sorted(range(undated), key=last_days.__getitem__), *range(undated, size)])


def _keyed(index: sqlite3.Connection, columns: Columns, sort: str) -> Sequence[int]:
    ids = columns.start, columns.start + columns.size - 1
    keys = {row[0] - columns.start: row[1] for row in index.execute(_SORT_KEYS[sort.removeprefix("-")], ids)}
    keyed = sorted(sorted(keys), key=keys.__getitem__, reverse=sort.startswith("-"))
    return array("I", [*keyed, *(place for place in range(columns.size) if place not in keys)])

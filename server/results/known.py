"""What the index knows of the things in an answer: their names, and where on the earth they are.

Most people select names, not IRIs. A country's name is one country, so that it can be put on a map; a town's may be
many, so of towns only IRIs count.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from server.addresses import Addresses
from server.results.answer import Cell
from server.views.reader import Link

_AT_ONCE: Final = 500
"""Values in one statement; SQLite takes 32,766, but parses them each time."""

_FIELDS: Final = "SELECT iri, name, lang, lat, lon FROM thing WHERE"


@dataclass(frozen=True, slots=True)
class Known:
    """A thing. ``at`` is its latitude and longitude in degrees, if it has a place."""

    link: Link
    at: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Place:
    """A thing that has a place."""

    link: Link
    at: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The things among the cells of an answer. ``is_ready``: the index could be asked."""

    things: Mapping[Cell, Known]
    is_ready: bool = True

    def link(self, cell: Cell) -> Link | None:
        """The thing in a cell by its name."""
        found = self.things.get(cell)
        return found.link if found is not None else None

    def place(self, cell: Cell | None) -> Place | None:
        """Where the thing in a cell is."""
        found = self.things.get(cell) if cell is not None else None
        return Place(found.link, found.at) if found is not None and found.at is not None else None


def look_up(index: sqlite3.Connection, cells: Iterable[Cell], addresses: Addresses) -> Knowledge:
    """What the index knows of ``cells``."""
    wanted = set(cells)
    iris = sorted(cell.value for cell in wanted if cell.is_iri)
    found: dict[Cell, Known] = {}
    for start in range(0, len(iris), _AT_ONCE):
        some = iris[start : start + _AT_ONCE]
        rows = index.execute(f"{_FIELDS} iri IN ({', '.join('?' * len(some))})", some)  # nosec B608  # only marks are put in
        found |= {Cell(row["iri"], is_iri=True): _known(row, addresses) for row in rows}
    texts = [cell for cell in wanted if not cell.is_iri and cell.datatype is None]
    if texts:
        countries = {row["name"]: row for row in index.execute(f"{_FIELDS} kind = 'country' AND lat IS NOT NULL")}
        found |= {cell: _known(countries[cell.value], addresses) for cell in texts if cell.value in countries}
    return Knowledge(found)


def _known(row: sqlite3.Row, addresses: Addresses) -> Known:
    at = (row["lat"], row["lon"]) if row["lat"] is not None else None
    return Known(Link(row["name"], addresses.page_of(row["iri"]), row["lang"], row["iri"]), at)

"""What a crisis has besides other things: its kind, its days, the countries it struck, and its events on a line."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from server.addresses import Addresses
from server.drawing import Band, Mark, TimelineDrawing, draw_timeline
from server.views.aid import events_href
from server.views.reader import Link, Reader

MOST_MARKS: Final = 300
"""Different dates of events that are drawn."""


@dataclass(frozen=True, slots=True)
class Crisis:
    """``first`` and ``last`` are as told, which its events may go beyond; ``drawing`` only if some event is dated."""

    kinds: tuple[Link, ...]
    first: str
    last: str
    struck: tuple[Link, ...]
    drawing: TimelineDrawing | None


def read_crisis(reader: Reader, node: ox.NamedNode, thing: int, value: str) -> Crisis:
    """The crisis ``node``, which is ``thing`` in the index and ``value`` in addresses of lists."""
    row = reader.index.execute("SELECT first, last FROM crisis WHERE id = ?", (thing,)).fetchone()
    first, last = (row["first"], row["last"]) if row else (None, None)
    marks = _marks(reader.index, reader.addresses, thing, value)
    band = Band(reader.link(node), first, last, key=value)
    return Crisis(
        kinds=reader.links(node, "aid:disasterType"),
        first=reader.text(node, "schema:startDate") or "",
        last=reader.text(node, "schema:endDate") or "",
        struck=reader.links(node, "schema:location"),
        drawing=draw_timeline([band], marks, title=f"Help over time: {band.link.label}") if marks else None,
    )


def _marks(index: sqlite3.Connection, addresses: Addresses, thing: int, value: str) -> list[Mark]:
    """A mark for each date; one event leads to its page, several to their list."""
    rows = index.execute(
        "SELECT event.first AS first, event.last AS last, event.year AS year, count(*) AS number, "
        "min(thing.iri) AS iri, min(thing.name) AS name "
        "FROM link JOIN event ON event.id = source JOIN thing ON thing.id = source "
        "WHERE role = 'crisis' AND target = ? AND event.first IS NOT NULL "
        "GROUP BY event.first, event.last ORDER BY event.first, event.last LIMIT ?",
        (thing, MOST_MARKS),
    )
    return [_mark(row, addresses, value) for row in rows]


def _mark(row: sqlite3.Row, addresses: Addresses, value: str) -> Mark:
    if row["number"] == 1:
        href, words = addresses.page_of(row["iri"]), row["name"]
    else:
        href, words = events_href({"crisis": value}, year=row["year"]), f"{row['number']} events"
    return Mark(row["first"], row["last"], words, row["number"], band=value, href=href)

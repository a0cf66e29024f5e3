"""The latest events and articles that have to do with a thing, how many there are, and where all of them are listed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from server.explore.rows import ArticleRow, EventRow, read_article_rows, read_event_rows
from server.views.aid import SERIES, events_href
from server.views.reader import Reader

MOST_ROWS: Final = 10

_HEADINGS: Final = {
    "donor": "Help that it gave",
    "recipient": "Help that it received",
    "implementer": "Help that it carried out for others",
    "crisis": "Help in this crisis",
    "place": "Help in this place",
}
_WRITTEN: Final = {"mentions": "Named in", "publisher": "Published by it", "author": "Written by this person"}


@dataclass(frozen=True, slots=True)
class Part:
    """The latest events in which a thing has one part, how many there are, and where all of them are listed."""

    role: str
    heading: str
    total: int
    rows: tuple[EventRow, ...]
    href: str


@dataclass(frozen=True, slots=True)
class Articles:
    """The latest articles that have to do with a thing in one way, how many there are, and where all are listed."""

    name: str
    heading: str
    total: int
    rows: tuple[ArticleRow, ...]
    href: str


def _sources(reader: Reader, role: str, thing: int) -> tuple[list[int], int]:
    """The first events or articles that link to a thing, and how many there are."""
    rows = reader.index.execute(
        "SELECT source FROM link WHERE role = ? AND target = ? ORDER BY source LIMIT ?", (role, thing, MOST_ROWS)
    ).fetchall()
    if len(rows) < MOST_ROWS:
        return [row["source"] for row in rows], len(rows)
    counted = reader.index.execute("SELECT count(*) FROM link WHERE role = ? AND target = ?", (role, thing)).fetchone()
    return [row["source"] for row in rows], int(counted[0])


def read_articles(reader: Reader, thing: int, kind: str, value: str) -> tuple[Articles, ...]:
    """The articles that name, published or wrote something; events have the role of a publisher too."""
    found = []
    for role, heading in _WRITTEN.items():
        rows = reader.index.execute(
            "SELECT source, count(*) OVER () AS total FROM link JOIN article ON article.id = source "
            "WHERE role = ? AND target = ? ORDER BY source LIMIT ?",
            (role, thing, MOST_ROWS),
        ).fetchall()
        if rows:
            shown = tuple(read_article_rows(reader.index, reader.addresses, [row["source"] for row in rows]))
            name = {"mentions": kind, "publisher": role}.get(role)
            href = f"/articles?{name}={quote(value, safe='/:')}" if name else ""
            found.append(Articles(role, heading, rows[0]["total"], shown, href))
    return tuple(found)


def read_parts(reader: Reader, thing: int, value: str) -> tuple[Part, ...]:
    """The parts that a thing has in events; ``value`` is the thing in addresses of lists."""
    found = ((role, *_sources(reader, role, thing)) for role in SERIES)
    return tuple(
        Part(
            role,
            _HEADINGS[role],
            total,
            tuple(read_event_rows(reader.index, reader.addresses, ids)),
            events_href({role: value}),
        )
        for role, ids, total in found
        if total
    )

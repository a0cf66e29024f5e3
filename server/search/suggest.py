"""Suggestions while somebody types: names that begin so or have a word that does, then headlines and events."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.search.words import Asked, match_all, parse_search
from server.addresses import Addresses
from server.search.find import ALIAS, EXACT, NAMED, Finder, name_fit
from server.search.near import put_right

MOST: Final = 10
NAMES: Final = 6
"""Suggestions in all, and how many of them are names if there are events and articles too."""

LOOKED_AT: Final = 300
"""Things of one kind that are looked at: a beginning of two letters fits half of all people."""

_TOLD: Final = ("event", "article")

_NAMES: Final = """
SELECT document.kind, document.title, document.other, thing.iri, thing.uses
FROM search JOIN document ON document.id = search.rowid JOIN thing ON thing.id = document.thing
WHERE search MATCH ? AND search.rowid BETWEEN ? AND ? LIMIT ?
"""
_TITLES: Final = """
SELECT document.kind, document.title, thing.iri, coalesce(event.date, article.date, '') AS date
FROM search JOIN document ON document.id = search.rowid JOIN thing ON thing.id = document.thing
LEFT JOIN event ON event.id = thing.id LEFT JOIN article ON article.id = thing.id
WHERE search MATCH ? AND search.rowid BETWEEN ? AND ? LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A thing that may be meant. ``snippet`` tells it from others: the other name that fits, or the day; or empty."""

    label: str
    kind: str
    href: str | None
    iri: str
    snippet: str


def suggest(finder: Finder, addresses: Addresses, typed: str) -> tuple[Suggestion, ...]:
    """At most :data:`MOST` things for the beginning of what somebody types, the likeliest first."""
    asked = parse_search(typed, is_open=True)
    right = put_right(asked, finder.shelves.spelling)
    for reading in dict.fromkeys((asked, right)):
        found = _suggest(finder, addresses, reading) if reading.wanted else ()
        if found:
            return found
    return ()


def _suggest(finder: Finder, addresses: Addresses, asked: Asked) -> tuple[Suggestion, ...]:
    names = [suggestion for _, suggestion in sorted(_names(finder, addresses, asked), key=lambda entry: entry[0])]
    titles = [*_titles(finder, addresses, asked, MOST - min(len(names), NAMES))]
    return (*names[: MOST - len(titles)], *titles)


def _names(
    finder: Finder, addresses: Addresses, asked: Asked
) -> Iterator[tuple[tuple[int, int, int, str, str], Suggestion]]:
    """Names with what they are sorted by: how well they fit, then how often they are told of."""
    expression = f"{{title other}} : ({match_all(asked)})"
    for kind, title, other, iri, uses in _rows(finder, _NAMES, expression, NAMED, LOOKED_AT):
        fit = name_fit(asked.name, title, other)
        alias = _fitting(asked.name, other) if fit == ALIAS else ""
        yield (fit, -uses, len(title), title, iri), Suggestion(title, kind, addresses.page_of(iri), iri, alias)


def _fitting(name: str, other: str) -> str:
    return next((alias for alias in other.split("; ") if name_fit(name, alias, "") == EXACT), "")


def _titles(finder: Finder, addresses: Addresses, asked: Asked, most: int) -> Iterator[Suggestion]:
    """Events and articles, half each where there are enough, the latest first."""
    expression = f"title : ({match_all(asked)})"
    rows = [[*_rows(finder, _TITLES, expression, (kind,), most)] for kind in _TOLD]
    events = rows[0][: max(most - len(rows[1]), (most + 1) // 2)]
    for kind, title, iri, date in (*events, *rows[1][: most - len(events)]):
        yield Suggestion(title, kind, addresses.page_of(iri), iri, date)


def _rows(finder: Finder, statement: str, expression: str, kinds: Sequence[str], most: int) -> Iterator[sqlite3.Row]:
    for kind in kinds:
        if kind in finder.shelves.ranges:
            yield from finder.index.execute(statement, (expression, *finder.shelves.ranges[kind], most))

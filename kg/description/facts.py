"""What a description of the dataset tells, as the index of the very same generation has it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Final

from kg.index.opened import counts_of
from kg.index.schema import ENTITY_KINDS
from kg.index.statistics import Statistics, read_statistics

SHOWN: Final = ("event", "article", *ENTITY_KINDS, "concept")
"""Kinds of things that are served as documents of their own."""

MOST_COUNTRIES: Final = 300
EXAMPLES: Final = ("event", "article", "country", "organization", "person", "crisis")

_KINDS: Final = ", ".join(map(repr, SHOWN))
_EXAMPLE: Final = "SELECT iri FROM thing WHERE kind = ? ORDER BY uses DESC, id LIMIT 1"
_COUNTRIES: Final = "SELECT iri, name FROM thing WHERE kind = 'country' AND uses > 0 ORDER BY uses DESC, id LIMIT ?"


@dataclass(frozen=True, slots=True)
class Facts:
    """Numbers and examples of the default graph.

    ``counts`` are those of :data:`kg.index.schema.COUNTED`; ``documents`` how many things are served as documents of
    their own; ``period`` the first and the last day of its events, None if none is dated; ``countries`` IRI and name of
    those that events and articles tell of, the most used first; ``examples`` IRIs worth looking at.
    """

    counts: dict[str, int]
    statistics: Statistics
    documents: int
    period: tuple[str, str] | None
    countries: tuple[tuple[str, str], ...]
    examples: tuple[str, ...]

    def entities(self, base: str) -> int:
        """How many things with IRIs below ``base``, fragments left out, something is said of."""
        return sum(number for space, number in self.statistics.spaces if space.startswith(f"{base}id/"))


def read_facts(index: sqlite3.Connection) -> Facts:
    """The facts of an open index."""
    (documents,) = index.execute(f"SELECT count(*) FROM thing WHERE kind IN ({_KINDS})").fetchone()  # nosec B608  # our own names
    first, last = index.execute("SELECT min(first), max(last) FROM event").fetchone()
    found = (index.execute(_EXAMPLE, (kind,)).fetchone() for kind in EXAMPLES)
    return Facts(
        counts_of(index),
        read_statistics(index),
        int(documents),
        (first, last) if first else None,
        tuple((iri, name) for iri, name in index.execute(_COUNTRIES, (MOST_COUNTRIES,))),
        tuple(row[0] for row in found if row is not None),
    )

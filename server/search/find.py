"""Asks the index: which texts have the words, how many of each kind there are, and which of them come first.

The documents of a kind have ids in a row, so that each kind is a range of rowids of the full-text table, counted
and ranked by itself. A count costs microseconds even of ten thousand; a rank costs two microseconds for each, so that
of more than :data:`RANKED` only the first are ranked. Those are the latest of events and articles.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.index.schema import ENTITY_KINDS
from kg.search.words import Asked, fold_words, match_all, match_any, match_most, own_words
from server.search.kinds import LABELS
from server.search.near import Spelling, close_words, other_readings, put_right, read_spelling

RANKED: Final = 1000
"""Texts of one kind that are ranked."""

STEPS: Final = 5
"""Ranks that are told apart among texts: shorter ones fit a little better, and that matters less than their date."""

MUCH_MORE: Final = 5
"""How many times as common as what was typed a near word must be that is tried for one that is right."""

_COUNT: Final = "SELECT count(*) FROM search WHERE search MATCH ? AND rowid BETWEEN ? AND ?"
_ANY: Final = "SELECT 1 FROM search WHERE search MATCH ? LIMIT 1"
_RANK: Final = """
SELECT rowid AS id, bm25(search, 8.0, 4.0, 1.0) AS rank
FROM search WHERE search MATCH ? AND rowid BETWEEN ? AND ? LIMIT ?
"""
_RANK_NAMED: Final = """
SELECT document.id, bm25(search, 8.0, 4.0, 1.0) AS rank, document.title, document.other, thing.uses
FROM search JOIN document ON document.id = search.rowid JOIN thing ON thing.id = document.thing
WHERE search MATCH ? AND search.rowid BETWEEN ? AND ? LIMIT ?
"""
"""The weights are those of a title, of other names and parties, and of the text (as in :mod:`kg.search.functions`)."""

ALL, MOST, ANY = "all", "most", "any"
MOST_OF: Final = range(3, 9)
"""Numbers of words of which it makes sense to look for all but one: more would be an expression of a page's length."""

NAMED: Final = (*ENTITY_KINDS, "concept")
"""Kinds that are looked for by their names."""

EXACT, ALIAS, BEGINS, HAS = range(4)
"""How well a name fits, best first: the same, another name the same, begins so, has the words."""


@dataclass(frozen=True, slots=True)
class Shelves:
    """What is known of an index before anything is asked: the ids of each kind, and the words. One for each version."""

    ranges: Mapping[str, tuple[int, int]]
    spelling: Spelling


@dataclass(frozen=True, slots=True)
class Found:
    """What came of a search.

    ``asked`` is what was looked for in the end, ``expression`` how; ``is_corrected``: another spelling than typed;
    ``match``: how many of its words the texts have, :data:`ALL`, :data:`MOST` (all but one) or :data:`ANY` of them.
    Without any text ``counts`` is empty.
    """

    asked: Asked
    expression: str
    counts: Mapping[str, int]
    is_corrected: bool = False
    match: str = ALL

    def total(self, kinds: Sequence[str]) -> int:
        """How many texts there are of these kinds."""
        return sum(self.counts.get(kind, 0) for kind in kinds)


def read_shelves(index: sqlite3.Connection) -> Shelves:
    """What :class:`Shelves` says of an index."""
    bounds = {
        kind: index.execute("SELECT min(id), max(id) FROM document WHERE kind = ?", (kind,)).fetchone()
        for kind in LABELS
    }
    ranges = {kind: (first, last) for kind, (first, last) in bounds.items() if first is not None}
    return Shelves(ranges, read_spelling(index))


@dataclass(frozen=True, slots=True)
class Finder:
    """Searches one index for one request."""

    index: sqlite3.Connection
    shelves: Shelves

    def find(self, typed: Asked, *, is_exact: bool = False) -> Found:
        """The first reading of what was typed that finds something.

        Args:
            is_exact: look for the words as they are spelled.
        """
        for asked, expression, match in self._readings(typed, is_exact):
            if self.index.execute(_ANY, (expression,)).fetchone() and (counts := self._counts(expression)):
                is_corrected = not {term.words for term in asked.wanted} <= {term.words for term in typed.wanted}
                return Found(asked, expression, counts, is_corrected, match)
        return Found(typed, "", {})

    def _readings(self, typed: Asked, is_exact: bool) -> Iterator[tuple[Asked, str, str]]:
        """All words, then all that mean something, then other words in their place, then fewer of them."""
        if not typed.wanted:
            return
        spelling = self.shelves.spelling
        asked = close_words(typed if is_exact else put_right(typed, spelling), spelling)
        yield asked, match_all(asked), ALL
        content = asked.content()
        if content != asked:
            yield content, match_all(content), ALL
        if len(content.wanted) > 1:
            if not is_exact:
                for other in other_readings(content, spelling, MUCH_MORE):
                    yield other, match_all(other), ALL
            if len(content.wanted) in MOST_OF:
                yield content, match_most(content), MOST
            yield content, match_any(content), ANY

    def _counts(self, expression: str) -> dict[str, int]:
        counted = {kind: self._count(expression, kind) for kind in self.shelves.ranges}
        return {kind: count for kind, count in counted.items() if count}

    def _count(self, expression: str, kind: str) -> int:
        bounds = (expression_for(kind, expression), *self.shelves.ranges[kind])
        (count,) = self.index.execute(_COUNT, bounds).fetchone()
        return int(count)

    def ranked(self, expression: str, kinds: Sequence[str], name: str) -> list[int]:
        """Ids of documents of these kinds, the best first, at most :data:`RANKED` of each.

        Args:
            name: what is looked for, as a name would be written; whose name it is comes first.
        """
        scored: list[tuple[tuple[float, ...], int]] = []
        for kind in kinds:
            if kind in self.shelves.ranges:
                bounds = (expression_for(kind, expression), *self.shelves.ranges[kind], RANKED)
                score = self._score_names if kind in NAMED else self._score_texts
                scored += score(bounds, name)
        return [place for _, place in sorted(scored)]

    def _score_texts(self, bounds: tuple[str | int, ...], _: str) -> Iterator[tuple[tuple[float, ...], int]]:
        """Texts that fit about as well stay in the order of their ids, which is the latest first."""
        rows = self.index.execute(_RANK, bounds).fetchall()
        best = min((rank for _, rank in rows), default=0.0) or -1.0
        for place, rank in rows:
            yield (-round(STEPS * rank / best),), place

    def _score_names(self, bounds: tuple[str | int, ...], name: str) -> Iterator[tuple[tuple[float, ...], int]]:
        """A thing that is told of more often is more likely meant, as its logarithm has it."""
        for place, rank, title, other, uses in self.index.execute(_RANK_NAMED, bounds):
            fit = name_fit(name, title, other)
            yield (HAS if fit == BEGINS else fit, rank * (1 + 0.2 * math.log1p(uses))), place


def expression_for(kind: str, expression: str) -> str:
    """The expression as it is meant for a kind: a sentence is found by its own words, its title is that of an event."""
    return own_words(expression) if kind == "evidence" else expression


def name_fit(name: str, title: str, other: str) -> int:
    """How well a thing of this title and these other names fits: :data:`EXACT` to :data:`HAS`."""
    folded = " ".join(fold_words(title))
    if folded == name:
        return EXACT
    if other and any(" ".join(fold_words(alias)) == name for alias in other.split("; ")):
        return ALIAS
    return BEGINS if folded.startswith(name) else HAS

"""Counts and reads the triples of patterns, and remembers what the next page will be asked for.

A store has no page numbers: to reach a page it has to run through all triples before it. A client
that takes a fragment page by page would make it run through the beginning again and again. Cursors would end that, but
they belong to the thread that made them and pin the store. So behind the first page :data:`AHEAD` pages are read at a
time and kept for whoever goes on. The engine runs through an index of the snapshot, and thus always in the same order.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from server.fragments.pattern import Pattern
from server.problems import NotEvaluated

SIZE: Final = 100
"""Triples on a page, as other servers of fragments have it."""

AHEAD: Final = 50
"""Pages that are read at once."""

KEPT: Final = 8
"""Such pieces that one process keeps."""

COUNTED: Final = 500_000
"""Triples that are counted; of a pattern with more this is the least that there are."""

DEEPEST: Final = 2_000_000
"""Triples that are run through to reach a page."""

REMEMBERED: Final = 10_000
"""Patterns whose count is kept."""

Triples = tuple[ox.Triple, ...]


@dataclass(frozen=True, slots=True)
class Total:
    """How many triples fit a pattern; with ``is_least`` there are so many or more."""

    number: int
    is_least: bool = False


class Shelf:
    """The fragments of one snapshot, for all threads of a process.

    It is not given the store to keep: that would hold a snapshot that nobody reads any more.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._totals: dict[Pattern, Total] = {}
        self._pieces: OrderedDict[tuple[Pattern, int], Triples] = OrderedDict()

    def total(self, store: ox.Store, pattern: Pattern, known: Callable[[], int | None]) -> Total:
        """How many triples there are of the pattern.

        Args:
            known: the number of all triples, if somebody has counted them.
        """
        if not pattern.is_possible:
            return Total(0)
        found = self._totals.get(pattern)
        if found is None:
            number = known() if pattern.is_open else None
            found = _count(store, pattern) if number is None else Total(number)
            with self._lock:
                if len(self._totals) >= REMEMBERED:
                    self._totals.clear()
                self._totals[pattern] = found
        return found

    def page(self, store: ox.Store, pattern: Pattern, number: int) -> Triples:
        """The triples on a page, counted from 1; none behind the last one.

        Raises:
            NotEvaluated: too many triples lie before it.
        """
        if not pattern.is_possible:
            return ()
        if number == 1:
            return _read(store, pattern, 0, SIZE)
        place, page = divmod(number - 1, AHEAD)
        return self._piece(store, pattern, place)[page * SIZE : (page + 1) * SIZE]

    def _piece(self, store: ox.Store, pattern: Pattern, place: int) -> Triples:
        key = (pattern, place)
        with self._lock:
            if key in self._pieces:
                self._pieces.move_to_end(key)
                return self._pieces[key]
        offset = place * AHEAD * SIZE
        if offset > DEEPEST:
            raise NotEvaluated(
                f"Page {offset // SIZE + 1} and those behind it are too far from the beginning. "
                "Ask for a narrower pattern, or take the whole graph from /dumps/."
            )
        piece = _read(store, pattern, offset, AHEAD * SIZE)
        with self._lock:
            self._pieces[key] = piece
            while len(self._pieces) > KEPT:
                self._pieces.popitem(last=False)
        return piece


def _count(store: ox.Store, pattern: Pattern) -> Total:
    found = store.query(f"SELECT (COUNT(*) AS ?n) {{ SELECT * {{ {pattern.sparql} }} LIMIT {COUNTED} }}")
    assert isinstance(found, ox.QuerySolutions)
    (value,) = next(found)
    assert isinstance(value, ox.Literal)
    number = int(value.value)
    return Total(number, number >= COUNTED)


def _read(store: ox.Store, pattern: Pattern, offset: int, limit: int) -> Triples:
    text = pattern.sparql
    found = store.query(f"CONSTRUCT {{ {text} }} {{ {text} }} OFFSET {offset:d} LIMIT {limit:d}")
    assert isinstance(found, ox.QueryTriples)
    return tuple(found)

"""Whether the builder still says a triple somewhere: what it said twice goes from the default graph with the last.

The default graph has each triple once, however many articles say it. The store finds the other graphs that have a
triple, and the ledger tells whether it is the builder that says it there: others may write to any graph.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import lru_cache
from typing import Final

import pyoxigraph as ox

from kg.ledger.opened import Ledger
from kg.packing import unpack
from kg.rdf.iris import Iris
from kg.rdf.parts import Lines

_KEPT: Final = 64
"""Articles whose lines are in memory, a few kB each: lines that go from one graph often stand in the same others."""


class Own:
    """What the builder says by now."""

    def __init__(self, ledger: Ledger, iris: Iris) -> None:
        self._execute = ledger.connection.execute
        self._articles = f"{iris.base}id/article/"
        self._events = iris.event("").value
        rows = self._execute("SELECT value FROM note WHERE name IN ('ontology', 'links')")
        self._always = frozenset(line for (lines,) in rows for line in lines.splitlines(keepends=True))
        self._written = lru_cache(maxsize=_KEPT)(self._read)

    def says(self, line: bytes, quad: ox.Quad, store: ox.Store) -> bool:
        """Whether a triple is to stay in the default graph.

        Args:
            line: the triple as the builder writes it.
            quad: the same in the default graph.
            store: with its named graphs as they are to be.
        """
        if line in self._always or self._is_common(line, quad):
            return True
        others = store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
        return any(line in self._written(graph) for other in others if (graph := self._slug(other.graph_name)))

    def _is_common(self, line: bytes, quad: ox.Quad) -> bool:
        subject = quad.subject
        if not isinstance(subject, ox.NamedNode) or not subject.value.startswith(self._events):
            return False
        query = "SELECT common FROM event WHERE slug = ? AND common <> x''"
        rows = self._execute(query, (subject.value.removeprefix(self._events),))
        return any(line in common.splitlines(keepends=True) for (common,) in rows)

    def _slug(self, graph: object) -> str:
        """The slug of the article that a graph is of, empty if it is of none."""
        if not isinstance(graph, ox.NamedNode) or not graph.value.startswith(self._articles):
            return ""
        return graph.value.removeprefix(self._articles)

    def _read(self, place: str) -> frozenset[bytes]:
        return frozenset(written_lines(self._execute, place).splitlines(keepends=True))


def written_lines(execute: Callable[..., sqlite3.Cursor], place: str) -> bytes:
    """The lines of an article's graph, given by its slug, or with a fragment those of its corrections; none if there
    is no such article."""
    slug, _, part = place.partition("#")
    row = execute("SELECT written FROM article WHERE slug = ?", (slug,)).fetchone()
    lines = Lines.parse(unpack(row[0])) if row else Lines(b"")
    return lines.corrections if part else lines.article

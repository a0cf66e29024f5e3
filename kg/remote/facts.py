"""What is said of things, fetched many at a time and remembered: who reads a thing will read what it points to.

A thing that is asked for and not yet known is fetched together with those that were pointed to by what was fetched
before, the newest first. A page of two hundred names takes a handful of queries so.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Final

import pyoxigraph as ox

BATCH: Final = 128
"""Things that are fetched at a time: some 10 kB of query."""
KEPT: Final = 20_000
"""Things that are remembered, and pointed-to things that wait to be fetched along with others."""


class Facts:
    """The triples of the default graph by their subject.

    Args:
        rows: all solutions of a query.
    """

    def __init__(self, rows: Callable[[str], ox.QuerySolutions]) -> None:
        self._rows = rows
        self._known: OrderedDict[str, tuple[ox.Triple, ...]] = OrderedDict()
        self._ahead: OrderedDict[str, None] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, node: ox.NamedNode) -> tuple[ox.Triple, ...]:
        """All that is said of ``node``; nothing, if so.

        Raises:
            BackendError: the store does not answer.
        """
        with self._lock:
            known = self._known.get(node.value)
            if known is not None:
                self._known.move_to_end(node.value)
                return known
            wanted = self._batch(node.value)
        fetched = self._fetch(wanted)
        with self._lock:
            self._keep(fetched)
        return fetched[node.value]

    def recent(self) -> list[str]:
        """Things that are known, the newest first."""
        with self._lock:
            return list(reversed(self._known))

    def _batch(self, first: str) -> list[str]:
        """``first`` and the newest of those that wait."""
        self._ahead.pop(first, None)
        wanted = [first]
        while self._ahead and len(wanted) < BATCH:
            wanted.append(self._ahead.popitem()[0])
        return wanted

    def _fetch(self, wanted: Sequence[str]) -> dict[str, tuple[ox.Triple, ...]]:
        found: dict[str, list[ox.Triple]] = {iri: [] for iri in wanted}
        values = " ".join(f"<{iri}>" for iri in wanted)
        for row in self._rows(f"SELECT ?s ?p ?o {{ VALUES ?s {{ {values} }} ?s ?p ?o }}"):
            subject, predicate, value = row
            if isinstance(subject, ox.NamedNode) and isinstance(predicate, ox.NamedNode) and value is not None:
                found[subject.value].append(ox.Triple(subject, predicate, value))
        return {iri: tuple(triples) for iri, triples in found.items()}

    def _keep(self, fetched: dict[str, tuple[ox.Triple, ...]]) -> None:
        for iri, triples in fetched.items():
            self._known[iri] = triples
            for triple in triples:
                for node in (triple.predicate, triple.object):
                    if isinstance(node, ox.NamedNode) and node.value not in self._known:
                        self._ahead[node.value] = None
        for kept in (self._known, self._ahead):
            while len(kept) > KEPT:
                kept.popitem(last=False)


class Told:
    """The quads of named graphs by their subject, for parts of things: those have an IRI with a fragment.

    A part is told in one graph or few, so that others may be fetched along; a country is told in all of them.

    Args:
        rows: all solutions of a query.
        facts: what was read lately, of which parts are fetched along.
        without: a condition that leaves out a graph that is none of them.
    """

    def __init__(self, rows: Callable[[str], ox.QuerySolutions], facts: Facts, without: str) -> None:
        self._rows = rows
        self._facts = facts
        self._without = without
        self._known: OrderedDict[str, tuple[ox.Quad, ...]] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, node: ox.NamedNode) -> tuple[ox.Quad, ...]:
        """All that named graphs say of ``node``.

        Raises:
            BackendError: the store does not answer.
        """
        with self._lock:
            known = self._known.get(node.value)
            if known is not None:
                return known
            recent = [
                iri for iri in self._facts.recent() if "#" in iri and iri not in self._known and iri != node.value
            ]
        found: dict[str, list[ox.Quad]] = {iri: [] for iri in [node.value, *recent[: BATCH - 1]]}
        values = " ".join(f"<{iri}>" for iri in found)
        graphs = f"VALUES ?s {{ {values} }} GRAPH ?g {{ ?s ?p ?o }} {self._without}"
        for subject, predicate, value, graph in self._rows(f"SELECT ?s ?p ?o ?g {{ {graphs} }}"):
            found[subject.value].append(ox.Quad(subject, predicate, value, graph))
        with self._lock:
            self._known |= {iri: tuple(quads) for iri, quads in found.items()}
            while len(self._known) > KEPT:
                self._known.popitem(last=False)
        return tuple(found[node.value])

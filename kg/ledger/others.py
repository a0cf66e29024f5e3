"""What others wrote to a store whose ledger is lost, or that an older program made: it is carried over to the new one.

Version 0.5 left all that the builder wrote beside the store, so that the rest is known to the last quad, and also what
others took away. Without that, or any ledger, it has to be told from the store: the builder's are the graphs that are
named as it names them, the same triples in the default graph, what that says of events, and the ontology. What
others wrote into graphs of those names is then taken for the builder's. Where nobody else wrote there is nothing to do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox

from kg.quadfile import difference, open_lines, parse_lines, quad_lines, sorted_lines
from kg.rdf.confirmed import links_graph
from kg.rdf.iris import Iris
from kg.rdf.quads import ontology_quads
from kg.rdf.terms import aid, schema
from kg.store import OLD_BUILT, Snapshot, is_alone


class Others(Protocol):
    """Brings to a store that the builder has filled what others did to the store before."""

    def __call__(self, store: ox.Store) -> None: ...


def others_of(snapshot: Snapshot, base: str) -> Others:
    """What others did to a store.

    Args:
        base: the base IRI that it was built with.
    """
    kept = snapshot.path.parent / OLD_BUILT

    def carry(store: ox.Store) -> None:
        if is_alone(snapshot):
            return
        if kept.exists():
            _carry_difference(snapshot.store, kept, store)
        else:
            store.bulk_extend(_not_the_builders(snapshot.store, Iris(base)))
        for graph in _empty_graphs(snapshot.store, base):
            store.add_graph(graph)

    return carry


def _carry_difference(old: ox.Store, built: Path, store: ox.Store) -> None:
    """Add what is in the old store and not the builder's, and remove what was the builder's and is not there."""

    def added() -> Iterator[bytes]:
        with open_lines(built) as lines:
            for is_others, line in difference(lines, sorted_lines(quad_lines(old))):
                if is_others:
                    yield line

    store.bulk_extend(parse_lines(added()))
    for quad in parse_lines(_gone(old, built)):
        store.remove(quad)


def _gone(old: ox.Store, built: Path) -> Iterator[bytes]:
    with open_lines(built) as lines:
        for line in lines:
            (quad,) = ox.parse(line, ox.RdfFormat.N_QUADS)
            if quad not in old:
                yield line


def _not_the_builders(old: ox.Store, iris: Iris) -> Iterator[ox.Quad]:
    ontology = frozenset(ontology_quads())
    for quad in old:
        if quad.graph_name != ox.DefaultGraph():
            if not _is_builders(quad.graph_name, iris):
                yield quad
        elif quad not in ontology and not _is_said_by_builder(quad, old, iris):
            yield quad


def _is_said_by_builder(quad: ox.Quad, old: ox.Store, iris: Iris) -> bool:
    subject = quad.subject
    is_event = isinstance(subject, ox.NamedNode) and subject.value.startswith(iris.event("").value)
    if is_event and quad.predicate in (schema("name"), aid("fulfils")):
        return True
    same = old.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
    return any(_is_builders(one.graph_name, iris) for one in same)


def _is_builders(graph: object, iris: Iris) -> bool:
    return graph == links_graph(iris) or (
        isinstance(graph, ox.NamedNode) and graph.value.startswith(f"{iris.base}id/article/")
    )


def _empty_graphs(old: ox.Store, base: str) -> Iterable[ox.NamedNode | ox.BlankNode]:
    for graph in old.named_graphs():
        is_empty = next(old.quads_for_pattern(None, None, None, graph), None) is None
        if is_empty and not _is_builders(graph, Iris(base)):
            yield graph

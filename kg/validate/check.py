"""What is given to a validator: a graph by itself, some articles with what the rules must see besides, or all there is.

After a build only what changed is validated: the graphs of the changed articles, with what others report of the same
events, and the ontology. Many articles go through in parts, since a rule never looks further than that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Final, cast

import pyoxigraph as ox

from kg.errors import SettingsError
from kg.formats import PREFIXES, VOCABULARY
from kg.rdf.corrections import GRAPH
from kg.rdf.quads import ontology_quads
from kg.rdf.terms import A, aid
from kg.validate.engines import DEFAULT_ENGINE, ENGINES
from kg.validate.findings import Finding, finding_of
from kg.validate.results import Result, read_results
from kg.validate.shapes import shapes_text

ARTICLES_AT_ONCE: Final = {"fast": 200, "reference": 50}
"""By engine; few enough for the memory, since all of them are held as text: validating 10,000
articles in two processes took 520 MiB with 500 at a time and 425 with 250, and as long."""
_IS_ONTOLOGY: Final = f"<{VOCABULARY}ontology> <{PREFIXES['rdf']}type> <{PREFIXES['owl']}Ontology> ".encode()


def validate_quads(quads: Iterable[ox.Quad], *, engine: str = DEFAULT_ENGINE) -> tuple[Finding, ...]:
    """Validate a graph taken by itself, together with the ontology. Graph names are left out of account.

    Raises:
        DataError: the engine cannot take what the graph holds.
        SettingsError: the engine is not installed.
    """
    return validate_lines(_lines(quads), engine)


def validate_graphs(store: ox.Store, names: Iterable[str], *, engine: str = DEFAULT_ENGINE) -> tuple[Finding, ...]:
    """Validate the named graphs of these articles, each with what the rules need to see of others.

    A graph of corrections speaks of its article, so that the article's own graph is taken in with it.
    """
    return tuple(finding for part in parts_of(names, engine) for finding in validate_part(store, part, engine))


def parts_of(names: Iterable[str], engine: str = DEFAULT_ENGINE) -> list[list[str]]:
    """The graphs of these articles, sorted, in parts that can be validated one by one."""
    graphs = sorted({one for name in names for one in (name, name.removesuffix(f"#{GRAPH}"))})
    size = ARTICLES_AT_ONCE[engine]
    return [graphs[start : start + size] for start in range(0, len(graphs), size)]


def validate_part(store: ox.Store, graphs: Sequence[str], engine: str = DEFAULT_ENGINE) -> tuple[Finding, ...]:
    """Validate one part."""
    return own_findings(store, graphs, validate_lines(gather(store, graphs, stored_lines(store)), engine))


def stored_lines(store: ox.Store) -> Callable[[Sequence[str]], bytes]:
    """Gives the lines of named graphs as N-Triples, some ten microseconds each."""

    def read(graphs: Sequence[str]) -> bytes:
        nodes = (ox.NamedNode(graph) for graph in graphs)
        return b"".join(cast("bytes", store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=one)) for one in nodes)

    return read


def gather(store: ox.Store, graphs: Sequence[str], read: Callable[[Sequence[str]], bytes]) -> bytes:
    """The lines of one part, with what the rules need to see of others.

    Args:
        read: gives the lines of the graphs themselves.
    """
    return read(graphs) + _lines(_seen_besides(store, [ox.NamedNode(graph) for graph in graphs]))


def own_findings(store: ox.Store, graphs: Sequence[str], findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """What is found in a part itself: what others say is seen too, and its faults are told with their own graphs."""
    own = [ox.NamedNode(graph) for graph in graphs]
    return tuple(finding for finding in findings if _is_said_in(store, own, finding.node))


def validate_lines(data: bytes, engine: str = DEFAULT_ENGINE) -> tuple[Finding, ...]:
    """The findings in N-Quads. A store of them, to look articles up in, is made only if there is something to tell."""
    results = _run(data, engine)
    store = ox.Store()
    if results:
        store.bulk_load(data, ox.RdfFormat.N_QUADS)
    return _findings(results, store)


def validate_store(store: ox.Store, *, engine: str = DEFAULT_ENGINE) -> tuple[Finding, ...]:
    """Validate all that the store holds, what others loaded included, as one graph."""
    data = cast("bytes", store.dump(format=ox.RdfFormat.N_QUADS))
    return _findings(_run(data, engine), store)


def _run(data: bytes, engine: str) -> tuple[Result, ...]:
    if engine not in ENGINES:
        raise SettingsError(f"--engine {engine}: its package is not installed here; there is {', '.join(ENGINES)}")
    return read_results(ENGINES[engine](_with_ontology(data), shapes_text()))


def _with_ontology(data: bytes) -> bytes:
    """The graph with our ontology, unless it holds one already: what another version built is checked with its own."""
    return data if _IS_ONTOLOGY in data else b"".join((data, _ontology()))


def _findings(results: Iterable[Result], store: ox.Store) -> tuple[Finding, ...]:
    return tuple(sorted({finding_of(result, store) for result in results}, key=Finding.place))


def _is_said_in(store: ox.Store, graphs: Sequence[ox.NamedNode], node: str) -> bool:
    """Whether one of the graphs says something of the node; a node that is no IRI stands in no other graph."""
    if ":" not in node:
        return True
    said = {quad.graph_name for quad in store.quads_for_pattern(ox.NamedNode(node), None, None)}
    return not said.isdisjoint(graphs)


def _seen_besides(store: ox.Store, graphs: Iterable[ox.NamedNode]) -> Iterator[ox.Quad]:
    """The events that these graphs speak of and those that they fulfil, with all their reports, and what each of
    their values is."""
    waiting = {event for graph in graphs for event in _events(store, graph)}
    seen: set[object] = set()
    typed: set[object] = set()
    while waiting:
        event = waiting.pop()
        seen.add(event)
        for quad in _described(store, event):
            yield quad
            if isinstance(quad.object, ox.NamedNode) and quad.object not in typed:
                typed.add(quad.object)
                yield from store.quads_for_pattern(quad.object, A, None, ox.DefaultGraph())
            if quad.predicate == aid("fulfils") and quad.object not in seen:
                waiting.add(quad.object)
        for telling in store.quads_for_pattern(None, aid("reports"), cast("ox.NamedNode", event), ox.DefaultGraph()):
            yield from _described(store, telling.subject)


def _events(store: ox.Store, graph: ox.NamedNode) -> Iterator[object]:
    return (quad.subject for quad in store.quads_for_pattern(None, A, aid("AidEvent"), graph))


def _described(store: ox.Store, node: object) -> Iterator[ox.Quad]:
    return store.quads_for_pattern(cast("ox.NamedNode", node), None, None, ox.DefaultGraph())


@cache
def _ontology() -> bytes:
    return _lines(ontology_quads())


def _lines(quads: Iterable[ox.Quad]) -> bytes:
    return cast("bytes", ox.serialize(quads, format=ox.RdfFormat.N_QUADS))

"""SHACL: whether the graph keeps its own rules (``ontology/shapes.ttl``). The one module that knows pySHACL.

pySHACL took 0.24 s for an article of 400 triples, so after a build only what changed is validated: the graphs
of the changed articles, with what others report of the same events, and the ontology. Many articles go
through in parts, since a rule never looks further than that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, cast

import pyoxigraph as ox
import pyshacl
import rdflib

from kg.formats import PREFIXES
from kg.rdf.corrections import GRAPH
from kg.rdf.quads import ontology_quads
from kg.rdf.terms import A, aid, oa, prov, schema

ARTICLES_AT_ONCE: Final = 50
_SH: Final = rdflib.Namespace("http://www.w3.org/ns/shacl#")
_TO_ARTICLE: Final = (schema("appearance"), schema("isPartOf"), schema("subjectOf"), prov("wasQuotedFrom"))
"""Properties that lead from a part of an article, or from an event, to the article."""
_FROM_PROVED: Final = (aid("reports"), aid("statedItem"), aid("quantity"))
"""Properties that lead from what has evidence to what is proved by the same words."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One broken rule: the article and the characters it was read from, the node at fault, and the rule.

    ``article`` is an identifier, or empty where the node belongs to none; ``span`` is start and end, or None.
    """

    article: str
    span: tuple[int, int] | None
    node: str
    path: str
    value: str
    message: str

    def __str__(self) -> str:
        where = f"[{self.span[0]}:{self.span[1]}]" if self.span else ""
        what = " ".join(filter(None, (self.node, self.path, self.value)))
        return f"{self.article or 'no article'}{where}: {what}: {self.message}"


def validate_quads(quads: Iterable[ox.Quad]) -> tuple[Finding, ...]:
    """Validate a graph taken by itself, together with the ontology. Graph names are left out of account."""
    store = ox.Store()
    store.extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in (*ontology_quads(), *quads))
    _, report, _ = pyshacl.validate(_rdflib_graph(store), shacl_graph=_shapes(), inplace=True)
    results = cast("rdflib.Graph", report)
    found = {_finding(results, result, store) for result in results.subjects(rdflib.RDF.type, _SH.ValidationResult)}
    return tuple(sorted(found, key=str))


def validate_graphs(store: ox.Store, names: Iterable[str]) -> tuple[Finding, ...]:
    """Validate the named graphs of these articles, each with what the rules need to see of others.

    A graph of corrections speaks of its article, so that the article's own graph is taken in with it.
    """
    graphs = sorted({one for name in names for one in (name, name.removesuffix(f"#{GRAPH}"))})
    parts = [graphs[start : start + ARTICLES_AT_ONCE] for start in range(0, len(graphs), ARTICLES_AT_ONCE)]
    return tuple(finding for part in parts for finding in _validate_part(store, part))


def validate_store(store: ox.Store) -> tuple[Finding, ...]:
    """Validate every named graph. What others loaded into the default graph is seen only where an event needs it."""
    return validate_graphs(store, (graph.value for graph in store.named_graphs()))


def _validate_part(store: ox.Store, graphs: Sequence[str]) -> Iterator[Finding]:
    """What others say is seen, but faults of theirs are told when their own graphs are validated."""
    own = [quad for graph in graphs for quad in _graph_quads(store, graph)]
    subjects = {_text(quad.subject) for quad in own}
    return (finding for finding in validate_quads([*own, *_seen_besides(store, own)]) if finding.node in subjects)


def _graph_quads(store: ox.Store, graph: str) -> Iterator[ox.Quad]:
    return store.quads_for_pattern(None, None, None, ox.NamedNode(graph))


def _seen_besides(store: ox.Store, own: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """The events that these quads speak of and those that they fulfil, with all their reports, and what each of
    their values is."""
    waiting = {quad.subject for quad in own if quad.predicate == A and quad.object == aid("AidEvent")}
    seen: set[object] = set()
    while waiting - seen:
        event = min(waiting - seen, key=_text)
        seen.add(event)
        for quad in _described(store, event):
            yield quad
            if not isinstance(quad.object, ox.NamedNode):
                continue
            yield from store.quads_for_pattern(quad.object, A, None, ox.DefaultGraph())
            if quad.predicate == aid("fulfils"):
                waiting.add(quad.object)
        for telling in store.quads_for_pattern(None, aid("reports"), event, ox.DefaultGraph()):
            yield from _described(store, telling.subject)


def _described(store: ox.Store, node: object) -> Iterator[ox.Quad]:
    return store.quads_for_pattern(cast("ox.NamedNode", node), None, None, ox.DefaultGraph())


@cache
def _shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(data=files("ontology").joinpath("shapes.ttl").read_bytes(), format="turtle")


def _rdflib_graph(store: ox.Store) -> rdflib.Graph:
    lines = cast("bytes", store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph()))
    return rdflib.Graph().parse(data=lines, format="nt")


def _finding(results: rdflib.Graph, result: rdflib.term.Node, store: ox.Store) -> Finding:
    focus, path, value, message = (
        _text_of(results.value(result, _SH[name])) for name in ("focusNode", "resultPath", "value", "resultMessage")
    )
    if results.value(result, _SH.sourceConstraintComponent) == _SH.SPARQLConstraintComponent:
        focus, path, value = str(results.value(result, _SH.value) or focus), "", ""
    node = ox.NamedNode(focus) if ":" in focus else None
    return Finding(_article(store, node), _span(store, node), focus, _prefixed(path), value, " ".join(message.split()))


def _text_of(node: rdflib.term.Node | None) -> str:
    """A term's text. A path that is no single property is a blank node, of which the message says enough."""
    return "" if node is None or isinstance(node, rdflib.BNode) else str(node)


def _prefixed(iri: str) -> str:
    """``aid:donor`` for its IRI, where the prefix is one of ours."""
    for prefix, start in PREFIXES.items():
        if iri.startswith(start):
            return f"{prefix}:{iri.removeprefix(start)}"
    return iri


def _article(store: ox.Store, node: ox.NamedNode | None) -> str:
    """The identifier of the article that the node is, belongs to or was told by."""
    if node is None:
        return ""
    whole = ox.NamedNode(node.value.partition("#")[0])
    linked = [quad.object for name in _TO_ARTICLE for quad in store.quads_for_pattern(node, name, None)]
    for article in (whole, *linked):
        if isinstance(article, ox.NamedNode):
            for quad in store.quads_for_pattern(article, schema("identifier"), None):
                return _text(quad.object)
    return ""


def _span(store: ox.Store, node: ox.NamedNode | None) -> tuple[int, int] | None:
    """The first words that prove the node, or those that prove what it was stated with."""
    for _ in range(len(_FROM_PROVED) + 1):
        if node is None:
            return None
        if spans := sorted(filter(None, (_offsets(store, one) for one in (node, *_evidence(store, node))))):
            return spans[0]
        node = _proved_with(store, node)
    return None


def _evidence(store: ox.Store, node: ox.NamedNode) -> Iterator[ox.NamedNode]:
    return (
        quad.object
        for quad in store.quads_for_pattern(node, aid("evidence"), None)
        if isinstance(quad.object, ox.NamedNode)
    )


def _offsets(store: ox.Store, node: ox.NamedNode) -> tuple[int, int] | None:
    start, end = (
        next((_text(quad.object) for quad in store.quads_for_pattern(node, oa(name), None)), "")
        for name in ("start", "end")
    )
    return (int(start), int(end)) if start.isdecimal() and end.isdecimal() else None


def _proved_with(store: ox.Store, node: ox.NamedNode) -> ox.NamedNode | None:
    for name in _FROM_PROVED:
        for quad in store.quads_for_pattern(None, name, node):
            if isinstance(quad.subject, ox.NamedNode):
                return quad.subject
    return None


def _text(term: object) -> str:
    return cast("ox.NamedNode | ox.BlankNode | ox.Literal", term).value

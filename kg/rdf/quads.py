"""All quads of a build: one named graph an article and one of its corrections, and the default graph with everything.

The default graph is written out and not left to a store's "union" switch, which in pyoxigraph 0.5.13 repeats
a triple once for each graph that has it. It also holds the ontology with its concept schemes.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from itertools import chain
from typing import cast

import pyoxigraph as ox

from kg.merge.event import UNNAMED
from kg.merge.events import Merged
from kg.rdf.articles import article_triples
from kg.rdf.corrections import correction_triples, corrections_graph, judgement_triples
from kg.rdf.entities import entity_triples, linked_keys, party_triples, role_triples
from kg.rdf.events import event_triples, shared_triples
from kg.rdf.figures import figure_triples, quotation_triples
from kg.rdf.iris import Iris
from kg.rdf.reports import report_triples
from kg.rdf.scope import Scope, Triples
from kg.records import Reading

_WRITERS = (article_triples, party_triples, role_triples, report_triples, figure_triples, quotation_triples)


def core_triples(scope: Scope) -> Triples:
    """What the article's graph holds that hangs on its reading alone."""
    return chain.from_iterable(write(scope) for write in _WRITERS)


def reading_triples(reading: Reading, merged: Merged, iris: Iris) -> tuple[tuple[ox.NamedNode, set[ox.Triple]], ...]:
    """Every fact of one article by the named graph it belongs to: the article's, or that of its corrections."""
    scope, share = Scope(reading, iris), merged.share(reading)
    chosen = (merged.entities[key] for key in scope.keys if not key.startswith(UNNAMED))
    facts = chain(
        core_triples(scope),
        chain.from_iterable(entity_triples(entity, linked_keys(entity, scope.keys), iris) for entity in chosen),
        event_triples(scope, share, lambda key: merged.entities[key].name),
    )
    corrections = chain(correction_triples(scope), judgement_triples(scope, share))
    return (scope.article, set(facts)), (corrections_graph(scope), set(corrections))


def reading_quads(reading: Reading, merged: Merged, iris: Iris) -> Iterator[ox.Quad]:
    """Every fact of one article twice: in its named graph and in the default graph."""
    for graph, triples in reading_triples(reading, merged, iris):
        for triple in triples:
            yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)
            yield ox.Quad(triple.subject, triple.predicate, triple.object)


def reading_lines(reading: Reading, merged: Merged, iris: Iris) -> Iterator[bytes]:
    """The same as lines of N-Quads: a line of N-Triples is one of the default graph, and one of a named graph with its
    name before the full stop (https://www.w3.org/TR/n-quads/#simple-triples). Saves making each triple three times."""
    for graph, triples in reading_triples(reading, merged, iris):
        ending = f" {graph} .\n".encode()
        written = cast("bytes", ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES))
        for line in written.splitlines(keepends=True):
            yield line
            yield line.removesuffix(b" .\n") + ending


def common_quads(merged: Merged, iris: Iris) -> Iterator[ox.Quad]:
    """What belongs to no single article: facts about events that several tell, the ontology and its schemes."""
    for event in merged.events:
        earlier = merged.by_slug[event.fulfils] if event.fulfils else None
        for triple in shared_triples(event, earlier, lambda key: merged.entities[key].name, iris):
            yield ox.Quad(triple.subject, triple.predicate, triple.object)
    yield from ontology_quads()


def ontology_quads() -> Iterator[ox.Quad]:
    """The ontology and its concept schemes, in the default graph."""
    yield from ox.parse(files("ontology").joinpath("aid.ttl").read_bytes(), ox.RdfFormat.TURTLE)

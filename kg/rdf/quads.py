"""All quads of a build: one named graph an article and one of its corrections, and the default graph with everything.

The default graph is written out and not left to a store's "union" switch, which in pyoxigraph 0.5.13 repeats
a triple once for each graph that has it. It also holds the ontology with its concept schemes.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from itertools import chain

import pyoxigraph as ox

from kg.merge.events import Merged
from kg.rdf.articles import article_triples
from kg.rdf.corrections import correction_triples, corrections_graph
from kg.rdf.entities import entity_triples, role_triples
from kg.rdf.events import event_triples, shared_triples
from kg.rdf.figures import figure_triples, quotation_triples
from kg.rdf.iris import Iris
from kg.rdf.reports import report_triples
from kg.rdf.scope import Scope
from kg.records import Reading

_WRITERS = (
    article_triples, entity_triples, role_triples, report_triples, event_triples, figure_triples, quotation_triples,
)  # fmt: skip


def reading_quads(reading: Reading, merged: Merged, iris: Iris) -> Iterator[ox.Quad]:
    """Every fact of one article twice: in its named graph, or that of its corrections, and in the default graph."""
    scope = Scope(reading, merged, iris)
    facts = chain.from_iterable(write(scope) for write in _WRITERS)
    for graph, triples in ((scope.article, facts), (corrections_graph(scope), correction_triples(scope))):
        for triple in set(triples):
            yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)
            yield ox.Quad(triple.subject, triple.predicate, triple.object)


def common_quads(merged: Merged, iris: Iris) -> Iterator[ox.Quad]:
    """What belongs to no single article: facts about events that several tell, the ontology and its schemes."""
    for triple in shared_triples(merged, iris):
        yield ox.Quad(triple.subject, triple.predicate, triple.object)
    yield from ontology_quads()


def ontology_quads() -> Iterator[ox.Quad]:
    """The ontology and its concept schemes, in the default graph."""
    yield from ox.parse(files("ontology").joinpath("aid.ttl").read_bytes(), ox.RdfFormat.TURTLE)

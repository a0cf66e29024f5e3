"""The whole graph of the seed articles, as their gold annotations read them."""

from pathlib import Path

import pyoxigraph as ox

from kg.formats import PREFIXES
from kg.rdf.quads import ontology_quads
from kg.rdf.terms import A
from kg.records import Reading

VOCABULARY = Path(__file__).with_name("vocabulary.txt")


def triples(quads: frozenset[ox.Quad], *, named: bool) -> list[tuple[object, object, object]]:
    return [
        (quad.subject, quad.predicate, quad.object)
        for quad in quads
        if isinstance(quad.graph_name, ox.NamedNode) is named
    ]


def test_there_are_no_blank_nodes(gold_quads: frozenset[ox.Quad]) -> None:
    assert not [quad for quad in gold_quads if isinstance(quad.subject, ox.BlankNode | ox.Triple)]
    assert not [quad for quad in gold_quads if isinstance(quad.object, ox.BlankNode | ox.Triple)]


def test_default_graph_has_everything_of_the_named_graphs(gold_quads: frozenset[ox.Quad]) -> None:
    everything = triples(gold_quads, named=False)
    assert set(triples(gold_quads, named=True)) < set(everything)
    assert len(everything) == len(set(everything))


def test_default_graph_has_the_ontology(gold_quads: frozenset[ox.Quad]) -> None:
    assert set(ontology_quads()) < gold_quads


def test_each_article_has_a_graph_of_its_own(
    gold_quads: frozenset[ox.Quad], gold_readings: tuple[Reading, ...]
) -> None:
    names = {quad.graph_name.value for quad in gold_quads if isinstance(quad.graph_name, ox.NamedNode)}
    assert names == {
        f"https://w3id.org/aidgraph/id/article/{reading.article.id.replace('_', '-')}" for reading in gold_readings
    }


def test_only_known_terms_are_used(gold_quads: frozenset[ox.Quad]) -> None:
    """A misspelt property is valid RDF: the list beside this test is all that the articles may use."""
    data = {(q.subject, q.predicate, q.object) for q in gold_quads - set(ontology_quads())}
    used = {predicate for _, predicate, _ in data} | {kind for _, predicate, kind in data if predicate == A}
    names = {next(f"{p}:{t.value.removeprefix(i)}" for p, i in PREFIXES.items() if t.value.startswith(i)) for t in used}
    assert names <= set(VOCABULARY.read_text(encoding="utf-8").split())

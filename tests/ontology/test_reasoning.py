"""The ontology with data is consistent under OWL 2 RL, together with what its neighbours say of the terms it uses.

``owlrl`` draws every conclusion that the rules of https://www.w3.org/TR/owl2-profiles/#OWL_2_RL allow, and notes the
contradictions. It takes seconds for some thousand triples, so it reads the graph of the seed articles and no more.
"""

from importlib.resources import files
from pathlib import Path

import owlrl
import pyoxigraph as ox
import pytest
import rdflib
from ontology_store import NAMES

from kg.store import open_snapshot

HERE = Path(__file__).parent
ONTOLOGY = files("ontology").joinpath("aid.ttl").read_bytes()
Concluded = tuple[rdflib.Graph, list[str]]


@pytest.fixture(scope="module")
def concluded() -> Concluded:
    """The ontology and its example with all conclusions, and the contradictions."""
    graph = rdflib.Graph().parse(data=ONTOLOGY, format="turtle")
    graph.parse(data=files("ontology").joinpath("example.ttl").read_bytes(), format="turtle")
    return graph, close(graph)


def graph_of(quads: frozenset[ox.Quad]) -> rdflib.Graph:
    triples = ox.serialize({quad.triple for quad in quads}, format=ox.RdfFormat.N_TRIPLES)
    assert triples
    return rdflib.Graph().parse(data=triples, format="nt")


def close(graph: rdflib.Graph) -> list[str]:
    """Draw all conclusions into ``graph``; the contradictions found on the way."""
    graph.parse(HERE / "neighbours.ttl", format="turtle")
    reasoner = owlrl.OWLRL_Semantics(graph, axioms=False, daxioms=False, rdfs=False)
    reasoner.closure()
    return list(reasoner.error_messages)


def test_ontology_with_its_example_is_consistent(concluded: Concluded) -> None:
    assert concluded[1] == []


@pytest.mark.slow
def test_gold_graph_is_consistent(gold_quads: frozenset[ox.Quad]) -> None:
    assert close(graph_of(gold_quads)) == []


@pytest.mark.slow
def test_built_graph_is_consistent(seeds_data: Path) -> None:
    assert close(graph_of(frozenset(open_snapshot(seeds_data).store))) == []


def test_conclusions_reach_the_vocabularies_that_ours_leans_on(concluded: Concluded) -> None:
    facts = """?event a aid:AidEvent, sem:Event, prov:Activity ; schema:agent ?donor ; sem:hasActor ?donor .
        ?donor a prov:Agent, sem:Actor . ?report a prov:Entity ; schema:about ?event ; schema:mentions ?donor"""
    assert concluded[0].query(f"ASK {{ {facts} }}", initNs=NAMES).askAnswer


BROKEN = {
    "event that is a report": "x:event a aid:AidEvent, aid:AidReport",
    "event that is what was overruled": "x:event a aid:AidEvent, aid:Overruled",
    "party that is an item": "x:event aid:donor x:item . x:item a aid:AidItem",
    "event that was derived from words": "x:event a aid:AidEvent ; aid:evidence x:span",
    "scheme that is a concept": "scheme:phase skos:broader phase:pledged",
    "related concepts of which one is broader": "category:masks skos:related category:ppe",
}


def skeleton() -> rdflib.Graph:
    """Our terms and two schemes without words and matches: a contradiction shows in a fraction of the time."""
    graph = rdflib.Graph()
    kept = ("aid", "phase", "category")
    for subject, predicate, value in rdflib.Graph().parse(data=ONTOLOGY, format="turtle"):
        ours = any(str(subject).startswith(NAMES[prefix]) for prefix in kept)
        if ours and isinstance(value, rdflib.URIRef) and "Match" not in predicate:
            graph.add((subject, predicate, value))
    return graph


def test_skeleton_is_consistent() -> None:
    assert close(skeleton()) == []


@pytest.mark.parametrize("facts", BROKEN.values(), ids=BROKEN)
def test_contradiction_is_found(facts: str) -> None:
    graph = skeleton()
    graph.update(f"INSERT DATA {{ {facts} }}", initNs=NAMES)
    assert close(graph) != []

"""The ontology itself: whole, without blank nodes, and with every term and concept that the records need."""

from importlib.resources import files
from typing import get_args

import pyoxigraph as ox
import pytest

from kg.formats import VOCABULARY
from kg.rdf.quads import ontology_quads
from kg.rdf.terms import A, concept
from kg.records import Category, Measure, Modality, Phase, Qualifier

SKOS = "http://www.w3.org/2004/02/skos/core#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
QUADS = tuple(ontology_quads())
NEEDED = {
    "phase": get_args(Phase),
    "modality": get_args(Modality),
    "qualifier": get_args(Qualifier),
    "category": get_args(Category),
    "measure": (*get_args(Measure), *(f"{measure}-change" for measure in get_args(Measure))),
}


def subjects(kind: str) -> set[str]:
    return {quad.subject.value for quad in QUADS if quad.predicate == A and quad.object == ox.NamedNode(kind)}


def values(predicate: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for quad in QUADS:
        if quad.predicate.value == predicate:
            found.setdefault(quad.subject.value, []).append(quad.object.value)
    return found


def test_there_are_no_blank_nodes() -> None:
    assert not [
        quad for quad in QUADS if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode)
    ]


@pytest.mark.parametrize(("scheme", "name"), [(scheme, name) for scheme, names in NEEDED.items() for name in names])
def test_every_word_of_the_records_is_a_concept(scheme: str, name: str) -> None:
    node = concept(scheme, name).value
    assert node in subjects(f"{SKOS}Concept")
    assert values(f"{SKOS}inScheme")[node] == [f"{VOCABULARY}scheme/{scheme}"]


def test_every_concept_has_one_label_and_stands_in_a_scheme() -> None:
    concepts = subjects(f"{SKOS}Concept")
    labels, schemes = values(f"{SKOS}prefLabel"), values(f"{SKOS}inScheme")
    assert {node: len(labels.get(node, ())) for node in concepts} == dict.fromkeys(concepts, 1)
    assert {scheme for node in concepts for scheme in schemes[node]} <= subjects(f"{SKOS}ConceptScheme")


def test_every_own_term_is_explained() -> None:
    own = {
        quad.subject.value
        for quad in QUADS
        if quad.predicate == A and quad.subject.value.startswith(f"{VOCABULARY}ontology#")
    }
    assert len(own) == 29
    assert own <= values(f"{RDFS}label").keys()
    assert own <= values(f"{RDFS}comment").keys()


def test_every_own_term_and_concept_says_where_it_is_defined() -> None:
    homes = values(f"{RDFS}isDefinedBy")
    terms = {node for node in homes if node.startswith(f"{VOCABULARY}ontology#")}
    assert len(terms) == 29
    assert {home for node in terms for home in homes[node]} == {f"{VOCABULARY}ontology"}
    schemes = values(f"{SKOS}inScheme")
    assert {node: homes.get(node) for node in schemes} == schemes


@pytest.mark.parametrize("name", ["aid.ttl", "shapes.ttl", "example.ttl"])
def test_file_is_turtle(name: str) -> None:
    assert list(ox.parse(files("ontology").joinpath(name).read_bytes(), ox.RdfFormat.TURTLE))

"""The numbers of the graph are those that one gets by counting."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable

import pyoxigraph as ox
import pytest

from kg.formats import PREFIXES
from kg.index import statistics
from kg.index.opened import counts_of
from kg.index.statistics import ClassUse, LinkUse, PropertyUse, read_statistics, space_of
from kg.rdf.terms import A

Indexed = Callable[[str | ox.Store], sqlite3.Connection]
ODD = """
x:one a x:Kind, _:class ; schema:sameAs wd:Q1, <https://sws.geonames.org/12/>, "http://no.iri/1" ; x:says "a", "a"@en .
x:two a x:Kind ; owl:sameAs wd:Q2 ; x:says "a", 1, x:one .
x:two\\#part x:says x:one .
_:blank a x:Kind ; schema:sameAs wd:Q1 .
"""


def test_classes_are_counted_by_what_is_of_them(indexed: Indexed) -> None:
    assert read_statistics(indexed(ODD)).classes == (ClassUse("http://x/Kind", 3),)


def test_properties_have_their_triples_subjects_and_objects(indexed: Indexed) -> None:
    found = {use.iri: use for use in read_statistics(indexed(ODD)).properties}
    assert found["http://x/says"] == PropertyUse("http://x/says", 6, 3, 4)
    assert found["http://schema.org/sameAs"] == PropertyUse("http://schema.org/sameAs", 4, 2, 3)


def test_links_are_counted_by_property_and_space(indexed: Indexed) -> None:
    assert read_statistics(indexed(ODD)).links == (
        LinkUse("http://schema.org/sameAs", "http://www.wikidata.org/entity/", 2),
        LinkUse("http://schema.org/sameAs", "https://sws.geonames.org/", 1),
        LinkUse("http://www.w3.org/2002/07/owl#sameAs", "http://www.wikidata.org/entity/", 1),
    )


def test_subjects_without_a_fragment_are_counted_by_space(indexed: Indexed) -> None:
    assert read_statistics(indexed(ODD)).spaces == (("http://x/", 2),)


def test_named_graphs_are_not_counted(indexed: Indexed) -> None:
    store = ox.Store()
    store.add(ox.Quad(ox.NamedNode("http://x/s"), A, ox.NamedNode("http://x/o"), ox.NamedNode("http://x/g")))
    index = indexed(store)
    assert read_statistics(index).classes == ()
    assert (counts_of(index)["triples"], counts_of(index)["subjects"]) == (0, 0)


@pytest.mark.parametrize("graph", ["", ODD])
def test_large_graph_is_counted_on_disk_with_the_same_numbers(
    indexed: Indexed, monkeypatch: pytest.MonkeyPatch, graph: str
) -> None:
    before = indexed(graph)
    monkeypatch.setattr(statistics, "IN_MEMORY", -1)
    monkeypatch.setattr(statistics, "_count_in_engine", None)
    after = indexed(graph)
    assert read_statistics(after) == read_statistics(before)
    assert counts_of(after) == counts_of(before)


@pytest.mark.parametrize("in_memory", [0, statistics.IN_MEMORY])
def test_numbers_of_the_seeds_are_those_of_counting(
    indexed: Indexed, gold_store: ox.Store, monkeypatch: pytest.MonkeyPatch, in_memory: int
) -> None:
    monkeypatch.setattr(statistics, "IN_MEMORY", in_memory)
    index = indexed(gold_store)
    triples = list(gold_store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    counts, found = counts_of(index), read_statistics(index)
    assert counts["triples"] == len(triples)
    assert counts["subjects"] == len({one.subject for one in triples})
    assert counts["objects"] == len({one.object for one in triples})
    assert {use.iri: use.triples for use in found.properties} == Counter(one.predicate.value for one in triples)
    pairs = {(one.predicate.value, one.object) for one in triples}
    assert {use.iri: use.objects for use in found.properties} == Counter(predicate for predicate, _ in pairs)
    assert {use.iri: use.entities for use in found.classes} == Counter(
        one.object.value for one in triples if one.predicate == A
    )


@pytest.mark.parametrize(
    ("iri", "space"),
    [
        ("http://www.wikidata.org/entity/Q38", "http://www.wikidata.org/entity/"),
        ("https://sws.geonames.org/3175395/", "https://sws.geonames.org/"),
        (f"{PREFIXES['skos']}Concept", PREFIXES["skos"]),
        ("urn:isbn:1", ""),
    ],
)
def test_space_is_what_stands_before_the_name(iri: str, space: str) -> None:
    assert space_of(iri) == space

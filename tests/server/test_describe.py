"""Descriptions with parts, evidence, reports and names."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from server.describe import describe

ID = "https://w3id.org/aidgraph/id/"
EVENT = f"{ID}event/russia-to-italy-pledged-2020-03-21"
REPORT = f"{ID}article/000-0888dd242fe82e2b#report-russia-italy-pledged"


def described(store: ox.Store, query: str) -> list[ox.Triple]:
    results = store.query(query)
    assert isinstance(results, ox.QueryTriples)
    return describe(store, results)


def subjects(triples: list[ox.Triple]) -> set[str]:
    return {str(triple.subject.value) for triple in triples if isinstance(triple.subject, ox.NamedNode)}


def test_describe_tells_each_triple_once(store: ox.Store) -> None:
    triples = described(store, f"DESCRIBE <{EVENT}> <{REPORT}> <{ID}country/italy>")
    assert len(triples) == len(set(triples))
    assert all(ox.Quad(triple.subject, triple.predicate, triple.object) in store for triple in triples)


def test_describe_follows_an_event_to_its_report_and_the_words_that_say_so(store: ox.Store) -> None:
    triples = described(store, f"DESCRIBE <{EVENT}>")
    assert {EVENT, REPORT, f"{ID}article/000-0888dd242fe82e2b#char-424-529"} <= subjects(triples)
    exact = [str(triple.object) for triple in triples if triple.predicate.value.endswith("oa#exact")]
    assert any(words.startswith('"Moscow plans to send') for words in exact)


@pytest.mark.parametrize(("thing", "name"), [(f"{ID}country/italy", "Italy"), (f"{ID}organization/tass", "TASS")])
def test_describe_names_what_it_points_to_and_no_more(store: ox.Store, thing: str, name: str) -> None:
    article = f"{ID}article/000-0888dd242fe82e2b"
    triples = described(store, f"DESCRIBE <{EVENT}> <{article}>")
    told = [triple for triple in triples if triple.subject == ox.NamedNode(thing)]
    assert [triple.object for triple in told] == [ox.Literal(name)]


def test_describe_of_all_there_is_adds_nothing(store: ox.Store) -> None:
    assert set(described(store, "DESCRIBE ?s { ?s ?p ?o }")) == {quad.triple for quad in store}


def test_describe_ends_where_parts_go_round_in_circles() -> None:
    store, part = ox.Store(), ox.NamedNode("https://w3id.org/aidgraph/ontology#item")
    nodes = [ox.NamedNode(f"http://x/{number}") for number in range(3)]
    store.extend(ox.Quad(node, part, nodes[(number + 1) % 3]) for number, node in enumerate(nodes))
    assert set(described(store, "DESCRIBE <http://x/0>")) == {quad.triple for quad in store}


def test_describe_of_nothing_is_empty(store: ox.Store) -> None:
    assert described(store, "DESCRIBE <http://x/none>") == []

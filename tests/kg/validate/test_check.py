"""Findings: what broke a rule, in which article, and where in it."""

from dataclasses import replace

import pyoxigraph as ox
import pytest

from kg.formats import prefixes_for
from kg.merge.events import merge_readings
from kg.quadfile import quad_lines
from kg.rdf.iris import Iris
from kg.rdf.quads import common_quads, reading_quads
from kg.records import PartialDate, Reading
from kg.settings import Settings
from kg.validate import Finding, validate_graphs, validate_quads, validate_store

TASS, PMP = "000_0888dd242fe82e2b", "003_b6fb2db469438d69"
BASE = Settings().base


def graph(identifier: str) -> str:
    return f"{BASE}id/article/{identifier.replace('_', '-')}"


@pytest.fixture
def store(gold_quads: frozenset[ox.Quad]) -> ox.Store:
    """The seed articles, to be spoilt."""
    copy = ox.Store()
    copy.bulk_load(b"".join(quad_lines(gold_quads)), ox.RdfFormat.N_QUADS)
    return copy


def spoil(store: ox.Store, update: str) -> ox.Store:
    """Change the facts of the first seed article, in its graph and in the default graph."""
    for where in (f"WITH <{graph(TASS)}> ", ""):
        store.update(where + update, prefixes=prefixes_for(BASE))
    return store


def test_gold_graph_has_no_findings(gold_store: ox.Store) -> None:
    assert validate_store(gold_store) == ()


@pytest.mark.parametrize(
    ("update", "article", "span", "path"),
    [
        ("DELETE { ?i aid:category ?c } WHERE { ?i aid:category ?c ; schema:name 'means of protection' }",
         TASS, (424, 529), "aid:category"),
        ("DELETE { ?o aid:qualifier ?q } WHERE { ?o aid:qualifier ?q ; schema:value 793 }",
         TASS, (1726, 1794), "aid:qualifier"),
        ("DELETE { ?e aid:phase ?p } WHERE { ?e aid:phase ?p }", TASS, (424, 529), "aid:phase"),
        ("DELETE { ?a schema:sha256 ?h } WHERE { ?a schema:sha256 ?h }", TASS, None, "schema:sha256"),
    ],
)  # fmt: skip
def test_finding_names_article_and_span(
    store: ox.Store, update: str, article: str, span: tuple[int, int] | None, path: str
) -> None:
    findings = validate_graphs(spoil(store, update), [graph(TASS)])
    assert (article, span) in {(finding.article, finding.span) for finding in findings if finding.path == path}
    assert {finding.article for finding in findings} == {article}


def test_only_the_named_graphs_are_judged(store: ox.Store) -> None:
    spoil(store, "DELETE { ?o aid:qualifier ?q } WHERE { ?o aid:qualifier ?q }")
    assert validate_graphs(store, [graph(PMP)]) == ()
    assert len(validate_graphs(store, [graph(TASS), graph(PMP)])) == len(validate_graphs(store, [graph(TASS)])) > 0


def test_article_that_is_gone_has_no_findings(gold_store: ox.Store) -> None:
    assert validate_graphs(gold_store, [graph("gone")]) == ()


def test_event_that_two_articles_tell_is_seen_whole(gold_readings: tuple[Reading, ...]) -> None:
    first = gold_readings[0]
    vague = replace(first.reports[0], date=PartialDate("2020-03"))
    second = replace(first, article=replace(first.article, id="other"), reports=(vague,))
    merged, iris = merge_readings([first, second]), Iris(BASE)
    assert [sorted(event.articles) for event in merged.events] == [[TASS, "other"]]
    both = ox.Store()
    both.extend(
        [*common_quads(merged, iris), *reading_quads(first, merged, iris), *reading_quads(second, merged, iris)]
    )
    assert validate_graphs(both, [graph("other")]) == ()
    assert validate_graphs(both, [graph(TASS)]) == ()


def test_finding_is_one_line() -> None:
    finding = Finding("a", (1, 2), "http://x/e", "aid:phase", "http://x/p", "is wrong")
    assert str(finding) == "a[1:2]: http://x/e aid:phase http://x/p: is wrong"
    assert str(replace(finding, article="", span=None, value="")) == "no article: http://x/e aid:phase: is wrong"


def test_node_of_no_article_is_still_named() -> None:
    node, event = ox.NamedNode("http://example.org/e"), ox.NamedNode("https://w3id.org/aidgraph/ontology#AidEvent")
    kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    findings = validate_quads([ox.Quad(node, kind, event)])
    assert {(finding.article, finding.node) for finding in findings} == {("", node.value)}

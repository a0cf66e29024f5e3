"""The EARL report says of every case how it ended, in the terms that the W3C reads."""

from __future__ import annotations

from datetime import UTC, datetime

from rdflib import DC, DOAP, RDF, Graph, Literal, URIRef
from w3c.report import EARL, PROJECT, earl

PASSED, FAILED = URIRef("http://example.org/manifest#one"), URIRef("http://example.org/manifest#two")


def report() -> Graph:
    text = earl({str(PASSED): "passed", str(FAILED): "failed"}, datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))
    return Graph().parse(data=text, format="turtle")


def test_report_tells_the_outcomes() -> None:
    outcomes = {
        (test, graph.value(graph.value(assertion, EARL.result), EARL.outcome))
        for graph in [report()]
        for assertion, test in graph.subject_objects(EARL.test)
    }
    assert outcomes == {(PASSED, EARL.passed), (FAILED, EARL.failed)}


def test_report_has_what_the_w3c_wants_of_an_assertion() -> None:
    graph = report()
    for assertion in graph.subjects(RDF.type, EARL.Assertion):
        assert graph.value(assertion, EARL.assertedBy) == graph.value(assertion, EARL.subject) == PROJECT
        assert graph.value(assertion, EARL.mode) == EARL.automatic
        time = graph.value(graph.value(assertion, EARL.result), DC.date)
        assert isinstance(time, Literal)
        assert time.toPython() == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def test_report_names_the_release() -> None:
    graph = report()
    assert {DOAP.Project, EARL.TestSubject} <= set(graph.objects(PROJECT, RDF.type))
    assert str(graph.value(PROJECT, DOAP.name)) == "aidgraph"
    assert graph.value(graph.value(PROJECT, DOAP.release), DOAP.revision)

"""Writes the outcomes as an EARL report, in the shape in which the W3C collects reports of implementations.

https://www.w3.org/TR/EARL10-Schema/ ; https://w3c.github.io/rdf-tests/ says what such a report has to have.
"""

from __future__ import annotations

from collections.abc import Generator
from datetime import UTC, datetime
from importlib.metadata import metadata
from pathlib import Path

import pytest
from rdflib import DC, DOAP, RDF, XSD, BNode, Graph, Literal, Namespace, URIRef

from w3c.manifest import Case

EARL = Namespace("http://www.w3.org/ns/earl#")
PROJECT = URIRef("https://w3id.org/aidgraph/software")


class EarlReport:
    """A plugin of pytest that keeps the outcome of every case and writes them to ``file`` in the end."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.outcomes: dict[str, str] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        called = getattr(item, "callspec", None)  # parametrized tests have one
        case = called.params.get("case") if called else None
        if isinstance(case, Case) and (report.when == "call" or not report.passed):
            self.outcomes[case.iri] = "passed" if report.passed else "failed"  # one known to fail counts as skipped
        return report

    def pytest_sessionfinish(self) -> None:
        self.file.write_text(earl(self.outcomes, datetime.now(UTC)), encoding="utf-8")


def earl(outcomes: dict[str, str], time: datetime) -> str:
    """The report as Turtle. ``outcomes``: IRIs of cases with ``passed`` or ``failed``."""
    graph = Graph()
    graph.bind("earl", EARL)
    about = metadata("aidgraph")
    release = BNode()
    graph.add((PROJECT, RDF.type, DOAP.Project))
    graph.add((PROJECT, RDF.type, EARL.TestSubject))
    graph.add((PROJECT, RDF.type, EARL.Software))
    graph.add((PROJECT, DOAP.name, Literal(about["Name"])))
    graph.add((PROJECT, DOAP.shortdesc, Literal(about["Summary"], lang="en")))
    graph.add((PROJECT, DOAP["programming-language"], Literal("Python")))
    graph.add((PROJECT, DOAP.release, release))
    graph.add((release, RDF.type, DOAP.Version))
    graph.add((release, DOAP.revision, Literal(about["Version"])))
    for iri, outcome in sorted(outcomes.items()):
        _assert(graph, URIRef(iri), outcome, Literal(time.isoformat(timespec="seconds"), datatype=XSD.dateTime))
    return graph.serialize(format="turtle")


def _assert(graph: Graph, test: URIRef, outcome: str, time: Literal) -> None:
    assertion, result = BNode(), BNode()
    graph.add((assertion, RDF.type, EARL.Assertion))
    graph.add((assertion, EARL.assertedBy, PROJECT))
    graph.add((assertion, EARL.subject, PROJECT))
    graph.add((assertion, EARL.test, test))
    graph.add((assertion, EARL.mode, EARL.automatic))
    graph.add((assertion, EARL.result, result))
    graph.add((result, RDF.type, EARL.TestResult))
    graph.add((result, EARL.outcome, EARL[outcome]))
    graph.add((result, DC.date, time))

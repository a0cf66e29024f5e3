"""Questions that the home page answers: filled from the graph, each with the query that really gives the answer."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.prefixes import declare, prefixed
from server.site import index, site, snapshot
from server.views.worked import SHOWN, Worked, work_out

BASE = "https://w3id.org/aidgraph/"
PREFIXES = {"country": f"{BASE}id/country/", "aid": f"{BASE}ontology#", "oa": "http://www.w3.org/ns/oa#"}


@pytest.fixture
def worked(app: Flask) -> tuple[Worked, ...]:
    with app.test_request_context():
        return work_out(index(), snapshot().store, site().addresses.base)


def test_each_question_is_one_that_the_graph_answers(worked: tuple[Worked, ...]) -> None:
    assert [one.question for one in worked] == [
        "What did Russia give to Italy, and how far did it come?",
        "What numbers do articles give for the COVID-19 pandemic, and in which words?",
    ]  # the example has a pledge and no delivery: nobody sent anything
    assert all(one.rows and one.total >= len(one.rows) for one in worked)


def test_the_query_gives_the_rows_that_are_shown(app: Flask, worked: tuple[Worked, ...]) -> None:
    with app.test_request_context():
        for one in worked:
            rows = list(snapshot().store.query(one.query))
            assert [tuple(row[name] for name in one.columns) for row in rows[:SHOWN]] == list(one.rows)
            assert len(rows) == one.total


def test_the_home_page_shows_the_answers_and_leads_to_the_query(client: FlaskClient) -> None:
    text = client.get("/").text
    assert "What did Russia give to Italy, and how far did it come?" in text
    assert "/sparql?query=%23%20What%20did%20Russia" in text


@pytest.mark.parametrize(
    ("iri", "name"),
    [
        (f"{BASE}id/country/italy", "country:italy"),
        (f"{BASE}id/country/a.b", f"<{BASE}id/country/a.b>"),
        (f"{BASE}id/country/", f"<{BASE}id/country/>"),
        ("http://example.org/x", "<http://example.org/x>"),
    ],
)
def test_prefixed_names_are_used_where_they_need_no_escape(iri: str, name: str) -> None:
    assert prefixed(iri, PREFIXES) == name
    assert ox.Store().query(declare(f"ASK {{ {name} ?p ?o }}", PREFIXES)) is not None


def test_just_the_prefixes_used_are_declared() -> None:
    query = "SELECT * { ?e aid:evidence/oa:exact ?words }"
    lines = declare(query, PREFIXES).splitlines()
    assert lines == [f"PREFIX aid: <{PREFIXES['aid']}>", f"PREFIX oa: <{PREFIXES['oa']}>", query]

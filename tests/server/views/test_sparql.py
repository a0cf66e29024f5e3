"""The query page's questions and results."""

from __future__ import annotations

import pyoxigraph as ox

from server.addresses import Addresses
from server.views.sparql import SHOWN_ROWS, questions, read_results, sparql_page

ADDRESSES = Addresses("https://w3id.org/aidgraph/")


def test_questions_are_the_competency_questions_without_their_answers() -> None:
    titles = {question.name: question.title for question in questions()}
    assert titles["09"] == "Which help was given before 1950?"
    assert titles["05"] == "Which words prove the delivery to Italy, and where do they stand?"
    assert len(titles) == 15


def test_every_question_and_the_first_query_can_be_asked(store: ox.Store) -> None:
    for query in [sparql_page("http://x/sparql").query, *(question.text for question in questions())]:
        assert list(store.query(query)) is not None


def test_read_results_cuts_long_answers_and_says_how_long_they_are() -> None:
    binding = {"x": {"type": "uri", "value": "https://w3id.org/aidgraph/ontology#donor"}}
    table = read_results({"head": {"vars": ["x", "y"]}, "results": {"bindings": [binding] * 1500}}, ADDRESSES)
    assert (len(table.rows), table.total) == (SHOWN_ROWS, 1500)
    cell, empty = table.rows[0]
    assert cell is not None
    assert (cell.label, cell.href, empty) == ("aid:donor", "/page/ontology#donor", None)


def test_read_results_knows_yes_from_no() -> None:
    assert read_results({"head": {}, "boolean": False}, ADDRESSES).answer is False

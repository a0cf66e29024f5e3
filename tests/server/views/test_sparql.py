"""The query page's parts: questions, answers in each view, addresses, faults."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pyoxigraph as ox
import pytest

from server.addresses import Addresses
from server.problems import BadRequest, TimedOut
from server.results.answer import SHOWN_ROWS, read_rows, read_triples
from server.results.known import Knowledge
from server.views.questions import questions
from server.views.sparql import (
    SHOWN_TEXT,
    Answer,
    Asked,
    fault_of,
    graph_answer,
    rows_answer,
    sparql_page,
    verdict_answer,
)

ADDRESSES = Addresses("https://w3id.org/aidgraph/")
DONOR = {"type": "uri", "value": "https://w3id.org/aidgraph/ontology#donor"}
ASKED = Asked("SELECT * { ?a & ?b }\r\n# é", (("default-graph-uri", "http://x/g?a&b"),))
NOTHING = Knowledge({})


def results(*bindings: dict[str, Any]) -> dict[str, Any]:
    return {"head": {"vars": ["x", "y"]}, "results": {"bindings": list(bindings)}}


def answer(*bindings: dict[str, Any], view: str = "", known: Knowledge = NOTHING) -> Answer:
    return rows_answer(ASKED, "http://x/sparql", read_rows(results(*bindings)), view, known, ADDRESSES)


def test_every_question_and_the_first_query_can_be_asked(store: ox.Store) -> None:
    for query in [sparql_page("http://x/sparql").query, *(question.text for question in questions())]:
        assert list(store.query(query)) is not None


def test_page_shows_an_example_by_its_name() -> None:
    assert "schema:spokenByCharacter" in sparql_page("http://x/sparql", example="11").query
    assert sparql_page("http://x/sparql", example="none").query == sparql_page("http://x/sparql").query


def test_answer_cuts_long_tables_and_says_how_long_they_are() -> None:
    table = answer(*[{"x": DONOR}] * 1500).table
    assert table is not None
    assert (len(table.rows), table.total) == (SHOWN_ROWS, 1500)
    cell, empty = table.rows[0]
    assert cell is not None
    assert (cell.label, cell.href, empty) == ("aid:donor", ADDRESSES.page_of(DONOR["value"]), None)


def test_answer_knows_yes_from_no() -> None:
    assert verdict_answer(ASKED, "http://x/sparql", True).yes is True
    assert verdict_answer(ASKED, "http://x/sparql", False).yes is False


def test_addresses_of_an_answer_ask_the_very_same() -> None:
    made = answer({"x": DONOR, "y": DONOR})
    for href, more in [
        (made.href, []),
        (made.forms[0].href, [("format", "csv")]),
        (made.tabs[1].href, [("view", "graph")]),
    ]:
        assert parse_qsl(urlsplit(href).query) == [*ASKED.parameters, *more]


@pytest.mark.parametrize(("view", "shown"), [("graph", "graph"), ("", "table"), ("map", "table"), ("<b>", "table")])
def test_view_that_does_not_fit_is_the_table(view: str, shown: str) -> None:
    made = answer({"x": DONOR, "y": DONOR}, view=view)
    assert made.shown == shown
    assert (made.picture is not None) == (shown != "table")


def test_page_loads_the_script_of_drawings_only_with_a_drawing() -> None:
    with_picture = sparql_page("http://x/", ASKED, answer=answer({"x": DONOR, "y": DONOR}, view="graph"))
    without = sparql_page("http://x/", ASKED, answer=answer({"x": DONOR, "y": DONOR}))
    assert with_picture.head.scripts == ("ui/sparql.js", "ui/drawing.js")
    assert without.head.scripts == ("ui/sparql.js",)


def graph(turtle: str, view: str = "") -> Answer:
    rows = read_triples(ox.parse(turtle, format=ox.RdfFormat.TURTLE))
    return graph_answer(ASKED, "http://x/sparql", turtle, rows, view, NOTHING, ADDRESSES)


def test_graph_is_shown_as_text_table_or_picture() -> None:
    turtle = "<http://x/a> <http://x/b> <http://x/c> , 'text' ."
    text, table, picture = (graph(turtle, view) for view in ("text", "table", "graph"))
    assert text.text == turtle
    assert table.table is not None
    assert [cell.label for cell in table.table.rows[1] if cell] == ["http://x/a", "http://x/b", "text"]
    assert picture.picture is not None
    assert [form.name for form in text.forms] == ["ttl", "jsonld", "nt", "rdf", "trig", "nq"]


def test_long_graph_is_cut_at_the_end_of_a_line() -> None:
    made = graph("<http://x/a> <http://x/b> <http://x/c> .\n" * 5000)
    assert made.is_cut
    assert made.text.endswith("> .\n")
    assert SHOWN_TEXT - 100 < len(made.text) <= SHOWN_TEXT


def test_answer_says_that_places_could_not_be_looked_up() -> None:
    assert answer(known=Knowledge({}, is_ready=False)).is_known is False
    assert answer().is_known is True


def test_fault_shows_the_lines_around_it() -> None:
    problem = BadRequest("wrong", extra={"line": 3, "column": 4})
    fault = fault_of(problem, "Bad Request", "one\r\ntwo\r\n\tb ?c\r\nfour\r\nfive\r\nsix")
    assert [(line.number, line.text, line.column) for line in fault.lines] == [
        (1, "one", None), (2, "two", None), (3, "\tb ?c", 4), (4, "four", None), (5, "five", None),
    ]  # fmt: skip
    assert fault.lines[2].caret == "\t  "


@pytest.mark.parametrize(("line", "numbers"), [(1, [1, 2]), (2, [1, 2]), (9, [])])
def test_fault_at_an_end_shows_what_there_is(line: int, numbers: list[int]) -> None:
    fault = fault_of(BadRequest("wrong", extra={"line": line}), "Bad Request", "one\ntwo")
    assert [shown.number for shown in fault.lines] == numbers


def test_fault_without_a_place_shows_no_lines() -> None:
    fault = fault_of(TimedOut("too slow", extra={"timeout": 2.0}), "Gateway Timeout", "ASK {}")
    assert replace(fault, detail="") == replace(fault, detail="", lines=(), line=None, column=None)

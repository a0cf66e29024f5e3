"""Queries from the command line and how their answers are printed."""

import io
import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import DataError
from kg.formats import prefixes_for
from kg.query import read_query, run_query, shown_term, write_answer
from kg.settings import Settings

BASE = Settings().base
DONORS = "SELECT ?donor ?name { ?e aid:donor ?donor . ?donor schema:name ?name . FILTER(?name = 'China') }"


def answer(store: ox.Store, query: str, name: str, capfdbinary: pytest.CaptureFixture[bytes]) -> str:
    write_answer(run_query(store, query, base=BASE), name, base=BASE)
    return capfdbinary.readouterr().out.decode()


def test_query_comes_from_argument_file_or_standard_input(tmp_path: Path) -> None:
    file = tmp_path / "q.rq"
    file.write_text("ASK {}")
    assert read_query("ASK {} #", io.StringIO()) == "ASK {} #"
    assert read_query(f"@{file}", io.StringIO()) == "ASK {}"
    assert read_query("-", io.StringIO("ASK { }")) == "ASK { }"
    with pytest.raises(DataError, match="cannot be read"):
        read_query(f"@{tmp_path}/nothing.rq", io.StringIO())


def test_table_shows_short_names_one_row_a_line(
    gold_store: ox.Store, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    lines = answer(gold_store, DONORS, "table", capfdbinary).splitlines()
    assert [line.split("│")[1:3] for line in lines if "China" in line] == [[" country:china ", " China "]]
    assert "donor" in lines[1]
    assert lines[-1] == "1 row"


def test_long_cells_are_not_cut_outside_a_terminal(
    gold_store: ox.Store, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    text = answer(gold_store, "SELECT ?t { ?q schema:text ?t }", "table", capfdbinary)
    assert (
        "Russian specialists are to be dispatched to the country’s worst-hit regions for practical assistance" in text
    )


def test_markup_in_data_is_printed_as_it_is(gold_store: ox.Store, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert "[bold]x" in answer(gold_store, "SELECT ('[bold]x' AS ?a) {}", "table", capfdbinary)


@pytest.mark.parametrize(("query", "expected"), [("ASK { ?e a aid:AidEvent }", "yes"), ("ASK { ?e a aid:No }", "no")])
def test_yes_or_no(gold_store: ox.Store, capfdbinary: pytest.CaptureFixture[bytes], query: str, expected: str) -> None:
    assert answer(gold_store, query, "table", capfdbinary) == f"{expected}\n"


def test_results_come_in_the_usual_formats(gold_store: ox.Store, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    rows = json.loads(answer(gold_store, DONORS, "json", capfdbinary))["results"]["bindings"]
    assert [row["name"]["value"] for row in rows] == ["China"]
    csv = answer(gold_store, DONORS, "csv", capfdbinary)
    assert csv == "donor,name\r\nhttps://w3id.org/aidgraph/id/country/china,China\r\n"


def test_graph_comes_once_each_and_sorted(gold_store: ox.Store, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    query = "CONSTRUCT { ?d a aid:Party } WHERE { ?e aid:donor ?d }"
    lines = answer(gold_store, query, "nt", capfdbinary).splitlines()
    assert len(lines) == 5
    assert lines == sorted(set(lines))
    assert "country:russia a aid:Party ." in answer(gold_store, query, "ttl", capfdbinary)
    assert "5 triples" in answer(gold_store, query, "table", capfdbinary)


@pytest.mark.parametrize(
    ("query", "name", "message"),
    [
        ("SELECT", "table", "not SPARQL"),
        (DONORS, "ttl", "the answer is a table"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "csv", "the answer is a graph"),
    ],
)
def test_query_that_cannot_be_answered_is_refused(gold_store: ox.Store, query: str, name: str, message: str) -> None:
    with pytest.raises(DataError, match=message):
        write_answer(run_query(gold_store, query, base=BASE), name, base=BASE)


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (ox.NamedNode("https://w3id.org/aidgraph/id/country/italy"), "country:italy"),
        (ox.NamedNode("https://w3id.org/aidgraph/id/article/a#char-1-2"), "article:a#char-1-2"),
        (ox.NamedNode("http://schema.org/name"), "schema:name"),
        (ox.NamedNode("http://example.org/a"), "http://example.org/a"),
        (ox.Literal("a", language="en"), "a"),
        (None, ""),
    ],
)
def test_term_is_shown_short(term: object, expected: str) -> None:
    assert shown_term(term, prefixes_for(BASE)) == expected


def test_unknown_function_is_refused() -> None:
    with pytest.raises(DataError, match="not supported"):
        run_query(ox.Store(), "SELECT (<http://example.org/f>() AS ?x) {}", base=BASE)

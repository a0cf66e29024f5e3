"""The graph as data frames."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pandas as pd
import pyoxigraph as ox
import pytest

import kg
from kg import open_graph
from kg.errors import DataError, SettingsError, StoreError
from kg.lock import write_lock
from kg.store import new_generation

RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
AID_EVENT = ox.NamedNode("https://w3id.org/aidgraph/ontology#AidEvent")
RUSSIA = "https://w3id.org/aidgraph/id/country/russia"


@pytest.fixture(scope="module")
def data(gold_quads: frozenset[ox.Quad], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("analysis")
    with write_lock(folder), new_generation(folder) as generation:
        generation.store.extend(gold_quads)
    return folder


def test_query_gives_a_column_a_variable_and_values_of_python(data: Path) -> None:
    frame = open_graph(data).query(
        "SELECT ?iri ?text ?count ?share ?sure ?day ?month ?none {"
        "  VALUES (?iri ?text ?count ?share ?sure ?day ?month) {"
        f'(<{RUSSIA}> "Ru"@en 3 0.5 true "2020-03-21"^^xsd:date "2020-03"^^xsd:gYearMonth) }} }}'
    )
    row = frame.iloc[0].tolist()
    assert row == [RUSSIA, "Ru", 3, 0.5, True, datetime.date(2020, 3, 21), "2020-03", None]


def test_query_keeps_text_that_is_no_value_of_its_datatype(data: Path) -> None:
    frame = open_graph(data).query('SELECT ?odd { VALUES ?odd { "many"^^xsd:integer } }')
    assert frame["odd"].tolist() == ["many"]


def test_query_knows_the_functions_for_text(data: Path) -> None:
    frame = open_graph(data).query('SELECT ?event { ?event a aid:AidEvent FILTER(text:matches(?event, "masks")) }')
    assert len(frame) > 0


@pytest.mark.parametrize(
    ("query", "said"),
    [("ASK { ?s ?p ?o }", "only a SELECT query gives rows"), ("SELECT ?", "the query is not SPARQL 1.1")],
)
def test_query_that_gives_no_rows_is_refused(data: Path, query: str, said: str) -> None:
    with pytest.raises(DataError, match=said):
        open_graph(data).query(query)


def test_table_has_a_row_for_each_event_with_its_proof(data: Path, gold_store: ox.Store) -> None:
    frame = open_graph(data).table("events")
    quads = gold_store.quads_for_pattern(None, RDF_TYPE, AID_EVENT, ox.DefaultGraph())
    events = {quad.subject.value for quad in quads}
    assert set(frame["event"]) == events
    assert all(len(words) > 0 for words in frame["evidence"])


def test_table_that_there_is_not_is_refused(data: Path) -> None:
    with pytest.raises(DataError, match="no table 'evnts'; there are events, items"):
        open_graph(data).table("evnts")


@pytest.fixture
def root(data: Path) -> Iterator[str]:
    """A server that has one answer for queries and one table."""
    table = io.BytesIO()
    open_graph(data).table("items").to_parquet(table)
    answers = {
        "/sparql": b'{"head": {"vars": ["n"]}, "results": {"bindings": [{"n": {"type": "literal", "value": "8"}}]}}',
        "/dumps/aidgraph-items.parquet": table.getvalue(),
    }

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = answers.get(self.path.partition("?")[0])
            self.send_response(200 if body else 404)
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, format: str, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_server_elsewhere_answers_queries_and_has_tables(root: str, data: Path) -> None:
    remote = open_graph(root)
    assert remote.query("SELECT ?n {}")["n"].tolist() == ["8"]
    pd.testing.assert_frame_equal(
        remote.table("items")[["item", "category"]], open_graph(data).table("items")[["item", "category"]]
    )


def test_table_that_the_server_lacks_is_told(root: str) -> None:
    with pytest.raises(DataError, match="answered 404"):
        open_graph(root).table("events")


def test_place_without_a_graph_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store yet"):
        open_graph(tmp_path)
    with pytest.raises(SettingsError, match="no address of a server"):
        open_graph("ftp://example.org/")


def test_package_has_no_other_names() -> None:
    with pytest.raises(AttributeError, match="no attribute 'graph'"):
        _ = kg.graph

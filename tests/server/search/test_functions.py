"""The functions for SPARQL on the real server: in its workers, beside its limits, after its writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from live import TOKEN, Live, eventually, running

PREFIXES = """PREFIX text: <https://w3id.org/aidgraph/function#> PREFIX schema: <http://schema.org/>
PREFIX aid: <https://w3id.org/aidgraph/ontology#> PREFIX oa: <http://www.w3.org/ns/oa#> """
ATLANTIS = "https://w3id.org/aidgraph/id/country/atlantis"
FUNCTION = "https://w3id.org/aidgraph/function#"


@pytest.fixture(scope="module", params=["256", "0"], ids=["copy", "disk"])
def server(request: pytest.FixtureRequest, data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A server of its own, with the graph in memory or on disk."""
    folder = tmp_path_factory.mktemp("server")
    with running(data, folder, "--workers", "1", "--copy-memory", request.param) as started:
        assert request.param == "0" or eventually(lambda: answers_from_copy(started))
        yield started
        assert started.stop() == 0


def answers_from_copy(server: Live) -> bool:
    """Whether workers were forked from the process that holds the graph in memory."""
    assert server.query("ASK {}").status == 200
    children = {process.pid for process in server.workers_now() if process.parent == server.forker().pid}
    return any(process.parent in children for process in server.workers_now())


def values(server: Live, query: str) -> list[str]:
    answer = server.query(PREFIXES + query)
    assert answer.status == 200, answer.text
    return [value for row in answer.rows for value in row.values()]


def test_filter_finds_things_of_every_kind(server: Live) -> None:
    found = values(server, 'SELECT DISTINCT ?type { ?x a ?type FILTER(text:matches(?x, "italy")) } ORDER BY ?type')
    ends = {value.rpartition("/")[2].rpartition("#")[2] for value in found}
    assert {"AidEvent", "Country", "EvidenceSpan"} <= ends


def test_score_orders_even_where_it_has_no_value(server: Live) -> None:
    query = """SELECT ?x ?score { { ?x a schema:Country } UNION { ?y schema:name ?x FILTER(isLiteral(?x)) }
        BIND(text:score(?x, "Italy") AS ?score) } ORDER BY DESC(?score) LIMIT 3"""
    assert values(server, query)[0] == "https://w3id.org/aidgraph/id/country/italy"


@pytest.mark.parametrize("arguments", ["1, 2", "?x", "", "?x, 1/0", "?x, ''", "'a', 'b', 'c'", "?none, 'a'"])
def test_odd_arguments_hurt_nobody(server: Live, arguments: str) -> None:
    before = {process.pid for process in server.servers()}
    query = f"SELECT ?x {{ ?x a schema:Country FILTER(text:matches({arguments})) }}"
    assert values(server, query) == []
    assert {process.pid for process in server.servers()} == before


def test_answer_is_remembered_for_the_version_that_gave_it(server: Live) -> None:
    query = PREFIXES + 'SELECT ?x { ?x a schema:Country FILTER(text:matches(?x, "italy")) }'
    first, second = server.query(query), server.query(query)
    assert first.rows == second.rows != []
    assert second.headers["Server-Timing"] == "cache;desc=hit"
    assert first.headers["ETag"] == second.headers["ETag"]


def test_service_description_names_the_functions(server: Live) -> None:
    answer = server.ask("/sparql", headers={"Accept": "application/n-triples"})
    told = {line.split(" ")[2].strip("<>") for line in answer.text.splitlines() if "#extensionFunction>" in line}
    assert told == {f"{FUNCTION}matches", f"{FUNCTION}score"}


def test_function_sees_what_was_just_written(publish: Callable[..., None], tmp_path: Path) -> None:
    publish(tmp_path / "data")
    with running(tmp_path / "data", tmp_path, "--workers", "1") as server:
        ask = 'SELECT ?x { ?x a schema:Country FILTER(text:matches(?x, "Atlantis")) }'
        assert values(server, ask) == []
        for verb, found in (("INSERT", [ATLANTIS]), ("DELETE", [])):
            update = f"{PREFIXES} {verb} DATA {{ <{ATLANTIS}> a schema:Country ; schema:name 'Atlantis' }}"
            headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/sparql-update"}
            assert server.ask("/update", "POST", headers=headers, body=update.encode()).status == 204
            assert values(server, ask) == found


def test_index_that_cannot_be_made_is_no_empty_answer(publish: Callable[..., None], tmp_path: Path) -> None:
    publish(tmp_path / "data")
    folder = (tmp_path / "data" / "store").resolve().parent
    (folder / "index.sqlite").mkdir()
    with running(tmp_path / "data", tmp_path, "--workers", "1") as server:
        refused = server.query(f'{PREFIXES} SELECT ?x {{ ?x a schema:Country FILTER(text:matches(?x, "italy")) }}')
        assert (refused.status, "index" in refused.json["detail"]) == (503, True)
        assert values(server, "SELECT ?x { ?x a schema:Country } LIMIT 1") != []


def test_update_knows_no_functions_and_says_so(publish: Callable[..., None], tmp_path: Path) -> None:
    publish(tmp_path / "data")
    with running(tmp_path / "data", tmp_path, "--workers", "1") as server:
        update = f'{PREFIXES} DELETE {{ ?x ?p ?o }} WHERE {{ ?x ?p ?o FILTER(text:matches(?x, "italy")) }}'
        headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/sparql-update"}
        answer = server.ask("/update", "POST", headers=headers, body=update.encode())
        assert (answer.status, f"{FUNCTION}matches" in answer.text) == (422, True)

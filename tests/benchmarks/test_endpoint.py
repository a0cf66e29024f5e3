"""The benchmark of the endpoint measures what it says: its graph, texts and checks, and one small run of it all."""

from __future__ import annotations

import gzip
import json
import re
import socket
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, cast

import pyoxigraph as ox
import pytest

HERE = Path(__file__).parent
ARTICLES = 150
ASKED = ["point", "describe", "rows-json", "rows-csv", "construct"]  # each form of an answer
COUNTED = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwhole"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nwho\r\n2\r\nle\r\n0\r\n\r\n"


@pytest.fixture(autouse=True)
def _beside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(HERE)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(HERE)
        from graph import write_graph

        path = tmp_path_factory.mktemp("graph") / "graph.nq.gz"
        write_graph(path, ARTICLES)
        yield path


@pytest.fixture(scope="module")
def store(graph: Path) -> ox.Store:
    store = ox.Store()
    store.load(gzip.decompress(graph.read_bytes()), ox.RdfFormat.N_QUADS)
    return store


def queries_of(store: ox.Store) -> dict[str, Any]:
    from queries import make_queries

    return {query.name: query for query in make_queries(store)}


def test_graph_is_the_same_every_time_and_another_for_another_seed(graph: Path, tmp_path: Path) -> None:
    from graph import write_graph

    written = [tmp_path / name for name in ("same.nq.gz", "other.nq.gz")]
    for seed, path in enumerate(written, start=1):
        write_graph(path, ARTICLES, seed=seed)
    lines, same, other = (gzip.decompress(path.read_bytes()) for path in (graph, *written))
    assert lines == same
    assert lines != other


def test_graph_has_75_quads_an_article_besides_the_ontology(store: ox.Store) -> None:
    from kg.rdf.quads import ontology_quads

    assert 65 < (len(store) - len(set(ontology_quads()))) / ARTICLES < 85


def test_graph_repeats_each_named_triple_in_the_default_graph(store: ox.Store) -> None:
    alone = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } FILTER NOT EXISTS { ?s ?p ?o } }"
    graphs = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    found = [_number(store, query) for query in (alone, graphs)]
    assert found == ["0", str(ARTICLES)]


def _number(store: ox.Store, query: str) -> str:
    (row,) = cast("ox.QuerySolutions", store.query(query))
    return str(row["n"].value)


def test_parties_have_a_long_tail(store: ox.Store) -> None:
    donor = ox.NamedNode("https://w3id.org/aidgraph/ontology#statedDonor")
    counts = sorted(Counter(quad.object for quad in store.quads_for_pattern(None, donor, None, None)).values())
    assert counts[-1] >= 5
    assert counts[len(counts) // 2] <= 2


def test_each_number_has_a_text_of_its_own(store: ox.Store) -> None:
    for query in queries_of(store).values():
        texts = [query.text(number) for number in range(min(1000, query.texts))]
        assert len(set(texts)) == len(texts), query.name
        with pytest.raises(ValueError, match=query.name):
            query.text(query.texts)


def test_texts_are_sparql_and_find_something(store: ox.Store) -> None:
    from answers import Checker

    checker = Checker(store)
    for query in queries_of(store).values():
        found = [len(checker.expected(query, query.text(number))) for number in range(20)]
        assert max(found) > 0, query.name


def test_windows_hold_the_rows_that_are_wanted(store: ox.Store) -> None:
    from queries import _windows

    days = [f"2020-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 29)]
    for window in _windows(days, 100):
        first, end = re.findall(r'"(.*?)"', window)
        assert 100 <= sum(first <= day < end for day in days) <= 160 or end > days[-1]


def test_repeats_follow_zipf(store: ox.Store) -> None:
    from queries import DISTINCT, repeated, repertoire

    texts = repertoire(list(queries_of(store).values()))
    assert len({text for _, text in texts}) == DISTINCT
    uses = Counter(text for _, text in islice(repeated(texts, "a"), 20_000))
    most = [number for _, number in uses.most_common(2)]
    assert 20_000 / 9 < most[0] < 20_000 / 6  # the first of 1,000 has a share of 1 / 7.49
    assert 1.6 < most[0] / most[1] < 2.5


@pytest.fixture
def served(request: pytest.FixtureRequest) -> Iterator[Any]:
    """A server that says the given bytes to each request, then hangs up; its address."""
    from load import Address

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=_say, args=(listening, request.param))
        thread.start()
        yield Address("127.0.0.1", listening.getsockname()[1], "/")
        thread.join(5)


def _say(listening: socket.socket, answer: bytes) -> None:
    connection, _ = listening.accept()
    with connection:
        connection.recv(1 << 16)
        connection.sendall(answer)


@pytest.mark.parametrize("served", [COUNTED, CHUNKED], indirect=True)
def test_client_reads_whole_answers(served: Any) -> None:
    from load import Wire

    wire = Wire(served)
    assert wire.ask(served.request("ASK {}", "text/csv")) == (200, b"whole")
    wire.close()


@pytest.mark.parametrize("served", [COUNTED[:-1], CHUNKED[:-7], b"HTTP/1.1 200 OK\r\n\r\n"], indirect=True)
def test_client_knows_a_broken_answer(served: Any) -> None:
    from load import BrokenAnswer, Wire

    with pytest.raises(BrokenAnswer):
        Wire(served).ask(served.request("ASK {}", "text/csv"))


def _json(*values: str) -> bytes:
    return json.dumps({"results": {"bindings": [{"x": {"value": value}} for value in values]}}).encode()


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        (_json("a", "b"), _json("b", "a"), True),
        (_json("a", "a"), _json("a"), False),
        (_json("a"), _json("b"), False),
    ],
)
def test_content_is_compared_without_order_but_with_repeats(one: bytes, other: bytes, equal: bool) -> None:
    from answers import content
    from queries import JSON

    assert (content(one, JSON) == content(other, JSON)) is equal


def test_checker_blames_what_is_missing_and_forgives_what_describe_adds(store: ox.Store) -> None:
    from answers import Checker

    queries, checker = queries_of(store), Checker(store)
    for query, forgiven in ((queries["describe"], True), (queries["construct"], False)):
        text = query.text(0)
        triples = list(store.query(text))  # type: ignore[arg-type]  # both answer triples
        more = [*triples, ox.Triple(ox.NamedNode("http://example.org/a"), triples[0].predicate, ox.Literal("more"))]
        whole, fewer, added = (_written(some, query.accept) for some in (triples, triples[1:], more))
        assert checker.fault(query, text, whole) == ""
        assert checker.fault(query, text, fewer).startswith("1 missing")
        assert bool(checker.fault(query, text, added)) is not forgiven


def _written(triples: list[Any], accept: str) -> bytes:
    return ox.serialize(triples, format=ox.RdfFormat.from_media_type(accept)) or b""


@pytest.mark.parametrize(
    ("status", "seconds", "how"),
    [
        (504, 5.9, "refused"),
        (503, 6.1, "refused too late"),
        (200, 1.0, "answered"),
        (500, 1.0, "status 500"),
        (0, 1.0, "broken or lost"),
    ],
)
def test_runaway_has_to_end_a_second_past_its_limit(status: int, seconds: float, how: str) -> None:
    from runaways import how_ended

    assert how_ended(status, seconds, limit=5.0) == how


def test_run_compares_and_checks_both_servers(graph: Path, tmp_path: Path) -> None:
    from kg.loading import load_files

    load_files(tmp_path / "data", [graph])
    result = tmp_path / "result.json"
    options = ["--clients", "2", "--seconds", "0.1", "--rounds", "1", "--first-time", "1", "--only", ",".join(ASKED)]
    command = [sys.executable, str(HERE / "endpoint.py"), *options, "--data", f"{tmp_path}/data", "--json", f"{result}"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    rows = json.loads(result.read_text())["rows"]
    assert [row["name"] for row in rows] == [*ASKED, "mix", "first time", "repeats"]
    for row in rows:
        assert row["ratios"]["native"] > 0, row
        assert all(score["verdict"]["right"] and not score["verdict"]["wrong"] for score in row["scores"].values()), row

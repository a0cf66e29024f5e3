"""The server as it is started, asked by clients of other people's making, and ended in every way."""

from __future__ import annotations

import os
import re
import signal
import socket
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path
from typing import Any

import pytest
from live import PATIENCE, Answer, Live, eventually, running
from SPARQLWrapper import CSV, JSON, RDFXML, SPARQLWrapper

from kg.errors import SettingsError, StoreError
from kg.settings import Settings
from server.run import ARENAS, listen, serve

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
SECOND = (
    "SELECT (COUNT(*) AS ?n) { { SELECT * { ?a ?b ?c } LIMIT 200 } ?d ?e ?f FILTER(STRLEN(STR(?c)) < STRLEN(STR(?f))) }"
)
"""Takes about a second on the test's data, and longer on a busy machine."""


@pytest.fixture(scope="module")
def own(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A server that a test may do anything to that it gets over."""
    with running(data, tmp_path_factory.mktemp("own"), "--workers", "1", "--copy-memory", "0") as server:
        yield server
        assert server.stop() == 0
        assert eventually(lambda: not server.processes()), server.processes()


def start(live: Live, query: str, count: int = 1, **parameters: str) -> list[threading.Thread]:
    """Ask in threads; what they get is of no interest."""

    def ask() -> None:
        with suppress(OSError, HTTPException):  # the server is gone, as it should be
            live.query(query, **parameters)

    threads = [threading.Thread(target=ask, daemon=True) for _ in range(count)]
    for thread in threads:
        thread.start()
    return threads


def works_hard(live: Live) -> bool:
    """Whether a worker has had a tenth of a second of processor time: it does not only start."""
    return any(worker.seconds > 0.1 for worker in live.workers_now())


def wait_for_copy(live: Live) -> None:
    """Until the workers are those that the copy in memory has forked."""
    forker = live.forker().pid

    def is_there() -> bool:
        return len([worker for worker in live.workers_now() if worker.parent != forker]) >= 2 * live.workers

    assert eventually(is_there), live.log.read_text()


def test_server_answers_sparqlwrapper(live: Live) -> None:
    client = SPARQLWrapper(f"{live.address}/sparql")
    client.setQuery("SELECT ?n { ?c a <http://schema.org/Country> ; <http://schema.org/name> ?n } ORDER BY ?n")
    client.setReturnFormat(JSON)
    rows: Any = client.query().convert()
    assert [row["n"]["value"] for row in rows["results"]["bindings"]] == ["Italy", "Russia"]
    client.setReturnFormat(CSV)
    assert client.query().convert() == b"n\r\nItaly\r\nRussia\r\n"


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # SPARQLWrapper 2.0 itself
def test_server_answers_sparqlwrapper_with_a_graph_by_post(live: Live) -> None:
    client = SPARQLWrapper(f"{live.address}/sparql")
    client.setMethod("POST")
    client.setQuery("PREFIX s: <http://schema.org/> CONSTRUCT { ?c s:name ?n } { ?c a s:Country ; s:name ?n }")
    client.setReturnFormat(RDFXML)
    graph: Any = client.query().convert()
    assert sorted(str(name) for name in graph.objects()) == ["Italy", "Russia"]


@pytest.mark.parametrize(
    ("accept", "place", "content_type"),
    [
        ("text/html,*/*;q=0.8", "/page/country/italy", "text/html; charset=utf-8"),
        ("*/*", "/data/country/italy.ttl", "text/turtle; charset=utf-8"),
        ("application/ld+json", "/data/country/italy.jsonld", "application/ld+json"),
        ("application/rdf+xml", "/data/country/italy.rdf", "application/rdf+xml"),
    ],
)
def test_server_dereferences_for_every_client(live: Live, accept: str, place: str, content_type: str) -> None:
    request = urllib.request.Request(f"{live.address}/id/country/italy", headers={"Accept": accept})
    with urllib.request.urlopen(request, timeout=60) as response:
        assert response.url == live.address + place
        assert response.headers["Content-Type"] == content_type
        assert "Italy" in response.read().decode()


def test_server_sends_a_dump(live: Live) -> None:
    answer = live.ask("/dumps/aidgraph.nt.gz", headers={"Range": "bytes=0-1"})
    assert (answer.status, answer.body) == (206, b"\x1f\x8b")


def test_server_does_not_say_what_it_is_made_of(live: Live) -> None:
    for path in ("/", "/sparql?query=ASK%7B%7D", "/nowhere"):
        assert live.ask(path).headers["Server"] is None


@pytest.mark.parametrize("name", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.slow)])
def test_server_answers_what_runs_before_it_ends(data: Path, tmp_path: Path, name: signal.Signals) -> None:
    found: list[Answer] = []
    with running(data, tmp_path, "--workers", "1", "--copy-memory", "0") as server:
        asking = threading.Thread(target=lambda: found.append(server.query(SECOND)))
        asking.start()
        assert eventually(lambda: works_hard(server))
        server.process.send_signal(name)
        assert server.process.wait(PATIENCE) == 0
        asking.join()
        assert (found[0].status, len(found[0].rows)) == (200, 1), found[0].text
        assert eventually(lambda: not server.processes()), server.processes()


def test_server_process_that_is_killed_is_replaced_and_its_queries_end(own: Live) -> None:
    start(own, RUNAWAY, 6)
    assert eventually(lambda: any(worker.state == "T" for worker in own.workers_now()))
    (killed,), old = own.servers(), {worker.pid for worker in own.workers_now()}
    os.kill(killed.pid, signal.SIGKILL)
    assert eventually(lambda: not old & {worker.pid for worker in own.workers_now()})
    assert own.query("ASK {}").json["boolean"] is True
    assert killed.pid not in {server.pid for server in own.servers()}


def test_threads_share_heaps(live: Live) -> None:
    for process in live.servers():
        own = dict(line.partition("=")[::2] for line in Path(f"/proc/{process.pid}/environ").read_text().split("\0"))
        assert own[ARENAS[0]] == os.environ.get(*ARENAS)  # as set by whoever runs this, else by us


def test_forker_that_is_killed_is_replaced(own: Live) -> None:
    forker, old = own.forker().pid, {worker.pid for worker in own.workers_now()}
    os.kill(forker, signal.SIGKILL)
    assert [own.query(f"ASK {{}} # {number}").status for number in range(20)] == [200] * 20
    assert eventually(lambda: own.has_forker() and own.forker().pid != forker)
    for worker in old:  # so that the new one has something to do
        os.kill(worker, signal.SIGKILL)
    assert eventually(lambda: not old & {process.pid for process in own.processes()})
    # A query that is given to a worker before the server has seen its end is told so, with a time to come back.
    assert eventually(lambda: own.query("ASK { }").json.get("boolean") is True)


@pytest.mark.parametrize("copy", ["0", pytest.param("512", marks=pytest.mark.slow)])
def test_nothing_is_left_of_a_server_that_was_killed(data: Path, tmp_path: Path, copy: str) -> None:
    with running(data, tmp_path, "--workers", "1", "--copy-memory", copy) as server:
        if copy != "0":
            wait_for_copy(server)
        start(server, RUNAWAY, 6, timeout="1")
        assert eventually(lambda: works_hard(server))
        server.process.kill()
        assert eventually(lambda: not server.processes()), server.processes()


def test_killed_worker_is_replaced(own: Live) -> None:
    found: list[Answer] = []
    asking = threading.Thread(target=lambda: found.append(own.query(RUNAWAY)))
    asking.start()
    assert eventually(lambda: works_hard(own))
    os.kill(max(own.workers_now(), key=lambda worker: worker.seconds).pid, signal.SIGKILL)
    asking.join()
    assert (found[0].status, found[0].type) == (503, "application/problem+json")
    assert own.query("ASK {}").json["boolean"] is True


def test_killed_idle_workers_are_replaced(own: Live) -> None:
    assert eventually(lambda: len(own.workers_now()) == 2)
    old = {worker.pid for worker in own.workers_now()}
    for worker in old:
        os.kill(worker, signal.SIGKILL)
    assert eventually(lambda: not old & {process.pid for process in own.processes()})
    found = [own.query(f"SELECT ({number} AS ?n) {{}}").rows for number in range(3)]
    assert found == [[{"n": "0"}], [{"n": "1"}], [{"n": "2"}]]


@pytest.mark.slow
def test_copy_that_is_killed_is_done_without(data: Path, tmp_path: Path) -> None:
    with running(data, tmp_path, "--workers", "1", "--copy-memory", "512") as server:
        wait_for_copy(server)
        assert server.query("ASK {}").json["boolean"] is True
        old = {worker.pid for worker in server.workers_now()}
        for worker in old:
            os.kill(worker, signal.SIGKILL)
        assert eventually(lambda: not old & {process.pid for process in server.processes()})
        assert eventually(lambda: server.query(f"ASK {{}} # {time.time()}").status == 200)
        assert server.stop() == 0


@pytest.mark.slow
def test_damaged_store_is_told_and_a_better_one_taken(tmp_path: Path, publish: Any) -> None:
    folder = tmp_path / "data"
    publish(folder)
    with running(folder, tmp_path, "--workers", "1", "--copy-memory", "0") as server:
        broken = folder / "stores" / "000002-broken"
        (broken / "rocksdb").mkdir(parents=True)
        (broken / "readers").touch()
        (folder / "store.new").symlink_to("stores/000002-broken/rocksdb")
        (folder / "store.new").replace(folder / "store")
        answer = server.query("ASK {}", timeout="20")
        assert (answer.status, answer.type) == (503, "application/problem+json"), answer.text
        (folder / "store").unlink()
        publish(folder)
        assert server.query("ASK {}").status == 200


def test_faults_are_told_on_standard_error_however_many(data: Path, tmp_path: Path) -> None:
    failing = "import server.feed\ndef fail(_): raise OSError('no such disk')\nserver.feed.newest_events = fail"
    with running(data, tmp_path, "--workers", "1", changes=failing) as server:
        for _ in range(60):  # more words than fit the pipe that standard output is here, and nobody reads
            assert server.ask("/feed.atom").status == 503
        assert server.log.read_text().count("OSError: no such disk") == 60


def test_server_process_takes_no_more_memory_than_it_may(data: Path, tmp_path: Path) -> None:
    greedy = "import server.feed\ndef take(_): bytearray(1 << 30)\nserver.feed.newest_events = take"
    with running(data, tmp_path, "--workers", "1", "--server-memory", "512", changes=greedy) as server:
        answer = server.ask("/feed.atom")
        assert (answer.status, answer.headers["Retry-After"]) == (503, "30"), answer.text
        assert "no memory left" in answer.text
        assert server.ask("/page/country/italy").status == 200


def test_store_that_is_away_is_told_until_it_is_back(tmp_path: Path, publish: Any) -> None:
    folder = tmp_path / "data"
    publish(folder)
    with running(folder, tmp_path, "--workers", "1") as server:
        assert server.ask("/page/country/italy").status == 200
        (folder / "stores").rename(folder / "away")
        (folder / "store").rename(folder / "link")
        for path in ("/page/country/italy", "/data/country/italy.nt", "/events", "/sparql?query=ASK{}", "/healthz"):
            assert server.ask(path).status == 503, path
        (folder / "away").rename(folder / "stores")
        (folder / "link").rename(folder / "store")
        assert server.ask("/page/country/italy").status == 200


def test_serve_without_a_store_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="aidgraph build"):
        serve(Settings(data=tmp_path))


def test_listen_refuses_a_port_that_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError, match=rf"port {port} .*--port"):
            listen("127.0.0.1", port)


def test_listen_refuses_a_host_that_is_not_ours() -> None:
    with pytest.raises(SettingsError, match=re.escape("192.0.2.1")):
        listen("192.0.2.1", 8000)


def test_listen_finds_a_free_port() -> None:
    with listen("127.0.0.1", 0) as listener:
        assert 0 < listener.getsockname()[1] < 65536

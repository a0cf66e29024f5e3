"""What is noted of an exchange, by itself and on the running server."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from hashlib import sha256
from http.client import IncompleteRead
from pathlib import Path
from typing import Any

import pytest
from live import Live, eventually, running
from prometheus_client.parser import text_string_to_metric_families

from server.engine.pool import Pool
from server.engine.reply import Reply
from server.engine.run import STOPPED
from server.engine.wire import Head
from server.front.cache import AnswerCache
from server.front.exchange import Exchange, Message
from server.watch.board import read_boards
from server.watch.watcher import Watcher

HEAD = Head("text/csv", "csv", False)


@pytest.fixture
def pool(tmp_path: Path) -> Pool:
    return Pool(tmp_path / "store", tmp_path / "workers", cap=1, memory=1)


@pytest.fixture
def watcher(tmp_path: Path, pool: Pool) -> Iterator[Watcher]:
    watcher = Watcher(tmp_path, tmp_path / "store", pool, AnswerCache(1 << 20), None)
    yield watcher
    watcher.stop()


async def receive() -> Message:
    raise AssertionError("nothing is read")


async def send(message: Message) -> None:
    raise AssertionError(f"nothing is sent, not {message}")


def exchange(path: str, method: str, status: int) -> Exchange:
    one = Exchange({"headers": [], "method": method, "path": path, "client": None}, receive, send)
    one.status = status
    return one


@pytest.mark.parametrize(
    ("path", "method", "status", "writes"),
    [
        ("/update", "POST", 204, 1),
        ("/graphs/a", "PUT", 201, 1),
        ("/graphs", "DELETE", 204, 1),
        ("/graphs", "GET", 200, 0),
        ("/graphs", "HEAD", 200, 0),
        ("/update", "OPTIONS", 204, 0),
        ("/update", "POST", 401, 0),
        ("/sparql", "POST", 200, 0),
    ],
)
def test_note_counts_writes(
    watcher: Watcher, tmp_path: Path, path: str, method: str, status: int, writes: int
) -> None:
    watcher.note(exchange(path, method, status), 0.01)
    (numbers,) = read_boards(tmp_path)
    assert numbers.single("writes") == writes


def test_note_counts_engine_and_queue_of_a_reply_only(watcher: Watcher, tmp_path: Path) -> None:
    one = exchange("/sparql", "GET", 200)
    one.reply = Reply(HEAD, 0, seconds=0.5, queued=0.125)
    watcher.note(one, 0.7)
    watcher.note(exchange("/sparql", "GET", 200), 0.7)  # from the cache
    (numbers,) = read_boards(tmp_path)
    assert (numbers.histogram("engine")[1], numbers.histogram("queue")[1]) == (0.5, 0.125)
    assert numbers.histogram("sparql")[1] == 1.4


def test_start_looks_again_and_again(
    watcher: Watcher, pool: Pool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def watch() -> None:
        monkeypatch.setattr("server.watch.watcher.PACE", 0.01)
        watcher.start()
        pool.counts.time_outs, pool.lanes.counts[STOPPED] = 3, 2
        await asyncio.sleep(0.1)

    asyncio.run(watch())
    (numbers,) = read_boards(tmp_path)
    assert (numbers.single("time_outs"), numbers.single("stopped")) == (3, 2)


def samples(server: Live) -> dict[tuple[str, ...], float]:
    families = text_string_to_metric_families(server.ask("/metrics").text)
    return {(one.name, *one.labels.values()): one.value for family in families for one in family.samples}


@pytest.fixture(scope="module")
def logged(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Live, Path]]:
    """A server of two processes with a log, and the log."""
    folder = tmp_path_factory.mktemp("logged")
    log = folder / "access.log"
    with running(data, folder, "--workers", "2", "--access-log", str(log)) as server:
        yield server, log


def test_metrics_are_those_of_all_processes(logged: tuple[Live, Path]) -> None:
    server, _ = logged
    before = samples(server).get(("aidgraph_requests_total", "GET", "sparql", "2xx"), 0)
    for number in range(20):  # on connections of their own, so that both processes get some
        assert server.query(f"ASK {{ ?s ?p {number} }}").status == 200
    now = samples(server)
    assert now["aidgraph_requests_total", "GET", "sparql", "2xx"] - before == 20
    assert now["aidgraph_processes",] == 2


@pytest.mark.parametrize(("method", "status"), [("HEAD", 200), ("POST", 405), ("DELETE", 405)])
def test_metrics_are_read_only(logged: tuple[Live, Path], method: str, status: int) -> None:
    answer = logged[0].ask("/metrics", method)
    assert answer.status == status, answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_log_names_a_query_alike_whether_cached_or_not(logged: tuple[Live, Path]) -> None:
    server, log = logged
    query = "ASK { <urn:never-in-the-log> ?p ?o }"
    digest = sha256(query.encode()).hexdigest()[:16]

    def entries() -> list[Any]:
        found = [json.loads(line) for line in log.read_text().splitlines()]
        return [entry for entry in found if entry["query"] == digest]

    for _ in range(6):
        server.query(query)
    assert eventually(lambda: len(entries()) == 6)
    assert {entry["cached"] for entry in entries()} == {True, False}
    assert all(entry["version"] and entry["status"] == 200 for entry in entries())
    assert "never-in-the-log" not in log.read_text()


def test_log_is_whole_after_the_end(data: Path, tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    with running(data, tmp_path, "--workers", "1", "--access-log", str(log)) as server:
        server.ask("/healthz")
        assert server.stop() == 0
    assert [json.loads(line)["path"] for line in log.read_text().splitlines()] == ["/healthz"]


def test_broken_answer_is_counted_and_logged_and_no_traceback_is(data: Path, tmp_path: Path) -> None:
    """A limit that is reached while an answer is streamed is nothing unusual."""
    limits = ("--query-timeout", "1", "--answer-buffer", "1")
    options = ("--workers", "1", "--access-log", str(tmp_path / "lines"), *limits)
    query = "SELECT%20*%20%7B%3Fa%20%3Fb%20%3Fc.%20%3Fd%20%3Fe%20%3Ff.%20%3Fg%20%3Fh%20%3Fi%7D"
    with running(data, tmp_path, *options) as server:
        with pytest.raises(IncompleteRead):
            server.ask(f"/sparql?query={query}")
        assert samples(server)["aidgraph_broken_total",] == 1
        assert server.stop() == 0
        entry = json.loads((tmp_path / "lines").read_text().splitlines()[0])
        assert (entry["status"], entry["broken"], entry["path"]) == (200, True, "/sparql")
        assert "Traceback" not in server.log.read_text()


def test_client_that_hung_up_is_no_fault_of_the_server(data: Path, tmp_path: Path) -> None:
    log = tmp_path / "lines"
    query = "SELECT%20(COUNT(*)%20AS%20%3Fn)%20%7B%3Fa%20%3Fb%20%3Fc.%20%3Fd%20%3Fe%20%3Ff.%20%3Fg%20%3Fh%20%3Fi%7D"
    with running(data, tmp_path, "--workers", "1", "--access-log", str(log)) as server:
        with server.socket() as connection:
            connection.sendall(f"GET /sparql?query={query} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            assert eventually(lambda: samples(server)["aidgraph_queries", "slow"] == 1)
        assert eventually(lambda: samples(server)["aidgraph_queries_given_up_total", "abandoned"] == 1)
        assert server.stop() == 0
        entries = [json.loads(line) for line in log.read_text().splitlines()]
        assert [entry["status"] for entry in entries if entry["path"] == "/sparql"] == [0]

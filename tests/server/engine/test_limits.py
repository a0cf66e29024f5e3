"""Queries that never end, take all memory or abort the engine, on a server that allows two seconds and 256 MiB."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import threading
import time
from http.client import IncompleteRead
from itertools import pairwise
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from live import Answer, Live, eventually

LIMIT = 2.0
LATE = 8.0
"""Seconds that an end may come after its limit on a busy machine; what runs away would take far longer."""
CROSS = "?a ?b ?c . ?d ?e ?f"
RUNAWAY = f"SELECT (COUNT(*) AS ?n) {{ {CROSS} . ?g ?h ?i }}"
ROWS = f"SELECT * {{ {CROSS} }} LIMIT"
NEVER = "STRLEN(CONCAT(STR(?a), STR(?f), STR(?i))) < 0"
"""False, but not until all three patterns are joined."""

NEXT = "<http://example.org/next>"


def doubled(times: int) -> str:
    """A query for one text of eight to the power of ``times`` letters."""
    names = "abcdefghijkl"
    eightfold = [f"BIND(CONCAT({', '.join([f'?{one}'] * 8)}) AS ?{other})" for one, other in pairwise(names)]
    return f"SELECT (STRLEN(?{names[times]}) AS ?n) {{ BIND('x' AS ?a) {' '.join(eightfold[:times])} }}"


def timed(live: Live, query: str, accept: str | None = None) -> tuple[Answer, float]:
    """The answer and the seconds that it took; then a look-up, which has to be answered."""
    began = time.monotonic()
    answer = live.query(query, accept)
    seconds = time.monotonic() - began
    assert eventually(lambda: live.query(f"ASK {{ ?s ?p 'Italy' }} # {began}").status == 200, LATE)
    return answer, seconds


@pytest.mark.parametrize("accept", ["text/csv", pytest.param("text/html", marks=pytest.mark.slow)])
def test_runaway_is_ended_at_its_limit(strict: Live, accept: str) -> None:
    answer, seconds = timed(strict, f"{RUNAWAY} # {accept}", accept)
    assert (answer.status, answer.type) == (504, "text/html" if accept == "text/html" else "application/problem+json")
    assert "2 seconds" in answer.text
    assert LIMIT <= seconds < LIMIT + LATE


def test_runaway_says_what_its_limit_was(strict: Live) -> None:
    began = time.monotonic()
    answer = strict.query(RUNAWAY, timeout="0.3")
    assert time.monotonic() - began < 0.3 + LATE
    assert (answer.status, answer.json["timeout"], answer.json["status"]) == (504, 0.3, 504)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.slow
def test_timeout_can_only_lower_the_limit(strict: Live) -> None:
    began = time.monotonic()
    answer = strict.query(RUNAWAY, timeout="100")
    assert (answer.status, answer.json["timeout"]) == (504, LIMIT)
    assert time.monotonic() - began < LIMIT + LATE


@pytest.mark.slow
@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * {{ {CROSS} }} ORDER BY STR(?c) STR(?f)",
        f"SELECT (COUNT(DISTINCT CONCAT(STR(?a), STR(?f))) AS ?n) {{ {CROSS} }}",
        f"SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?f))) AS ?x) {{ {CROSS} }}",
        f"SELECT * {{ {CROSS} FILTER REGEX(CONCAT(STR(?c), STR(?f)), '^(([a-z])+.)+[A-Z]([a-z])+$') }}",
        f"SELECT (COUNT(*) AS ?n) {{ ?a {NEXT}+ ?b }}",
        f"SELECT (COUNT(*) AS ?n) {{ ?a ({NEXT}|^{NEXT})* ?b }}",
        f"ASK {{ {CROSS} . ?g ?h ?i FILTER({NEVER}) }}",
        f"CONSTRUCT {{ ?a ?e ?i }} {{ {CROSS} . ?g ?h ?i FILTER({NEVER}) }}",
        f"DESCRIBE ?a {{ {CROSS} . ?g ?h ?i }}",
    ],
)
def test_heavy_query_is_ended_with_problem_details(strict: Live, query: str) -> None:
    answer, seconds = timed(strict, query)
    assert (answer.status in (503, 504), answer.type) == (True, "application/problem+json"), answer.text
    assert seconds < LIMIT + LATE


def test_query_that_takes_too_much_memory_is_told_so(strict: Live) -> None:
    answer, _ = timed(strict, doubled(10))
    assert (answer.status, answer.json["memory"]) == (503, 256), answer.text
    assert "256 MiB" in answer.json["detail"]
    assert strict.query(doubled(7)).rows == [{"n": str(8**7)}]


@pytest.mark.parametrize(
    "pattern",
    [pytest.param("(a{1000}){1000}", marks=pytest.mark.slow), "(x+x+)+y", "^(a|aa)+$", "((((((a*)*)*)*)*)*)*b"],
)
def test_nasty_regular_expression_is_answered_or_ended(strict: Live, pattern: str) -> None:
    answer, seconds = timed(strict, f"SELECT ?c {{ ?a ?b ?c FILTER REGEX(STR(?c), '{pattern}') }}")
    assert answer.status in (200, 503, 504), answer.text
    assert seconds < LIMIT + LATE


def test_order_over_all_kinds_of_terms_is_right_or_refused(strict: Live) -> None:
    answer, seconds = timed(strict, "SELECT * { ?a ?b ?c } ORDER BY DESC(?c) LIMIT 5")
    assert answer.status in (200, 503), answer.text
    assert seconds < LIMIT + LATE
    if answer.status == 200:
        assert [row["c"]["type"] for row in answer.json["results"]["bindings"]] == ["literal"] * 5


def test_answer_past_the_buffer_is_streamed_whole(strict: Live) -> None:
    answer, _ = timed(strict, f"{ROWS} 9999", "text/csv")
    rows = list(csv.reader(io.StringIO(answer.text)))
    assert (answer.status, answer.headers["Transfer-Encoding"]) == (200, "chunked")
    assert len(answer.body) > 1 << 20
    assert (rows[0], len(rows)) == (["a", "b", "c", "d", "e", "f"], 10_000)
    assert {len(row) for row in rows} == {6}


def test_answer_past_the_buffer_is_read_slowly_and_whole(strict: Live) -> None:
    connection = strict.connect()
    connection.request("GET", f"/sparql?query={quote(f'{ROWS} 9998')}", headers={"Accept": "text/csv"})
    response, pieces = connection.getresponse(), []
    while piece := response.read(1 << 17):
        pieces.append(piece)
        time.sleep(0.02)
    connection.close()
    assert len(list(csv.reader(io.StringIO(b"".join(pieces).decode())))) == 9_999


def test_graph_past_the_buffer_is_streamed_whole(strict: Live) -> None:
    query = f"CONSTRUCT {{ ?a ?b ?d }} {{ {{ SELECT * {{ ?a ?b ?c }} LIMIT 10 }} ?d {NEXT} ?f }}"
    answer, _ = timed(strict, query, "application/n-triples")
    assert (answer.status, answer.headers["Transfer-Encoding"]) == (200, "chunked")
    assert sum(1 for _ in ox.parse(answer.body, format=ox.RdfFormat.N_TRIPLES)) == 30_000


def test_stream_that_reaches_the_limit_breaks_off(strict: Live) -> None:
    began = time.monotonic()
    with pytest.raises(IncompleteRead) as caught:
        strict.query(f"{ROWS} 999999999", "text/csv", timeout="1")
    assert len(caught.value.partial) > 1 << 20
    assert time.monotonic() - began < 1 + LATE
    assert strict.query("ASK {}").status == 200


@pytest.mark.slow
def test_packed_stream_that_reaches_the_limit_breaks_off(strict: Live) -> None:
    path = f"/sparql?query={quote(f'{ROWS} 999999998')}"
    with pytest.raises(IncompleteRead):
        strict.ask(path, headers={"Accept": "text/csv", "Accept-Encoding": "gzip"})
    assert strict.query("ASK {}").status == 200


def test_answer_in_the_buffer_that_reaches_the_limit_is_no_success(strict: Live) -> None:
    few = "{ SELECT ?a { ?a ?b ?c } LIMIT 10 }"
    path = f"/sparql?query={quote(f'SELECT * {{ {few} UNION {{ {CROSS} . ?g ?h ?i FILTER({NEVER}) }} }}')}&timeout=0.5"
    with strict.socket() as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        received = b"".join(iter(lambda: connection.recv(1 << 16), b""))
    assert received.startswith(b"HTTP/1.1 504 ")
    assert b" 200 " not in received


def test_head_of_a_stream_leaves_no_worker_behind(strict: Live) -> None:
    answer = strict.query(f"{ROWS} 999999997", "text/csv", "HEAD")
    assert (answer.status, answer.body) == (200, b"")
    assert eventually(lambda: rests(strict), LIMIT + LATE)


def rests(live: Live) -> bool:
    """Whether nothing is worked on: no worker gets processor time."""
    before = {worker.pid: worker.seconds for worker in live.workers_now()}
    time.sleep(0.15)
    after = {worker.pid: worker.seconds for worker in live.workers_now()}
    return len(after) == 2 and before == after


def test_page_for_a_browser_is_not_made_of_megabytes(strict: Live) -> None:
    answer, _ = timed(strict, f"{ROWS} 100000", "text/html")
    assert (answer.status, answer.type) == (422, "text/html")
    assert "too long for a page" in answer.text
    assert eventually(lambda: rests(strict), LIMIT + LATE)


@pytest.mark.parametrize("query", [RUNAWAY, f"{ROWS} 999999996"])
def test_client_that_goes_stops_its_query(live: Live, query: str) -> None:
    """On the server that allows thirty seconds: so long would they run."""
    with live.socket() as connection:
        connection.sendall(f"GET /sparql?query={quote(query)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        busy: list[int] = []

        def is_busy() -> bool:
            busy[:] = [worker.pid for worker in live.workers_now() if worker.seconds > 0.2 and worker.state == "R"]
            return bool(busy)

        assert eventually(is_busy)
    assert eventually(lambda: not set(busy) & {worker.pid for worker in live.workers_now()}, 10)


def test_client_that_goes_in_the_middle_of_a_stream_stops_its_query(strict: Live) -> None:
    connection = strict.connect()
    connection.request("GET", f"/sparql?query={quote(f'{ROWS} 999999995')}", headers={"Accept": "text/csv"})
    response = connection.getresponse()
    assert len(response.read(1 << 16)) == 1 << 16
    began = time.monotonic()
    response.close()
    connection.close()
    assert eventually(lambda: rests(strict), 30)
    assert time.monotonic() - began < 30
    assert "Traceback" not in "".join(strict.log.read_text().rpartition("999999995")[2:])


def test_client_that_does_not_read_holds_no_worker_past_the_limit(strict: Live) -> None:
    with strict.socket() as connection:
        request = (
            f"GET /sparql?timeout=1&query={quote(f'{ROWS} 999999994')} HTTP/1.1\r\nHost: x\r\nAccept: text/csv\r\n\r\n"
        )
        connection.sendall(request.encode())
        files = strict.servers()[0].files
        assert eventually(lambda: rests(strict), LIMIT + LATE)
        assert strict.query("ASK {}").status == 200
    assert eventually(lambda: strict.servers()[0].files <= files + 2)


def test_worker_killed_in_the_middle_of_a_stream_breaks_it(strict: Live) -> None:
    found: list[BaseException | Answer] = []

    def ask() -> None:
        try:
            found.append(strict.query(f"{ROWS} 999999993", "text/csv"))
        except IncompleteRead as error:
            found.append(error)

    asking = threading.Thread(target=ask)
    asking.start()
    assert eventually(lambda: any(worker.seconds > 0.3 for worker in strict.workers_now()))
    os.kill(max(strict.workers_now(), key=lambda worker: worker.seconds).pid, signal.SIGKILL)
    asking.join()
    assert isinstance(found[0], IncompleteRead)
    assert strict.query("ASK {}").status == 200


def test_client_with_many_heavy_queries_is_told_to_wait_and_others_are_answered(strict: Live) -> None:
    found: list[Answer] = []
    asking = [
        threading.Thread(
            target=lambda number=number: found.append(strict.query(f"{RUNAWAY} # {number}", timeout="1.5"))
        )
        for number in range(24)
    ]
    for one in asking:
        one.start()
    seconds = []
    while any(one.is_alive() for one in asking):
        began = time.monotonic()
        other = strict.ask("/sparql?query=ASK%7B%7D", headers={"X-Forwarded-For": "192.0.2.7"})
        seconds.append(time.monotonic() - began)
        assert other.status == 200, other.text
        time.sleep(0.05)
    assert {answer.status for answer in found} <= {503, 504}
    assert max(seconds) < LATE
    assert any(re.search("try again later", answer.text) and answer.headers["Retry-After"] for answer in found)


@pytest.mark.parametrize("count", [12, pytest.param(100, marks=pytest.mark.slow)])
def test_runaways_leave_nothing_behind(strict: Live, count: int) -> None:
    def look() -> tuple[int, int, int]:
        assert eventually(lambda: rests(strict), 30)
        (server,), forker = strict.servers(), strict.forker()
        return len(strict.processes()), server.files + forker.files, server.memory + forker.memory

    assert strict.query(f"{RUNAWAY} # first", timeout="0.1").status == 504
    before = look()
    statuses = [strict.query(f"{RUNAWAY} # {number}", timeout="0.1").status for number in range(count)]
    assert statuses == [504] * count
    after = look()
    assert after[0] == before[0]
    assert after[1] <= before[1] + 4
    assert after[2] <= before[2] + (16 << 20)
    assert json.loads(strict.query("ASK {}").body)["boolean"] is True

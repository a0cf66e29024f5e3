"""Slow and long requests, on the server that gives their header half a second."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from urllib.parse import quote

import pytest
from live import Live, exchange

QUERY = b"/sparql?query=ASK%7B%7D"


@contextmanager
def sent(live: Live, data: bytes) -> Iterator[socket.socket]:
    with live.socket() as connection:
        connection.sendall(data)
        yield connection


def received(connection: socket.socket) -> bytes:
    """All that comes until the server hangs up."""
    pieces = []
    with suppress(ConnectionResetError):  # it hung up while we were sending
        while piece := connection.recv(1 << 16):
            pieces.append(piece)
    return b"".join(pieces)


def test_header_that_does_not_end_is_refused_in_time(strict: Live) -> None:
    begun = [b"", b"G", b"GET " + QUERY, b"GET " + QUERY + b" HTTP/1.1\r\nHost: x\r\n"]
    began = time.monotonic()
    with ExitStack() as opened:
        connections = [opened.enter_context(sent(strict, part)) for part in begun]
        answers = [received(connection).partition(b"\r\n")[0] for connection in connections]
    assert answers == [b"HTTP/1.1 408 Request Timeout"] * 4
    assert 0.4 < time.monotonic() - began < 30


def test_header_that_trickles_is_refused_in_time(strict: Live) -> None:
    with sent(strict, b"GET / HTTP/1.1\r\n") as connection:
        began = time.monotonic()
        connection.settimeout(0.1)
        while time.monotonic() - began < 30:
            try:
                connection.sendall(b"X")
                if connection.recv(1 << 16).startswith(b"HTTP/1.1 408 "):
                    break
            except TimeoutError:
                continue
    assert time.monotonic() - began < 29


def test_header_after_an_answer_is_refused_in_time(strict: Live) -> None:
    with sent(strict, b"GET " + QUERY + b" HTTP/1.1\r\nHost: x\r\n\r\n") as connection:
        assert connection.recv(1 << 16).startswith(b"HTTP/1.1 200 ")
        connection.sendall(b"GET /")
        assert b"HTTP/1.1 408 " in received(connection)


def test_connection_may_rest_between_requests(strict: Live) -> None:
    connection = strict.connect()
    assert exchange(connection, QUERY.decode()).status == 200
    time.sleep(0.8)
    assert exchange(connection, QUERY.decode()).status == 200
    connection.close()


def test_slow_headers_hold_nobody(strict: Live) -> None:
    slow = [strict.socket() for _ in range(200)]
    for connection in slow:
        connection.sendall(b"GET / HTTP/1.1\r\nHost:")
    began = time.monotonic()
    statuses = [strict.query(f"ASK {{}} # {number}").status for number in range(20)]
    assert statuses == [200] * 20
    assert time.monotonic() - began < 10
    assert received(slow[0]).startswith(b"HTTP/1.1 408 ")
    for connection in slow:
        connection.close()


@pytest.mark.parametrize(
    "request_line", [b"QUERY /sparql", pytest.param(b"POST /id/country/italy", marks=pytest.mark.slow)]
)
def test_body_that_does_not_come_is_refused_in_time(strict: Live, request_line: bytes) -> None:
    header = b" HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 100\r\n\r\n"
    began = time.monotonic()
    with sent(strict, request_line + header + b"ASK") as connection:
        answer = connection.recv(1 << 16)
    assert answer.startswith(b"HTTP/1.1 408 "), answer
    assert b"application/problem+json" in answer
    assert 1.4 < time.monotonic() - began < 30  # half a second, and one for the megabyte that it may have


def test_slow_bodies_hold_nobody(strict: Live) -> None:
    header = b"POST /update HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n"
    slow = [strict.socket() for _ in range(50)]
    for connection in slow:
        connection.sendall(header + b"x")
    began = time.monotonic()
    assert [strict.ask(path).status for path in ("/", "/articles", "/healthz")] == [200] * 3
    assert time.monotonic() - began < 10
    for connection in slow:
        connection.close()


@pytest.mark.parametrize("begun", [b"GET /", b"GET / HTTP/1.1\r\nX-Long: ", b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 100])
def test_header_that_is_too_long_is_refused(strict: Live, begun: bytes) -> None:
    with sent(strict, begun) as connection:
        with suppress(BrokenPipeError, ConnectionResetError):  # refused before it was all sent
            for _ in range(40):
                connection.sendall(b"x" * 8192)
        answer = received(connection)
    assert answer.startswith(b"HTTP/1.1 431 ") or not answer
    assert strict.query("ASK {}").status == 200


def test_header_just_past_the_limit_is_told_so(strict: Live) -> None:
    with sent(strict, b"GET / HTTP/1.1\r\nX-Long: " + b"x" * (65 << 10)) as connection:
        assert received(connection).startswith(b"HTTP/1.1 431 ")


def test_query_of_fifty_kilobytes_fits_into_an_address(strict: Live) -> None:
    assert strict.query(f"ASK {{}} #{'x' * (50 << 10)}").json["boolean"] is True


@pytest.mark.parametrize(
    "nonsense", [b"\x00\x01\x02\r\n\r\n", b"GET\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"]
)
def test_what_is_not_http_is_refused(strict: Live, nonsense: bytes) -> None:
    with sent(strict, nonsense) as connection:
        answer = received(connection)
    assert answer.startswith((b"HTTP/1.1 400 ", b"HTTP/1.1 408 "))
    assert strict.query("ASK {}").status == 200


def test_many_requests_at_once_are_answered(strict: Live) -> None:
    request = b"GET " + QUERY + b" HTTP/1.1\r\nHost: x\r\n"
    with sent(strict, (request + b"\r\n") * 20 + request + b"Connection: close\r\n\r\n") as connection:
        assert received(connection).count(b"HTTP/1.1 200 OK") == 21


@pytest.mark.parametrize("path", ["/articles", f"/sparql?query={quote('SELECT (RAND() AS ?r) {} LIMIT 50')}"])
def test_client_that_asks_and_does_not_read_fills_no_memory(strict: Live, path: str) -> None:
    requests = f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode() * 20_000
    before = strict.servers()[0].memory
    with strict.socket() as connection:
        connection.settimeout(3)
        with suppress(TimeoutError, ConnectionError):  # the server stops reading, or hangs up
            connection.sendall(requests)
        time.sleep(0.5)
        assert strict.query("ASK {}").status == 200
        assert strict.servers()[0].memory - before < 20 << 20

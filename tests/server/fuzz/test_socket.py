"""Bytes on the socket of the running server, sensible or not: it answers or hangs up, and goes on."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Mapping

from cases import bodies, cases, headers, methods, parameters, paths, tally
from hypothesis import given
from hypothesis import strategies as st
from live import Live

_STATUS = re.compile(rb"HTTP/1\.1 (\d{3}) ")


def request(method: str, path: str, address: bytes, fields: Mapping[str, str], body: bytes) -> bytes:
    """A request as a client that escapes nothing writes it."""
    every = {"Host": "localhost", "Content-Length": str(len(body)), **fields, "Connection": "close"}
    head = "".join(f"{name}: {value}\r\n" for name, value in every.items())
    target = path.encode(errors="replace") + b"?" + address
    return method.encode() + b" " + target + b" HTTP/1.1\r\n" + head.encode("latin-1") + b"\r\n" + body


requests = st.builds(request, methods, paths, parameters, headers, bodies)


def _damage(data: bytes, place: float, cut: int, insert: bytes) -> bytes:
    start = int(place * len(data))
    return data[:start] + insert + data[start + cut :]


_CHUNKED = b"\r\nTransfer-Encoding: chunked\r\n"
damaged = st.builds(
    _damage,
    requests,
    st.floats(0, 1, exclude_max=True),
    st.integers(0, 20),
    st.one_of(st.binary(max_size=8), st.sampled_from([b"\r\n", b"\n", b"\0", b": ", _CHUNKED])),
)


def talk(server: Live, sent: bytes) -> bytes:
    """All that comes back; the sending side is closed at once, as by a client that expects nothing more."""
    with server.socket() as connection:
        try:
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
            received = b""
            while piece := connection.recv(1 << 16):
                received += piece
        except (ConnectionResetError, BrokenPipeError):
            return b""  # refused before all was sent
        return received


def check(server: Live, received: bytes) -> None:
    assert b"Traceback" not in received
    if received:
        status = _STATUS.match(received)
        assert status, received[:200]
        assert int(status[1]) < 500 or int(status[1]) in (503, 504), received


@cases(8)
@given(sent=requests)
def test_request_is_answered(live: Live, sent: bytes) -> None:
    tally["socket"] += 1
    check(live, talk(live, sent))


@cases(8)
@given(sent=st.one_of(damaged, st.binary(max_size=200)))
def test_damaged_request_harms_nobody(live: Live, sent: bytes) -> None:
    tally["damaged"] += 1
    check(live, talk(live, sent))


def test_server_is_well_after_all(live: Live) -> None:
    """Runs last: whatever was sent, nothing was logged as a fault, and all processes still answer."""
    for _ in range(20):
        assert json.loads(live.query("ASK { ?s ?p ?o }").body)["boolean"] is True
    assert "Traceback" not in live.log.read_text()
    assert len(live.servers()) == live.workers

"""A client that asks one query after the other, in a process of its own, and keeps what it got.

Not threads, which would take turns at Python's lock, and not ``http.client``, whose parsing costs as much as a small
query: one socket that is kept alive, and no more reading of an answer than it takes to know that it is whole. Looking
at the content is left for after the round, when the servers rest.
"""

from __future__ import annotations

import hashlib
import socket
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Final, Self
from urllib.parse import quote

_RECEIVED: Final = 1 << 18
KEPT: Final = 1 << 30
"""Bytes of answers that all clients together keep of a round; of those past it only the digest."""
PATIENCE: Final = 120.0
"""Seconds without a byte after which an answer is taken for lost."""


class BrokenAnswer(Exception):
    """The connection ended or the answer was malformed before it was whole."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server takes queries."""

    host: str
    port: int
    path: str

    def request(self, query: str, accept: str, parameters: str = "") -> bytes:
        """A GET request as browsers and libraries send it."""
        target = f"{self.path}?query={quote(query, safe='')}{parameters}"
        return (
            f"GET {target} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\nAccept: {accept}\r\n"
            "User-Agent: benchmark\r\nConnection: keep-alive\r\n\r\n"
        ).encode()


class Wire:
    """One kept-alive connection."""

    def __init__(self, address: Address, *, source: str = "", patience: float = PATIENCE) -> None:
        self._address, self._source, self._patience = address, source, patience
        self._socket: socket.socket | None = None
        self._data = bytearray()

    def ask(self, request: bytes) -> tuple[int, bytes]:
        """Status and whole body.

        Raises:
            BrokenAnswer: see there. The next question opens a new connection.
        """
        try:
            if self._socket is None:
                self.open()
            assert self._socket is not None
            self._socket.sendall(request)
            return self._answer()
        except (OSError, ValueError) as error:
            self.close()
            raise BrokenAnswer(str(error) or type(error).__name__) from error

    def open(self) -> None:
        """Connect now, so that it is not a part of what is measured."""
        place, source = (self._address.host, self._address.port), (self._source, 0) if self._source else None
        self._socket = socket.create_connection(place, timeout=self._patience, source_address=source)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._data = bytearray()

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _more(self) -> None:
        assert self._socket is not None
        received = self._socket.recv(_RECEIVED)
        if not received:
            raise ConnectionError(f"the server closed the connection after {len(self._data)} bytes")
        self._data += received

    def _upto(self, mark: bytes, start: int) -> int:
        """Where the next ``mark`` stands."""
        while (found := self._data.find(mark, start)) < 0:
            self._more()
        return found

    def _answer(self) -> tuple[int, bytes]:
        end = self._upto(b"\r\n\r\n", 0)
        status = int(self._data[9:12])
        head = bytes(self._data[:end]).lower()
        at = head.find(b"\r\ncontent-length:")
        if at >= 0:
            body, used = self._counted(end + 4, int(head[at + 17 :].split(b"\r\n", 1)[0]))
        elif b"\r\ntransfer-encoding: chunked" in head:
            body, used = self._chunked(end + 4)
        else:
            raise ValueError("the answer tells neither its length nor its chunks")
        del self._data[:used]
        if b"\r\nconnection: close" in head:
            self.close()
        return status, body

    def _counted(self, start: int, length: int) -> tuple[bytes, int]:
        while len(self._data) < start + length:
            self._more()
        return bytes(memoryview(self._data)[start : start + length]), start + length

    def _chunked(self, start: int) -> tuple[bytes, int]:
        pieces: list[bytes] = []
        while True:
            line = self._upto(b"\r\n", start)
            size = int(self._data[start:line].split(b";")[0], 16)
            while len(self._data) < line + 2 + size + 2:
                self._more()
            start = line + 2 + size + 2
            if not size:
                return b"".join(pieces), start
            pieces.append(bytes(memoryview(self._data)[line + 2 : start - 2]))


@dataclass(slots=True)
class Told:
    """What one client says of a round. Its questions are every ``clients``-th of the round's, from its own number on.

    ``answers`` are status and digest of the body, in order; status 0 is a broken answer, with what was wrong.
    """

    elapsed: float = 0.0
    answers: list[tuple[int, str]] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    bytes: int = 0


def digest(body: bytes) -> str:
    """A digest of the bytes as they came."""
    return hashlib.blake2b(body, digest_size=16).hexdigest()


def _round(
    wire: Wire, requests: Sequence[bytes], start: float, seconds: float, room: int
) -> tuple[Told, dict[int, bytes]]:
    """Ask until the time is over or the questions are; the last one is let end, and counted."""
    told, kept = Told(), dict[int, bytes]()
    late: list[tuple[int, str] | bytes] = []
    time.sleep(max(0.0, start - time.monotonic()))
    begun = now = time.monotonic()
    for number, request in enumerate(requests):
        try:
            status, body = wire.ask(request)
        except BrokenAnswer as error:
            late.append((0, str(error)))
            time.sleep(0.05)  # not to ask a dead server a thousand times
        else:
            told.bytes += len(body)
            room -= len(body)
            late.append(body if room > 0 else (status, digest(body)))
            if status != 200:
                late[-1] = (status, body[:500].decode(errors="replace"))
            elif room > 0:
                kept[number] = body
        before, now = now, time.monotonic()
        told.seconds.append(now - before)
        if now - begun >= seconds:
            break
    told.elapsed = now - begun
    wire.close()
    told.answers = [one if isinstance(one, tuple) else (200, digest(one)) for one in late]
    return told, kept


def _serve_orders(orders: Connection, source: str, patience: float, room: int) -> None:
    """What a client process does: rounds, and showing a body again."""
    kept: dict[Address, dict[int, bytes]] = {}
    while (order := orders.recv()) is not None:
        address, requests = order
        if isinstance(requests, int):
            orders.send(kept[address].get(requests))
            continue
        wire = Wire(address, source=source, patience=patience)
        with suppress(OSError):  # a server that is gone is told of by each question
            wire.open()
        orders.send(None)
        start, seconds = orders.recv()
        kept.pop(address, None)
        told, kept[address] = _round(wire, requests, start, seconds, room)
        orders.send(told)


class Crew:
    """So many clients, each in its process, for as long as the block lasts.

    Each has a loopback address of its own, from ``127.0.0.{first}`` on, since a server may set limits for a client.
    """

    def __init__(self, clients: int, *, first: int = 2, patience: float = PATIENCE) -> None:
        # Spawned: whoever starts a crew may have a store open, which does not survive a fork.
        context = get_context("spawn")
        self._clients: list[tuple[BaseProcess, Connection]] = []
        for number in range(clients):
            here, there = context.Pipe()
            told = (there, f"127.0.0.{first + number}", patience, KEPT // clients)
            process = context.Process(target=_serve_orders, args=told, daemon=True)
            process.start()
            there.close()
            self._clients.append((process, here))

    def __len__(self) -> int:
        return len(self._clients)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for process, orders in self._clients:
            with suppress(OSError):
                orders.send(None)
            process.join(5)
            process.kill()

    def play(self, address: Address, requests: Sequence[bytes], seconds: float) -> list[Told]:
        """One round, which all begin together: the n-th client asks the n-th request and every so-many-th after it."""
        for number, (_, orders) in enumerate(self._clients):
            orders.send((address, requests[number :: len(self)]))
        for _, orders in self._clients:
            orders.recv()
        start = time.monotonic() + 0.05
        for _, orders in self._clients:
            orders.send((start, seconds))
        return [orders.recv() for _, orders in self._clients]

    def body(self, address: Address, number: int) -> bytes | None:
        """The body of the answer to the request of this number in the last round with that server, if it was kept."""
        orders = self._clients[number % len(self)][1]
        orders.send((address, number // len(self)))
        kept: bytes | None = orders.recv()
        return kept

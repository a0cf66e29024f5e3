"""Answers of Flask on their way out: in memory, from a file, in ranges, and to clients that do not read them."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from live import Live, running

from server.engine.reply import CHUNK, Broken
from server.front.asgi import THREADS
from server.front.exchange import Exchange, Message
from server.front.outlet import IN_MEMORY, Outlet


class Client:
    """Takes what is sent; hangs up after ``patience`` messages."""

    def __init__(self, method: str = "GET", patience: int = 10_000) -> None:
        self.messages: list[Message] = []
        self._patience = patience
        scope = {"headers": [], "method": method, "path": "/dumps/x", "client": None}
        self.exchange = Exchange(scope, self._receive, self._send)

    async def _receive(self) -> Message:
        while len(self.messages) < self._patience:
            await asyncio.sleep(0)
        return {"type": "http.disconnect"}

    async def _send(self, message: Message) -> None:
        self.messages.append(message)

    @property
    def body(self) -> bytes:
        return b"".join(message["body"] for message in self.messages[1:])


def carry(client: Client, *bodies: bytes, **fields: str) -> None:
    """Let Flask answer with these header fields and pieces."""

    async def work() -> None:
        headers = [(name.replace("_", "-").encode(), value.encode()) for name, value in fields.items()]
        with Outlet() as outlet:
            await outlet.take({"type": "http.response.start", "status": 200, "headers": headers})
            for body in bodies:
                await outlet.take({"type": "http.response.body", "body": body, "more_body": True})
            await outlet.send(client.exchange)

    asyncio.run(work())


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """More than two pieces of bytes that differ."""
    path = tmp_path / "file"
    path.write_bytes(bytes(range(251)) * (2 * CHUNK // 251 + 50))
    return path


@pytest.mark.parametrize("size", [0, 1, CHUNK, CHUNK + 1, IN_MEMORY + 1])
def test_answer_comes_out_as_it_went_in(size: int) -> None:
    client = Client()
    carry(client, b"a" * (size // 2), b"b" * (size - size // 2), content_length=str(size), etag="x")
    assert client.body == b"a" * (size // 2) + b"b" * (size - size // 2)
    assert client.messages[0]["headers"] == [(b"content-length", b"%d" % size), (b"etag", b"x")]
    assert [message.get("more_body", False) for message in client.messages[-1:]] == [False]
    assert (client.exchange.status, client.exchange.sent) == (200, size)


def test_file_is_sent_from_its_place_which_is_not_told(file: Path) -> None:
    client = Client()
    carry(client, x_sendfile=str(file), content_length=str(file.stat().st_size), date="then")
    assert client.body == file.read_bytes()
    assert [name for name, _ in client.messages[0]["headers"]] == [b"content-length"]


def test_range_of_a_file_is_sent(file: Path) -> None:
    client = Client()
    size = CHUNK + 100
    carry(client, x_sendfile=str(file), content_length=str(size), content_range=f"bytes 7-{size + 6}/999999")
    assert client.body == file.read_bytes()[7 : size + 7]


def test_head_sends_no_body(file: Path) -> None:
    client = Client("HEAD")
    carry(client, x_sendfile=str(file), content_length=str(file.stat().st_size))
    assert client.body == b""


def test_client_that_hangs_up_is_sent_no_more(file: Path) -> None:
    client = Client(patience=2)
    carry(client, x_sendfile=str(file), content_length=str(file.stat().st_size))
    assert client.exchange.is_gone
    assert len(client.messages) < 4


def test_file_that_became_shorter_breaks_the_answer(file: Path) -> None:
    with pytest.raises(Broken):
        carry(Client(), x_sendfile=str(file), content_length=str(10 * CHUNK))


@pytest.fixture(scope="module")
def server(publish: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A server of one process, with a dump that no socket holds whole."""
    folder = tmp_path_factory.mktemp("slow")
    publish(folder)
    (folder / "dumps").mkdir()
    (folder / "dumps" / "large.nt.gz").write_bytes(b"x" * (32 << 20))
    with running(folder, folder, "--workers", "1") as server:
        yield server


def test_clients_that_do_not_read_hold_nobody(server: Live) -> None:
    slow = [server.socket() for _ in range(THREADS + 2)]
    try:
        for connection in slow:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.sendall(b"GET /dumps/large.nt.gz HTTP/1.1\r\nHost: x\r\n\r\n")
        assert json.loads(server.ask("/healthz").body)["status"] == "ok"
        assert "aidgraph" in server.ask("/").text
    finally:
        for connection in slow:
            connection.close()


def test_dump_comes_whole_and_in_ranges(server: Live) -> None:
    whole = server.ask("/dumps/large.nt.gz")
    assert (len(whole.body), whole.headers["Content-Length"]) == (32 << 20, str(32 << 20))
    part = server.ask("/dumps/large.nt.gz", headers={"Range": "bytes=-5"})
    assert (part.status, part.body, part.headers.get_all("Date", [])[1:]) == (206, b"xxxxx", [])
    assert server.ask("/dumps/large.nt.gz", "HEAD").headers["Content-Length"] == str(32 << 20)

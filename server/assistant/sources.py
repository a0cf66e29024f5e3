"""Where tools get their answers: this machine's graph, or a server of ours somewhere else.

Both are asked over HTTP. For the graph here no port is opened: the ASGI application is called as a server would call
it. An answer is read up to a limit and then broken off, which ends the work on it; the
transport for ASGI that httpx2 has would wait for its end.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Final, Protocol
from urllib.parse import urlencode, urlsplit

import httpx2

from kg.errors import SettingsError
from kg.remote.attaching import attached
from kg.settings import Settings
from kg.store import open_snapshot
from server.front.asgi import Front
from server.front.exchange import Message, Scope
from server.front.start import ForkerProcess, create_front

FORM: Final = "application/x-www-form-urlencoded"
PATIENCE: Final = 330.0
"""Seconds to wait for another server: a query of ours may take :attr:`kg.settings.Settings.query_timeout`."""


@dataclass(frozen=True, slots=True)
class Request:
    """A GET of ``path`` with these fields in its query, or a POST of them as a form; ``most`` bytes are read of it."""

    path: str
    fields: Mapping[str, str]
    accept: str
    most: int
    by_post: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of the server. ``is_cut``: the body had more bytes than were asked for, and ends somewhere."""

    status: int
    media_type: str
    body: bytes
    is_cut: bool = False


class Source(Protocol):
    """What the tools ask."""

    async def ask(self, request: Request) -> Answer:
        """The answer to a request, whatever its status.

        Raises:
            OSError: nobody answers.
        """


@dataclass(frozen=True, slots=True)
class Remote:
    """A server of ours at another address, which ends with a slash."""

    root: str
    client: httpx2.AsyncClient

    async def ask(self, request: Request) -> Answer:
        """See :class:`Source`."""
        body = bytearray()
        try:
            async with self.client.stream(
                "POST" if request.by_post else "GET",
                self.root + request.path.removeprefix("/"),
                headers={"accept": request.accept},
                params=None if request.by_post else request.fields,
                data=request.fields if request.by_post else None,
            ) as response:
                async for piece in response.aiter_bytes():
                    body += piece
                    if len(body) > request.most:
                        break
                return _answer(
                    response.status_code, response.headers.get("content-type", ""), bytes(body), request.most
                )
        except httpx2.HTTPError as error:
            raise OSError(f"{self.root} does not answer ({type(error).__name__}: {error})") from error


@dataclass(frozen=True, slots=True)
class Local:
    """The graph of this machine."""

    front: Front

    async def ask(self, request: Request) -> Answer:
        """See :class:`Source`."""
        call = _Call(urlencode(request.fields).encode() if request.by_post else b"", request.most)
        try:
            await self.front(_scope(request), call.receive, call.send)
        except ConnectionResetError:
            if not call.is_cut:
                raise
        return _answer(call.status, call.content_type, bytes(call.body), request.most)


class _Call:
    """One request and what comes back, until there is enough of it: then the client hangs up."""

    def __init__(self, body: bytes, most: int) -> None:
        self.status, self.content_type, self.body = 0, "", bytearray()
        self._request: bytes | None = body
        self._most = most
        self._enough = asyncio.Event()

    @property
    def is_cut(self) -> bool:
        return self._enough.is_set()

    async def receive(self) -> Message:
        if self._request is None:
            await self._enough.wait()
            return {"type": "http.disconnect"}
        body, self._request = self._request, None
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(self, message: Message) -> None:
        if self.is_cut:
            raise ConnectionResetError("the client has gone")  # as ASGI servers do
        if message["type"] == "http.response.start":
            self.status = message["status"]
            fields = dict(message["headers"])
            self.content_type = fields.get(b"content-type", b"").decode("latin-1")
            return
        self.body += message.get("body", b"")
        if len(self.body) > self._most:
            self._enough.set()


def _scope(request: Request) -> Scope:
    """The request as ASGI 3 has it."""
    headers = [(b"host", b"localhost"), (b"accept", request.accept.encode("latin-1"))]
    return {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "scheme": "http", "root_path": "",
        "method": "POST" if request.by_post else "GET", "path": request.path, "raw_path": request.path.encode(),
        "query_string": b"" if request.by_post else urlencode(request.fields).encode(),
        "headers": [*headers, (b"content-type", FORM.encode())] if request.by_post else headers,
        "client": ("127.0.0.1", 0), "server": ("localhost", 80),
    }  # fmt: skip


def _answer(status: int, content_type: str, body: bytes, most: int) -> Answer:
    return Answer(status, content_type.partition(";")[0].strip(), body[:most], is_cut=len(body) > most)


@asynccontextmanager
async def open_local(settings: Settings) -> AsyncIterator[Local]:
    """The graph in the data folder, with workers of its own.

    Raises:
        StoreError: there is no graph.
    """
    settings = attached(settings)
    open_snapshot(settings.data)
    impatient = replace(settings, answer_buffer=1)  # an answer that is broken off anyway need not be whole first
    with ForkerProcess(impatient) as forker:
        front = create_front(impatient, forker.address)
        async with _alive(front):
            yield Local(front)


@asynccontextmanager
async def _alive(front: Front) -> AsyncIterator[None]:
    """The application between its start and its end, as an ASGI server tells it of them."""
    said: asyncio.Queue[Message] = asyncio.Queue()
    heard: asyncio.Queue[Message] = asyncio.Queue()
    life = asyncio.create_task(front({"type": "lifespan"}, said.get, heard.put))
    await said.put({"type": "lifespan.startup"})
    await heard.get()
    try:
        yield
    finally:
        await said.put({"type": "lifespan.shutdown"})
        await life


@asynccontextmanager
async def open_remote(address: str) -> AsyncIterator[Remote]:
    """Another server of ours. Redirects are not followed: no answer that the tools read is behind one.

    Raises:
        SettingsError: it is no web address.
    """
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise SettingsError(f"{address!r} is no address of a server; give one such as http://127.0.0.1:8000/")
    async with httpx2.AsyncClient(timeout=PATIENCE) as client:
        yield Remote(address.removesuffix("/") + "/", client)

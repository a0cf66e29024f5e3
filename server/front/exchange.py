"""One request and its answer as ASGI has them, with the few things that the front asks of them."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import IO, Any, Final

from server.engine.reply import Broken, Reply
from server.headers import DATA, PREFLIGHT, encoded
from server.problems import TooLarge, TooSlow

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]
Fields = list[tuple[bytes, bytes]]

HANDED: Final = "aidgraph.handed"
"""Where in the scope the front leaves what the Flask application is to make an answer of."""

BODY_SECONDS: Final = 60.0
"""How long a client may take to send its body, and a second more for each :data:`SLOWEST` bytes that it may have."""

SLOWEST: Final = 1 << 20
LOOPBACK: Final = ("127.0.0.1", "::1", "")
"""Addresses of this machine: a proxy here is believed what it says of its clients."""

_IN_MEMORY: Final = 1 << 20
_COMMON: Final = encoded(DATA)
_PREFLIGHT: Final = encoded(PREFLIGHT)


class Exchange:
    """A request and the way to answer it. Names of ``headers`` are lower case; of repeated ones the last counts."""

    __slots__ = (
        *("headers", "is_broken", "is_gone", "method", "path", "query", "receive", "reply", "scope", "send", "sent"),
        *("status", "was_cached"),
    )

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.scope = scope
        self.receive = receive
        self.send = send
        self.headers: dict[bytes, bytes] = dict(scope["headers"])
        if b"x-forwarded-proto" in self.headers and self._peer in LOOPBACK:
            scope["scheme"] = "https" if self.headers[b"x-forwarded-proto"] == b"https" else "http"
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        """The request's path, unescaped."""
        self.query = ""
        """The query's text, where there was one."""
        self.reply: Reply | None = None
        """What a worker replied."""
        self.was_cached = False
        self.is_gone = False
        """Whether the client hung up before it had an answer."""
        self.is_broken = False
        """Whether the answer ended before it was whole."""
        self.status = 0
        self.sent = 0
        """Bytes of the answer's body."""

    @property
    def client(self) -> str:
        """Who asks: the address of the connection, or what a proxy on this machine says of it."""
        address = self._peer
        forwarded = self.headers.get(b"x-forwarded-for")
        if forwarded and address in LOOPBACK:
            return forwarded.rpartition(b",")[2].strip().decode("latin-1")
        return address

    @property
    def _peer(self) -> str:
        address: str = (self.scope.get("client") or ("", 0))[0]
        return address

    def header(self, name: bytes) -> str | None:
        """The value of a header field, None if it is not there."""
        value = self.headers.get(name)
        return None if value is None else value.decode("latin-1")

    def url(self) -> str:
        """The address asked for, without its query: the base of relative IRIs."""
        host = self.header(b"host") or "localhost"
        return f"{self.scope.get('scheme', 'http')}://{host}{self.path}"

    async def body(self, most: int) -> bytes:
        """The whole body.

        Raises:
            TooLarge: it has more than ``most`` bytes.
            TooSlow: it did not come in time.
        """
        with await self.body_file(most) as file:
            return file.read()

    async def body_file(self, most: int) -> IO[bytes]:
        """The whole body as a file, read to its end before anybody waits for it in a thread."""
        declared = self.headers.get(b"content-length", b"")
        if declared.isdigit() and int(declared) > most:
            raise TooLarge(_too_large(most))
        file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  the caller closes it
        try:
            await self._read_into(file, most)
        except BaseException:
            file.close()
            raise
        file.seek(0)
        return file

    async def _read_into(self, file: tempfile.SpooledTemporaryFile[bytes], most: int) -> None:
        size = 0
        try:
            async with asyncio.timeout(BODY_SECONDS + most / SLOWEST):
                while True:
                    message = await self.receive()
                    if message["type"] == "http.disconnect":
                        raise TooSlow("The connection was closed before the body was whole.")
                    piece = message.get("body", b"")
                    size += len(piece)
                    if size > most:
                        raise TooLarge(_too_large(most))
                    file.write(piece)
                    if not message.get("more_body"):
                        return
        except TimeoutError as error:
            raise TooSlow(f"The body did not come in time; {size} bytes did.") from error

    async def answer(self, status: int, fields: Fields, body: bytes = b"") -> None:
        """Send a whole answer."""
        self.status, self.sent = status, len(body)
        # RFC 9110 §8.6: an answer that never has a body says nothing of its length
        size = [] if status in (204, 304) else [(b"content-length", b"%d" % len(body))]
        await self.send({"type": "http.response.start", "status": status, "headers": [*fields, *_COMMON, *size]})
        await self.send({"type": "http.response.body", "body": b"" if self.method == "HEAD" else body})

    async def answer_in_pieces(self, fields: Fields, reply: Reply) -> None:
        """Send an answer that is not in memory. If its stream breaks, so does the connection: the error goes on up."""
        size = [] if reply.size is None else [(b"content-length", b"%d" % reply.size)]
        self.status = 200
        watch = asyncio.get_running_loop().create_task(self._close_when_gone(reply))
        try:
            await self.send({"type": "http.response.start", "status": 200, "headers": [*fields, *_COMMON, *size]})
            if self.method != "HEAD":
                async for piece in reply.chunks():
                    if self.is_gone:
                        return
                    self.sent += len(piece)
                    await self.send({"type": "http.response.body", "body": piece, "more_body": True})
            await self.send({"type": "http.response.body", "body": b""})
        except Broken:
            if not self.is_gone:
                raise
        finally:
            watch.cancel()
            reply.close()

    async def _close_when_gone(self, reply: Reply) -> None:
        """End the work on a stream as soon as the client hangs up: sending to one that has gone is no error."""
        await self.disconnected()
        self.is_gone = True
        if reply.stream is not None:
            reply.stream.close()

    async def disconnected(self) -> None:
        """Wait until the client has gone. To be called when the body was read."""
        while (await self.receive())["type"] != "http.disconnect":
            pass

    async def forward(self, message: Message) -> None:
        """Send what Flask made, and remember how it went."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
        else:
            self.sent += len(message.get("body", b""))
        await self.send(message)

    async def answer_options(self, allowed: Iterable[str]) -> None:
        """What may be done here (RFC 9110 §9.3.7), and what a browser's preflight asks for."""
        allow = (b"allow", ", ".join(allowed).encode())
        await self.answer(204, [allow, *_PREFLIGHT])


def _too_large(most: int) -> str:
    return f"The body has more than the {most} bytes that are taken here."

"""The ASGI application: queries to the pool, everything else to Flask in threads, which slow clients cannot hold.

Flask stays what it is good at, pages; its threads get requests whose body has come in whole, so that a client that
sends a byte a second waits alone.
"""

from __future__ import annotations

import asyncio
import os
import time
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Final
from urllib.parse import quote

from server.engine.reply import CHUNK
from server.front.cache import Stored
from server.front.exchange import HANDED, Application, Exchange, Fields, Message, Receive, Scope, Send
from server.front.fields import Field
from server.front.outlet import Outlet
from server.front.queries import MAX_QUERY, Handed, Queries
from server.front.writing import Writers
from server.problems import Problem
from server.watch.watcher import Watcher

THREADS: Final = 8
"""Requests that Flask works on at a time in one process."""

WRITING: Final = ("/update", "/graphs")
METRICS: Final = "/metrics"
_ASCII: Final = "".join(map(chr, range(0x21, 0x7F)))
"""What stays as it is in an address; a WSGI server may not meet anything else (RFC 3986 §2)."""


@dataclass(slots=True)
class Front:
    """The application for the server.

    ``site`` is the Flask application; ``upload_limit``: bytes that a body for :data:`WRITING` may have.
    """

    queries: Queries
    writers: Writers
    site: Application
    upload_limit: int
    watcher: Watcher

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One connection's event, as ASGI has them."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._watch(Exchange(scope, receive, send))

    def at_once(self, scope: Scope) -> tuple[Stored, Field] | None:
        """The whole answer to a GET of ``/sparql`` if it is there or comes at once; None if it has to be waited for."""
        began = time.perf_counter()
        exchange = Exchange(scope, _nothing, _nobody)
        found = self.queries.at_once(exchange)
        if found is None:
            return None
        stored, timing = found
        exchange.status, exchange.sent = 200, len(stored.body)
        self.watcher.note(exchange, time.perf_counter() - began)
        return stored, timing

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self.queries.pool.start()
                self.writers.start(asyncio.get_running_loop())
                self.watcher.start()
                await send({"type": "lifespan.startup.complete"})
            else:
                self.watcher.stop()
                self.queries.pool.stop()
                self.writers.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _watch(self, exchange: Exchange) -> None:
        """Answer, and tell who watches how it went; a stream that broke goes on up, so that the connection ends."""
        began = time.perf_counter()
        try:
            await self._answer(exchange)
        except BaseException:
            exchange.is_broken = True
            raise
        finally:
            self.watcher.note(exchange, time.perf_counter() - began)

    async def _answer(self, exchange: Exchange) -> None:
        if exchange.path == METRICS and exchange.method in ("GET", "HEAD"):
            await self._tell_metrics(exchange)
            return
        handed = await self.queries.answer(exchange) if _is_query(exchange) else Handed()
        if handed is not None:
            await self._hand_on(exchange, handed)

    async def _tell_metrics(self, exchange: Exchange) -> None:
        """Here and not in a thread of Flask's: it has to be answered above all when those are busy."""
        text, content_type = self.watcher.text(exchange.header(b"accept"))
        fields = [(b"content-type", content_type.encode()), (b"cache-control", b"no-store"), (b"vary", b"Accept")]
        await exchange.answer(200, fields, text)

    async def _hand_on(self, exchange: Exchange, handed: Handed) -> None:
        """Let Flask answer, now that the body is here."""
        try:
            most = self.upload_limit if exchange.path.startswith(WRITING) else MAX_QUERY
            file = BytesIO() if _is_query(exchange) else await exchange.body_file(most)
        except Problem as problem:
            handed, file = Handed(problem), BytesIO()
        scope = exchange.scope
        scope[HANDED] = handed
        scope["query_string"] = quote(scope["query_string"], safe=_ASCII).encode("ascii")
        scope["headers"] = _with_length(scope["headers"], file)
        with file, Outlet() as outlet:
            await self.site(scope, _reading(file), outlet.take)
            await outlet.send(exchange)


def _with_length(fields: Fields, file: IO[bytes]) -> Fields:
    """The fields for a body that is here: WSGI knows no chunks, and takes one without a length for empty."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    kept = [(name, value) for name, value in fields if name not in (b"content-length", b"transfer-encoding")]
    return [*kept, (b"content-length", b"%d" % size)] if size else kept


async def _nothing() -> Message:
    raise AssertionError("what is answered at once reads nothing")


async def _nobody(message: Message) -> None:
    raise AssertionError(f"what is answered at once sends nothing itself: {message['type']}")


def _is_query(exchange: Exchange) -> bool:
    return exchange.path in ("/sparql", "/sparql/")


def _reading(file: IO[bytes]) -> Receive:
    """The body from a file, as if it came from the network."""

    async def receive() -> Message:
        piece = file.read(CHUNK)
        return {"type": "http.request", "body": piece, "more_body": len(piece) == CHUNK}

    return receive

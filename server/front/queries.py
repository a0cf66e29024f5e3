"""``/sparql``: the SPARQL 1.1 Protocol for queries, from the request's bytes to the answer's.

It does not go through Flask, which takes longer than a small query. What is made for people (pages) and every error
is handed to the Flask application, so that each of them is made in one place.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from zlib import crc32

import msgspec

from server.encoding import choose_encoding
from server.engine.pool import Aborted, Pool, Run
from server.engine.reply import Reply
from server.engine.wire import QueryJob
from server.front.cache import AnswerCache, Stored
from server.front.exchange import Exchange, Fields
from server.media import content_type
from server.problems import NotEvaluated, Problem
from server.protocol import QueryRequest, parse_get, parse_post
from server.syntax.allowed import Allowed
from server.syntax.forms import is_volatile
from server.syntax.network import guard_query
from server.syntax.ordering import total_order

METHODS: Final = ("GET", "HEAD", "POST", "QUERY", "OPTIONS")
MAX_QUERY: Final = 1 << 20
"""Bytes that a query may have; one longer than a megabyte is a mistake or an attack."""

Form = tuple[str | None, str, bytes | None, bytes | None]
"""What an answer depends on besides query and data: Accept, content coding, Content-Type unless of a GET, Host."""


@dataclass(slots=True)
class Handed:
    """What the Flask application is to make an answer of: a refusal, or results that are to be a page."""

    problem: Problem | None = None
    query: QueryRequest | None = None
    reply: Reply | None = None


@dataclass(slots=True)
class Queries:
    """Answers queries. ``limit`` and ``allowed`` are settings."""

    pool: Pool
    cache: AnswerCache
    allowed: Allowed
    limit: float

    async def answer(self, exchange: Exchange) -> Handed | None:
        """Answer the request, or say what Flask is to do; None if it was answered."""
        method = exchange.method
        if method == "OPTIONS":
            await exchange.answer_options(METHODS)
            return None
        if method not in METHODS:
            return Handed()  # Flask knows what to say of it
        try:
            body = b"" if method in ("GET", "HEAD") else await exchange.body(MAX_QUERY)
            return await self._answer(exchange, body)
        except Problem as problem:
            return None if exchange.is_gone else Handed(problem)

    async def _answer(self, exchange: Exchange, body: bytes) -> Handed | None:
        headers, address = exchange.headers, exchange.scope["query_string"]
        accept, coding = exchange.header(b"accept"), choose_encoding(headers.get(b"accept-encoding"))
        is_safe = exchange.method in ("GET", "HEAD")
        form = (accept, coding, None if is_safe else headers.get(b"content-type", b""), headers.get(b"host"))
        version = self.pool.version()
        key = (version, address, body, form)
        stored = self.cache.get(key)
        if stored is not None:
            exchange.query, exchange.was_cached = stored.query, True
            await self._send(exchange, stored, _CACHED)
            return None
        query = parse_get(address) if is_safe else parse_post(address, exchange.header(b"content-type"), body)
        if query is None:
            return Handed()
        exchange.query = query.text
        began = time.perf_counter()
        reply, is_volatile = await self._reply(exchange, query, version, accept, coding)
        exchange.reply = reply
        if reply.head.name == "html":
            if reply.size is None or reply.file is not None:
                reply.close()
                raise NotEvaluated("This is too long for a page; add a LIMIT, or take it as a file, with ?format=csv for one.")
            return Handed(query=query, reply=reply)
        tag = _tag(reply.version, form) if is_safe and not is_volatile else None
        fields = [*_content(reply.head.media_type, reply.head.encoding), *(_UNTAGGED if tag is None else (tag, _CHECK))]
        timing = _timing(reply, time.perf_counter() - began)
        if reply.size is None or reply.file is not None:
            await exchange.answer_in_pieces([*fields, timing], reply)
            return None
        stored = Stored(fields, reply.body, query.text)
        if not is_volatile and reply.version == version:
            self.cache.put(key, stored, key_size=len(address) + len(body) + len(query.text))
        await self._send(exchange, stored, timing)
        return None

    async def _send(self, exchange: Exchange, stored: Stored, timing: tuple[bytes, bytes]) -> None:
        """The answer, or 304 if the client has it (RFC 9110 §13.1.2, weak comparison)."""
        known = exchange.headers.get(b"if-none-match")
        if known is not None and _has(known, stored.headers):
            await exchange.answer(304, [field for field in stored.headers if field[0] != b"content-type"])
        else:
            await exchange.answer(200, [*stored.headers, timing], stored.body)

    async def _reply(
        self, exchange: Exchange, query: QueryRequest, version: str, accept: str | None, coding: str
    ) -> tuple[Reply, bool]:
        """The worker's reply, and whether the same query may have another answer on the same data."""
        asks_others = "service" in query.text.lower()
        text = await asyncio.to_thread(guard_query, query.text, self.allowed) if asks_others else query.text
        limit = self.limit if query.timeout is None else min(self.limit, query.timeout)
        job = QueryJob(
            text, exchange.url(), limit, query.default_graphs, query.named_graphs, query.format, accept, coding
        )
        began = time.perf_counter()
        try:
            reply = await self._run(exchange, job, version, limit)
        except Aborted as aborted:  # tried once more, with an order that is total
            ordered = total_order(text)
            left = limit - (time.perf_counter() - began)
            if ordered is None or left <= 0:
                raise aborted
            reply = await self._run(exchange, msgspec.structs.replace(job, text=ordered), version, left)
        return reply, asks_others or is_volatile(query.text)

    async def _run(self, exchange: Exchange, job: QueryJob, version: str, limit: float) -> Reply:
        watch = _Watch(self.pool, exchange)
        try:
            run = self.pool.submit(job, version, client=exchange.client, limit=limit, watch=watch.start)
            return await run.result()
        finally:
            watch.stop()


class _Watch:
    """Waits for the client of a long query to go away, and stops its query then."""

    __slots__ = ("_exchange", "_pool", "_task")

    def __init__(self, pool: Pool, exchange: Exchange) -> None:
        self._pool = pool
        self._exchange = exchange
        self._task: asyncio.Task[None] | None = None

    def start(self, run: Run) -> None:
        """The query lasts."""
        self._task = asyncio.get_running_loop().create_task(self._wait(run))

    async def _wait(self, run: Run) -> None:
        await self._exchange.disconnected()
        self._exchange.is_gone = True
        self._pool.abandon(run)

    def stop(self) -> None:
        """The query is over."""
        if self._task is not None:
            self._task.cancel()


_CACHED: Final = (b"server-timing", b"cache;desc=hit")
_CHECK: Final = (b"cache-control", b"no-cache")
_UNTAGGED: Final = ((b"cache-control", b"no-store"),)


@lru_cache(maxsize=256)
def _content(media_type: str, coding: str) -> Fields:
    fields = [(b"content-type", content_type(media_type).encode()), (b"vary", b"Accept, Accept-Encoding")]
    return fields if coding == "identity" else [*fields, (b"content-encoding", coding.encode())]


@lru_cache(maxsize=1024)
def _tag(version: str, form: Form) -> tuple[bytes, bytes]:
    """Weak, since the engine does not promise the order of unordered results. The address is not in it: it has one."""
    return (b"etag", f'W/"{version}/{crc32(repr(form).encode()):08x}"'.encode())


def _timing(reply: Reply, seconds: float) -> tuple[bytes, bytes]:
    """How long it waited, how long the engine took and how long all took, in milliseconds (Server Timing, W3C)."""
    times = (reply.queued * 1000, reply.seconds * 1000, seconds * 1000)
    return (b"server-timing", b"queue;dur=%.2f, engine;dur=%.2f, total;dur=%.2f" % times)


def _has(known: bytes, fields: Fields) -> bool:
    """Whether an If-None-Match field names the tag among ``fields``."""
    tag = next((value for name, value in fields if name == b"etag"), None)
    if tag is None:
        return False
    bare = tag.removeprefix(b"W/")
    return known.strip() == b"*" or any(one.strip().removeprefix(b"W/") == bare for one in known.split(b","))

"""``/sparql``: the SPARQL 1.1 Protocol for queries, from the request's bytes to the answer's.

It does not go through Flask, which takes longer than a small query. What is made for people (pages) and every error
is handed to the Flask application, so that each of them is made in one place.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
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
from server.problems import Problem
from server.protocol import QueryRequest, parse_get, parse_post
from server.syntax.allowed import Allowed
from server.syntax.forms import is_volatile
from server.syntax.network import guard_query
from server.syntax.ordering import total_order

METHODS: Final = ("GET", "HEAD", "POST", "QUERY", "OPTIONS")
MAX_QUERY: Final = 1 << 20
"""Bytes that a query may have; one longer than a megabyte is a mistake or an attack."""

WATCHED: Final = 0.2
"""Seconds after which it is looked whether the client still waits: asking earlier costs more than most queries."""

_VARY: Final = (b"vary", b"Accept, Accept-Encoding")


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
        if exchange.method == "OPTIONS":
            await exchange.answer_options(METHODS)
            return None
        if exchange.method not in METHODS:
            return Handed()  # Flask knows what to say of it
        try:
            return await self._answer(exchange)
        except Problem as problem:
            return Handed(problem)

    async def _answer(self, exchange: Exchange) -> Handed | None:
        began = time.perf_counter()
        is_safe = exchange.method in ("GET", "HEAD")
        body = b"" if is_safe else await exchange.body(MAX_QUERY)
        accept, coding = exchange.header(b"accept"), choose_encoding(exchange.header(b"accept-encoding"))
        address: bytes = exchange.scope["query_string"]
        form = (accept, coding, exchange.headers.get(b"content-type") if body else None, exchange.headers.get(b"host"))
        version = self.pool.version()
        key = (version, address, body, form)
        tag = f'W/"{version}/{crc32(repr(form).encode()):08x}"' if is_safe else ""
        stored = self.cache.get(key)
        if stored is None:
            query = parse_get(address) if is_safe else parse_post(address, exchange.header(b"content-type"), body)
            if query is None:
                return Handed()
            exchange.query = query.text
            asks_others = "service" in query.text.lower()
            text = await asyncio.to_thread(guard_query, query.text, self.allowed) if asks_others else query.text
            job = self._job(exchange, query, text, accept, coding)
            volatile = asks_others or is_volatile(query.text)
            reply = await self._reply(exchange, job, began)
            if reply.head.name == "html":
                return Handed(query=query, reply=reply)
            fields = _fields(reply, "" if volatile else tag)
            timing = _timing(reply, time.perf_counter() - began)
            if reply.size is None or reply.file is not None:
                await exchange.answer_in_pieces([*fields, timing], reply)
                return None
            stored = Stored(fields, reply.body, reply.seconds)
            if not volatile and reply.version == version:
                self.cache.put(key, stored, key_size=len(address) + len(body))
        else:
            exchange.was_cached = True
            timing = (b"server-timing", b"cache;desc=hit")
        if tag and _has(exchange.header(b"if-none-match"), tag):
            await exchange.answer(304, [field for field in stored.headers if field[0] != b"content-type"])
        else:
            await exchange.answer(200, [*stored.headers, timing], stored.body)
        return None

    def _job(self, exchange: Exchange, query: QueryRequest, text: str, accept: str | None, coding: str) -> QueryJob:
        return QueryJob(
            text,
            exchange.url(),
            min(self.limit, query.timeout or self.limit),
            query.default_graphs,
            query.named_graphs,
            query.format,
            accept,
            coding,
        )

    async def _reply(self, exchange: Exchange, job: QueryJob, began: float) -> Reply:
        """The worker's reply. A query that made the engine abort is tried once more with an order that is total."""
        try:
            return await self._run(exchange, job, job.seconds)
        except Aborted as aborted:
            ordered = total_order(job.text)
            left = job.seconds - (time.perf_counter() - began)
            if ordered is None or left <= 0:
                raise aborted
            return await self._run(exchange, msgspec.structs.replace(job, text=ordered), left)

    async def _run(self, exchange: Exchange, job: QueryJob, limit: float) -> Reply:
        run = self.pool.submit(job, client=exchange.client, limit=limit)
        watch = _Watch(self.pool, run, exchange)
        handle = asyncio.get_running_loop().call_later(WATCHED, watch.start)
        try:
            return await run.future
        finally:
            handle.cancel()
            watch.stop()


class _Watch:
    """Waits for the client to go away, and stops its query then."""

    def __init__(self, pool: Pool, run: Run, exchange: Exchange) -> None:
        self._pool = pool
        self._run = run
        self._exchange = exchange
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._wait())

    async def _wait(self) -> None:
        while (await self._exchange.receive())["type"] != "http.disconnect":
            pass
        self._pool.abandon(self._run)

    def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()


def _fields(reply: Reply, tag: str) -> Fields:
    fields = [(b"content-type", content_type(reply.head.media_type).encode()), _VARY]
    if reply.head.encoding != "identity":
        fields.append((b"content-encoding", reply.head.encoding.encode()))
    fields.append((b"cache-control", b"no-cache" if tag else b"no-store"))
    if tag:
        fields.append((b"etag", tag.encode()))
    return fields


def _timing(reply: Reply, seconds: float) -> tuple[bytes, bytes]:
    """How long it waited, how long the engine took and how long all took, in milliseconds (Server Timing, W3C)."""
    parts = (("queue", reply.queued), ("engine", reply.seconds), ("total", seconds))
    return (b"server-timing", ", ".join(f"{name};dur={value * 1000:.2f}" for name, value in parts).encode())


def _has(header: str | None, tag: str) -> bool:
    """Whether an If-None-Match field names our tag; weak comparison (RFC 9110 §13.1.2)."""
    if header is None:
        return False
    bare = tag.removeprefix("W/")
    return header.strip() == "*" or any(one.strip().removeprefix("W/") == bare for one in header.split(","))

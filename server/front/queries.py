"""``/sparql``: the SPARQL 1.1 Protocol for queries, from the request's bytes to the answer's.

It does not go through Flask, which takes longer than a small query. What is made for people (pages) and every error
is handed to the Flask application, so that each of them is made in one place.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import Final

import msgspec

from server.encoding import choose_encoding
from server.engine.lastwords import Aborted
from server.engine.pool import Pool
from server.engine.reply import Reply
from server.engine.run import Run
from server.engine.wire import QueryJob
from server.front.cache import AnswerCache, Key, Stored
from server.front.exchange import Exchange
from server.front.fields import CACHED, CHECK, UNTAGGED, Field, content_fields, names_tag, tag_field, timing_field
from server.problems import BadRequest, NotEvaluated, Problem, TooLarge
from server.protocol import QueryRequest, parse_get, parse_post
from server.syntax.allowed import Allowed
from server.syntax.corrections import correct, repaired
from server.syntax.forms import is_volatile as is_volatile_query
from server.syntax.network import guard_query
from server.syntax.ordering import total_order

METHODS: Final = ("GET", "HEAD", "POST", "QUERY", "OPTIONS")
MAX_QUERY: Final = 1 << 20
"""Bytes that a query may have; one longer than a megabyte is a mistake or an attack."""

MAX_FEDERATED: Final = 64 << 10
"""Characters that a query with SERVICE may have: all readings of its tokens are followed."""

SAFE: Final = ("GET", "HEAD")
BEGUN: Final = "aidgraph.begun"
"""Where in the scope :meth:`Queries.at_once` leaves a query that takes longer, or what Flask is to do."""


@dataclass(slots=True)
class Handed:
    """What the Flask application is to make an answer of: a refusal, or results that are to be a page.

    ``text`` is the query that was refused, as far as it was read.
    """

    problem: Problem | None = None
    query: QueryRequest | None = None
    reply: Reply | None = None
    text: str = ""


class Asked:
    """A query on its way through :class:`Queries`: what was asked for, and the worker's run once there is one."""

    __slots__ = ("asks_others", "began", "job", "key", "query", "run", "tag", "version")

    def __init__(self, query: QueryRequest, job: QueryJob, version: str, key: Key, tag: Field | None) -> None:
        self.query = query
        self.job = job
        self.version = version
        self.key = key
        self.tag = tag
        """The answer's, unless the query is volatile; None for requests whose answers no client may keep."""
        self.began = time.perf_counter()
        self.asks_others = "service" in query.text.lower()
        self.run: Run | None = None

    @property
    def left(self) -> float:
        """Seconds that it still has."""
        return self.job.seconds - (time.perf_counter() - self.began)


@dataclass(slots=True)
class Queries:
    """Answers queries. ``limit`` and ``allowed`` are settings."""

    pool: Pool
    cache: AnswerCache
    allowed: Allowed
    limit: float

    def at_once(self, exchange: Exchange) -> tuple[Stored, Field] | None:
        """The answer to a GET if it is known, or made within a millisecond; else None, and :meth:`answer` goes on."""
        asked: Asked | Stored | None = None
        try:
            asked = self._read(exchange, b"")
            if isinstance(asked, Stored):
                return asked, CACHED
            if asked is not None and not asked.asks_others:
                reply = self._submit(exchange, asked).outcome
                if isinstance(reply, Reply) and reply.head.name != "html" and not reply.is_large:
                    return self._keep(exchange, asked, reply)
        except Problem as problem:
            exchange.scope[BEGUN] = Handed(problem, asked.query if isinstance(asked, Asked) else None)
        else:
            exchange.scope[BEGUN] = asked or Handed()
        return None

    async def answer(self, exchange: Exchange) -> Handed | None:
        """Answer the request, or say what Flask is to do; None if it was answered."""
        method = exchange.method
        if method == "OPTIONS":
            await exchange.answer_options(METHODS)
            return None
        if method not in METHODS:
            return Handed()  # Flask knows what to say of it
        try:
            return await self._answer(exchange)
        except Problem as problem:
            return None if exchange.is_gone else Handed(problem, text=exchange.query)

    async def _answer(self, exchange: Exchange) -> Handed | None:
        begun: Asked | Handed | None = exchange.scope.pop(BEGUN, None)
        if begun is not None and begun.query is not None:
            exchange.query = begun.query.text  # read for another exchange
        if isinstance(begun, Handed):
            return begun
        asked = begun or self._read(exchange, b"" if exchange.method in SAFE else await exchange.body(MAX_QUERY))
        if asked is None:
            return Handed()
        if isinstance(asked, Stored):
            await self._send(exchange, asked, CACHED)
            return None
        reply = await self._reply(exchange, asked)
        if reply.head.name == "html":
            exchange.reply = reply
            if reply.is_large:
                reply.close()
                raise NotEvaluated("This is too long for a page; add a LIMIT, or take it as a file, as by ?format=csv.")
            return Handed(query=asked.query, reply=reply)
        stored, timing = self._keep(exchange, asked, reply)
        if reply.is_large:
            await exchange.answer_in_pieces([*stored.headers, timing], reply)
        else:
            await self._send(exchange, stored, timing)
        return None

    def _read(self, exchange: Exchange, body: bytes) -> Asked | Stored | None:
        """The answer that was given before, or the query that there is, or None.

        Raises:
            Problem: the request cannot be read.
        """
        headers, address = exchange.headers, exchange.scope["query_string"]
        accept, coding = exchange.header(b"accept"), choose_encoding(headers.get(b"accept-encoding"))
        is_safe = exchange.method in SAFE
        kind = None if is_safe else headers.get(b"content-type", b"")
        form = (accept, coding, kind, headers.get(b"host"), exchange.scope["scheme"])
        version = self.pool.version()
        key = (address, body, form)
        stored = self.cache.get(version, key)
        if stored is not None:
            exchange.query, exchange.was_cached = stored.query, True
            return stored
        query = parse_get(address) if is_safe else parse_post(address, exchange.header(b"content-type"), body)
        if query is None:
            return None
        exchange.query = query.text
        limit = self.limit if query.timeout is None else min(self.limit, query.timeout)
        graphs = (query.default_graphs, query.named_graphs)
        job = QueryJob(correct(query.text), exchange.url(), limit, *graphs, query.format, accept, coding)
        return Asked(query, job, version, key, tag_field(version, form) if is_safe else None)

    def _keep(self, exchange: Exchange, asked: Asked, reply: Reply) -> tuple[Stored, Field]:
        """The answer that a reply makes, remembered if it may be asked for again, and the time it took."""
        exchange.reply = reply
        is_volatile = asked.asks_others or reply.version != asked.version or is_volatile_query(asked.query.text)
        fields = [*content_fields(reply.head.media_type, reply.head.encoding)]
        if is_volatile or asked.tag is None:
            fields.append(UNTAGGED)
        else:
            fields += (asked.tag, CHECK)
        stored = Stored(fields, reply.body, asked.query.text)
        if not is_volatile and not reply.is_large:
            self.cache.put(asked.version, asked.key, stored, seconds=reply.seconds)
        return stored, timing_field(reply, time.perf_counter() - asked.began)

    async def _send(self, exchange: Exchange, stored: Stored, timing: Field) -> None:
        """The answer, or 304 if the client has it."""
        known = exchange.headers.get(b"if-none-match")
        if known is not None and names_tag(known, stored.headers):
            await exchange.answer(304, [field for field in stored.headers if field[0] != b"content-type"])
        else:
            await exchange.answer(200, [*stored.headers, timing], stored.body)

    async def _reply(self, exchange: Exchange, asked: Asked) -> Reply:
        """The worker's reply. What the engine cannot sort or cannot read is tried once more in other words."""
        if asked.asks_others:
            await self._rephrase(asked, asked.job.text)
        fault: Problem
        try:
            return await self._run(exchange, asked)
        except Aborted as aborted:
            fault, other = aborted, total_order(asked.job.text)
        except BadRequest as refused:
            fault, other = refused, repaired(asked.job.text)
        if other is None or asked.left <= 0:
            raise fault
        await self._rephrase(asked, other)
        try:
            return await self._run(exchange, asked)
        except BadRequest:
            raise fault from None  # it is about the text that the client sent

    async def _rephrase(self, asked: Asked, text: str) -> None:
        """Ask in these words, if they reach for nothing but what is allowed. That may ask a name service."""
        if "service" in text.lower():
            if len(text) > MAX_FEDERATED:
                raise TooLarge(f"A query with the word SERVICE may have {MAX_FEDERATED} characters, not {len(text)}.")
            text = await asyncio.to_thread(guard_query, text, self.allowed)
        asked.job, asked.run = msgspec.structs.replace(asked.job, text=text), None

    async def _run(self, exchange: Exchange, asked: Asked) -> Reply:
        run = asked.run or self._submit(exchange, asked)
        run.watch = watch = _Watch(self.pool, exchange)
        try:
            return await run.result()
        finally:
            watch.stop()

    def _submit(self, exchange: Exchange, asked: Asked) -> Run:
        asked.run = self.pool.submit(asked.job, asked.version, client=exchange.client, limit=asked.left)
        return asked.run


class _Watch:
    """Waits for the client of a long query to go away, and stops its query then."""

    __slots__ = ("_exchange", "_pool", "_task")

    def __init__(self, pool: Pool, exchange: Exchange) -> None:
        self._pool = pool
        self._exchange = exchange
        self._task: asyncio.Task[None] | None = None

    def __call__(self, run: Run) -> None:
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

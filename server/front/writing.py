"""Writes in processes of their own, one for each, that are ended at their limit: the same protection as for queries.

Called from Flask's threads, which wait; the sockets belong to the event loop.
"""

from __future__ import annotations

import asyncio
import pickle
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import AidgraphError
from kg.writing import Write, Written
from server.engine.client import Born, ForkerClient
from server.engine.link import WorkerLink
from server.engine.reply import Incoming, Reply
from server.engine.wire import WriteJob, dump_job
from server.problems import Busy, Exhausted, Problem, TimedOut, Unavailable, log_reason, unusable

CAP = 1 << 20
"""Bytes that the account of a write may have; it has a hundred."""

AT_ONCE = 16
"""Writes that one server process takes at a time; they wait for each other anyway."""


@dataclass(slots=True)
class Writers:
    """Carries out writes. ``limit``: seconds that one may take, waiting for others included."""

    forker: Path
    limit: float
    _loop: asyncio.AbstractEventLoop | None = None
    _client: ForkerClient | None = None
    _waiting: list[asyncio.Future[Born]] = field(default_factory=list)
    _running: int = 0

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """To be called in the event loop, before the first write."""
        self._loop = loop
        self._client = ForkerClient(
            self.forker, on_worker=self._adopt, on_failure=self._no_worker, on_ready=lambda: None
        )

    def stop(self) -> None:
        """The server ends."""
        if self._client is not None:
            self._client.close()

    def perform(self, write: Write) -> Written:
        """Carry out a write and wait for it, from any thread but the loop's.

        Raises:
            AidgraphError: what :func:`kg.writing.perform` raises.
            Problem: it was not done in time, or its process was ended.

        Nothing was written then.
        """
        if self._loop is None:
            raise Unavailable("The server is starting.", extra={"retry-after": 1})
        reply = asyncio.run_coroutine_threadsafe(self._perform(write), self._loop).result()
        outcome: Written | AidgraphError = pickle.loads(reply.body)  # nosec B301  # from our own process
        if isinstance(outcome, AidgraphError):
            raise outcome
        return outcome

    async def _perform(self, write: Write) -> Reply:
        if self._running >= AT_ONCE:
            raise Busy(f"{AT_ONCE} writes are waiting; try again later.", extra={"retry-after": 5})
        self._running += 1
        try:
            async with asyncio.timeout(self.limit):
                return await self._run(write)
        except TimeoutError as error:
            detail = f"The write was not done within {self.limit:g} seconds; nothing was changed."
            raise TimedOut(detail, extra={"timeout": self.limit}) from error
        finally:
            self._running -= 1

    async def _run(self, write: Write) -> Reply:
        loop = asyncio.get_running_loop()
        done: asyncio.Future[Reply] = loop.create_future()

        def succeed(reply: Reply) -> None:
            if not done.done():
                done.set_result(reply)

        def fail(problem: Problem) -> None:
            if not done.done():
                done.set_exception(problem)

        def die(link: WorkerLink) -> None:
            words = link.last_words()
            detail = f"The write was given up and nothing was changed: {words or 'its process ended'}."
            fail(Exhausted(detail, extra={} if words else {"retry-after": 5}))

        link = WorkerLink(await self._worker(), lambda link: None, die)
        try:
            job = dump_job(WriteJob(pickle.dumps(write), self.limit))
            if not link.start(job, Incoming(CAP, succeed, fail)):
                die(link)
            return await done
        finally:
            if not done.done() or done.cancelled():
                link.end()
            link.close()

    async def _worker(self) -> Born:
        assert self._client is not None
        waiting: asyncio.Future[Born] = asyncio.get_running_loop().create_future()
        self._waiting.append(waiting)
        self._client.ask("write")
        return await waiting

    def _adopt(self, _kind: str, born: Born) -> None:
        waiting = self._next()
        if waiting is None:
            born.close()  # nobody waits any more; an idle worker ends when its socket closes
        else:
            waiting.set_result(born)

    def _no_worker(self, _kind: str, reason: str) -> None:
        waiting = self._next()
        if waiting is not None:
            waiting.set_exception(log_reason(unusable(reason)))

    def _next(self) -> asyncio.Future[Born] | None:
        while self._waiting:
            waiting = self._waiting.pop(0)
            if not waiting.done():
                return waiting
        return None

"""One query on its way through the pool: where it is, and what came of it.

Not a task of the event loop: most replies are here before anybody waits for them, and a task for each would cost
more than such a query.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from server.engine.link import WorkerLink
from server.engine.reply import Reply
from server.engine.wire import QueryJob
from server.problems import Problem

WAITING, QUICK_LANE, SLOW_LANE, STOPPED, DONE = range(5)
"""Where a query is. Plain numbers: an Enum's hash costs more than the rest of a move."""


class Run:
    """One query on its way. ``client`` is who asked, ``limit`` the seconds it has, ``watch`` is called if it lasts."""

    __slots__ = (
        *("_future", "began", "client", "is_watched", "job", "limit", "link", "outcome", "started", "state", "watch"),
    )

    def __init__(self, job: QueryJob, client: str, limit: float, now: float) -> None:
        self.job = job
        self.client = client
        self.limit = limit
        self.began = self.started = now
        self.watch: Callable[[Run], None] | None = None
        self.is_watched = False
        self.state = WAITING
        self.link: WorkerLink | None = None
        self.outcome: Reply | Problem | None = None
        """What came of it, once that is known."""
        self._future: asyncio.Future[None] | None = None

    async def result(self) -> Reply:
        """The reply; most are here before anybody waits for them.

        Raises:
            Problem: there is none.
        """
        if self.outcome is None:
            self._future = asyncio.get_running_loop().create_future()
            await self._future
        if isinstance(self.outcome, Reply):
            return self.outcome
        assert self.outcome is not None
        raise self.outcome

    def reply(self, reply: Reply) -> None:
        """Hand over the reply."""
        reply.queued = self.started - self.began
        if self.link is not None:
            reply.version = self.link.born.version
        self._settle(reply)

    def fail(self, problem: Problem) -> None:
        """Hand over what there is instead."""
        self._settle(problem)

    def _settle(self, outcome: Reply | Problem) -> None:
        if self.outcome is None:
            self.outcome = outcome
            if self._future is not None and not self._future.done():
                self._future.set_result(None)

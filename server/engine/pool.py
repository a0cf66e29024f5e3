"""The workers of one server process, and who of the waiting is next: the part that itself must never hang.

A query starts in the quick lane, which has a few places. One that has used :data:`QUICK` seconds of processor time
moves to the slow lane, at the lowest priority of the system: it gets what the others leave. If all places there
are taken it is stopped until one is free. So heavy queries share what is left, and light ones are always
answered. At its limit a worker is ended, and so is one whose client has gone.

Everything here runs in one event loop, and no method waits for anything. What is done for each query is kept
small: a point look-up takes the engine less time than Python needs for a hundred calls.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from server.engine.client import Born, ForkerClient
from server.engine.clock import processor_seconds
from server.engine.link import WorkerLink
from server.engine.reply import Incoming, Reply
from server.engine.wire import QueryJob, dump_job
from server.problems import Busy, Exhausted, Problem, TimedOut, Unavailable

QUICK_PLACES: Final = 2
SLOW_PLACES: Final = 4
"""Queries that run at a time in each lane of one server process."""

STOPPED_PLACES: Final = 28
"""Queries that may be stopped until the slow lane has a place; each keeps what it has taken in its first moments."""

QUICK: Final = 0.1
"""Seconds of processor time in the quick lane. A point look-up takes 0.0001."""

PATROL: Final = 0.025
"""Seconds between two looks at what runs."""

WATCHED: Final = 0.2
"""Seconds after which it is looked whether the client still waits: asking earlier costs more than most queries."""

SHARE: Final = 64
"""Queries of one client that one server process takes at a time, and a fourth of it for its slow ones."""

LOWEST: Final = 19
"""The niceness of the slow lane."""

WAITING, QUICK_LANE, SLOW_LANE, STOPPED, DONE = range(5)
"""Where a query is. Plain numbers: an Enum's hash costs more than the rest of a move."""


class Aborted(Exhausted):
    """The engine aborted on an ORDER BY over terms that it cannot compare."""


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


@dataclass(slots=True)
class Counts:
    """What the pool has seen, for those who watch it."""

    time_outs: int = 0
    exhausted: int = 0
    refused: int = 0
    abandoned: int = 0
    workers: int = 0


class Pool:
    """Answers queries with workers of the newest version.

    Args:
        store: the link ``DATA/store``, whose target tells the version.
        forker: the address of the forker.
        cap: bytes of an answer that are kept until it is whole.
        memory: MiB that a worker may take; only for what is said when one took more.
    """

    def __init__(self, store: Path, forker: Path, *, cap: int, memory: int) -> None:
        self._store = str(store)
        self._cap = cap
        self._memory = memory
        self.counts = Counts()
        self.runs: set[Run] = set()
        self.idle: list[WorkerLink] = []
        self.lanes = [0] * 5
        """How many queries are in each state."""
        self._waiting: deque[Run] = deque()
        self._shares: Counter[str] = Counter()
        self._asked = 0
        self._patrol: asyncio.TimerHandle | None = None
        self._is_dispatching = False
        self._forker = ForkerClient(
            forker, on_worker=self._adopt, on_failure=self._no_worker, on_ready=self._renew
        )

    def start(self) -> None:
        """Ask for the first workers. To be called in the event loop."""
        self._refill()

    def stop(self) -> None:
        """Let all workers go; running queries were answered or are given up."""
        if self._patrol is not None:
            self._patrol.cancel()
        for link in self.idle:
            link.close()
        self._forker.close()

    def version(self) -> str:
        """The newest version that is published, by one look at the file system.

        Raises:
            Unavailable: there is none.
        """
        try:
            return os.readlink(self._store).split("/")[-2]  # noqa: PTH115  for each query; a Path costs ten times as much
        except (OSError, IndexError) as error:
            raise Unavailable(f"{self._store}: no store yet; run `aidgraph build` first.") from error

    def submit(self, job: QueryJob, version: str, *, client: str, limit: float) -> Run:
        """Take a query; :meth:`Run.result` gives the reply, and ``watch``, if set, is called when it lasts long.

        Args:
            version: the version that must answer, the newest.
            limit: seconds that it has, waiting included.

        Raises:
            Busy: this client has asked too much at once.
        """
        if self._shares[client] >= SHARE:
            self.counts.refused += 1
            raise Busy(f"{SHARE} queries of yours are waiting; wait for some of them.", extra={"retry-after": 1})
        loop = asyncio.get_running_loop()
        run = Run(job, client, limit, loop.time())
        self._shares[client] += 1
        self.runs.add(run)
        self.lanes[WAITING] += 1
        self._waiting.append(run)
        self._dispatch(version)
        if self._patrol is None and run.state != DONE:
            self._patrol = loop.call_later(PATROL, self._look_around)
        return run

    def abandon(self, run: Run) -> None:
        """Nobody wants the answer any more."""
        if run.state != DONE:
            self._give_up(run, self._gone())

    # Lanes

    def _dispatch(self, version: str | None = None) -> None:
        """Start what may start. What is answered at once makes room for the next."""
        if self._is_dispatching:
            return
        self._is_dispatching = True
        try:
            while self._waiting and self.lanes[QUICK_LANE] < QUICK_PLACES:
                link = self._usable_worker(version)
                if link is None:
                    break
                self._start(self._next(), link)
        finally:
            self._is_dispatching = False
        self._refill()

    def _next(self) -> Run:
        """Of those who wait, one of the client that has fewest running: nobody waits behind all that another asks."""
        if len(self._shares) == 1:
            return self._waiting.popleft()
        running = Counter(run.client for run in self.runs if run.state != WAITING)
        run = min(self._waiting, key=lambda run: running[run.client])
        self._waiting.remove(run)
        return run

    def _start(self, run: Run, link: WorkerLink) -> None:
        run.started = asyncio.get_running_loop().time()
        run.link, link.run = link, run
        self._move(run, QUICK_LANE)
        if not link.start(dump_job(run.job), Incoming(self._cap, run.reply, run.fail)):
            run.link = None  # it died while it was idle; the query is still the next
            link.close()
            self.counts.workers -= 1
            self._move(run, WAITING)
            self._waiting.appendleft(run)

    def _usable_worker(self, version: str | None) -> WorkerLink | None:
        """An idle worker that reads the newest version; idle ones of older versions go."""
        if not self.idle:
            return None
        try:
            version = version or self.version()
        except Unavailable:
            version = None
        while self.idle:
            link = self.idle.pop()
            if link.born.version == version and not link.is_retired:
                return link
            self._let_go(link)
        return None

    def _let_go(self, link: WorkerLink) -> None:
        self.counts.workers -= 1
        link.close()

    def _refill(self) -> None:
        """Have a worker ready for each free place of the quick lane."""
        for _ in range(QUICK_PLACES - self.lanes[QUICK_LANE] - len(self.idle) - self._asked):
            self._asked += 1
            self._forker.ask("query")

    def _move(self, run: Run, state: int) -> None:
        self.lanes[run.state] -= 1
        self.lanes[state] += 1
        run.state = state

    # The patrol

    def _look_around(self) -> None:
        """End what is past its limit, move what is not quick, wake what was stopped."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        for run in list(self.runs):
            lasted = now - run.began
            if lasted > run.limit:
                self._time_out(run)
            elif lasted > WATCHED and run.watch is not None and not run.is_watched:
                run.is_watched = True
                run.watch(run)
            if run.state == QUICK_LANE and now - run.started > QUICK:
                self._look_at(run)
        if self.lanes[STOPPED]:
            self._wake()
        self._patrol = loop.call_later(PATROL, self._look_around) if self.runs else None

    def _time_out(self, run: Run) -> None:
        self.counts.time_outs += 1
        if run.state in (WAITING, STOPPED):
            detail = f"The server was too busy to answer within {run.limit:.3g} seconds; try again later."
            self._give_up(run, Busy(detail, extra={"retry-after": 5}))
        else:
            detail = f"The query was not answered within {run.limit:.3g} seconds; ask for less, or add a LIMIT."
            self._give_up(run, TimedOut(detail, extra={"timeout": round(run.limit, 2)}))

    def _look_at(self, run: Run) -> None:
        """A query in the quick lane that has been there for a while."""
        link = run.link
        assert link is not None
        used = processor_seconds(link.born.pid)
        if used is not None and used - link.used < QUICK:
            return
        with contextlib.suppress(OSError):  # it has just ended
            os.setpriority(os.PRIO_PROCESS, link.born.pid, LOWEST)
        link.is_retired = True  # a lowered priority cannot be raised again
        slow = sum(1 for other in self.runs if other.state in (SLOW_LANE, STOPPED) and other.client == run.client)
        if slow >= SHARE // 4 or self.lanes[STOPPED] >= STOPPED_PLACES:
            self.counts.refused += 1
            detail = "There are too many heavy queries at once, and this is one; try again later."
            self._give_up(run, Busy(detail, extra={"retry-after": 10}))
        elif self._has_slow_place(run.client):
            self._move(run, SLOW_LANE)
        else:
            link.born.signal(signal.SIGSTOP)
            self._move(run, STOPPED)
        self._dispatch()

    def _has_slow_place(self, client: str) -> bool:
        """One place is kept free of any client that has all the others."""
        mine = sum(1 for run in self.runs if run.state == SLOW_LANE and run.client == client)
        return self.lanes[SLOW_LANE] < SLOW_PLACES and mine < SLOW_PLACES - 1

    def _wake(self) -> None:
        """Give free places of the slow lane to those who have waited longest."""
        stopped = sorted((run for run in self.runs if run.state == STOPPED), key=lambda run: run.began)
        for run in stopped:
            if run.link is not None and self._has_slow_place(run.client):
                run.link.born.signal(signal.SIGCONT)
                self._move(run, SLOW_LANE)

    # Ends

    def _give_up(self, run: Run, problem: Problem) -> None:
        """The query will not be answered: its worker, if it has one, is ended."""
        link = run.link
        if link is None:
            self._waiting.remove(run)
        elif link.incoming is not None:
            link.incoming.fail(problem)
            link.incoming = None
            link.end()
            self._let_go(link)
        self._finish(run)
        run.fail(problem)
        self._dispatch()

    def _finish(self, run: Run) -> None:
        self._move(run, DONE)
        self.runs.discard(run)
        shares = self._shares
        shares[run.client] -= 1
        if not shares[run.client]:
            del shares[run.client]
        if run.link is not None:
            run.link.run = None
            run.link = None

    def _on_end(self, link: WorkerLink) -> None:
        """A worker has done its job and may have another."""
        if isinstance(link.run, Run):
            if link.run.state == STOPPED:  # just behind its last word: it would never see that we hang up
                link.end()
            self._finish(link.run)
        if link.is_retired or len(self.idle) + self.lanes[QUICK_LANE] >= QUICK_PLACES:
            self._let_go(link)
        else:
            self.idle.append(link)
        if self._waiting or not self.idle:
            self._dispatch()

    def _on_death(self, link: WorkerLink) -> None:
        """A worker's process has ended in the middle of a job: ended by us, out of memory, or aborted by the engine."""
        words, run = link.last_words(), link.run
        self._let_go(link)
        if isinstance(run, Run):
            problem = self._gone() if link.is_ended else self._explained(words)
            if link.incoming is not None:
                link.incoming.fail(problem)
                link.incoming = None  # whoever reads its stream must not end a process that is gone
            self._finish(run)
            run.fail(problem)
        self._dispatch()

    def _gone(self) -> Problem:
        self.counts.abandoned += 1
        return Busy("The client has gone.")

    def _explained(self, words: str) -> Problem:
        self.counts.exhausted += 1
        if "memory allocation" in words or "MemoryError" in words:
            detail = f"The query needs more memory than the {self._memory} MiB that one may take; ask for less."
            return Exhausted(detail, extra={"memory": self._memory})
        if "total order" in words:
            return Aborted("The query sorts by values of kinds that the engine cannot compare with each other.")
        print(f"aidgraph: a worker died: {words}", file=sys.stderr)
        return Exhausted(f"The engine gave up on the query: {words.splitlines()[-1] if words else 'it was ended'}.")

    # Births

    def _adopt(self, _kind: str, born: Born) -> None:
        self._asked -= 1
        self.counts.workers += 1
        self.idle.append(WorkerLink(born, self._on_end, self._on_death))
        self._dispatch()

    def _no_worker(self, _kind: str, reason: str) -> None:
        """The forker could not make one: whoever waits is told, and the next query asks again."""
        self._asked -= 1
        self._fail_waiting(reason)

    def _fail_waiting(self, reason: str) -> None:
        """Not to ask for workers over and over; the next query tries again."""
        for run in list(self._waiting):
            self._give_up(run, Unavailable(reason))

    def _renew(self) -> None:
        """New workers are faster: those there are go when they are idle."""
        for run in self.runs:
            if run.link is not None:
                run.link.is_retired = True
        idle, self.idle = self.idle, []
        for link in idle:
            self._let_go(link)
        self._refill()

"""The workers of one server process, and who of the waiting is next: the part that itself must never hang.

A query starts in the quick lane, which has a few places. One that has used :data:`QUICK` seconds of processor time
moves to the slow lane, at the lowest priority of the system: it gets what the others leave. If all places there
are taken it is stopped until one is free. So heavy queries share what is left, and light ones are always
answered. At its limit a worker is ended, and so is one whose client has gone.

Everything here runs in one event loop, and no method waits for anything.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections import Counter, deque
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path
from typing import Final

from server.engine.client import Born, ForkerClient
from server.engine.clock import processor_seconds
from server.engine.reply import Incoming, Reply, WorkerLink
from server.engine.wire import Job, dump_job
from server.problems import Busy, Exhausted, Problem, TimedOut, Unavailable

QUICK_PLACES: Final = 2
SLOW_PLACES: Final = 4
"""Queries that run at a time in each lane of one server process."""

STOPPED: Final = 28
"""Queries that may be stopped until the slow lane has a place; each keeps what it has taken in its first moments."""

QUICK: Final = 0.1
"""Seconds of processor time in the quick lane. A point look-up takes 0.0001."""

PATROL: Final = 0.025
"""Seconds between two looks at what runs."""

SHARE: Final = 64
"""Queries of one client that one server process takes at a time, and a fourth of it for its slow ones."""

LOWEST: Final = 19
"""The niceness of the slow lane."""


class State(Enum):
    """Where a query is."""

    WAITING = auto()
    QUICK = auto()
    SLOW = auto()
    STOPPED = auto()
    DONE = auto()


@dataclass(slots=True, eq=False)
class Run:
    """One query on its way. ``client`` is who asked, ``limit`` the seconds it has."""

    job: Job
    client: str
    limit: float
    began: float
    future: asyncio.Future[Reply]
    state: State = State.WAITING
    started: float = 0.0
    link: WorkerLink | None = None

    @property
    def is_over(self) -> bool:
        """Whether its worker has nothing more to do for it."""
        return self.state is State.DONE


@dataclass(slots=True)
class Counts:
    """What the pool has seen, for those who watch it."""

    time_outs: int = 0
    exhausted: int = 0
    refused: int = 0
    abandoned: int = 0
    workers: int = 0


@dataclass(slots=True)
class Pool:
    """Answers queries with workers of the newest version.

    Args:
        store: the link ``DATA/store``, whose target tells the version.
        forker: the address of the forker.
        cap: bytes of an answer that are kept until it is whole.
        memory: MiB that a worker may take; only for what is said when one took more.
    """

    store: Path
    forker: Path
    cap: int
    memory: int
    counts: Counts = field(default_factory=Counts)
    runs: set[Run] = field(default_factory=set)
    idle: list[WorkerLink] = field(default_factory=list)
    _waiting: deque[Run] = field(default_factory=deque)
    _lanes: Counter[State] = field(default_factory=Counter)
    _shares: Counter[str] = field(default_factory=Counter)
    _asked: int = 0
    _patrol: asyncio.TimerHandle | None = None
    _client: ForkerClient | None = None
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _births: int = 0

    def start(self) -> None:
        """Ask for the first workers. To be called in the event loop."""
        self._refill()

    def stop(self) -> None:
        """Let all workers go; running queries were answered or are given up."""
        if self._patrol is not None:
            self._patrol.cancel()
        for link in self.idle:
            link.retire()
        if self._client is not None:
            self._client.close()

    def version(self) -> str:
        """The newest version that is published, by one look at the file system.

        Raises:
            Unavailable: there is none.
        """
        try:
            return os.readlink(self.store).split("/")[-2]  # noqa: PTH115  for each query; a Path costs ten times as much
        except (OSError, IndexError) as error:
            raise Unavailable(f"{self.store}: no store yet; run `aidgraph build` first.") from error

    def submit(self, job: Job, *, client: str, limit: float) -> Run:
        """Take a query; its future gives the reply or raises a :class:`Problem`. Cancelling it ends the query.

        Raises:
            Busy: this client has asked too much at once.
        """
        if self._shares[client] >= SHARE:
            self.counts.refused += 1
            raise Busy(f"{SHARE} queries of yours are waiting; wait for some of them.", extra={"retry-after": 1})
        loop = asyncio.get_running_loop()
        run = Run(job, client, limit, loop.time(), loop.create_future())
        self._shares[client] += 1
        self.runs.add(run)
        self._waiting.append(run)
        self._dispatch()
        if self._patrol is None:
            self._patrol = loop.call_later(PATROL, self._look_around)
        return run

    def abandon(self, run: Run) -> None:
        """Nobody wants the answer any more."""
        if not run.is_over:
            self.counts.abandoned += 1
            self._give_up(run, Busy("The client has gone."))

    # -- lanes --------------------------------------------------------------------------------------------------

    def _dispatch(self) -> None:
        """Start what may start."""
        while self._waiting and self._lanes[State.QUICK] < QUICK_PLACES:
            link = self._usable_worker()
            if link is None:
                break
            run = self._waiting.popleft()
            run.started = asyncio.get_running_loop().time()
            run.link = link
            self._move(run, State.QUICK)
            link.start(dump_job(run.job), self._incoming(run))
        self._refill()

    def _usable_worker(self) -> WorkerLink | None:
        """An idle worker that reads the newest version; idle ones of older versions go."""
        try:
            version = self.version()
        except Unavailable:
            version = ""
        while self.idle:
            link = self.idle.pop()
            if link.born.version == version and not link.is_retired:
                return link
            link.retire()
        return None

    def _refill(self) -> None:
        """Have a worker ready for each free place of the quick lane."""
        wanted = QUICK_PLACES - self._lanes[State.QUICK] - len(self.idle) - self._asked
        for _ in range(wanted):
            self._asked += 1
            self._forker().ask("query")

    def _forker(self) -> ForkerClient:
        if self._client is None:
            self._client = ForkerClient(
                self.forker, on_worker=self._adopt, on_failure=self._no_worker, on_ready=self._renew
            )
        return self._client

    def _move(self, run: Run, state: State) -> None:
        self._lanes[run.state] -= 1
        run.state = state
        self._lanes[state] += 1

    def _incoming(self, run: Run) -> Incoming:
        def on_reply(reply: Reply) -> None:
            reply.queued = run.started - run.began
            reply.version = run.link.born.version if run.link else ""
            if run.future.cancelled():
                self.abandon(run)
            elif not run.future.done():
                run.future.set_result(reply)

        def on_problem(problem: Problem) -> None:
            if not run.future.done():
                run.future.set_exception(problem)

        return Incoming(self.cap, on_reply, on_problem)

    # -- the patrol ---------------------------------------------------------------------------------------------

    def _look_around(self) -> None:
        """End what is past its limit, move what is not quick, wake what was stopped."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        for run in list(self.runs):
            if now - run.began > run.limit:
                self._time_out(run)
            elif run.state is State.QUICK and now - run.started > QUICK:
                self._look_at(run)
        self._wake()
        self._patrol = loop.call_later(PATROL, self._look_around) if self.runs else None

    def _time_out(self, run: Run) -> None:
        self.counts.time_outs += 1
        if run.state in (State.WAITING, State.STOPPED):
            detail = f"The server was too busy to answer within {run.limit:g} seconds; try again later."
            self._give_up(run, Busy(detail, extra={"retry-after": 5}))
        else:
            detail = f"The query was not answered within {run.limit:g} seconds; ask for less, or add a LIMIT."
            self._give_up(run, TimedOut(detail, extra={"timeout": run.limit}))

    def _look_at(self, run: Run) -> None:
        """A query in the quick lane that has been there for a while."""
        assert run.link is not None
        used = processor_seconds(run.link.born.pid)
        if (used - run.link.used if used is not None else QUICK) < QUICK:
            return
        with contextlib.suppress(OSError):  # it has just ended
            os.setpriority(os.PRIO_PROCESS, run.link.born.pid, LOWEST)
        run.link.is_retired = True  # a lowered priority cannot be raised again
        heavy = (other for other in self.runs if other.state in (State.SLOW, State.STOPPED))
        slow = sum(1 for other in heavy if other.client == run.client)
        if slow >= SHARE // 4 or self._lanes[State.STOPPED] >= STOPPED:
            self.counts.refused += 1
            detail = "There are too many heavy queries at once, and this is one; try again later."
            self._give_up(run, Busy(detail, extra={"retry-after": 10}))
        elif self._has_slow_place(run.client):
            self._move(run, State.SLOW)
        else:
            self._signal(run, signal.SIGSTOP)
            self._move(run, State.STOPPED)
        self._dispatch()

    def _has_slow_place(self, client: str) -> bool:
        """One place is kept free of any client that has all the others."""
        mine = sum(1 for run in self.runs if run.state is State.SLOW and run.client == client)
        return self._lanes[State.SLOW] < SLOW_PLACES and mine < SLOW_PLACES - 1

    def _wake(self) -> None:
        """Give free places of the slow lane to those who have fewest, then to those who wait longest."""
        if not self._lanes[State.STOPPED]:
            return
        stopped = sorted((run for run in self.runs if run.state is State.STOPPED), key=lambda run: run.began)
        for run in stopped:
            if self._has_slow_place(run.client):
                self._signal(run, signal.SIGCONT)
                self._move(run, State.SLOW)

    def _signal(self, run: Run, number: signal.Signals) -> None:
        if run.link is not None:
            run.link.born.signal(number)

    # -- ends ---------------------------------------------------------------------------------------------------

    def _give_up(self, run: Run, problem: Problem) -> None:
        """The query will not be answered: its worker, if it has one, is ended."""
        link = run.link
        if link is None:
            self._waiting.remove(run)
        elif link.incoming is not None:
            link.incoming.fail(problem)
            link.incoming = None
            link.end()
        self._finish(run)
        if not run.future.done():
            run.future.set_exception(problem)

    def _finish(self, run: Run) -> None:
        self._move(run, State.DONE)
        self._lanes[State.DONE] = 0
        self.runs.discard(run)
        self._shares[run.client] -= 1
        if not self._shares[run.client]:
            del self._shares[run.client]
        run.link = None

    def _run_of(self, link: WorkerLink) -> Run | None:
        return next((run for run in self.runs if run.link is link), None)

    def _on_end(self, link: WorkerLink) -> None:
        """A worker has done its job and may have another."""
        run = self._run_of(link)
        if run is not None:
            self._finish(run)
        if link.is_retired or len(self.idle) + self._lanes[State.QUICK] >= QUICK_PLACES:
            link.retire()
        else:
            self.idle.append(link)
        self._dispatch()

    def _on_death(self, link: WorkerLink) -> None:
        """A worker's process has ended: let go, ended by us, out of memory, or aborted by the engine."""
        self.counts.workers -= 1
        if link in self.idle:
            self.idle.remove(link)
        run = self._run_of(link)
        if run is not None:
            self.counts.exhausted += 1
            problem = self._explained(link.last_words())
            if link.incoming is not None:
                link.incoming.fail(problem)
            self._finish(run)
            if not run.future.done():
                run.future.set_exception(problem)
        words = link.last_words()
        link.born.close()
        if run is None and not link.jobs and not link.is_retired:
            self._fail_waiting(words or "a worker ended before it could begin")
        else:
            self._dispatch()

    def _explained(self, words: str) -> Problem:
        if "memory allocation" in words or "MemoryError" in words:
            detail = f"The query needs more memory than the {self.memory} MiB that one may take; ask for less."
            return Exhausted(detail, extra={"memory": self.memory})
        if "total order" in words:
            return Aborted("The query sorts by values of kinds that the engine cannot compare with each other.")
        print(f"aidgraph: a worker died: {words}", file=sys.stderr)
        return Exhausted(f"The engine gave up on the query: {words.splitlines()[-1] if words else 'it said nothing'}.")

    # -- births -------------------------------------------------------------------------------------------------

    def _adopt(self, _kind: str, born: Born) -> None:
        link = WorkerLink(born, self._on_end, self._on_death)
        task = asyncio.get_running_loop().create_task(self._connect(link))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _connect(self, link: WorkerLink) -> None:
        link.born.connection.setblocking(False)
        await asyncio.get_running_loop().create_unix_connection(lambda: link, sock=link.born.connection)
        self._asked -= 1
        self.counts.workers += 1
        self.idle.append(link)
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
        """Newer workers are faster: those there are go when they are idle."""
        for link in self.idle:
            link.retire()
        for run in self.runs:
            if run.link is not None:
                run.link.is_retired = True
        self.idle.clear()
        self._refill()


class Aborted(Exhausted):
    """The engine aborted on an ORDER BY over terms that it cannot compare."""

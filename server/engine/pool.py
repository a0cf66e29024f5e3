"""Which query runs, which waits and which is ended, in one server process: the part that itself must never hang.

A query that has used :data:`QUICK` seconds of processor time leaves the quick lane (:mod:`.lanes`) and gets the lowest
priority of the system: what the others leave. So heavy queries share what is left, and light ones are always answered.
At its limit a worker is ended, and so is one whose client has gone.

Everything here runs in one event loop, and no method waits for anything. What is done for each query is kept
small: a point look-up takes the engine less time than Python needs for a hundred calls.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from server.engine.clock import processor_seconds
from server.engine.crew import Crew
from server.engine.lanes import Lanes
from server.engine.lastwords import explain_death
from server.engine.link import WorkerLink
from server.engine.reply import Incoming
from server.engine.run import DONE, QUICK_LANE, STOPPED, WAITING, Run
from server.engine.wire import QueryJob, dump_job
from server.problems import Busy, Problem, TimedOut, log_reason, unusable

QUICK: Final = 0.1
"""Seconds of processor time in the quick lane. A point look-up needs a small part of it."""

PATROL: Final = 0.025
"""Seconds between two looks at what runs."""

WATCHED: Final = 0.2
"""Seconds after which it is looked whether the client still waits: asking earlier costs more than most queries."""

LOWEST: Final = 19
"""The niceness of the slow lane."""


@dataclass(slots=True)
class Counts:
    """What the pool has seen, for those who watch it."""

    time_outs: int = 0
    exhausted: int = 0
    refused: int = 0
    abandoned: int = 0


class Pool:
    """Answers queries with workers of the newest version.

    Args:
        store: the link ``DATA/store``, whose target tells the version.
        forker: the address of the forker.
        cap: bytes of an answer that are kept until it is whole.
        memory: MiB that a worker may take; only for what is said when one took more.
    """

    def __init__(self, store: Path, forker: Path, *, cap: int, memory: int) -> None:
        self._cap = cap
        self._memory = memory
        self.counts = Counts()
        self.lanes = Lanes()
        self._patrol: asyncio.TimerHandle | None = None
        self._is_dispatching = False
        self.crew = Crew(
            store, forker, on_change=self._dispatch, on_failure=self._fail_waiting,
            on_end=self._on_end, on_death=self._on_death,
        )  # fmt: skip

    def start(self) -> None:
        """Ask for the first workers. To be called in the event loop."""
        self.crew.fill(self.lanes.quick_places)

    def stop(self) -> None:
        """Let all workers go; running queries were answered or are given up."""
        if self._patrol is not None:
            self._patrol.cancel()
        self.crew.stop()

    def version(self) -> str:
        """The newest version that is published, by one look at the file system.

        Raises:
            Unavailable: there is none.
        """
        return self.crew.version()

    def submit(self, job: QueryJob, version: str, *, client: str, limit: float) -> Run:
        """Take a query; :meth:`Run.result` gives the reply, and ``watch``, if set, is called when it lasts long.

        Args:
            version: the version that must answer, the newest.
            limit: seconds that it has, waiting included.

        Raises:
            Busy: this client has asked too much at once.
        """
        loop = asyncio.get_running_loop()
        run = Run(job, client, limit, loop.time())
        try:
            self.lanes.add(run)
        except Busy:
            self.counts.refused += 1
            raise
        self._dispatch(version)
        if self._patrol is None and run.state != DONE:
            self._patrol = loop.call_later(PATROL, self._look_around)
        return run

    def abandon(self, run: Run) -> None:
        """Nobody wants the answer any more."""
        if run.state != DONE:
            self._give_up(run, self._gone())

    # Starts

    def _dispatch(self, version: str | None = None) -> None:
        """Start what may start. What is answered at once makes room for the next."""
        if self._is_dispatching:
            return
        self._is_dispatching = True
        try:
            while self.lanes.waiting and self.lanes.quick_places > 0:
                link = self.crew.take(version)
                if link is None:
                    break
                self._start(self.lanes.take_next(), link)
        finally:
            self._is_dispatching = False
        self.crew.fill(self.lanes.quick_places)  # a worker ready for each

    def _start(self, run: Run, link: WorkerLink) -> None:
        run.started = asyncio.get_running_loop().time()
        run.link, link.run = link, run
        self.lanes.move(run, QUICK_LANE)
        if not link.start(dump_job(run.job), Incoming(self._cap, run.reply, run.fail)):
            run.link = None  # it died while it was idle; the query is still the next
            self.crew.let_go(link)
            self.lanes.put_back(run)

    # The patrol

    def _look_around(self) -> None:
        """End what is past its limit, move what is not quick, wake what was stopped."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        for run in list(self.lanes.runs):
            lasted = now - run.began
            if run.state == DONE:  # in the place of one that was ended just now
                continue
            if lasted > run.limit:
                self._time_out(run)
            elif lasted > WATCHED and run.watch is not None and not run.is_watched:
                run.is_watched = True
                run.watch(run)
            if run.state == QUICK_LANE and now - run.started > QUICK:
                self._look_at(run)
        for run in self.lanes.wake() if self.lanes.counts[STOPPED] else ():
            if run.link is not None:
                run.link.born.signal(signal.SIGCONT)
        self._patrol = loop.call_later(PATROL, self._look_around) if self.lanes.runs else None

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
        try:
            self.lanes.move_heavy(run)
        except Busy as busy:
            self.counts.refused += 1
            self._give_up(run, busy)
        if run.state == STOPPED:
            link.born.signal(signal.SIGSTOP)
        self._dispatch()

    # Ends

    def _give_up(self, run: Run, problem: Problem) -> None:
        """The query will not be answered: its worker, if it has one, is ended."""
        link = run.link
        if link is not None and link.incoming is not None:
            link.incoming.fail(problem)
            link.incoming = None
            link.end()
            self.crew.let_go(link)
        self._finish(run)
        run.fail(problem)
        self._dispatch()

    def _finish(self, run: Run) -> None:
        self.lanes.drop(run)
        if run.link is not None:
            run.link.run = None
            run.link = None

    def _on_end(self, link: WorkerLink) -> None:
        """A worker has done its job and may have another."""
        if isinstance(link.run, Run):
            if link.run.state == STOPPED:  # just behind its last word: it would never see that we hang up
                link.end()
            self._finish(link.run)
        if link.is_retired or len(self.crew.idle) >= self.lanes.quick_places:
            self.crew.let_go(link)
        else:
            self.crew.put(link)
        if self.lanes.waiting or not self.crew.idle:
            self._dispatch()

    def _on_death(self, link: WorkerLink) -> None:
        """A worker's process has ended in the middle of a job: ended by us, out of memory, or aborted by the engine."""
        words, run = link.last_words(), link.run
        self.crew.let_go(link)
        if isinstance(run, Run):
            problem = self._gone() if link.is_ended else self._exhausted(words)
            if link.incoming is not None:
                link.incoming.fail(problem)
                link.incoming = None  # whoever reads its stream must not end a process that is gone
            self._finish(run)
            run.fail(problem)
        self._dispatch()

    def _gone(self) -> Problem:
        self.counts.abandoned += 1
        return Busy("The client has gone.")

    def _exhausted(self, words: str) -> Problem:
        self.counts.exhausted += 1
        return explain_death(words, self._memory)

    def _fail_waiting(self, reason: str) -> None:
        """Not to ask for workers over and over; the next query tries again."""
        log_reason(unusable(reason))
        for run in list(self.lanes.waiting):
            self._give_up(run, unusable(reason))

"""Where the queries of one server process are, and who may go where: decisions only, nothing is started or ended here.

A query starts in the quick lane, which has a few places. One that turns out to be heavy moves to the slow lane, or is
stopped until that has a place.
"""

from __future__ import annotations

from collections import Counter, deque
from typing import Final

from server.engine.run import DONE, QUICK_LANE, SLOW_LANE, STOPPED, WAITING, Run
from server.problems import Busy

QUICK_PLACES: Final = 2
SLOW_PLACES: Final = 4
"""Queries that run at a time in each lane of one server process."""

STOPPED_PLACES: Final = 28
"""Queries that may be stopped until the slow lane has a place; each keeps what it has taken in its first moments."""

SHARE: Final = 64
"""Queries of one client that one server process takes at a time, and a fourth of it for its slow ones."""


class Lanes:
    """All queries that have no answer yet."""

    def __init__(self) -> None:
        self.runs: set[Run] = set()
        self.counts = [0] * 5
        """How many queries are in each state."""
        self.waiting: deque[Run] = deque()
        self._shares: Counter[str] = Counter()

    def add(self, run: Run) -> None:
        """Let a new query wait.

        Raises:
            Busy: this client has asked too much at once.
        """
        if self._shares[run.client] >= SHARE:
            raise Busy(f"{SHARE} queries of yours are waiting; wait for some of them.", extra={"retry-after": 1})
        self._shares[run.client] += 1
        self.runs.add(run)
        self.counts[WAITING] += 1
        self.waiting.append(run)

    @property
    def quick_places(self) -> int:
        """Free places of the quick lane."""
        return QUICK_PLACES - self.counts[QUICK_LANE]

    def take_next(self) -> Run:
        """Of those who wait, one of the client that has fewest running: nobody waits behind all that another asks."""
        if len(self._shares) == 1:
            return self.waiting.popleft()
        running = Counter(run.client for run in self.runs if run.state != WAITING)
        run = min(self.waiting, key=lambda run: running[run.client])
        self.waiting.remove(run)
        return run

    def put_back(self, run: Run) -> None:
        """It could not be started, and is still the next."""
        self.move(run, WAITING)
        self.waiting.appendleft(run)

    def move(self, run: Run, state: int) -> None:
        """From one state to another."""
        self.counts[run.state] -= 1
        self.counts[state] += 1
        run.state = state

    def move_heavy(self, run: Run) -> None:
        """Out of the quick lane.

        Raises:
            Busy: this client, or all together, have too many heavy ones.
        """
        mine = Counter(other.state for other in self.runs if other.client == run.client)
        if mine[SLOW_LANE] + mine[STOPPED] >= SHARE // 4 or self.counts[STOPPED] >= STOPPED_PLACES:
            detail = "There are too many heavy queries at once, and this is one; try again later."
            raise Busy(detail, extra={"retry-after": 10})
        self.move(run, SLOW_LANE if self._has_slow_place(run.client) else STOPPED)

    def wake(self) -> list[Run]:
        """Give free places of the slow lane to those who have waited longest: these go on now."""
        stopped = sorted((run for run in self.runs if run.state == STOPPED), key=lambda run: run.began)
        woken = []
        for run in stopped:
            if self._has_slow_place(run.client):
                self.move(run, SLOW_LANE)
                woken.append(run)
        return woken

    def _has_slow_place(self, client: str) -> bool:
        """One place is kept free of any client that has all the others."""
        mine = sum(1 for run in self.runs if run.state == SLOW_LANE and run.client == client)
        return self.counts[SLOW_LANE] < SLOW_PLACES and mine < SLOW_PLACES - 1

    def drop(self, run: Run) -> None:
        """It is over."""
        if run.state == WAITING:
            self.waiting.remove(run)
        self.move(run, DONE)
        self.runs.discard(run)
        shares = self._shares
        shares[run.client] -= 1
        if not shares[run.client]:
            del shares[run.client]

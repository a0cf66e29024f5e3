"""What the patrol does, with workers that this test plays."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from server.engine import pool as pool_module
from server.engine.pool import Pool
from server.engine.reply import Reply
from server.engine.run import Run
from server.engine.wire import Head, QueryJob
from server.problems import TimedOut

REPLY = Reply(Head("text/csv", "csv", False), 0)


class Born:
    """A process that is none."""

    pid, version = 0, "1"


class Link:
    """A worker that never answers, or at once."""

    def __init__(self, pool: Pool, answers: bool) -> None:
        self.pool, self.answers = pool, answers
        self.born, self.run, self.incoming = Born(), None, None
        self.used, self.is_retired = 0.0, False
        self.state = ""

    def start(self, job: bytes, incoming: Any) -> bool:
        if self.answers:
            assert isinstance(self.run, Run)
            self.run.reply(REPLY)
            self.pool._on_end(self)  # type: ignore[arg-type]  # it has all that is asked of a link
        else:
            self.incoming = incoming
        return True

    def end(self) -> None:
        self.state = "ended"

    def close(self) -> None:
        self.state = self.state or "closed"


class Crew:
    """Hands out the workers that it is given."""

    def __init__(self, *links: Link) -> None:
        self.idle = list(links)

    def take(self, version: str | None) -> Link | None:
        return self.idle.pop(0) if self.idle else None

    def put(self, link: Link) -> None:
        self.idle.append(link)

    def let_go(self, link: Link) -> None:
        link.close()

    def fill(self, places: int) -> None:
        """None are made."""

    def stop(self) -> None:
        """None is asked."""


def test_query_answered_in_the_place_of_one_that_timed_out_is_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both are past their limits, and the patrol has both in its list."""
    monkeypatch.setattr(pool_module, "PATROL", 0.02)
    monkeypatch.setattr("server.engine.lanes.QUICK_PLACES", 1)

    async def play() -> tuple[Run, Run]:
        pool = Pool(tmp_path / "store", tmp_path / "forker", cap=1, memory=1)
        hangs, answers = Link(pool, False), Link(pool, True)
        pool.crew = Crew(hangs, answers)  # type: ignore[assignment]  # it has all that is asked of a crew
        runs = [pool.submit(QueryJob(text, "", 1), "1", client="a", limit=0.001) for text in ("hangs", "answers")]
        monkeypatch.setattr(pool.lanes, "runs", _Ordered(runs))
        with pytest.raises(TimedOut):
            await runs[0].result()
        assert await runs[1].result() is REPLY
        assert (hangs.state, pool.lanes.counts, pool.counts.time_outs) == ("ended", [0, 0, 0, 0, 2], 1)
        await asyncio.sleep(0.05)
        assert pool._patrol is None
        pool.stop()
        return runs[0], runs[1]

    asyncio.run(play())


class _Ordered(list[Run]):
    """Runs in the order in which they were submitted, which a set does not keep."""

    def discard(self, run: Run) -> None:
        self.remove(run)

"""Told of each exchange when it is over: counts it, and writes its line where a log is wanted."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from server.engine.pool import Pool
from server.engine.run import QUICK_LANE, SLOW_LANE, STOPPED, WAITING
from server.front.cache import AnswerCache
from server.front.exchange import Exchange
from server.problems import Unavailable
from server.watch.accesslog import AccessLog, access_line
from server.watch.board import Board
from server.watch.metrics import metrics_text

PACE: Final = 1.0
"""Seconds between two looks at what is counted elsewhere: in the pool, the cache and the log."""

_WRITES: Final = {"/update": ("POST",), "/graphs": ("PUT", "POST", "DELETE")}
_LANES: Final = {WAITING: "waiting", QUICK_LANE: "quick", SLOW_LANE: "slow", STOPPED: "stopped"}


class Watcher:
    """Watches one server process.

    Args:
        folder: where the boards of all processes of this server are.
        store: the link ``DATA/store``, which publishes the data.
        log: where lines go, if anywhere.
    """

    def __init__(self, folder: Path, store: Path, pool: Pool, cache: AnswerCache, log: AccessLog | None) -> None:
        self._folder = folder
        self._store = store
        self._pool = pool
        self._cache = cache
        self._log = log
        self._board = Board(folder)
        self._timer: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """To be called in the event loop."""
        self._look()
        self._timer = asyncio.get_running_loop().call_later(PACE, self.start)

    def stop(self) -> None:
        """The server ends."""
        if self._timer is not None:
            self._timer.cancel()
        self._look()
        self._board.close()
        if self._log is not None:
            self._log.close()

    def note(self, exchange: Exchange, seconds: float) -> None:
        """An exchange is over, by whatever end. On the path of every request: two microseconds without a log."""
        board = self._board
        board.count(exchange.path, exchange.method, exchange.status, seconds)
        if exchange.reply is not None:
            board.observe("engine", exchange.reply.seconds)
            board.observe("queue", exchange.reply.queued)
        if exchange.is_broken:
            board.add("broken")
        if exchange.method != "GET" and exchange.status // 100 == 2 and _is_write(exchange):
            board.add("writes")
        if self._log is not None:
            began = datetime.now(UTC) - timedelta(seconds=seconds)
            self._log.write(access_line(exchange, began=began, seconds=seconds, version=self._version(exchange)))

    def _version(self, exchange: Exchange) -> str:
        """Of the dataset that was asked; where the front does not know it, the newest."""
        if exchange.reply is not None:
            return exchange.reply.version
        try:
            return self._pool.version()
        except Unavailable:
            return ""

    def text(self, accept: str | None) -> tuple[bytes, str]:
        """What ``/metrics`` answers, and its Content-Type."""
        self._look()
        return metrics_text(self._folder, self._store, accept)

    def _look(self) -> None:
        pool, cache, put = self._pool, self._cache, self._board.put
        for lane, name in _LANES.items():
            put(name, pool.lanes.counts[lane])
        put("workers", len(pool.crew.links))
        put("idle", len(pool.crew.idle))
        for name in ("time_outs", "exhausted", "refused", "abandoned"):
            put(name, getattr(pool.counts, name))
        put("cache_hits", cache.hits)
        put("cache_misses", cache.misses)
        put("cache_bytes", cache.size)
        put("cache_entries", len(cache))
        put("lines_lost", self._log.lost if self._log is not None else 0)


def _is_write(exchange: Exchange) -> bool:
    return any(exchange.path.startswith(path) and exchange.method in methods for path, methods in _WRITES.items())

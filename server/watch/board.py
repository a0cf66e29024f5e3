"""The numbers of one server process, where the others can read them: a row of floats in a file that all map.

Whichever process is asked for ``/metrics`` has to add up those of all. The multiprocess mode of prometheus_client does
the same with one dictionary a metric; for the seven numbers of a request it took 18 µs where this takes 2, and a small
query takes 100. So the library writes the text only.

A file outlives its process, so that what was counted is not lost when a process is replaced. Its process holds a
lock on it: what is true only now, such as how many workers there are, counts only while the lock is held.
"""

from __future__ import annotations

import fcntl
import mmap
import os
import tempfile
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Final

GROUPS: Final[Mapping[str, str]] = {
    "": "pages", "articles": "pages", "entities": "pages", "events": "pages", "map": "pages", "page": "pages",
    "timeline": "pages", "reconcile": "search", "search": "search",
    "id": "addresses", "ontology": "addresses", "scheme": "addresses",
    "context": "data", "data": "data", "feed": "data", "fragments": "data", "frames": "data", "schemas": "data",
    ".well-known": "descriptions", "openapi": "descriptions", "opensearch": "descriptions", "robots": "descriptions",
    "sitemap": "descriptions", "sitemaps": "descriptions",
    "favicon": "static", "static": "static",
    "dumps": "dumps", "graphs": "graphs", "healthz": "healthz", "metrics": "metrics", "sparql": "sparql",
    "update": "update",
}  # fmt: skip
"""Which group of routes the first word of a path belongs to; all others are ``other``, so that nobody can make more."""

METHODS: Final = ("GET", "HEAD", "POST", "PUT", "DELETE", "QUERY", "OPTIONS", "other")
CLASSES: Final = ("none", "1xx", "2xx", "3xx", "4xx", "5xx")
"""Classes of status codes by their first digit; ``none`` was never answered."""

BOUNDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Upper bounds of the histograms' buckets in seconds; 30 is the default time limit of a query."""

ROUTES: Final = (*sorted(set(GROUPS.values())), "other")
HISTOGRAMS: Final = (*ROUTES, "engine", "queue")
"""Durations: of requests by the group of their route, of queries in the engine and in the queue."""

TOTALS: Final = (
    *("time_outs", "exhausted", "refused", "abandoned", "cache_hits", "cache_misses", "writes", "broken", "lines_lost"),
)
GAUGES: Final = ("workers", "idle", "waiting", "quick", "slow", "stopped", "cache_bytes", "cache_entries")

_WIDTH: Final = len(BOUNDS) + 2  # a bucket for each bound, one for what is above, and the sum
_REQUESTS: Final = {key: place for place, key in enumerate(product(ROUTES, METHODS, CLASSES))}
_STARTS: Final = {name: len(_REQUESTS) + place * _WIDTH for place, name in enumerate(HISTOGRAMS)}
_SINGLE: Final = {
    name: len(_REQUESTS) + len(HISTOGRAMS) * _WIDTH + place for place, name in enumerate((*TOTALS, *GAUGES))
}
_SIZE: Final = 8 * (len(_REQUESTS) + len(HISTOGRAMS) * _WIDTH + len(_SINGLE))
_ENDING: Final = ".numbers"


def first_word(path: str) -> str:
    """``events`` of ``/events.csv?page=2``, ``.well-known`` of ``/.well-known/void``."""
    first = path[1:].partition("/")[0]
    return first[:1] + first[1:].partition(".")[0]


@dataclass(frozen=True, slots=True)
class Numbers:
    """A row of numbers, with names for its places. ``is_alive``: the process that it belongs to still runs."""

    row: Sequence[float]
    is_alive: bool = True

    def count(self, group: str, method: str, klass: str) -> float:
        """How many requests there were."""
        return self.row[_REQUESTS[group, method, klass]]

    def histogram(self, name: str) -> tuple[Sequence[float], float]:
        """How many fell into each bucket, the one above all bounds last, and the sum in seconds."""
        start = _STARTS[name]
        return self.row[start : start + len(BOUNDS) + 1], self.row[start + _WIDTH - 1]

    def single(self, name: str) -> float:
        """One of :data:`TOTALS`, or of :data:`GAUGES` if the process is alive."""
        return self.row[_SINGLE[name]] if self.is_alive or name in TOTALS else 0.0


class Board:
    """This process's own row, in a new file of ``folder``. To be written to by one thread only.

    Each number is eight aligned bytes, which the processor writes at once: a reader sees the old one or the new one.
    """

    def __init__(self, folder: Path) -> None:
        self._file, _ = tempfile.mkstemp(_ENDING, dir=folder)  # open as long as the process lives: it carries the lock
        fcntl.flock(self._file, fcntl.LOCK_EX)
        os.ftruncate(self._file, _SIZE)
        self._memory = mmap.mmap(self._file, _SIZE)
        self._row = memoryview(self._memory).cast("d")

    def close(self) -> None:
        """Let go of the row; what was counted stays for the others to read."""
        self._row.release()
        self._memory.close()
        os.close(self._file)

    def count(self, path: str, method: str, status: int, seconds: float) -> None:
        """One request more."""
        group = GROUPS.get(first_word(path), "other")
        known = method if method in METHODS else "other"
        self._row[_REQUESTS[group, known, CLASSES[status // 100]]] += 1
        self.observe(group, seconds)

    def observe(self, histogram: str, seconds: float) -> None:
        """One duration more, in one of :data:`HISTOGRAMS`."""
        row, start = self._row, _STARTS[histogram]
        row[start + bisect_left(BOUNDS, seconds)] += 1
        row[start + _WIDTH - 1] += seconds

    def add(self, name: str) -> None:
        """One more of :data:`TOTALS`."""
        self._row[_SINGLE[name]] += 1

    def put(self, name: str, number: float) -> None:
        """Set one of :data:`TOTALS` or :data:`GAUGES`."""
        self._row[_SINGLE[name]] = number


def read_boards(folder: Path) -> Iterator[Numbers]:
    """The rows of all processes that ever counted in this folder."""
    for path in sorted(folder.glob(f"*{_ENDING}")):
        with path.open("rb") as file:
            is_alive = _is_locked(file.fileno())
            row = file.read()
        if len(row) == _SIZE:  # else it is just being made
            yield Numbers(memoryview(row).cast("d").tolist(), is_alive)


def _is_locked(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    return False

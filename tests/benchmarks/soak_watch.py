"""Memory and open files of all processes of a server over time, and whether they grow."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from live import Live, Process, is_forker

EVERY: Final = 2.0
"""Seconds between two looks: one costs some milliseconds a process."""


@dataclass(frozen=True, slots=True)
class Look:
    """One look. ``lasting`` processes are those that stay: the parent, those that answer HTTP, and the forker; workers
    for queries, the copy in memory and makers of indexes come and go. Memory is the proportional share (PSS), in MiB.
    """

    seconds: float
    lasting_memory: float
    all_memory: float
    lasting_files: int
    all_files: int
    processes: int


@dataclass
class Watch:
    """Looks at a server until it is stopped."""

    server: Live
    looks: list[Look] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        self._thread = threading.Thread(target=self._run, args=(time.monotonic(),))
        self._thread.start()

    def stop(self) -> None:
        self._over.set()
        if self._thread:
            self._thread.join()

    def _run(self, began: float) -> None:
        while not self._over.wait(EVERY):
            self.looks.append(self._look(time.monotonic() - began))

    def _look(self, seconds: float) -> Look:
        lasting, rest = (0.0, 0), (0.0, 0)
        processes = self.server.processes()
        for process in processes:
            memory, files = _memory(process), 0
            with suppress(OSError):  # it has ended since
                files = process.files
            if self._lasts(process):
                lasting = (lasting[0] + memory, lasting[1] + files)
            else:
                rest = (rest[0] + memory, rest[1] + files)
        return Look(seconds, lasting[0], lasting[0] + rest[0], lasting[1], lasting[1] + rest[1], len(processes))

    def _lasts(self, process: Process) -> bool:
        top = self.server.process.pid
        is_server = "spawn_main" in process.command or "resource_tracker" in process.command
        return process.pid == top or is_server or (is_forker(process) and process.parent == top)


def _memory(process: Process) -> float:
    """MiB, pages that are shared divided among those that share them."""
    with suppress(OSError):
        for line in Path(f"/proc/{process.pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0


@dataclass(frozen=True, slots=True)
class Growth:
    """How a number went: its median in the second quarter and in the last, its largest, and its slope a minute.

    The first quarter is left out, in which caches fill.
    """

    early: float
    late: float
    most: float
    slope: float


def growth(looks: Sequence[Look], name: str) -> Growth:
    """How this field of the looks went. With fewer than four looks there is nothing to say: all zero."""
    values = [float(getattr(look, name)) for look in looks]
    if len(values) < 4:
        return Growth(0, 0, 0, 0)
    quarter = len(values) // 4
    settled = looks[quarter:]
    times = [look.seconds / 60 for look in settled]
    slope = statistics.linear_regression(times, values[quarter:]).slope
    early, late = statistics.median(values[quarter : 2 * quarter]), statistics.median(values[-quarter:])
    return Growth(early, late, max(values), slope)

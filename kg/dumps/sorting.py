"""Sorts more lines than memory holds, in blocks: Python touches a block and not a line.

Chunks are sorted as lists and spilled to files without a name. They are merged by taking from each file all lines up to
the smallest of what was last read of any, and sorting those together: the sort of Python finds the runs and merges them
in C. That is five times as fast as :func:`heapq.merge`, which is called for each line. Lines are bytes with their line
ends, in the order of their bytes, each once.
"""

from __future__ import annotations

import io
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import chain
from typing import IO, Final

from kg.quadfile import spilled

BYTES_IN_MEMORY: Final = 32 << 20
"""Of lines that wait to be sorted; as a list they take about one and a half times as much again."""
FILES: Final = 128
"""Files that a sorter has open at most; the system's own limit, mostly 1,024, is for all of a process."""
_READ: Final = 1 << 20


class Sorter:
    """Takes lines in any order, any number of times. Close it by the ``with`` statement."""

    def __init__(self, in_memory: int = BYTES_IN_MEMORY, files: int = FILES) -> None:
        self._files = ExitStack()
        self._in_memory = in_memory
        self._most = files
        self._waiting = io.BytesIO()
        self._runs: list[IO[bytes]] = []

    def __enter__(self) -> Sorter:
        return self

    def __exit__(self, *fault: object) -> None:
        self._files.close()

    def add(self, lines: bytes) -> None:
        """Take whole lines, as many as there are."""
        self._waiting.write(lines)
        if self._waiting.tell() >= self._in_memory:
            self._spill()

    def blocks(self, *others: IO[bytes]) -> Iterator[list[bytes]]:
        """All lines in order, in lists of some thousands; to be asked for once.

        Args:
            others: files of sorted lines that are merged with them, from their beginnings.
        """
        self._spill()
        for file in others:
            file.seek(0)
        return merge_sorted([*self._runs, *others])

    def _spill(self) -> None:
        lines = self._waiting.getvalue().splitlines(keepends=True)
        self._waiting = io.BytesIO()
        if not lines:
            return
        lines.sort()
        if len(self._runs) == self._most:
            self._merge_runs()
        self._runs.append(self._files.enter_context(spilled(dict.fromkeys(lines))))

    def _merge_runs(self) -> None:
        """Make one file of all that there are, so that lines are written again once in so many files."""
        with self._files.pop_all():
            merged = chain.from_iterable(merge_sorted(self._runs))
            self._runs = [self._files.enter_context(spilled(merged))]


def merge_sorted(files: list[IO[bytes]], read: int = _READ) -> Iterator[list[bytes]]:
    """The lines of sorted files in order, each once, in lists.

    Args:
        read: bytes that are read of a file at a time.
    """
    size = max(read // max(len(files), 1), 1 << 16)
    runs = [run for run in (_Run(file, size) for file in files) if run.lines]
    while runs:
        bound = min(run.lines[-1] for run in runs)
        block: list[bytes] = []
        for run in runs:
            block += run.take(bound)
        block.sort()
        yield list(dict.fromkeys(block))
        runs = [run for run in runs if run.lines]


class _Run:
    """A sorted file, and what was read of it and not taken. ``lines`` is empty when all was."""

    def __init__(self, file: IO[bytes], size: int) -> None:
        self._file, self._size = file, size
        self.lines: list[bytes] = []
        self._read()

    def take(self, bound: bytes) -> list[bytes]:
        """The lines up to this one."""
        place = bisect_right(self.lines, bound)
        taken, self.lines = self.lines[:place], self.lines[place:]
        if not self.lines:
            self._read()
        return taken

    def _read(self) -> None:
        part = self._file.read(self._size)
        self.lines = (part + self._file.readline()).splitlines(keepends=True)

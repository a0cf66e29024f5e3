"""Work spread over processes: chunks go out one at a time to whoever is free, and results come back as they are done.

Why not ``ProcessPoolExecutor``: when one of its workers dies, every chunk that is under way or waiting is lost, and
nobody can say which of them did it. Here each worker has a pipe of its own, so that the chunk of a dead one is
known: its parts are tried again one by one, and only a part that ends its worker when it is alone is told as lost.
A worker that is at one chunk for too long is ended, and its chunk treated likewise.

Workers are fresh interpreters and no forks: the parent may hold an open store, which must not be forked
(:mod:`kg.store`). They are started without ``multiprocessing``, which would run the caller's own script again in
each of them. Each worker holds one chunk and none waits in between, so that memory does not grow with the work.
"""

from __future__ import annotations

import math
import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from typing import Final, Generic, TypeVar

from kg.errors import AidgraphError

T = TypeVar("T")
R = TypeVar("R")
Work = Callable[[Sequence[T]], Sequence[R]]
"""Does one chunk: a result for each of its parts, in order, or all that was found in it."""

_PATIENCE: Final = 5.0  # seconds in which a process whose pipe was closed, or that was told to end, may end
_GONE: Final = (EOFError, ConnectionResetError, BrokenPipeError)


@dataclass(frozen=True, slots=True)
class Lost:
    """The process that worked on one part alone ended, or had to be ended; ``reason`` says how."""

    reason: str


@dataclass(eq=False, slots=True)
class _Worker(Generic[T]):
    process: subprocess.Popen[bytes]
    pipe: Connection
    chunk: Sequence[T] = ()
    has_begun: bool = False
    since: float = 0.0
    is_late: bool = False


def spread(
    chunks: Iterable[Sequence[T]], make_work: Callable[[], Work[T, R]], *, jobs: int, longest: float = math.inf
) -> Generator[tuple[Sequence[T], Sequence[R] | Lost], None, None]:
    """Work on chunks in processes: each chunk with its results, in the order in which they are done.

    Args:
        chunks: what to work on, taken as workers become free; parts must be picklable.
        make_work: makes the function that does a chunk, in the worker; must be picklable.
        jobs: how many processes.
        longest: seconds that a chunk may take.

    Raises:
        AidgraphError: raised by the work itself, or a worker ended before it could begin.
    """
    pool = _Pool(iter(chunks), make_work, longest)
    try:
        for _ in range(jobs):
            pool.hire()
        yield from pool.results()
    finally:
        pool.close()


class _Pool(Generic[T, R]):
    """The workers, and what is still to be done."""

    def __init__(self, chunks: Iterator[Sequence[T]], make_work: Callable[[], Work[T, R]], longest: float) -> None:
        self._chunks = chunks
        self._longest = longest
        self._again: deque[Sequence[T]] = deque()
        self._make_work = make_work
        self._workers: dict[Connection, _Worker[T]] = {}
        self._leaving: list[subprocess.Popen[bytes]] = []

    def hire(self) -> None:
        """Start one more worker. In a session of its own it gets no Ctrl-C: it ends when its pipe does."""
        mine, its = Pipe()
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", f"from kg.workers import serve; serve({its.fileno()})"],
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
            pass_fds=[its.fileno()],
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        its.close()
        self._workers[mine] = _Worker(process, mine)
        with suppress(*_GONE):  # that it died is seen when its answer is read
            mine.send(self._make_work)

    def results(self) -> Iterator[tuple[Sequence[T], Sequence[R] | Lost]]:
        """Until every chunk is done and every worker has gone."""
        while self._workers:
            ready = set(wait([*self._workers], self._end_late()))
            for worker in [worker for pipe, worker in self._workers.items() if pipe in ready]:
                try:
                    answer = worker.pipe.recv()
                except _GONE:
                    yield from self._bury(worker)
                    continue
                if isinstance(answer, AidgraphError):
                    raise answer
                if worker.has_begun:
                    yield worker.chunk, answer
                worker.has_begun, worker.chunk = True, ()
                if worker.is_late:  # it was done just before it was ended
                    self._part(worker)
                    self.hire()
                else:
                    self._employ(worker)

    def _end_late(self) -> float | None:
        """End those that take too long, which is then seen as any other death; seconds until the next may be late."""
        now = time.monotonic()
        working = [worker for worker in self._workers.values() if worker.chunk and not worker.is_late]
        for worker in working:
            if now - worker.since > self._longest:
                worker.is_late = True
                worker.process.kill()
        left = min((worker.since + self._longest - now for worker in working if not worker.is_late), default=math.inf)
        return None if left == math.inf else max(0.0, left)

    def _employ(self, worker: _Worker[T]) -> None:
        chunk = self._again.popleft() if self._again else next(self._chunks, None)
        if chunk is None:
            self._part(worker)
            return
        worker.chunk, worker.since = chunk, time.monotonic()
        with suppress(*_GONE):
            worker.pipe.send(chunk)

    def _bury(self, worker: _Worker[T]) -> Iterator[tuple[Sequence[T], Lost]]:
        """A worker died: its chunk is taken apart, and a part that had been alone is told."""
        self._part(worker)
        how = ending(worker.process.wait())
        if not worker.has_begun:
            raise AidgraphError(f"a worker process could not start ({how}); try --jobs 1")
        if worker.is_late:
            how = f"after {self._longest:,.0f} seconds it had not come to an end"
        if len(worker.chunk) == 1:
            yield worker.chunk, Lost(f"the process that worked on it ended ({how})")
        else:
            self._again.extend([part] for part in worker.chunk)
        self.hire()

    def _part(self, worker: _Worker[T]) -> None:
        """Close a worker's pipe, by which it ends."""
        del self._workers[worker.pipe]
        worker.pipe.close()
        self._leaving.append(worker.process)

    def close(self) -> None:
        """End all workers: at once if they are still at work, because nobody waits for their results."""
        for worker in [*self._workers.values()]:
            worker.process.terminate()
            self._part(worker)
        for process in self._leaving:
            try:
                process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def ending(code: int) -> str:
    """How a process ended, by its exit code as :mod:`subprocess` tells it."""
    return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


def serve(descriptor: int) -> None:
    """A worker's life: make the work and say so, do each chunk that comes, and end when the pipe is closed."""
    pipe = Connection(descriptor)
    try:
        work = pipe.recv()()
        pipe.send(None)
        while True:
            pipe.send(work(pipe.recv()))
    except AidgraphError as error:
        pipe.send(error)
    except _GONE:
        return  # no more chunks, or the parent is gone

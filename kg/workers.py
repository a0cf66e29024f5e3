"""Work spread over processes: chunks go out one at a time to whoever is free, and results come back as they are done.

Why not ``ProcessPoolExecutor``: when one of its workers dies, every chunk that is under way or waiting is lost, and
nobody can say which of them did it. Here each worker has a pipe of its own, so that the chunk of a dead one is
known: its parts are tried again one by one, and only a part that ends its worker when it is alone is told as lost.

Workers are spawned and not forked: the parent may hold an open store, which must not be forked
(:mod:`kg.store`). Each worker holds one chunk and none waits in between, so that memory does not grow with the work.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Final, Generic, TypeVar

from kg.errors import AidgraphError

T = TypeVar("T")
R = TypeVar("R")
Work = Callable[[Sequence[T]], Sequence[R]]
"""Does one chunk: a result for each of its parts, in order."""

_PATIENCE: Final = 5.0  # seconds in which a process whose pipe was closed, or that was told to end, may end
_GONE: Final = (EOFError, ConnectionResetError, BrokenPipeError)


@dataclass(frozen=True, slots=True)
class Lost:
    """The process that worked on one part alone ended; ``reason`` says how."""

    reason: str


@dataclass(eq=False, slots=True)
class _Worker(Generic[T]):
    process: BaseProcess
    pipe: Connection
    chunk: Sequence[T] = ()
    has_begun: bool = False


def spread(
    chunks: Iterable[Sequence[T]], make_work: Callable[[], Work[T, R]], *, jobs: int
) -> Generator[tuple[Sequence[T], Sequence[R] | Lost], None, None]:
    """Work on chunks in processes: each chunk with its results, in the order in which they are done.

    Args:
        chunks: what to work on, taken as workers become free; parts must be picklable.
        make_work: makes the function that does a chunk, in the worker; must be picklable.
        jobs: how many processes.

    Raises:
        AidgraphError: raised by the work itself, or a worker ended before it could begin.
    """
    pool = _Pool(iter(chunks), make_work)
    try:
        for _ in range(jobs):
            pool.hire()
        yield from pool.results()
    finally:
        pool.close()


class _Pool(Generic[T, R]):
    """The workers, and what is still to be done."""

    def __init__(self, chunks: Iterator[Sequence[T]], make_work: Callable[[], Work[T, R]]) -> None:
        self._chunks = chunks
        self._again: deque[Sequence[T]] = deque()
        self._make_work = make_work
        self._workers: dict[Connection, _Worker[T]] = {}
        self._leaving: list[BaseProcess] = []

    def hire(self) -> None:
        """Start one more worker."""
        context = multiprocessing.get_context("spawn")
        mine, its = context.Pipe()
        process = context.Process(target=_serve, args=(its, self._make_work), daemon=True)
        with _interrupts_ignored():
            process.start()
        its.close()
        self._workers[mine] = _Worker(process, mine)

    def results(self) -> Iterator[tuple[Sequence[T], Sequence[R] | Lost]]:
        """Until every chunk is done and every worker has gone."""
        while self._workers:
            for worker in [worker for pipe, worker in self._workers.items() if pipe in wait([*self._workers])]:
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
                self._employ(worker)

    def _employ(self, worker: _Worker[T]) -> None:
        chunk = self._again.popleft() if self._again else next(self._chunks, None)
        if chunk is None:
            self._part(worker)
            return
        worker.chunk = chunk
        try:
            worker.pipe.send(chunk)
        except _GONE:
            return  # it died just now, which the next look at its pipe tells

    def _bury(self, worker: _Worker[T]) -> Iterator[tuple[Sequence[T], Lost]]:
        """A worker died: its chunk is taken apart, and a part that had been alone is told."""
        self._part(worker)
        worker.process.join(_PATIENCE)
        ending = _ending(worker.process.exitcode)
        if not worker.has_begun:
            raise AidgraphError(f"a worker process could not start ({ending}); try --jobs 1")
        if len(worker.chunk) == 1:
            yield worker.chunk, Lost(f"the process that read it ended ({ending})")
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
            process.join(_PATIENCE)
            if process.exitcode is None:
                process.kill()
                process.join()
            process.close()


def _ending(code: int | None) -> str:
    return f"killed by {signal.Signals(-code).name}" if code is not None and code < 0 else f"exit code {code}"


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """What is started now ignores Ctrl-C, which goes to all processes of a terminal: the parent ends its workers."""
    if threading.current_thread() is not threading.main_thread():
        yield  # signals are not for other threads to set
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _serve(pipe: Connection, make_work: Callable[[], Work[T, R]]) -> None:
    """A worker's life: make the work and say so, do each chunk that comes, and end when the pipe is closed."""
    try:
        work = make_work()
        pipe.send(None)
        while True:
            pipe.send(work(pipe.recv()))
    except AidgraphError as error:
        pipe.send(error)
    except _GONE:
        return  # no more chunks, or the parent is gone

"""Orders on their way through a cluster: how many are under way, and what becomes of those whose worker died.

Why not submit all at once: a scheduler keeps every task in memory, and ten million articles are forty thousand orders;
so twice as many are under way as there are threads to work on them, and the next is made when one is done. Dask gives
the work of a dead worker to another by itself, but after some deaths it gives up on it (its ``allowed-failures``),
and nobody knows which article did it, if one did. As in :mod:`kg.workers` such an order is taken apart, and
only an article that ends its workers when nothing else is under way is told as lost.
"""

from __future__ import annotations

import time
import uuid
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import distributed
from distributed.scheduler import KilledWorker

from kg.cluster.orders import Made, Order
from kg.cluster.worker import make_shard
from kg.errors import AidgraphError, ClusterError
from kg.workers import Lost

PATIENCE: Final = 120.0
"""Seconds in which a cluster may be without any worker: Kubernetes and SLURM take their time."""
_PAUSE: Final = 0.05  # seconds between looks at what is done
_LOOKED: Final = 2.0  # seconds between looks at the workers; Dask's own heartbeat is about as fast
_AHEAD: Final = 2  # orders for each thread: one to work on, one to go on with
_AGAIN: Final = 1  # how often Dask tries an order again that failed with an error, as of storage


@dataclass(frozen=True, slots=True)
class _Sent:
    order: Order
    is_alone: bool


class Queue:
    """Orders for a cluster. ``patience`` is how many seconds it may be without workers."""

    def __init__(self, client: distributed.Client, *, patience: float = PATIENCE) -> None:
        self._client = client
        self._patience = patience
        self._waiting: deque[Order] = deque()
        self._suspects: deque[Order] = deque()
        self._under_way: dict[Any, _Sent] = {}
        self._done = distributed.as_completed(loop=client.loop, raise_errors=False)
        self._threads, self._looked, self._seen = 0, 0.0, time.monotonic()

    def results(self, orders: Iterable[Order]) -> Iterator[tuple[Order, Made | Lost]]:
        """Each order, or each article of one that was taken apart, with what came of it, as they are done.

        Raises:
            AidgraphError: a worker cannot do what it should, or the cluster was lost.
        """
        coming = iter(orders)
        while True:
            self._look()
            self._fill(coming)
            if not self._under_way:
                return
            while not self._done.has_ready():
                time.sleep(_PAUSE)
                self._look()
            for future in self._done.next_batch(block=False):
                yield from self._answer(future, self._under_way.pop(future))

    def again(self, order: Order) -> None:
        """Have an order done once more."""
        self._waiting.append(order)

    def close(self) -> None:
        """Call back what is under way."""
        if self._under_way and self._client.status == "running":
            self._client.cancel([*self._under_way], force=True)

    def _fill(self, coming: Iterator[Order]) -> None:
        """Send orders as long as there is room. Suspects are sent last, and each alone."""
        while len(self._under_way) < max(1, _AHEAD * self._threads):
            order = self._waiting.popleft() if self._waiting else next(coming, None)
            if order is None:
                break
            self._send(order, is_alone=False)
        if not self._under_way and self._suspects:
            self._send(self._suspects.popleft(), is_alone=True)

    def _send(self, order: Order, *, is_alone: bool) -> None:
        name = f"aidgraph-{uuid.uuid4().hex}"
        future = self._client.submit(make_shard, order, key=name, pure=False, retries=_AGAIN)
        self._under_way[future] = _Sent(order, is_alone)
        self._done.add(future)

    def _answer(self, future: Any, sent: _Sent) -> Iterator[tuple[Order, Made | Lost]]:
        if future.status == "finished":
            yield sent.order, future.result()
            return
        if future.status != "error":  # cancelled or lost: the connection broke, maybe for a moment under load
            if self._client.status != "running":
                raise self._lost()
            self.again(sent.order)
            return
        fault = future.exception()
        if isinstance(fault, KilledWorker):
            yield from self._divide(sent)
            return
        if isinstance(fault, AidgraphError):
            raise fault
        raise ClusterError(
            f"a worker cannot do its work ({type(fault).__name__}: {fault}); is aidgraph the same on all machines?"
        )

    def _divide(self, sent: _Sent) -> Iterator[tuple[Order, Lost]]:
        """Some workers died over an order."""
        if sent.is_alone:
            yield sent.order, Lost("every process that read it ended")
        elif len(sent.order.tasks) > 1:
            self._waiting.extend(sent.order.alone())
        else:
            self._suspects.append(sent.order)

    def _look(self) -> None:
        """See who is there.

        Raises:
            ClusterError: the scheduler is gone, or there has been no worker for too long.
        """
        now = time.monotonic()
        if self._client.status != "running":
            raise self._lost()
        if now - self._looked < _LOOKED and self._threads:
            return
        try:
            self._threads = sum(self._client.nthreads().values())
        except OSError as error:
            raise self._lost() from error
        self._looked = now
        if self._threads:
            self._seen = now
        elif now - self._seen > self._patience:
            raise ClusterError(
                f"the cluster has had no worker for {self._patience:.0f} s; start some with `dask worker` and build "
                "again: shards that were made are not made again"
            )

    def _lost(self) -> ClusterError:
        return ClusterError("the scheduler of the cluster is gone; start it and build again: shards are kept")

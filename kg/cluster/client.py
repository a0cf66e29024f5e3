"""The machine that builds: it joins the cluster, hands out the articles and brings what was made into its readings.

This is the other way of :func:`kg.intake.read_here`, and called in its place.
"""

from __future__ import annotations

import uuid
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import Final

import distributed

from kg.chunks import Extractor, Failed, Outcome, Taken, Task
from kg.cluster.orders import Order, Terms, Versions, absolute, orders
from kg.cluster.queue import PATIENCE, Queue
from kg.cluster.shards import BrokenShard, open_shard
from kg.errors import ClusterError, SettingsError, StorageError
from kg.settings import Settings
from kg.storage import check_address, delete_file, local_path, write_file
from kg.workers import Lost

_JOINING: Final = 10.0  # seconds in which a scheduler must answer
_TRIES: Final = 3  # how often an order is done when its shard is not found as it was told


def read_on_cluster(
    tasks: Sequence[Task], extractor: Extractor, settings: Settings, *, patience: float = PATIENCE
) -> Generator[tuple[Task, Outcome], None, None]:
    """Read tasks on a cluster: what became of each, in any order.

    Args:
        tasks: what to read.
        extractor: the module that reads facts; workers import it by its name.
        settings: ``cluster`` is the scheduler's address, ``shards`` the folder of shards.
        patience: seconds in which the cluster may be without workers.

    Raises:
        ClusterError: there is no such scheduler, it has no workers, or they are not like this machine.
        StorageError: shared storage cannot be used.
        SettingsError: an address is none, or standard input is to be read.
    """
    if not tasks:
        return
    if any(task.source.piped for task in tasks):
        raise SettingsError("standard input cannot be read by a cluster; put it into a file on shared storage")
    asked = {absolute(task.source).name: task for task in tasks}
    with (
        _shared(settings, extractor) as terms,
        _joined(settings.cluster) as client,
        closing(Queue(client, patience=patience)) as queue,
    ):
        for order, outcomes in _collected(queue, orders(tasks, terms, settings), terms):
            for told, outcome in zip(order.tasks, outcomes, strict=True):
                task = asked[told.source.name]
                yield task, _settled(task, told, outcome)


def shards_folder(settings: Settings) -> str:
    """The address or path of the folder of shards.

    Raises:
        SettingsError: it is an address that cannot be used.
    """
    if not settings.shards:
        return str((settings.data / "shards").absolute())
    path = local_path(settings.shards)
    return check_address(settings.shards) if path is None else str(path.absolute())


def _collected(queue: Queue, wanted: Iterator[Order], terms: Terms) -> Iterator[tuple[Order, list[Outcome]]]:
    """Each order with what became of its articles; one whose shard is not there as it was told is done again."""
    tries: dict[str, int] = {}
    for order, answer in queue.results(wanted):
        if isinstance(answer, Lost):
            yield order, [Failed(f"{task.source.name}: {answer.reason}") for task in order.tasks]
            continue
        try:
            outcomes = open_shard(terms, answer)
        except BrokenShard as error:
            tries[answer.key] = tries.get(answer.key, 1) + 1
            if tries[answer.key] > _TRIES:
                raise StorageError(f"{terms.shards}: what a worker wrote is not there ({error})") from error
            queue.again(order)
        else:
            yield order, outcomes


def _settled(task: Task, told: Task, outcome: Outcome) -> Outcome:
    """The outcome as it would be here: files have the names that the user gave them, and what did not change since
    the kept reading is not put again, though a shard may hold it."""
    if isinstance(outcome, Failed):
        return Failed(outcome.message.replace(told.source.name, task.source.name, 1))
    known = task.known
    if known is not None and replace(known, path=outcome.origin.path, root=outcome.origin.root) == outcome.origin:
        return Taken(outcome.origin, None, digest=outcome.digest)
    return outcome


@contextmanager
def _shared(settings: Settings, extractor: Extractor) -> Iterator[Terms]:
    """The terms of a build, with a file in the folder of shards by which workers know it."""
    shards, probe = shards_folder(settings), f"probe-{uuid.uuid4().hex}"
    write_file(f"{shards}/{probe}", b"the workers of a build look for this file\n")
    try:
        versions = Versions.here(extractor.fingerprint())
        corrections = str(settings.corrections.resolve())
        yield Terms(versions, extractor.__name__, settings.base, corrections, shards, probe)
    finally:
        delete_file(f"{shards}/{probe}")


@contextmanager
def _joined(address: str) -> Iterator[distributed.Client]:
    """The cluster whose scheduler is at this address."""
    try:
        client = distributed.Client(address, timeout=_JOINING, set_as_default=False)
    except (OSError, TimeoutError) as error:
        words = f"{address}: no scheduler of Dask answers there within {_JOINING:.0f} s"
        raise ClusterError(f"{words}; start one with `dask scheduler`") from error
    except ValueError as error:
        raise SettingsError(f"--cluster: got {address!r}, expected an address such as tcp://host:8786") from error
    with closing(client):
        yield client

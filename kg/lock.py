"""Who may write to a data folder: one process at a time, told by a lock that the system frees when it dies."""

from __future__ import annotations

import contextlib
import fcntl
import os
import random
import time
from collections.abc import Iterator
from pathlib import Path

from kg.errors import LockedError, ReplicaError, StoreError
from kg.restored import finish_restoring

REPLICA = "replica"
"""File of a data folder that :mod:`kg.publish` fills: nobody else may write there."""

_LONGEST_PAUSE = 0.05
"""Seconds between two tries to become the writer: shorter than a write, and next to no work for who waits."""


@contextlib.contextmanager
def write_lock(data: Path, *, patience: float = 0.0) -> Iterator[None]:
    """Be the only writer of ``data`` for as long as the block runs. The system frees the lock of a killed one.

    Args:
        patience: seconds to wait for another writer to finish.

    Raises:
        LockedError: another process is still writing then.
        ReplicaError: the folder is a copy of another one.
        StoreError: the folder cannot be made or written to.
    """
    if (data / REPLICA).exists():
        raise ReplicaError(f"{data}: is a replica, which only reads; write where `aidgraph publish` takes it from")
    try:
        data.mkdir(parents=True, exist_ok=True)
        lock = os.open(data / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise StoreError(f"{data}: cannot be written to ({error.strerror}); choose another --data folder") from error
    try:
        _wait_for(lock, data, time.monotonic() + patience)
        finish_restoring(data)
        yield
    finally:
        os.close(lock)


def _wait_for(lock: int, data: Path, end: float) -> None:
    """Take the lock by asking ever less often: ``flock`` itself can wait, but not for a given time in a thread."""
    pause = 0.002
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError as error:
            left = end - time.monotonic()
            if left <= 0:
                raise LockedError(
                    f"{data}: another aidgraph is writing here; wait for it, or use another --data folder"
                ) from error
        time.sleep(min(left, pause * random.uniform(0.5, 1)))  # nosec B311  # a pause is no secret
        pause = min(pause * 1.5, _LONGEST_PAUSE)


def is_held(path: Path, kind: int) -> bool:
    """Whether somebody holds a lock on a file or folder beside which one of this kind could not be had.

    Args:
        kind: ``fcntl.LOCK_EX``: any lock counts; ``fcntl.LOCK_SH``: only one that shuts others out.

    Raises:
        OSError: it cannot be told; a path that is not there is held by nobody.
    """
    try:
        lock = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(lock, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(lock)
    return False

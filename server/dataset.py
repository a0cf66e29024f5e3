"""The graph as one process serves it: one open snapshot, replaced when a build publishes a new one.

Opening the store for each request would cost more than most queries; keeping it for ever would serve
yesterday's graph. So the version on disk is read at most once a second, by one request at a time, while
the others go on with the snapshot they have. A replaced snapshot closes when its last request ends.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, cast

from kg.store import Snapshot, current_version, open_snapshot

CHECK_INTERVAL = 1.0
"""Seconds between two looks at the version on disk."""

T = TypeVar("T")


class Dataset:
    """The newest snapshot of the data folder, shared by all threads of a process."""

    def __init__(self, data: Path, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._data = data
        self._clock = clock
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None
        self._checked = 0.0
        self._memo: dict[str, tuple[str, object]] = {}

    def snapshot(self) -> Snapshot:
        """The snapshot to answer a request from; keep it until the answer is made.

        Raises:
            StoreError: nothing was built yet, or the store is damaged.
        """
        current = self._snapshot
        if current is None:
            with self._lock:
                return self._snapshot or self._open()
        if self._clock() - self._checked >= CHECK_INTERVAL and self._lock.acquire(blocking=False):
            try:
                self._checked = self._clock()
                if current_version(self._data) not in (current.version, None):
                    return self._open()
            finally:
                self._lock.release()
        return current

    def _open(self) -> Snapshot:
        self._snapshot = open_snapshot(self._data)
        self._checked = self._clock()
        return self._snapshot

    def remember(self, snapshot: Snapshot, name: str, make: Callable[[Snapshot], T]) -> T:
        """Something that is dear to find and changes only with the data, such as the number of triples."""
        version, value = self._memo.get(name, (None, None))
        if version != snapshot.version:
            value = make(snapshot)
            self._memo[name] = (snapshot.version, value)
        return cast(T, value)

"""The graph as one process serves it: one open snapshot, replaced when a build or a write publishes a new one.

Opening the store for each request would cost more than most queries; keeping it for ever would serve yesterday's
graph. So each request looks at the version on disk, which is one ``readlink``, and whoever finds a new one opens it
while the others wait: when a write was answered, nobody may be shown what was before. A replaced snapshot closes
when its last request ends.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, cast

from kg.errors import MissingError
from kg.store import Snapshot, current_version, open_snapshot
from server.problems import AWAY

T = TypeVar("T")


class Dataset:
    """The newest snapshot of the data folder, shared by all threads of a process."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None
        self._memo: dict[str, tuple[str, object]] = {}

    def snapshot(self) -> Snapshot:
        """The snapshot to answer a request from; keep it until the answer is made.

        While the store is away there is none, not even the one that is open. RocksDB opens files when it first needs
        them, and where that fails ORDER BY and GROUP BY never end (pyoxigraph 0.5.13): they collect the same fault over
        and over, 400 MB a second, until ``--server-memory`` ends the process.

        Raises:
            MissingError: nothing was built yet, or the store is away.
            StoreError: it is damaged.
        """
        current, version = self._snapshot, current_version(self._data)
        if version is None:
            raise MissingError(AWAY)
        if current is not None and version == current.version:
            return current
        with self._lock:
            current = self._snapshot
            if current is None or current_version(self._data) != current.version:
                current = self._snapshot = open_snapshot(self._data)
            return current

    def remember(self, snapshot: Snapshot, name: str, make: Callable[[Snapshot], T], *, listed: str = "") -> T:
        """Something that is dear to find and changes only with the data, such as the number of triples.

        Args:
            listed: of which version the lists are that it is made from, if they are older than the snapshot.
        """
        version, value = self._memo.get(name, (None, None))
        wanted = f"{snapshot.version}/{listed}"
        if version != wanted:
            value = make(snapshot)
            self._memo[name] = (wanted, value)
        return cast(T, value)

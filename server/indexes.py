"""The index of the snapshot that a request reads: found, made or waited for, and opened; or an older one meanwhile.

A connection serves one request at a time and is kept for the next one of the same version; when a newer version is
asked for, those of older ones are closed, or when the request that uses them ends.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import time
from pathlib import Path
from typing import Final

from kg.errors import NotReadyError, StoreError
from kg.index.build import build_index
from kg.index.making import is_small
from kg.index.older import Older, gone_things, is_behind, open_older
from kg.index.opened import has_index, open_index
from kg.store import Snapshot
from server.makers import Makers

PATIENCE: Final = 20.0
"""Seconds that a request waits for an index that is being made."""

WAITING: Final = 4
"""Requests of a process that may wait at a time. It has eight threads; some must be left for what needs no index."""


class Indexes:
    """All open indexes of a process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: list[tuple[str, sqlite3.Connection]] = []
        self._newest = ""
        self._gone: tuple[str, tuple[int, ...]] = ("", ())
        self._looking = threading.Lock()
        self._making = threading.Lock()
        self._places = threading.BoundedSemaphore(WAITING)
        self.makers = Makers()

    def take(self, snapshot: Snapshot, patience: float | None = None) -> sqlite3.Connection:
        """A connection to the index of ``snapshot``, nobody else's until it is given back.

        Of a large graph without an index it is one to an older index (:class:`kg.index.older.Older`), if there is one.

        Args:
            patience: seconds to wait for one that is made by another process; None: :data:`PATIENCE`.

        Raises:
            NotReadyError: it is not made in time.
            StoreError: it cannot be made.
        """
        with self._lock:
            if (kept := self._kept(snapshot)) is not None:
                return kept
            self._newest = snapshot.version
            self._drop_others()
        return self._older(snapshot) or self._own(snapshot, PATIENCE if patience is None else patience)

    def give_back(self, snapshot: Snapshot, connection: sqlite3.Connection) -> None:
        """Keep a connection for the next request, or close it if a newer version was asked for meanwhile."""
        with self._lock:
            self._idle.append((snapshot.version, connection))
            self._drop_others()

    def close(self) -> None:
        """Close the connections that nobody uses, and wait for the processes that were started."""
        with self._lock:
            self._newest = ""
            self._drop_others()
        self.makers.close()

    def are_behind(self, snapshot: Snapshot) -> bool:
        """Whether lists of ``snapshot`` are made from an older index."""
        folder = snapshot.path.parent
        return is_behind(folder) and not is_small(folder)

    def _kept(self, snapshot: Snapshot) -> sqlite3.Connection | None:
        """A connection that is kept for this version; older ones go when there is something better."""
        for entry in [entry for entry in self._idle if entry[0] == snapshot.version]:
            self._idle.remove(entry)
            if not isinstance(entry[1], Older) or is_behind(snapshot.path.parent):
                return entry[1]
            entry[1].close()
        return None

    def _older(self, snapshot: Snapshot) -> Older | None:
        """An older index to go by while that of the snapshot is made; None if there is none, or no need."""
        folder = snapshot.path.parent
        if not self.are_behind(snapshot):
            return None
        self.makers.begin(folder)
        with contextlib.suppress(StoreError):  # it was made just now, or the older one by another version of us
            with self._looking:
                if self._gone[0] != snapshot.version:
                    self._gone = (snapshot.version, gone_things(folder, snapshot.store))
            return open_older(folder, self._gone[1])
        return None

    def _own(self, snapshot: Snapshot, patience: float) -> sqlite3.Connection:
        self._ensure(snapshot, patience)
        return open_index(snapshot.path.parent)

    def _drop_others(self) -> None:
        for version, connection in self._idle:
            if version != self._newest:
                connection.close()
        self._idle = [entry for entry in self._idle if entry[0] == self._newest]

    def _ensure(self, snapshot: Snapshot, patience: float) -> None:
        """See to it that there is an index: one thread has it made, the others wait for that one."""
        folder = snapshot.path.parent
        if has_index(folder):
            return
        end = time.monotonic() + patience
        if not self._places.acquire(blocking=False):
            raise _not_ready(folder)
        try:
            if not self._making.acquire(timeout=patience):
                raise _not_ready(folder)
            try:
                self._make(snapshot, end)
            finally:
                self._making.release()
        finally:
            self._places.release()

    def _make(self, snapshot: Snapshot, end: float) -> None:
        folder = snapshot.path.parent
        if not is_small(folder):
            self.makers.wait(folder, end)
        elif not has_index(folder):
            build_index(snapshot.store, folder)


def _not_ready(folder: Path) -> NotReadyError:
    return NotReadyError(f"{folder}: its index is still being made; try again soon")

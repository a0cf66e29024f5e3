"""The index of the snapshot that a request reads: found, made or waited for, and opened.

A connection serves one request at a time and is kept for the next one of the same version; when a newer version is
asked for, those of older ones are closed, or when the request that uses them ends.
"""

from __future__ import annotations

import contextlib
import sqlite3
import subprocess
import threading
import time
from pathlib import Path
from typing import Final

from kg.errors import NotReadyError, StoreError
from kg.index.build import build_index
from kg.index.making import is_small, start_making, start_newest
from kg.index.opened import has_index, open_index
from kg.store import Snapshot, current_version

PATIENCE: Final = 20.0
"""Seconds that a request waits for an index that is being made."""

_LOOK: Final = 0.02
"""Seconds between two looks."""


class Indexes:
    """All open indexes of a process."""

    def __init__(self, *, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._lock = threading.Lock()
        self._idle: list[tuple[str, sqlite3.Connection]] = []
        self._newest = ""
        self._making = threading.Lock()
        self._maker: tuple[Path, subprocess.Popen[str]] | None = None
        self._eager: list[subprocess.Popen[str]] = []

    def take(self, snapshot: Snapshot) -> sqlite3.Connection:
        """A connection to the index of ``snapshot``, nobody else's until it is given back.

        Raises:
            NotReadyError: it is not made in time.
            StoreError: it cannot be made.
        """
        with self._lock:
            kept = next((entry for entry in self._idle if entry[0] == snapshot.version), None)
            if kept is not None:
                self._idle.remove(kept)
                return kept[1]
            self._newest = snapshot.version
            self._drop_others()
        self._ensure(snapshot)
        return open_index(snapshot.path.parent)

    def give_back(self, snapshot: Snapshot, connection: sqlite3.Connection) -> None:
        """Keep a connection for the next request, or close it if a newer version was asked for meanwhile."""
        with self._lock:
            self._idle.append((snapshot.version, connection))
            self._drop_others()

    def start(self, data: Path) -> None:
        """Have the index of the newest generation made after a write; do not wait for it.

        What fails here fails again, and is told, when somebody needs the index; the write was carried out.
        """
        version = current_version(data)
        with contextlib.suppress(OSError, StoreError):
            if version is not None and not is_small(data / "stores" / version):
                self._eager = [maker for maker in self._eager if maker.poll() is None]
                self._eager += filter(None, [start_newest(data)])

    def close(self) -> None:
        """Close the connections that nobody uses."""
        with self._lock:
            self._newest = ""
            self._drop_others()

    def _drop_others(self) -> None:
        for version, connection in self._idle:
            if version != self._newest:
                connection.close()
        self._idle = [entry for entry in self._idle if entry[0] == self._newest]

    def _ensure(self, snapshot: Snapshot) -> None:
        """See to it that there is an index: one thread has it made, the others wait for that one."""
        folder = snapshot.path.parent
        if has_index(folder):
            return
        end = time.monotonic() + self._patience
        if not self._making.acquire(timeout=self._patience):
            raise NotReadyError(f"{folder}: its index is still being made; try again soon")
        try:
            if is_small(folder):
                if not has_index(folder):
                    build_index(snapshot.store, folder)
            else:
                self._wait(folder, end)
        finally:
            self._making.release()

    def _wait(self, folder: Path, end: float) -> None:
        """Have the index made by another process. One that is killed is replaced, one that fails says why."""
        while not has_index(folder):
            if self._maker is None or self._maker[0] != folder:
                self._maker = folder, start_making(folder)
            maker = self._maker[1]
            if maker.poll() is not None:
                self._maker = None
                _, message = maker.communicate()
                if maker.returncode > 0:
                    raise StoreError(message.strip() or f"{folder}: the index cannot be made")
            if time.monotonic() > end:
                raise NotReadyError(f"{folder}: its index is still being made; try again soon")
            time.sleep(_LOOK)

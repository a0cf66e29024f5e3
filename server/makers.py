"""The processes that make indexes (:mod:`kg.index.making`): started after writes, and by requests that find none."""

from __future__ import annotations

import contextlib
import subprocess
import threading
import time
from pathlib import Path
from typing import Final, TypeVar

from kg.errors import MissingError, NotReadyError, StoreError
from kg.index.making import index_later, is_small, start_making, start_newest
from kg.index.opened import has_index
from kg.store import current_version

Maker = TypeVar("Maker", subprocess.Popen[str], subprocess.Popen[str] | None)

_LOOK: Final = 0.02
"""Seconds between two looks."""

_AGAIN: Final = 10.0
"""Seconds after which a process is started again, should the last one have failed."""


class Makers:
    """Those that this process started and that may still run."""

    def __init__(self) -> None:
        self._started: list[tuple[Path, subprocess.Popen[str]]] = []
        self._lock = threading.Lock()
        self._again = 0.0

    def start(self, data: Path) -> None:
        """Have the index of the newest generation made after a write, if it needs one; do not wait for it.

        What fails here fails again, and is told, when somebody needs the index; the write was carried out.
        """
        folder = data / "stores" / (current_version(data) or "")
        with contextlib.suppress(OSError, StoreError):
            if not has_index(folder) and not is_small(folder):
                self._add(data, start_newest(data))

    def begin(self, folder: Path) -> None:
        """Have the index of the newest generation made while lists are made from an older one; do not wait for it.

        What fails is tried again when somebody asks :data:`_AGAIN` seconds later, and told in ``DATA/index.log``.
        """
        now = time.monotonic()
        with self._lock:
            if now < self._again:
                return
            self._again = now + _AGAIN
        with contextlib.suppress(StoreError):
            index_later(folder.parent.parent)

    def wait(self, folder: Path, end: float) -> None:
        """Have the index of a generation made, and wait. A process that is killed is replaced, one that fails says why.

        Args:
            end: by the monotonic clock.

        Raises:
            NotReadyError: it is not made by then.
            MissingError: the generation is not there any more.
            StoreError: it cannot be made.
        """
        maker: subprocess.Popen[str] | None = None
        while not has_index(folder):
            if not folder.is_dir():
                raise MissingError(f"{folder}: is not there any more")
            if maker is None or maker.poll() is not None:
                if maker is not None and maker.returncode > 0:
                    raise StoreError(_message(maker))
                maker = self._running(folder) or self._add(folder, start_making(folder))
            if time.monotonic() > end:
                raise NotReadyError(f"{folder}: its index is still being made; try again soon")
            time.sleep(_LOOK)

    def close(self) -> None:
        """Wait for all of them."""
        with self._lock:
            for _, maker in self._started:
                maker.wait()
            self._forget_ended()

    def _running(self, folder: Path) -> subprocess.Popen[str] | None:
        with self._lock:
            self._forget_ended()
            return next((maker for made, maker in self._started if made == folder), None)

    def _add(self, folder: Path, maker: Maker) -> Maker:
        with self._lock:
            self._forget_ended()
            if maker is not None:
                self._started.append((folder, maker))
        return maker

    def _forget_ended(self) -> None:
        for _, maker in self._started:
            if maker.poll() is not None:
                _message(maker)
        self._started = [entry for entry in self._started if entry[1].returncode is None]


def _message(maker: subprocess.Popen[str]) -> str:
    """What a process that has ended said on standard error, which is closed then."""
    if maker.stderr is None or maker.stderr.closed:
        return "the index cannot be made"
    with maker.stderr as lines:
        return lines.read().strip()

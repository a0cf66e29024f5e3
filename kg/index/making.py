"""Makes the index of a generation that has none, in a process of its own: ``python -m kg.index FOLDER``.

``build`` and ``load`` make that of a small graph before they publish; a write to a named graph keeps it. That of a
large one takes minutes, which nobody shall wait for, and a write by the server may not even take seconds: their
generations are published without, with an older index beside them (:mod:`kg.index.older`). Then a process is started
that makes it: at once after the write, and by whoever needs it and finds none. What it dies of hurts nobody else.

One is made at a time in a data folder (``DATA/index.lock``), and one more may wait for its turn to make that of what
is then the newest generation (``DATA/index.next``): a thousand writes in a row do not start a thousand processes.
One that is outdated when it is whole is handed on to the newest generation, as its older one.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.background import command_of, start_apart
from kg.errors import StoreError
from kg.index.build import FILE, OLDER, build_index
from kg.index.older import carry_older
from kg.index.opened import has_index
from kg.store import current_version, open_generation

_LOCK: Final = "index.lock"
_NEXT: Final = "index.next"

_PROGRAMS: Final = ("kg.remote.opening",)
"""Programs that make an index like this one, and know stores that are elsewhere: started where those are in use."""

_CALM: Final = 0.3
"""Seconds after a write in which another one is likely, and in which nobody else need start a process."""

SMALL: Final = 4 << 20
"""Bytes of a store, some 25,000 quads, up to which its index is made faster than a process starts."""

AT_ONCE: Final = 250_000
"""Quads of a graph up to which a build makes the index before it publishes: about a second."""

_LOG: Final = "index.log"
"""Where a process that nobody waits for says in the data folder why it could make none."""


def index_generation(store: ox.Store, folder: Path, quads: int, *, previous: Path | None) -> bool:
    """See to the index of a generation that is not published yet; whether it is made now.

    That of a small graph is made at once, so that lists tell of what was built as soon as it is there. A large graph
    gets the older index of the generation before, and the caller calls :func:`index_later` when it has published.

    Args:
        store: the store as it will be published.
        folder: of the generation in the making, ``DATA/stores/VERSION``.
        quads: how many the store has, all graphs together; the caller has counted them.
        previous: the folder of the generation before, if there is one.

    Raises:
        StoreError: the index cannot be written.
    """
    if quads <= AT_ONCE:
        build_index(store, folder)
        return True
    if previous is not None:
        carry_older(previous, folder)
    return False


def index_later(data: Path) -> None:
    """Start the process that makes the index of the newest generation if it has none; do not wait for it.

    It outlives this one, and says in ``DATA/index.log`` why it could not; then whoever needs the index tries again.

    Raises:
        StoreError: the data folder cannot be written to.
    """
    version = current_version(data)
    if version is None or has_index(data / "stores" / version):
        return
    with _place(data) as place:
        if place is None:
            return
        try:
            start_apart("kg.index", (str(data.resolve()), str(place)), data / _LOG, pass_fds=(place,))
        except OSError as error:
            raise _unwritable(data, error) from error


def is_small(folder: Path) -> bool:
    """Whether the index of this generation is better made at once, where it is needed."""
    store = folder / "rocksdb"  # not there if the data are elsewhere (kg.remote)
    return store.is_dir() and sum(file.stat().st_size for file in store.iterdir()) < SMALL


def make_index(folder: Path) -> None:
    """Make the index of the generation in ``folder`` when nobody else makes one, if it has none then.

    It is no error that the generation was deleted meanwhile.

    Raises:
        StoreError: the store is damaged, or the index cannot be written.
    """
    with _locked(folder.parent.parent / _LOCK):
        _make(folder)


def make_newest(data: Path, place: int) -> None:
    """The same for the generation that is the newest when the turn has come.

    Args:
        place: file descriptor whose lock keeps others from waiting as well.
    """
    time.sleep(_CALM)
    with _locked(data / _LOCK):
        os.close(place)
        version = current_version(data)
        if version is not None:
            _make(data / "stores" / version)


def start_making(folder: Path) -> subprocess.Popen[str]:
    """Start the process that makes the index of a generation; it tells in one line why it cannot."""
    return subprocess.Popen(_command(folder), stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def start_newest(data: Path) -> subprocess.Popen[str] | None:
    """Start the process that makes the newest index in its turn; None if one waits already."""
    with _place(data) as place:
        if place is None:
            return None
        return subprocess.Popen(_command(data, place), stdin=subprocess.DEVNULL, pass_fds=(place,), text=True)


@contextlib.contextmanager
def _place(data: Path) -> Iterator[int | None]:
    """The file descriptor whose lock keeps others from waiting for their turn as well; None if somebody waits."""
    try:
        place = os.open(data / _NEXT, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise _unwritable(data, error) from error
    try:
        fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        yield None
    else:
        yield place
    finally:
        os.close(place)


def _command(folder: Path, *place: int) -> list[str]:
    program = next((room for room in _PROGRAMS if room in sys.modules), "kg.index")
    return command_of(program, (str(folder.resolve()), *map(str, place)))


def _make(folder: Path) -> None:
    if has_index(folder):
        return
    try:
        snapshot = open_generation(folder)  # holds the reader's lock for as long as there is this name
        build_index(snapshot.store, folder)
        _hand_on(folder)
    except StoreError:
        if (folder / "readers").exists():
            raise


def _hand_on(made: Path) -> None:
    """Let the newest generation have this index as its older one, if it is another and has none of its own.

    Who writes every second would otherwise never see a list change: each generation would be outdated when its own
    index is there.
    """
    version = current_version(made.parent.parent)
    newest = made.parent / (version or made.name)
    if newest == made or has_index(newest):
        return
    link = newest / f"{OLDER}.{secrets.token_hex(4)}"
    with contextlib.suppress(FileNotFoundError):  # it was deleted meanwhile, for a still newer one
        os.link(made / FILE, link)
        link.replace(newest / OLDER)


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold the lock on a file as soon as it is free. The system frees that of a killed process."""
    try:
        lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise _unwritable(path.parent, error) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _unwritable(data: Path, error: OSError) -> StoreError:
    return StoreError(f"{data}: the index cannot be made there ({error.strerror}); let this program write to it")

"""``newer.json`` beside the dumps: that newer ones are wanted, and since when, or why they could not be written.

It appears when a build leaves its dumps to a process of their own (:mod:`kg.dumping`) and goes when they are there.
``build.json`` says of which version of the store the dumps are. That is a file of its own because the description of
the dumps tells the checksum of ``build.json``.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec

from kg.lock import is_held

NEWER: Final = "newer.json"


class Newer(msgspec.Struct, frozen=True):
    """Dumps that somebody wants.

    ``version`` is the store's when they were asked for: if that has moved on when their turn comes, those of the newest
    are written. ``started`` is when the build began (ISO 8601), ``rules`` what it read articles by; ``base``,
    ``formats`` and ``hdt_limit`` are settings. ``reason``: why they could not be written; empty if nothing failed yet.
    """

    version: str
    started: str
    rules: str
    base: str
    formats: tuple[str, ...]
    hdt_limit: int
    reason: str = ""


def read_newer(folder: Path) -> Newer | None:
    """What is wanted in a folder of dumps; None if nothing is, or what stands there is none of ours."""
    try:
        return msgspec.json.decode((folder / NEWER).read_bytes(), type=Newer)
    except (FileNotFoundError, msgspec.DecodeError):
        return None


def write_newer(folder: Path, newer: Newer) -> None:
    """Note what is wanted, in one step.

    Raises:
        OSError: the folder cannot be written to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        _write(folder, newer)


def drop_newer(folder: Path, done: Newer | None) -> None:
    """Take the note away, if it still wants no more than what was ``done``."""
    with _alone(folder):
        if done is not None and read_newer(folder) == done:
            (folder / NEWER).unlink()


def tell_failure(folder: Path, wanted: Newer, reason: str) -> None:
    """Note why what was ``wanted`` could not be written, unless something else is wanted by now.

    Raises:
        OSError: the folder cannot be written to.
    """
    with _alone(folder):
        if read_newer(folder) == wanted:
            _write(folder, msgspec.structs.replace(wanted, reason=" ".join(reason.split())))


def _write(folder: Path, newer: Newer) -> None:
    unfinished = folder / f".{NEWER}"
    unfinished.write_bytes(msgspec.json.format(msgspec.json.encode(newer)) + b"\n")
    unfinished.replace(folder / NEWER)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep others from changing the note between a look at it and its change."""
    lock = os.open(folder / f".{NEWER}.lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def is_written(folder: Path) -> bool:
    """Whether some process writes dumps to a folder right now: who does holds a lock on it (:mod:`kg.dump`)."""
    return is_held(folder, fcntl.LOCK_SH)

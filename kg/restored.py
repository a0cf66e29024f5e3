"""Finishes a restore that was killed after the graph was swapped and before the databases were.

The graph of a data folder changes by one ``rename``, and its databases by others. So a restore lays the databases into
``DATA/restored`` first, with the version of the graph that they go with. Once that graph is served they are to take
their places, and whoever writes next sees to it; if it is not, they are of a restore that never came so far, and go.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

import msgspec

FOLDER: Final = "restored"
NOTE: Final = "restored.json"
BESIDE: Final = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database, by the end of its name; that of another database would spoil it."""


class Restored(msgspec.Struct, frozen=True):
    """The databases of ``DATA/restored``: ``kept`` take the places of those of these names, ``none`` have none."""

    version: str
    kept: tuple[str, ...]
    none: tuple[str, ...]


def note_restored(folder: Path, restored: Restored) -> None:
    """Write the note that makes the databases count, after them."""
    (folder / NOTE).write_bytes(msgspec.json.encode(restored))


def finish_restoring(data: Path) -> None:
    """Do what a killed restore left. The caller holds the write lock; a kill here is no harm either."""
    folder = data / FOLDER
    if not folder.is_dir():
        return
    link, note = data / "store", folder / NOTE
    restored = msgspec.json.decode(note.read_bytes(), type=Restored) if note.exists() else None
    if restored and link.is_symlink() and link.readlink().parent.name == restored.version:
        for name in restored.none:
            _forget(data / name)
        for name in restored.kept:
            if (folder / name).exists():
                _forget(data / name, but_itself=True)
                (folder / name).replace(data / name)
    note.unlink(missing_ok=True)
    shutil.rmtree(folder)


def _forget(path: Path, *, but_itself: bool = False) -> None:
    for ending in BESIDE if but_itself else ("", *BESIDE):
        path.with_name(path.name + ending).unlink(missing_ok=True)

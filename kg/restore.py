"""Brings a backup back into a data folder, whole or not at all, while servers go on.

All files are unpacked beside the others first, and every checksum is compared; then the restored graph is published as
any writer publishes one, by one ``rename``, so that running servers see it at once. The ledger gets a name of its own,
since the folder may hold a later state of the same one. The other databases follow as :mod:`kg.restored` tells.
"""

from __future__ import annotations

import os
import secrets
import shutil
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Final

from kg.backup import KEPT
from kg.backupfiles import GENERATION, LEDGER, BackupFile, Manifest, read_backup
from kg.errors import StoreError
from kg.ledger.opened import FOLDER as LEDGERS
from kg.ledger.opened import read_mark, write_mark
from kg.lock import write_lock
from kg.restored import FOLDER, Restored, finish_restoring, note_restored
from kg.store import publish_folder

_PART: Final = "restoring-"
"""How folders among the generations begin that a restore unpacks to; the next writer deletes what a killed one left."""
_OURS: Final = frozenset({"lock", "ledger", "stores", FOLDER})
"""What a data folder may have in which there is nothing yet."""


@dataclass(slots=True)
class _Unpacking:
    """Unpacks a backup into a folder."""

    folder: Path

    def start(self, _manifest: Manifest) -> _Unpacking:
        (self.folder / GENERATION / "rocksdb").mkdir(parents=True)
        return self

    def __call__(self, one: BackupFile, content: IO[bytes]) -> None:
        """Write a file, through to the disk. Its name is one of those that a backup may have."""
        with (self.folder / one.name).open("xb") as file:
            shutil.copyfileobj(content, file, 1 << 20)
            file.flush()
            os.fsync(file.fileno())


def restore(backup: Path, data: Path, *, over: bool = False) -> Manifest:
    """Make a data folder of a backup; what it holds, as its manifest says.

    Args:
        over: take the place of a graph that is there.

    Raises:
        LockedError: another process is writing to the data folder.
        StoreError: the backup is damaged or of a newer program, or there is a graph and ``over`` is not said; then what
            was there stands.
    """
    if not backup.exists():
        raise StoreError(f"{backup}: there is no such backup")
    _refuse_what_is_there(data, over)
    with write_lock(data):
        _refuse_what_is_there(data, over)
        part = data / "stores" / f"{_PART}{secrets.token_hex(4)}"
        try:
            part.mkdir(parents=True)
            manifest = read_backup(backup, _Unpacking(part).start)
            _put_in_place(part, data, manifest)
        except OSError as error:
            raise StoreError(f"{data}: the backup cannot be restored there ({error}); what was there stands") from error
        finally:
            with suppress(FileNotFoundError):
                shutil.rmtree(part)
    return manifest


def _refuse_what_is_there(data: Path, over: bool) -> None:
    if not data.exists():
        return
    if not data.is_dir():
        raise StoreError(f"{data}: is no folder; name another one with --data")
    if (data / "store").is_symlink() or (data / "readings.sqlite").exists():
        if not over:
            raise StoreError(f"{data}: holds a graph already; add --replace to put the backup in its place")
    elif {path.name for path in data.iterdir()} - _OURS:
        raise StoreError(f"{data}: is no data folder of aidgraph and not empty; name another one with --data")


def _put_in_place(part: Path, data: Path, manifest: Manifest) -> None:
    """Publish the unpacked generation and let its databases take their places."""
    generation = part / GENERATION
    _rename_ledger(part, data)
    (generation / "readers").touch()
    os.utime(generation / "readers", (manifest.made, manifest.made))
    kept = tuple(name for name in KEPT if (part / name).exists())

    def prepare(version: str) -> None:
        (data / FOLDER).mkdir()
        for name in kept:
            (part / name).replace(data / FOLDER / name)
        note_restored(data / FOLDER, Restored(version, kept, tuple(name for name in KEPT if name not in kept)))

    publish_folder(data, generation, prepare)
    finish_restoring(data)


def _rename_ledger(part: Path, data: Path) -> None:
    """Lay the ledger beside those that are there, under a name that none of them has."""
    mark = read_mark(part / GENERATION / "built")
    if mark is None or not (part / LEDGER).exists():
        return
    name = secrets.token_hex(8)
    write_mark(part / GENERATION / "built", replace(mark, ledger=name))
    (data / LEDGERS).mkdir(exist_ok=True)
    (part / LEDGER).replace(data / LEDGERS / f"{name}.sqlite")

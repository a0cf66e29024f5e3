"""Copies what cannot be made again out of a data folder that is in use: store, ledger, readings.

``cp`` of a data folder that is being written to would copy halves. Here the newest generation of the store, which never
changes, is held as any reader holds it, and the databases are copied by SQLite's own online backup. No lock keeps
builds from running, for a build may take hours, and one that started meanwhile would fail. Instead what was copied is
looked at: the ledger must be in the state that the generation names, or able to go back there
(:mod:`kg.ledger.opened`); else a build was published in between and all is copied anew. Dumps are not in a backup: the
next build writes them.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version as installed
from pathlib import Path
from typing import Final

from kg.backupfiles import (
    ENDING,
    FORMAT,
    GENERATION,
    LEDGER,
    MANIFEST,
    BackupFile,
    Manifest,
    digest_of,
    manifest_bytes,
    write_archive,
)
from kg.errors import LockedError, StoreError
from kg.ledger.opened import FOLDER, Mark, read_mark
from kg.store import Snapshot, open_snapshot

KEPT: Final = ("readings.sqlite", "seen.sqlite", "parses.sqlite")
"""Databases of a data folder, beside the ledger."""
_BESIDE: Final = ("built", "built.nq.gz", "alone", "sizes", "counts.json", "index.sqlite")
"""Files of a generation, beside its store."""
_PAGES: Final = 4096
"""Pages of 4 kB that are copied at once; between them a writer gets its turn."""
_PAUSE: Final = 0.2
"""Seconds before all is tried again."""


class _BusyError(Exception):
    """A build keeps the databases for itself, or published while they were copied."""


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What was backed up: the version of the store, and how much, in files and bytes before packing."""

    version: str
    files: int
    size: int


def back_up(data: Path, to: Path, *, base: str, patience: float = 600.0) -> BackedUp:
    """Write a backup of a data folder to a new folder, or to an archive if the name ends in ``.tar.zst``.

    Args:
        base: the base IRI of the settings, for a store that no build of this program made.
        patience: seconds to wait for a build that keeps the databases for itself.

    Raises:
        LockedError: a build did so until then.
        StoreError: nothing was built yet, what was built is damaged, ``to`` is there already or cannot be written.
    """
    if to.exists():
        raise StoreError(f"{to}: is there already; name a new file or folder")
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        _delete_parts(to)
        with _part_of(to) as part:
            snapshot, base = _copied(data, part / "databases", base, time.monotonic() + patience)
            return _write(snapshot, part, to, base)
    except OSError as error:
        raise StoreError(f"{to}: the backup cannot be written ({error}); there is none of this name") from error


def _delete_parts(to: Path) -> None:
    for left in to.parent.glob(f".{to.name}.part-*"):
        shutil.rmtree(left)


@contextlib.contextmanager
def _part_of(to: Path) -> Iterator[Path]:
    """A folder beside a backup for what is not whole."""
    part = to.parent / f".{to.name}.part-{secrets.token_hex(4)}"
    part.mkdir()
    try:
        yield part
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _copied(data: Path, folder: Path, base: str, end: float) -> tuple[Snapshot, str]:
    """Copy the databases to a folder; the generation that they go with, and its base IRI."""
    while True:
        snapshot = open_snapshot(data)
        if not snapshot.path.is_dir():
            raise StoreError(f"{data}: its data are in a store elsewhere (--store); back that up with its own tools")
        mark = read_mark(snapshot.path.parent / "built")
        folder.mkdir()
        try:
            _copy_databases(data, folder, mark, end)
            return snapshot, mark.base if mark else base
        except _BusyError as error:
            shutil.rmtree(folder)
            if time.monotonic() > end:
                raise LockedError(
                    f"{data}: a build keeps its databases for itself; try again when it is done"
                ) from error
            time.sleep(_PAUSE)


def _copy_databases(data: Path, folder: Path, mark: Mark | None, end: float) -> None:
    """Readings first: those that the ledger does not know yet wait for the next build, as after a killed one."""
    for name in KEPT:
        _copy(data / name, folder / name, end)
    if mark is not None:
        ledger = data / FOLDER / f"{mark.ledger}.sqlite"
        if not ledger.is_file():
            raise _BusyError
        _copy(ledger, folder / LEDGER, end)
        if mark.state not in _states(folder / LEDGER):
            raise _BusyError


def _copy(source: Path, target: Path, end: float) -> None:
    """Copy a database, if there is one, and look whether it is sound."""
    if not source.is_file():
        return

    def look(_status: int, _left: int, _all: int) -> None:
        if time.monotonic() > end:
            raise _BusyError

    try:
        with (
            contextlib.closing(sqlite3.connect(_address(source), uri=True, isolation_level=None)) as old,
            contextlib.closing(sqlite3.connect(target, isolation_level=None)) as new,
        ):
            old.backup(new, pages=_PAGES, progress=look, sleep=0.05)
            new.execute("PRAGMA journal_mode = DELETE")  # one file, whatever the original has beside it
            (sound,) = new.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise _BusyError from error
        raise StoreError(f"{source}: cannot be copied ({error})") from error
    except sqlite3.DatabaseError as error:
        raise _damaged(source, str(error)) from error
    if sound != "ok":
        raise _damaged(source, sound)


def _address(path: Path) -> str:
    """The database as SQLite is to open it: where nobody can write it makes no files beside it."""
    is_fixed = os.statvfs(path).f_flag & os.ST_RDONLY
    return f"{path.absolute().as_uri()}?{'immutable=1' if is_fixed else 'mode=rw'}"


def _damaged(path: Path, why: str) -> StoreError:
    return StoreError(
        f"{path}: is damaged ({why}), so that no backup is made; delete it and build again, or restore an older backup"
    )


def _states(ledger: Path) -> set[str]:
    """The states that a copied ledger is in or can go back to."""
    with contextlib.closing(sqlite3.connect(ledger)) as connection:
        query = "SELECT value FROM state WHERE name IN ('state', 'back to')"
        return {state for (state,) in connection.execute(query)}


def _write(snapshot: Snapshot, part: Path, to: Path, base: str) -> BackedUp:
    """Write the manifest and all files; the backup appears when it is whole."""
    paths = _paths(snapshot, part / "databases")
    files = tuple(BackupFile(name, *digest_of(path)) for name, path in sorted(paths.items()))
    manifest = Manifest(
        FORMAT, installed("aidgraph"), snapshot.version, (snapshot.path.parent / "readers").stat().st_mtime, base,
        _count(snapshot), files,
    )  # fmt: skip
    whole = part / "whole"
    if to.name.endswith(ENDING):
        write_archive(whole, manifest, paths)
    else:
        _write_folder(whole, manifest, paths)
    whole.rename(to)
    return BackedUp(snapshot.version, len(files), sum(one.size for one in files))


def _paths(snapshot: Snapshot, databases: Path) -> dict[str, Path]:
    """The files of a backup by their names in it."""
    generation = snapshot.path.parent
    paths = {f"{GENERATION}/rocksdb/{path.name}": path for path in snapshot.path.iterdir() if path.name != "LOCK"}
    paths |= {f"{GENERATION}/{name}": generation / name for name in _BESIDE if (generation / name).is_file()}
    return paths | {path.name: path for path in databases.iterdir()}


def _count(snapshot: Snapshot) -> int:
    """Count the quads, by which the whole store is read once: a damaged one shall not take the place of a sound backup.

    Raises:
        StoreError: it is damaged.
    """
    try:
        return sum(1 for _ in snapshot.store)
    except (OSError, RuntimeError) as error:
        raise _damaged(snapshot.path, str(error)) from error


def _write_folder(folder: Path, manifest: Manifest, paths: dict[str, Path]) -> None:
    (folder / GENERATION / "rocksdb").mkdir(parents=True)
    for one in manifest.files:
        shutil.copyfile(paths[one.name], folder / one.name)
    (folder / MANIFEST).write_bytes(manifest_bytes(manifest))

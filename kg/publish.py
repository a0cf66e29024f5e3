"""Copies the newest generation to a folder that replicas serve, and lets them see it whole or not at all.

``rsync`` or ``cp`` of a data folder that is being written to would copy half of one version and half of the next.
Here the generation is held as any reader holds it, laid beside the older ones and written through to the disk, and
then one link is swapped by one ``rename``::

    DIR/replica                what was published last; with it nobody but this module writes here
    DIR/store -> stores/GENERATION/rocksdb
    DIR/dumps -> store/../dumps
    DIR/stores/GENERATION/rocksdb, readers, sizes, index.sqlite
                          dumps -> dumps-DIGEST

So the dumps are swapped with the store; those that follow later (a build may write them in the background) are swapped
by a link of their own. On one file system files are hard links, which take no room and no time: neither the store's
nor the index's nor the dumps' ever change once written. ``readers`` alone is a file of its own, since locks hang on it.

DIR is a data folder like any other, so that it can be published from in turn: a replica on another machine pulls
from a shared folder to its own disk by the same command.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from kg.dumps.manifest import BUILD_NOTE, CHECKSUMS
from kg.durable import sync
from kg.errors import LockedError, StoreError
from kg.index.build import FILE as INDEX
from kg.index.build import build_index
from kg.index.opened import has_index
from kg.lock import REPLICA
from kg.store import SIZES, Snapshot, current_version, is_read, open_snapshot

_PART: Final = "part-"
"""How folders begin that are not whole; who was killed leaves one, and the next one deletes it."""

_TRIES: Final = 5
"""Times that dumps are looked at again because they were being replaced, which takes milliseconds."""

_PAUSE: Final = 0.05
"""Seconds between two looks."""

_NO_LINKS: Final = frozenset({errno.EXDEV, errno.EPERM, errno.EACCES, errno.EMLINK, errno.EOPNOTSUPP})
"""Another file system, one without hard links, or a system that lets nobody link what is another's."""


@dataclass(slots=True)
class Published:
    """What was done. ``is_new``: replicas see another version now; ``copied`` are bytes, ``linked`` are files.

    ``has_dumps``: dumps lie beside it, if not always of the same version, as they say themselves.
    ``removed`` are older versions that nobody read any more.
    """

    version: str
    is_new: bool = False
    copied: int = 0
    linked: int = 0
    has_dumps: bool = False
    removed: tuple[str, ...] = ()


def publish(data: Path, to: Path) -> Published:
    """Let ``to`` hold the newest generation of ``data``, with its index and dumps. What is there already stays.

    Raises:
        LockedError: somebody else publishes to this folder.
        StoreError: nothing was built yet, ``to`` holds something else, or it cannot be written to; then what
            was published before stands.
    """
    snapshot = open_snapshot(data)  # its lock keeps the files from being deleted while they are copied
    done = Published(snapshot.version)
    try:
        _claim(data, to)
        with _alone(to):
            _clear_parts(to)
            former = _read_note(to)
            folder = to / "stores" / snapshot.version
            if not folder.exists():
                _copy_generation(snapshot, folder, done)
            _renew_dumps(data / "dumps", folder, done)
            done.is_new = current_version(to) != snapshot.version
            if done.is_new:
                _swap(to / "store", Path("stores") / snapshot.version / "rocksdb")
                former = {"previous": former.get("version", "")}
                _write_note(to, {"version": snapshot.version, **former, "published": _now()})
            done.removed = _delete_all_but(to, {snapshot.version, former.get("previous", "")})
    except OSError as error:
        raise StoreError(f"{to}: cannot be published to ({error}); what was there before stands") from error
    return done


def _claim(data: Path, to: Path) -> None:
    """Make ``to`` a replica's folder, if it is empty or not there.

    Raises:
        StoreError: it is something else.
    """
    if to.exists() and to.resolve() == data.resolve():
        raise StoreError(f"{to}: is the data folder itself; publish to another one")
    if (to / REPLICA).exists():
        return
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise StoreError(f"{to}: is no replica and not empty; name a new folder, or one that was published to before")
    to.mkdir(parents=True, exist_ok=True)
    (to / "stores").mkdir()
    (to / "dumps").symlink_to("store/../dumps")
    _write_note(to, {})


@contextlib.contextmanager
def _alone(to: Path) -> Iterator[None]:
    """Be the only one who publishes here. The system frees the lock of a killed one."""
    lock = os.open(to / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise LockedError(f"{to}: somebody else is publishing here; wait for it") from error
    finally:
        os.close(lock)


def _copy_generation(snapshot: Snapshot, folder: Path, done: Published) -> None:
    """Lay the store, its index and its lock file into ``folder``, which appears when all of them are on the disk."""
    source, part = snapshot.path.parent, folder.with_name(_PART + folder.name)
    part.mkdir()
    _copy_files(snapshot.path.iterdir(), part / "rocksdb", done)
    shutil.copy2(source / "readers", part)  # its time is when the version was made, which answers tell
    if (source / SIZES).exists():
        _copy_files([source / SIZES], part, done)
    if has_index(source):
        _copy_files([source / INDEX], part, done)
    else:
        build_index(snapshot.store, part)  # replicas may be unable to write one
    sync(part / "readers", part / INDEX, part)
    part.rename(folder)
    sync(folder.parent)


def _renew_dumps(source: Path, folder: Path, done: Published) -> None:
    """Lay the dumps as they are now into the generation, unless they are there. None that are half replaced."""
    _delete_replaced(folder)
    for _ in range(_TRIES if source.is_dir() else 0):
        stamp = _stamp(source)
        if stamp is not None and _has_copied(source, folder, stamp, done):
            _swap(folder / "dumps", Path(stamp))
            break
        time.sleep(_PAUSE)
    done.has_dumps = (folder / "dumps").exists()


def _has_copied(source: Path, folder: Path, stamp: str, done: Published) -> bool:
    """Whether these dumps are in the generation now; False if they were replaced while they were copied."""
    if (folder / stamp).exists():
        return True
    part = folder / f"{_PART}{stamp}"
    try:
        _copy_files((one for one in source.iterdir() if one.is_file()), part, done)
    except FileNotFoundError:
        is_whole = False
    else:
        is_whole = _stamp(source) == stamp
    if is_whole:
        part.rename(folder / stamp)
    else:
        shutil.rmtree(part)
    return is_whole


def _stamp(dumps: Path) -> str | None:
    """A name for the dumps that are in this folder, made of their checksums; None if they are not whole."""
    try:
        note = (dumps / CHECKSUMS).read_bytes() + (dumps / BUILD_NOTE).read_bytes()
    except FileNotFoundError:
        return None
    return f"dumps-{hashlib.sha256(note).hexdigest()[:16]}"


def _copy_files(files: Iterable[Path], folder: Path, done: Published) -> None:
    """Link or copy files to ``folder``, through to the disk."""
    folder.mkdir(exist_ok=True)
    for file in files:
        target = folder / file.name
        try:
            os.link(file.resolve(), target)
            done.linked += 1
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            shutil.copy2(file, target)
            done.copied += target.stat().st_size
        sync(target)
    sync(folder)


def _swap(link: Path, target: Path) -> None:
    """Point a link elsewhere in one step, if it does not point there already."""
    if link.is_symlink() and link.readlink() == target:
        return
    new = link.with_name(f"{link.name}.new")
    new.unlink(missing_ok=True)
    new.symlink_to(target)
    new.replace(link)
    sync(link.parent)


def _clear_parts(to: Path) -> None:
    for left in (to / "stores").rglob(f"{_PART}*"):
        shutil.rmtree(left)


def _delete_replaced(folder: Path) -> None:
    """Delete dumps that were replaced the last time: somebody may have been about to open one of them then."""
    link = folder / "dumps"
    for dumps in folder.glob("dumps-*"):
        if not link.is_symlink() or dumps.name != link.readlink().name:
            shutil.rmtree(dumps)


def _delete_all_but(to: Path, kept: set[str]) -> tuple[str, ...]:
    """Delete older versions that nobody reads; their names."""
    removed = [one for one in sorted((to / "stores").iterdir()) if one.name not in kept and not is_read(one)]
    for folder in removed:
        shutil.rmtree(folder)
    return tuple(folder.name for folder in removed)


def _read_note(to: Path) -> dict[str, str]:
    try:
        note: dict[str, str] = json.loads((to / REPLICA).read_bytes() or b"{}")
    except json.JSONDecodeError:
        return {}  # only tells which older version may stay for a while
    return note


def _write_note(to: Path, note: dict[str, str]) -> None:
    new = to / f"{REPLICA}.new"
    new.write_text(json.dumps(note) + "\n", encoding="utf-8")
    new.replace(to / REPLICA)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")

"""The store on disk: finished snapshots that never change, and one writer that makes the next.

pyoxigraph keeps its data in RocksDB, and opening that read-only beside a writer is undefined (says its own
documentation). So nobody ever writes to a store that somebody may read::

    DATA/lock                         held by the one writer (flock)
    DATA/store -> stores/GENERATION/rocksdb
    DATA/stores/GENERATION/rocksdb    an Oxigraph store, also for ``oxigraph serve-read-only``
                           built      the state of the builder's ledger (:mod:`kg.ledger`), which tells what of
                                      the store the builder wrote: the rest was loaded by others
                           alone      there if there is no such rest
                           sizes    the size of each file of rocksdb, which RocksDB itself does not look at where
                                    the file was cut at its end
                           counts.json  how much the store holds, if the builder wrote last
                           readers    readers hold a shared lock on it, so that it is not deleted under them
                           index.sqlite  what pages list and search (:mod:`kg.index`), sooner or later

A writer makes a working copy of the newest generation (the ``.sst`` files never change and are hard-linked),
changes that, makes a generation of it with ``Store.backup`` (RocksDB's own checkpoint, hard links again), and
swaps the link in one ``rename``. A writer that dies leaves the old link whole; the next one deletes what it
left, and every generation but the last two. A generation is on the disk before the link leads to it, and the
link before anything older goes, so that a power cut leaves one of the two. Deleting needs the readers' lock:
RocksDB opens files when it first needs them, so a reader of a deleted folder may fail later.

What a write of one quad to 1.1 million costs, in milliseconds: copying 2, opening for writing 20, flushing 6,
checkpoint 2, synchronising 8, closing 3, deleting 3. It must be closed before its folder goes: RocksDB merges files in
the background, and when one of them is missing it sleeps for a second before it lets itself be closed.

A quad that both the builder and somebody else wrote is one quad, and goes when the builder drops it.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import secrets
import shutil
import traceback
import weakref
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.durable import sync
from kg.errors import MissingError, StoreError
from kg.lock import is_held

SIZES = "sizes"
"""Name of the file that tells how large the files of a generation's store are."""

_ALONE = "alone"
_BUILT = "built"
OLD_BUILT = "built.nq.gz"
"""What version 0.5 left instead of a mark: all that the builder wrote, as sorted N-Quads."""
ELSEWHERE: dict[str, Callable[[Path], ox.Store]] = {}
"""Who opens a generation whose data are not in it, by the name of the file in its folder that says where they are.
:mod:`kg.remote` enters itself where such a store is used, so that nobody else loads an HTTP client."""

_OPENING_FAULTS = (OSError, RuntimeError)  # pyoxigraph: missing or locked files; RocksDB: corruption


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Snapshot:
    """A store as one build left it, open for reading. Keep it as long as ``store`` is used."""

    store: ox.Store
    version: str
    path: Path


@dataclass(slots=True)
class Generation:
    """A store in the making, open for reading and writing by its one writer. ``store`` is gone once it is published.

    ``built`` is where the builder leaves its mark; a writer that is not the builder carries the old one over.
    ``previous`` is the mark of the generation before, if there was one, or what version 0.5 of the program left in
    its place. ``is_builders``: so far nobody but the builder wrote to the store.
    """

    store: ox.Store
    built: Path
    previous: Path | None
    is_builders: bool


def current_version(data: Path) -> str | None:
    """The name of the newest finished generation, or None before the first build: one ``readlink``.

    Raises:
        StoreError: ``DATA/store`` is there and is not a link of ours.
    """
    try:
        target = (data / "store").readlink()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreError(f"{data / 'store'}: is not a store made by aidgraph; use another --data folder") from error
    return target.parent.name


def open_snapshot(data: Path) -> Snapshot:
    """Open the newest finished generation for reading. Any number of processes may do so at any time.

    Raises:
        StoreError: nothing was built yet, or the store is damaged.
    """
    while True:
        version = current_version(data)
        if version is None:
            raise MissingError(
                f"{data / 'store'}: no store yet; run `aidgraph build` first, or name its folder with --data"
            )
        try:
            return open_generation(data / "stores" / version)
        except StoreError:
            if current_version(data) == version:
                raise
            # a writer swapped the link and cleaned up between our two looks


def open_generation(folder: Path) -> Snapshot:
    """Open the generation in ``folder``, ``DATA/stores/VERSION``, whether it is the newest or not.

    Raises:
        StoreError: it is gone, or damaged.
    """
    try:
        lock = os.open(folder / "readers", os.O_RDONLY)
    except OSError as error:
        raise _damaged(folder, error) from error
    fcntl.flock(lock, fcntl.LOCK_SH)
    try:
        snapshot = Snapshot(_open_store(folder), folder.name, folder / "rocksdb")
    except _OPENING_FAULTS as error:
        os.close(lock)
        raise _damaged(folder, error) from error
    weakref.finalize(snapshot, os.close, lock)
    return snapshot


def _open_store(folder: Path) -> ox.Store:
    for name, open_elsewhere in ELSEWHERE.items():
        if (folder / name).exists():
            return open_elsewhere(folder)
    _check_sizes(folder)
    return ox.Store.read_only(str(folder / "rocksdb"))


def _keep_sizes(folder: Path) -> None:
    """Note how large the files of a store are, which never change any more."""
    lines = sorted(f"{path.stat().st_size} {path.name}\n" for path in (folder / "rocksdb").iterdir())
    (folder / SIZES).write_text("".join(lines), encoding="ascii")


def _check_sizes(folder: Path) -> None:
    """Look whether all files of a store are there in full: RocksDB takes a log that was cut for that of an empty store.

    Raises:
        OSError: one is not. Generations of version 0.5 tell no sizes.
    """
    try:
        lines = (folder / SIZES).read_text(encoding="ascii").splitlines()
    except FileNotFoundError:
        return
    for line in lines:
        size, _, name = line.partition(" ")
        found = (folder / "rocksdb" / name).stat().st_size
        if found != int(size):
            raise OSError(f"{name} has {found:,} bytes of {int(size):,}")


@contextlib.contextmanager
def new_reference(data: Path) -> Iterator[Path]:
    """Make the next generation of a store that is elsewhere: a folder to be filled, published when the block ends well.

    The caller holds :func:`kg.lock.write_lock`.
    """
    previous = current_version(data)
    folder = data / "stores" / _next_name(previous)
    try:
        folder.mkdir(parents=True)
        (folder / "readers").touch()
        yield folder
        _publish(data, folder, previous)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    sync(data)
    _delete_all_but(data, {previous, folder.name})


def publish_folder(data: Path, folder: Path, prepare: Callable[[str], None]) -> str:
    """Publish a generation that was made elsewhere, such as by a backup; its name here.

    The caller holds :func:`kg.lock.write_lock`.

    Args:
        folder: has all that a generation has; it lies below ``DATA/stores``, and is moved.
        prepare: called with the name before the generation is published.

    Raises:
        StoreError: the store in it is damaged; then it is not published.
    """
    previous = current_version(data)
    target = data / "stores" / _next_name(previous)
    folder.rename(target)
    try:
        open_generation(target)
        prepare(target.name)
        _publish(data, target, previous)
    except BaseException:
        shutil.rmtree(target, ignore_errors=True)
        raise
    sync(data)
    _delete_all_but(data, {previous, target.name})
    return target.name


def _damaged(folder: Path, error: BaseException) -> StoreError:
    return StoreError(
        f"{folder}: the store cannot be opened ({error}); delete {folder.parent} and {folder.parent.parent / 'store'}, "
        "then run `aidgraph build` again (what `load` added has to be loaded again); or bring back a backup with "
        "`aidgraph restore FROM --replace`"
    )


@contextlib.contextmanager
def new_generation(data: Path, *, empty: bool = False) -> Iterator[Generation]:
    """Make the next generation; it is published when the block ends well, and dropped when it fails.

    The caller holds :func:`kg.lock.write_lock`, and keeps no reference to ``store``: the last one that goes closes it.
    What is published is a copy of the working copy again, so that nothing depends on when that is.

    Args:
        empty: begin with nothing instead of what the newest generation holds.

    Raises:
        StoreError: the current store is damaged.
    """
    previous = current_version(data)
    _delete_all_but(data, {previous})
    folder = data / "stores" / _next_name(previous)
    work = data / "stores" / f"work-{folder.name}"
    generation = None
    try:
        folder.mkdir(parents=True)
        (folder / "readers").touch()
        is_builders = previous is None or (data / "stores" / previous / _ALONE).exists()
        store = _open_copy(data, None if empty else previous, work)
        generation = Generation(store, folder / _BUILT, built_file(data), is_builders)
        del store
        yield generation
        generation.store.flush()
        generation.store.backup(folder / "rocksdb")
        _keep_sizes(folder)
        del generation.store
        _publish(data, folder, previous)
    except BaseException as fault:
        _forget_store(generation, fault)
        shutil.rmtree(folder, ignore_errors=True)
        raise
    finally:
        shutil.rmtree(work, ignore_errors=True)
    sync(data)
    _delete_all_but(data, {previous, folder.name})


def _forget_store(generation: Generation | None, fault: BaseException) -> None:
    """Close the store of a write that failed: what else holds it are the variables of the calls that failed."""
    if generation is not None and hasattr(generation, "store"):  # else it was published, or never opened
        del generation.store
    cause: BaseException | None = fault
    while cause is not None:
        traceback.clear_frames(cause.__traceback__)
        cause = cause.__cause__ or cause.__context__


def built_file(data: Path) -> Path | None:
    """The builder's mark in the current generation, or what version 0.5 left in its place; None if there is neither."""
    version = current_version(data)
    folder = data / "stores" / (version or "")
    return next((path for path in (folder / _BUILT, folder / OLD_BUILT) if version and path.exists()), None)


def tell_alone(generation: Generation) -> None:
    """Note that the store holds nothing but the builder's: for the builder, when nobody else wrote to it."""
    (generation.built.parent / _ALONE).touch()


def is_alone(snapshot: Snapshot) -> bool:
    """Whether the builder alone wrote what is in a store."""
    return (snapshot.path.parent / _ALONE).exists()


def whole_file(snapshot: Snapshot) -> Path | None:
    """Sorted N-Quads of the whole store, if version 0.5 left them: far faster to read than the store."""
    path = snapshot.path.parent / OLD_BUILT
    return path if path.exists() and is_alone(snapshot) else None


def keep_built(generation: Generation) -> None:
    """Carry the builder's mark over unchanged: for a writer that is not the builder."""
    if generation.previous:
        os.link(generation.previous, generation.built.with_name(generation.previous.name))


def _next_name(previous: str | None) -> str:
    """A number that grows, for people, and a random part, so that a new folder never repeats an old version."""
    number = int(previous.partition("-")[0]) + 1 if previous else 1
    return f"{number:06d}-{secrets.token_hex(4)}"


def _open_copy(data: Path, version: str | None, work: Path) -> ox.Store:
    try:
        if version is not None:
            _check_sizes(data / "stores" / version)
            shutil.copytree(data / "stores" / version / "rocksdb", work, copy_function=_link_or_copy)
        return ox.Store(work)
    except _OPENING_FAULTS as error:
        raise _damaged(data / "stores" / (version or ""), error) from error


def _link_or_copy(source: str, target: str) -> None:
    """Tables are written once; RocksDB appends to its other files."""
    if source.endswith(".sst"):
        os.link(source, target)
    else:
        shutil.copyfile(source, target)


def _publish(data: Path, folder: Path, previous: str | None) -> None:
    """Point ``DATA/store`` at the new folder. ``rename`` replaces the old link in one step (POSIX)."""
    if current_version(data) != previous:  # a disk that came or went: the new generation is on another one
        raise StoreError(f"{data / 'store'}: is not the store any more that was written to; nothing was changed")
    sync(*folder.rglob("*"), folder, folder.parent)
    link = data / f"store.{folder.name}"
    link.symlink_to(Path("stores") / folder.name / "rocksdb")
    link.replace(data / "store")


def _delete_all_but(data: Path, kept: set[str | None]) -> None:
    """Delete old generations and what killed writers left, but for those that are being read.

    What cannot go now goes after the next write: whoever failed may not have closed its working copy yet.
    """
    for link in data.glob("store.*-*"):
        link.unlink()
    for folder in (data / "stores").glob("*"):
        if folder.name not in kept and not is_read(folder):
            shutil.rmtree(folder, ignore_errors=True)


def clear_left(data: Path) -> None:
    """Delete what killed writers left, where nothing is to be written now. The caller holds the write lock."""
    version = current_version(data)
    if version is not None:
        number = version.partition("-")[0]
        older = {path.name for path in (data / "stores").iterdir() if path.name.partition("-")[0] < number}
        _delete_all_but(data, {version, *older})


def is_read(folder: Path) -> bool:
    """Whether somebody has the generation in ``folder`` open, on this machine or through a shared file system."""
    return is_held(folder / "readers", fcntl.LOCK_EX)

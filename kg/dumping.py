"""When dumps are written, and by whom: by the build itself, by a process of its own after it, or by nobody.

Dumps are made from a published snapshot, so that nobody needs to keep others from writing meanwhile: what is built or
written while they are made is not in them, and they say of which version they are. ``python -m kg.dumping DATA FD``
is the process: one writes at a time in a data folder (``DATA/dumps.lock``), and one more may wait for its turn
(``DATA/dumps.next``) to write those of what is then the newest version, so that ten builds in a row do not leave ten
processes behind. Why it failed is told in ``DATA/dumps.log``, on the page of the dumps and by ``aidgraph dump``.
"""

from __future__ import annotations

import datetime
import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import Final

from kg.background import start_apart
from kg.counts import Counts, count_facts, kept_counts
from kg.description.files import former_versions, is_described, write_descriptions
from kg.description.provenance import Making
from kg.dump import Manifest, Sort, dumped_version, write_dumps
from kg.dumps.ahead import Ahead
from kg.dumps.lines import sort_graph
from kg.dumps.newer import Newer, drop_newer, read_newer, tell_failure, write_newer
from kg.errors import AidgraphError, StoreError
from kg.settings import DUMP_FORMATS, Settings, usable_jobs
from kg.store import Snapshot, current_version, open_snapshot

LOG: Final = "dumps.log"
_LOCK: Final = "dumps.lock"
_NEXT: Final = "dumps.next"


def dump_build(
    snapshot: Snapshot,
    settings: Settings,
    counts: Counts,
    *,
    started: datetime.datetime,
    rules: str,
    ahead: Ahead | None = None,
) -> tuple[str, ...]:
    """See to the dumps of a build that has published its snapshot, as the setting ``dumps`` wants it.

    Whoever calls it holds no lock on the store. Nothing is done where the dumps are those of this snapshot already, or
    of a newer one by now.

    Args:
        counts: of the snapshot.
        started: when the build began.
        rules: what stands for the rules and the model that read the articles; empty if none were read.
        ahead: what :func:`sorting_ahead` gave, if the build was copied to it.

    Returns:
        A warning for each format that was left out, and one if nothing could be sorted ahead.

    Raises:
        StoreError: they cannot be written, or the process not be started.
    """
    if settings.dumps == "never" or are_dumped(snapshot, settings.data / "dumps"):
        return ()
    if settings.dumps == "later":
        _dump_later(snapshot, settings, started, rules)
        return ()
    sort = ahead.sort if ahead else sort_graph
    manifest = refresh_dumps(snapshot, settings, counts, started=started, rules=rules, sort=sort)
    warnings = [f"no dump in {one.format}: {one.reason}" for one in manifest.left_out]
    if ahead and ahead.fault:
        warnings.append(f"the dumps could not be sorted while the store was filled ({ahead.fault}), but only after it")
    return tuple(warnings)


@contextmanager
def sorting_ahead(settings: Settings) -> Iterator[Ahead | None]:
    """What sorts for the dumps while the store is filled; None where one process is to do all, or write no dumps."""
    if settings.dumps != "now" or usable_jobs(settings) == 1:
        yield None
        return
    with Ahead(settings.data / "dumps") as ahead:
        yield ahead


def refresh_dumps(
    snapshot: Snapshot,
    settings: Settings,
    counts: Counts,
    *,
    started: datetime.datetime | None = None,
    rules: str = "",
    to: Path | None = None,
    sort: Sort = sort_graph,
) -> Manifest:
    """Write the dumps of a snapshot, the note of the build and the descriptions beside them; what was written.

    While another process writes to the same folder this one waits; if those are of the newest version then, and this
    snapshot is not, they stay.

    Args:
        started: when the build began that the snapshot came of; without it the graph as it stands is written down.
        to: the folder, if it is not that of the data.
        sort: as for :func:`kg.dump.write_dumps`.
    """
    folder, began = to or settings.data / "dumps", started or now()
    wanted, former = read_newer(folder), former_versions(folder)
    note = {"time": now().isoformat(), "started": began.isoformat(), "base": settings.base, **asdict(counts)}

    def describe(new: Path, manifest: Manifest) -> None:
        before = next((version for version in former if version != manifest.version), None)
        write_descriptions(new, snapshot, manifest, Making(began, now(), started is not None, rules, before))

    manifest = write_dumps(
        snapshot,
        folder,
        base=settings.base,
        note={**note, "former": former},
        formats=settings.dump_formats or DUMP_FORMATS,
        hdt_limit=settings.hdt_limit,
        jobs=usable_jobs(settings),
        sort=sort,
        beside=describe,
        is_outdated=lambda: (
            current_version(settings.data) not in (None, snapshot.version)
            and dumped_version(folder) == current_version(settings.data)
        ),
    )
    drop_newer(folder, wanted)
    return manifest


def are_dumped(snapshot: Snapshot, folder: Path) -> bool:
    """Whether the dumps in a folder are those of this snapshot, with all that stands beside them."""
    return dumped_version(folder) == snapshot.version and is_described(folder)


def now() -> datetime.datetime:
    """This second, in UTC."""
    return datetime.datetime.now(datetime.UTC).replace(microsecond=0)


def dump_newest(data: Path, place: int) -> None:
    """Write the wanted dumps when the turn of this process has come, of what is the newest version then.

    Args:
        place: file descriptor whose lock keeps others from waiting as well.

    Raises:
        StoreError: they cannot be written; ``newer.json`` says so too.
    """
    folder = data / "dumps"
    with _turn(data):
        os.close(place)
        wanted = read_newer(folder)
        if wanted is None:
            return  # whoever wrote the dumps meanwhile wrote these
        try:
            _write(open_snapshot(data), data, wanted)
        except AidgraphError as error:
            with suppress(OSError):  # where nothing can be written the log tells it all the same
                tell_failure(folder, wanted, str(error))
            raise


def _write(snapshot: Snapshot, data: Path, wanted: Newer) -> None:
    settings = replace(
        Settings(), data=data, base=wanted.base, jobs=1, dump_formats=wanted.formats, hdt_limit=wanted.hdt_limit
    )
    if are_dumped(snapshot, data / "dumps"):
        drop_newer(data / "dumps", wanted)
        return
    started = datetime.datetime.fromisoformat(wanted.started)
    counts = kept_counts(snapshot.path.parent) or count_facts(snapshot.store)
    refresh_dumps(snapshot, settings, counts, started=started, rules=wanted.rules)


def _dump_later(snapshot: Snapshot, settings: Settings, started: datetime.datetime, rules: str) -> None:
    """Note what is wanted and start the process, if none waits for its turn that will find the note."""
    wanted = Newer(
        snapshot.version, started.isoformat(), rules, settings.base, settings.dump_formats, settings.hdt_limit
    )
    try:
        write_newer(settings.data / "dumps", wanted)
        place = os.open(settings.data / _NEXT, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
            arguments = (str(settings.data.resolve()), str(place))
            start_apart("kg.dumping", arguments, settings.data / LOG, pass_fds=(place,))
        except BlockingIOError:
            return
        finally:
            os.close(place)
    except OSError as error:
        raise StoreError(f"{settings.data}: the dumps cannot be left to another process ({error})") from error


@contextmanager
def _turn(data: Path) -> Iterator[None]:
    """Wait until no other process writes dumps for others. The system frees the lock of a killed one."""
    lock = os.open(data / _LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def main(arguments: list[str]) -> int:
    """Write them; the exit code. The reason of a failure is one line on standard error."""
    data, place = arguments
    try:
        dump_newest(Path(data), int(place))
    except (AidgraphError, OSError) as error:
        print(f"{now().isoformat()} {' '.join(str(error).split())}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""A build, from top to bottom: sources, readings, events, quads, store, validation, dumps.

Extraction is slow and is done once for each article. Merging and writing look only at what changed, and at what that
changes in turn, because one article may rename an event that others tell as well (:mod:`kg.ledger`). What reaches the
store is only the difference, in one step, so that a build that dies leaves the last one standing. Others may write
again as soon as it is there: validation and dumps look at a snapshot.
"""

from __future__ import annotations

import datetime
import time
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial

from kg.changes import Change
from kg.chunks import Extractor
from kg.confirm.files import NO_LINKS, LinksFile, read_links
from kg.counts import Counts
from kg.dump import FEW
from kg.dumping import dump_build, now, sorting_ahead
from kg.dumps.ahead import Ahead
from kg.errors import DataError
from kg.heap import give_back
from kg.intake import Intake, Progress, Spreading, read_here, take_in
from kg.ledger.run import Updated, rules_stamp, update_graph
from kg.lock import write_lock
from kg.read import Piped
from kg.readings import Readings, open_readings
from kg.settings import Settings, usable_jobs
from kg.store import Snapshot, open_snapshot
from kg.validate import Finding, validate_changed


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. ``failures`` has a line for each article that could not be read; the rest was built.

    ``warnings`` has a line for each correction and each confirmed link of an editor that fits nothing any more.
    """

    counts: Counts
    intake: Intake
    change: Change
    findings: tuple[Finding, ...]
    seconds: float
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Work:
    """A build on its way: when it began, by the calendar and by the clock of :func:`time.monotonic`.

    ``rules`` stands for the rules and the model that read articles; empty where none are read. ``links`` are those
    that editors confirmed, read before all else, so that a fault in their file costs no time. ``ahead`` sorts for the
    dumps meanwhile.
    """

    started: datetime.datetime
    clock: float
    rules: str = ""
    links: LinksFile = NO_LINKS
    ahead: Ahead | None = None


def build(
    arguments: Sequence[str | Piped],
    settings: Settings,
    extractor: Extractor,
    *,
    progress: Progress,
    shacl: bool = True,
    spreading: Spreading = read_here,
) -> BuildReport:
    """Read the sources, bring the store in line with all kept readings, validate what changed and write the dumps.

    Args:
        shacl: whether what changed is validated.
        spreading: how the reading of articles is spread: over this machine, or over a cluster.

    Raises:
        SettingsError: an argument names nothing, two sources have one identifier, or the file of links is none.
        StoreError: another build is running, or the data folder cannot be used.
    """
    with sorting_ahead(settings) as ahead:
        work = Work(now(), time.monotonic(), extractor.fingerprint(), _links(settings), ahead)
        with write_lock(settings.data), _readings(settings) as readings:
            intake = take_in(arguments, readings, extractor, settings, progress, spreading=spreading)
            updated, snapshot = _update(readings, settings, work, progress)
        return _finish(snapshot, settings, intake, updated, work, progress, shacl=shacl)


def remove(identifiers: Sequence[str], settings: Settings, *, progress: Progress) -> BuildReport:
    """Take articles out of the graph.

    Raises:
        DataError: there is no article of one of these names; then none is removed.
        StoreError: see :func:`build`.
    """
    work = Work(now(), time.monotonic(), links=_links(settings))
    with write_lock(settings.data), _readings(settings) as readings:
        unknown = [identifier for identifier in identifiers if readings.origin(identifier) is None]
        if unknown:
            raise DataError(f"no article {', '.join(map(repr, unknown))}; give the name of its file without the ending")
        removed = tuple(identifier for identifier in dict.fromkeys(identifiers) if readings.remove(identifier))
        updated, snapshot = _update(readings, settings, work, progress)
    return _finish(snapshot, settings, Intake(0, 0, removed, ()), updated, work, progress, shacl=True)


def _links(settings: Settings) -> LinksFile:
    return read_links(settings.links, expected=settings.links != Settings().links)


def _readings(settings: Settings) -> AbstractContextManager[Readings]:
    return open_readings(settings.data, rules_stamp(settings.base))


def _update(readings: Readings, settings: Settings, work: Work, progress: Progress) -> tuple[Updated, Snapshot]:
    """Bring the graph in line with the readings; what became of it, opened before anybody else may write."""
    copied = work.ahead.copied if work.ahead else iter
    updated = update_graph(settings.data, readings, settings.base, work.links, progress, copied)
    if updated.change.added > FEW:
        give_back()
    return updated, open_snapshot(settings.data)


def _finish(
    snapshot: Snapshot,
    settings: Settings,
    intake: Intake,
    updated: Updated,
    work: Work,
    progress: Progress,
    *,
    shacl: bool,
) -> BuildReport:
    """Everything after the graph can be queried."""
    warnings = updated.warnings
    findings = tuple[Finding, ...]()
    if shacl:
        tell = partial(progress, "validating")
        findings = validate_changed(snapshot, updated.change.graphs, jobs=usable_jobs(settings), tell=tell)
    progress("dumping", 0, 0)
    ahead = work.ahead
    warnings += dump_build(snapshot, settings, updated.counts, started=work.started, rules=work.rules, ahead=ahead)
    seconds = time.monotonic() - work.clock
    return BuildReport(updated.counts, intake, updated.change, findings, seconds, warnings)

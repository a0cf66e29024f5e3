"""A build, from top to bottom: sources, readings, events, quads, store, validation, dumps.

Extraction is slow and is done once for each article; everything after it is done again for all articles in
every build, because a change in one article may rename an event that others tell as well. What reaches the
store is only the difference, in one step, so that a build that dies leaves the last one standing.
"""

from __future__ import annotations

import datetime
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path

from kg.changes import Change, write_difference
from kg.chunks import Extractor
from kg.confirm.files import NO_LINKS, LinksFile, confirmed_links, read_links
from kg.corrections.judging import judge, refused_warnings
from kg.counts import Counts, count_facts
from kg.description.files import former_versions, is_described, write_descriptions
from kg.description.provenance import Making
from kg.dump import Manifest, dumped_version, write_dumps
from kg.errors import DataError
from kg.intake import Intake, Progress, Spreading, read_here, take_in
from kg.merge.events import merge_readings
from kg.quadfile import quad_lines
from kg.rdf.confirmed import confirmed_quads
from kg.rdf.iris import Iris
from kg.rdf.quads import common_quads, reading_lines
from kg.read import Piped
from kg.readings import Readings, open_readings
from kg.settings import DUMP_FORMATS, Settings
from kg.store import Snapshot, open_snapshot, write_lock
from kg.validate import Finding, validate_graphs


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
    that editors confirmed, read before all else, so that a fault in their file costs no time.
    """

    started: datetime.datetime
    clock: float
    rules: str = ""
    links: LinksFile = NO_LINKS


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
    work = Work(_now(), time.monotonic(), extractor.fingerprint(), _links(settings))
    with write_lock(settings.data), open_readings(settings.data) as readings:
        intake = take_in(arguments, readings, extractor, settings, progress, spreading=spreading)
        return _finish(readings, settings, intake, work, progress, shacl=shacl)


def remove(identifiers: Sequence[str], settings: Settings, *, progress: Progress) -> BuildReport:
    """Take articles out of the graph.

    Raises:
        DataError: there is no article of one of these names; then none is removed.
        StoreError: see :func:`build`.
    """
    work = Work(_now(), time.monotonic(), links=_links(settings))
    with write_lock(settings.data), open_readings(settings.data) as readings:
        known = {origin.id for origin in readings.origins()}
        if unknown := [identifier for identifier in identifiers if identifier not in known]:
            raise DataError(f"no article {', '.join(map(repr, unknown))}; give the name of its file without the ending")
        removed = tuple(identifier for identifier in dict.fromkeys(identifiers) if readings.remove(identifier))
        return _finish(readings, settings, Intake(0, 0, removed, ()), work, progress, shacl=True)


def refresh_dumps(
    snapshot: Snapshot, settings: Settings, counts: Counts, work: Work | None = None, *, to: Path | None = None
) -> Manifest:
    """Write the dumps of a snapshot, the note of the build and the descriptions beside them; what was written.

    Args:
        work: the build that the snapshot came of; without it the graph as it stands is written down.
        to: the folder, if it is not that of the data.
    """
    folder, started = to or settings.data / "dumps", work.started if work else _now()
    former = former_versions(folder)
    note = {"time": _now().isoformat(), "started": started.isoformat(), "base": settings.base, **asdict(counts)}

    def describe(new: Path, manifest: Manifest) -> None:
        before = next((version for version in former if version != manifest.version), None)
        making = Making(started, _now(), work is not None, work.rules if work else "", before)
        write_descriptions(new, snapshot, manifest, making)

    return write_dumps(
        snapshot,
        folder,
        base=settings.base,
        note={**note, "former": former},
        formats=settings.dump_formats or DUMP_FORMATS,
        hdt_limit=settings.hdt_limit,
        beside=describe,
    )


def _are_dumped(snapshot: Snapshot, settings: Settings) -> bool:
    """Whether the dumps are those of this snapshot, with all that stands beside them."""
    folder = settings.data / "dumps"
    return dumped_version(folder) == snapshot.version and is_described(folder)


def _links(settings: Settings) -> LinksFile:
    return read_links(settings.links, expected=settings.links != Settings().links)


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC).replace(microsecond=0)


def _finish(
    readings: Readings, settings: Settings, intake: Intake, work: Work, progress: Progress, *, shacl: bool
) -> BuildReport:
    """Everything after the readings."""
    progress("writing", 0, 0)
    judged, warnings = judge(readings)
    merged, iris = merge_readings(readings, judged), Iris(settings.base)
    links, unlinked = confirmed_links(work.links, merged.entities)
    warnings += (*refused_warnings(merged.refused), *unlinked)
    lines = chain(
        quad_lines(common_quads(merged, iris)),
        quad_lines(confirmed_quads(links, iris)),
        chain.from_iterable(reading_lines(reading, merged, iris) for reading in readings),
    )
    change = write_difference(settings.data, lines)
    snapshot = open_snapshot(settings.data)
    counts = count_facts(snapshot.store)
    progress("validating", 0, 0)
    findings = validate_graphs(snapshot.store, change.graphs) if shacl else ()
    if not _are_dumped(snapshot, settings):
        progress("dumping", 0, 0)
        left_out = refresh_dumps(snapshot, settings, counts, work).left_out
        warnings += tuple(f"no dump in {one.format}: {one.reason}" for one in left_out)
    return BuildReport(counts, intake, change, findings, time.monotonic() - work.clock, warnings)

"""From the sources that a user names to readings that are kept: only what changed is read again.

One article's fault is one line and never stops the others. Where an earlier reading of a faulty article
exists it stays, because a page that cannot be read today said something yesterday; the line says so.
Articles are read in chunks (:mod:`kg.chunks`), here or in other processes (:mod:`kg.workers`); what comes of it does
not depend on their number, because only this process knows of other articles and keeps the readings.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from kg.chunks import ChunkReader, Extractor, Failed, MakeChunkReader, Outcome, Taken, Task
from kg.corrections.files import check_folder, unused_files
from kg.parses import Parses, forget_parses, open_parses
from kg.rdf.iris import article_slug
from kg.read import Piped, Source, find_sources
from kg.readings import Origin, Readings
from kg.seen import Seen, open_seen
from kg.settings import Settings, usable_jobs
from kg.vanished import vanished
from kg.workers import Lost, spread

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""

Spreading = Callable[[Sequence[Task], Extractor, Settings], Generator[tuple[Task, Outcome], None, None]]
"""A way of reading tasks, which tells what became of each, in any order: :func:`read_here`, or that of a cluster."""

CHUNK: Final = 16
"""Articles that are read together. Below about a hundred paragraphs the language model gets slower."""

LONGEST: Final = 3600.0
"""Seconds that other processes may take to read a chunk, and then each of its articles alone. An article of 200,000
words took four minutes before reading became faster; what does not end in an hour never would."""


@dataclass(frozen=True, slots=True)
class Intake:
    """What became of the sources: how many were read anew, unchanged and removed, and a line for each failed one.

    ``notes`` are lines on articles that were read anew and of which there is something to tell: another language,
    a table, no aid at all.
    """

    read: int
    unchanged: int
    removed: tuple[str, ...]
    failures: tuple[str, ...]
    notes: tuple[str, ...] = ()


def read_here(
    tasks: Sequence[Task], extractor: Extractor, settings: Settings
) -> Generator[tuple[Task, Outcome], None, None]:
    """Read tasks in processes of this machine: what became of each, in any order. Parses are kept."""
    with open_parses(settings.data) as parses:
        for task, outcome in _read_chunks(tasks, parses, extractor, settings):
            if isinstance(outcome, Taken) and outcome.parse is not None:
                parses.put(outcome.origin.id, outcome.parse)
            yield task, outcome


def _read_chunks(
    tasks: Sequence[Task], parses: Parses, extractor: Extractor, settings: Settings
) -> Generator[tuple[Task, Outcome], None, None]:
    fingerprint = extractor.fingerprint()
    starts = range(0, len(tasks), CHUNK)
    chunks = ([_with_parse(task, parses) for task in tasks[start : start + CHUNK]] for start in starts)
    jobs = min(usable_jobs(settings), len(starts))
    if jobs < 2:
        reader = ChunkReader(extractor, settings, fingerprint)
        for chunk in chunks:
            yield from zip(chunk, reader(chunk), strict=True)
        return
    make_reader = MakeChunkReader(extractor.__name__, settings, fingerprint)
    with closing(spread(chunks, make_reader, jobs=jobs, longest=LONGEST)) as results:
        for done, outcomes in results:
            if isinstance(outcomes, Lost):
                outcomes = [Failed(f"{task.source.name}: {outcomes.reason}") for task in done]
            yield from zip(done, outcomes, strict=True)


def _with_parse(task: Task, parses: Parses) -> Task:
    return task if task.known is None else replace(task, parse=parses.get(task.source.id))


def take_in(
    arguments: Sequence[str | Piped],
    readings: Readings,
    extractor: Extractor,
    settings: Settings,
    progress: Progress,
    *,
    spreading: Spreading = read_here,
) -> Intake:
    """Bring the kept readings in line with the sources and with what editors say of them.

    Few articles are read in fewer processes than the settings allow, since a process takes seconds to start. For
    more than one ``extractor`` has to be a module.

    Raises:
        SettingsError: an argument names nothing, two sources have one identifier, or there is no folder of
            corrections where the settings say that there is one.
    """
    check_folder(settings.corrections, expected=settings.corrections != Settings().corrections)
    sources = find_sources(arguments)
    kept = {origin.id: origin for origin in readings.origins()}
    gone = [origin.id for origin in vanished(arguments, sources, kept.values())]
    removed = tuple(identifier for identifier in gone if readings.remove(identifier))
    for identifier in removed:
        del kept[identifier]
    failures = dict(_taken_slugs(sources, kept.values()))
    notes: dict[Source, tuple[str, ...]] = {}
    read = 0
    with open_seen(settings.data, settings.corrections) as seen:
        seen.forget(removed)
        forget_parses(settings.data, removed)
        sound = (source for source in sources if source not in failures)
        tasks = list(_to_read(sound, kept, readings, seen, extractor.fingerprint()))
        progress("reading", 0, len(tasks))
        with closing(spreading(tasks, extractor, settings)) as outcomes:  # ends the processes if the build is stopped
            for number, (task, outcome) in enumerate(outcomes):
                progress("reading", number, len(tasks))
                if isinstance(outcome, Failed):
                    failures[task.source] = outcome.message
                    continue
                if outcome.content is not None:
                    readings.put_json(outcome.origin, outcome.content, outcome.lines)
                    notes[task.source] = outcome.remarks
                    read += 1
                elif outcome.origin != task.known:
                    readings.move(outcome.origin)
                seen.note(task.source, outcome.origin, outcome.digest)
    return Intake(
        read,
        len(sources) - read - len(failures),
        removed,
        tuple(_told(source, failures[source], kept) for source in sources if source in failures),
        (
            *(f"{source.name}: {remark}" for source in sources for remark in notes.get(source, ())),
            *_unused_corrections(sources, {*kept, *(source.id for source in sources)}, settings.corrections),
        ),
    )


def _to_read(
    sources: Iterable[Source], kept: Mapping[str, Origin], readings: Readings, seen: Seen, fingerprint: str
) -> Iterator[Task]:
    """A task for each source but those that are seen to be as they were; what has moved is noted."""
    for source in sources:
        known = kept.get(source.id)
        if known is None or not seen.is_unchanged(source, known, fingerprint):
            seen.look_at(source)
            yield Task(source, known)
        elif (known.path, known.root) != (source.location, source.found_in):
            readings.move(replace(known, path=source.location, root=source.found_in))


def _unused_corrections(sources: Sequence[Source], known: Iterable[str], folder: Path) -> Iterator[str]:
    """A line for each file of corrections that was looked for and corrects nothing: its name may be misspelt."""
    folders = {folder, *(source.path.parent for source in sources if not source.piped and not source.address)}
    for path in unused_files(folders, {*known, *(source.path.stem for source in sources)}):
        yield f"{path}: no article has that name, so that nothing is corrected"


def _told(source: Source, failure: str, kept: Container[str]) -> str:
    return f"{failure}; its earlier reading was kept" if source.id in kept else failure


def _taken_slugs(sources: Iterable[Source], kept: Iterable[Origin]) -> Iterator[tuple[Source, str]]:
    """Two identifiers may differ in letters that an IRI does not show; they may not share the IRI. The source with the
    second of them, and a line that says so."""
    taken = {origin.slug: origin.id for origin in kept}
    for source in sources:
        other = source.id if source.fault else taken.setdefault(article_slug(source.id), source.id)
        if other != source.id:
            fault = f"its identifier {source.id!r} gives the same IRI as that of {other!r}"
            yield source, f"{source.name}: {fault}; rename one of the files"

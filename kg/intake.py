"""From the sources that a user names to readings that are kept: only what changed is read again.

One article's fault is one line and never stops the others. Where an earlier reading of a faulty article
exists it stays, because a page that cannot be read today said something yesterday; the line says so.
"""

from __future__ import annotations

import hashlib
import traceback
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Protocol

import msgspec

from kg.corrections.files import NONE, Corrections, corrections_of
from kg.errors import ArticleError
from kg.merge.events import merge_readings
from kg.rdf.iris import Iris, article_slug
from kg.rdf.quads import reading_quads
from kg.read import Piped, Source, find_sources, read_article
from kg.readings import Origin, Readings
from kg.records import Article, Reading
from kg.settings import Settings

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""


class Extractor(Protocol):
    """What reads an article's facts: the module ``kg.understand``, or a stand-in for it."""

    def fingerprint(self) -> str: ...

    def read_facts(self, article: Article, corrections: Corrections = NONE) -> Reading: ...


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


_RULE_FAULTS: Final = (
    ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError, msgspec.ValidationError,
)  # fmt: skip
"""What a faulty extraction rule raises, or its result, on an article that nobody foresaw."""


def take_in(
    arguments: Sequence[str | Piped], readings: Readings, extractor: Extractor, settings: Settings, progress: Progress
) -> Intake:
    """Bring the kept readings in line with the sources and with what editors say of them.

    Raises:
        SettingsError: an argument names nothing, or two sources have one identifier.
    """
    sources = find_sources(arguments)
    removed = _remove_vanished(arguments, sources, readings)
    kept = {origin.id: origin for origin in readings.origins()}
    fingerprint = extractor.fingerprint()
    failures: list[str] = []
    notes: list[str] = []
    read = 0
    for number, source in enumerate(sources):
        progress(source.id, number, len(sources))
        try:
            article = read_article(source)
            corrections = corrections_of(source.id, source.path, settings.corrections)
            origin = _origin(source, article, fingerprint + corrections.digest)
            _refuse_taken_slug(origin, kept)
            if not _is_unchanged(origin, kept, readings):
                reading = _read_facts(source, article, corrections, extractor, settings.base)
                readings.put(origin, reading)
                notes += (f"{source.name}: {remark}" for remark in _remarks(reading))
                read += 1
            kept[source.id] = origin
        except ArticleError as error:
            failures.append(f"{error}{'; its earlier reading was kept' if source.id in kept else ''}")
    return Intake(read, len(sources) - read - len(failures), removed, tuple(failures), tuple(notes))


def _remarks(reading: Reading) -> tuple[str, ...]:
    """What there is to tell of an article: what its reader says, or that nothing was found."""
    if reading.article.remarks or reading.reports:
        return reading.article.remarks
    return ("no aid is found in it; it is kept with what it mentions",)


def _remove_vanished(
    arguments: Sequence[str | Piped], sources: Iterable[Source], readings: Readings
) -> tuple[str, ...]:
    """Forget articles that a folder or file named now had when it was built before, and has no more.

    While a line of a file of articles cannot be read nobody knows which article it was: then none of that file goes.
    """
    named = [Path(argument).resolve() for argument in arguments if isinstance(argument, str)]
    folders = [path for path in named if path.is_dir()]
    files = {path for path in named if path.is_file()} | {source.path.resolve() for source in sources}
    unclear = {source.path.resolve() for source in sources if source.fault}
    present = {source.id for source in sources}
    gone = [
        origin.id
        for origin in readings.origins()
        if origin.id not in present
        and Path(origin.path) not in unclear
        and _has_gone(Path(origin.path), Path(origin.root or "."), folders, files)
    ]
    return tuple(identifier for identifier in gone if readings.remove(identifier))


def _has_gone(path: Path, root: Path, folders: list[Path], files: set[Path]) -> bool:
    if path in files:  # the file is there, but the article is not in it any more
        return True
    inside = any(path.is_relative_to(folder) for folder in folders)
    return inside and (root in folders or not path.exists())


def _origin(source: Source, article: Article, fingerprint: str) -> Origin:
    return Origin(
        id=source.id,
        slug=article_slug(source.id),
        path=source.location,
        root=str(source.root.resolve()) if source.root else "",
        sha256=hashlib.sha256(msgspec.json.encode(article)).hexdigest(),
        fingerprint=fingerprint,
    )


def _refuse_taken_slug(origin: Origin, kept: dict[str, Origin]) -> None:
    """Two identifiers may differ in letters that an IRI does not show; they may not share the IRI."""
    other = next((one.id for one in kept.values() if one.slug == origin.slug and one.id != origin.id), None)
    if other is not None:
        raise ArticleError(
            origin.path,
            f"its identifier {origin.id!r} gives the same IRI as that of {other!r}; rename one of the files",
        )


def _is_unchanged(origin: Origin, kept: dict[str, Origin], readings: Readings) -> bool:
    before = kept.get(origin.id)
    if before is None or replace(before, path=origin.path, root=origin.root) != origin:
        return False
    if before != origin:
        readings.move(origin)
    return True


def _read_facts(source: Source, article: Article, corrections: Corrections, extractor: Extractor, base: str) -> Reading:
    """The reading of an article, tried out as JSON and as RDF, so that what cannot be written fails here and alone."""
    try:
        reading = msgspec.json.decode(msgspec.json.encode(extractor.read_facts(article, corrections)), type=Reading)
        for _ in reading_quads(reading, merge_readings([reading]), Iris(base)):
            pass
    except _RULE_FAULTS as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(place.filename).name}:{place.lineno}"
        fault = f"a rule failed on it ({type(error).__name__} at {where}: {error}); please report this with the article"
        raise ArticleError(source.name, fault) from error
    return reading

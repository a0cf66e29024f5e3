"""A few articles from their sources to readings, as one process does it: the unit in which a build is spread.

Articles go through in small chunks, because the language model is faster on many paragraphs at once, and because
what one process hands to another has its price. What becomes of each article is a plain record, so that it can
come from another process; the records say all that the one writer of the readings needs.
"""

from __future__ import annotations

import hashlib
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Final, Protocol, cast, runtime_checkable

import msgspec

from kg.corrections.files import Corrections, corrections_of
from kg.errors import ArticleError
from kg.rdf.iris import Iris, article_slug
from kg.rdf.parts import core_lines
from kg.read import Source, near, read_article
from kg.readings import Origin
from kg.records import Article, Reading
from kg.settings import Settings

StartedReading = Callable[[], Reading]
"""Finishes the reading of one article whose text was parsed with others; raises what its rules raise."""


class Extractor(Protocol):
    """What reads an article's facts: the module ``kg.understand``, or a stand-in for it.

    ``start_readings`` parses articles together and gives a call for each, in order, which reads its facts as editors
    want them, and which must be made before the next one is asked for. ``__name__`` is the module's, by which other
    processes import it.
    """

    __name__: str

    def fingerprint(self) -> str: ...

    def start_readings(self, tasks: Sequence[tuple[Article, Corrections]]) -> Iterator[StartedReading]: ...


@runtime_checkable
class StartedParse(Protocol):
    """A :data:`StartedReading` whose parse may be kept for the next build; None if the kept one still holds."""

    def __call__(self) -> Reading: ...

    def parse(self) -> bytes | None: ...


@runtime_checkable
class KeepsParses(Protocol):
    """What an :class:`Extractor` has besides, if what it parsed may be kept: then other rules need no other parse.

    With each article comes what :meth:`StartedParse.parse` gave of it before, or None.
    """

    def start_with_parses(
        self, tasks: Sequence[tuple[Article, Corrections, bytes | None]]
    ) -> Iterator[StartedParse]: ...


@dataclass(frozen=True, slots=True)
class Task:
    """A source to read. ``known`` is where the kept reading of that identifier came from, if there is one;
    ``parse`` is what was kept of its parse."""

    source: Source
    known: Origin | None
    parse: bytes | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """An article that was read: its reading as JSON, or None where the kept one still holds.

    ``lines`` are those of RDF that hang on the reading alone (:func:`kg.rdf.parts.core_lines`); ``remarks`` are what
    there is to tell of an article that was read anew; ``digest`` is the SHA-256 of the bytes that were read;
    ``parse`` is to be kept in place of the task's, if there is one.
    """

    origin: Origin
    content: bytes | None
    remarks: tuple[str, ...] = ()
    lines: bytes | None = None
    digest: str = ""
    parse: bytes | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """An article that could not be read, and the line that says why."""

    message: str


Outcome = Taken | Failed


@dataclass(frozen=True, slots=True)
class _Opened:
    """An article that has to be read."""

    source: Source
    origin: Origin
    article: Article
    corrections: Corrections
    parse: bytes | None


_RULE_FAULTS: Final = (
    ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError, msgspec.ValidationError,
)  # fmt: skip
"""What a faulty extraction rule raises, or its result, on an article that nobody foresaw."""


@dataclass(frozen=True, slots=True)
class ChunkReader:
    """Reads chunks of tasks. ``fingerprint`` is the extractor's; the settings tell the base IRI that lines are written
    with, and where corrections are."""

    extractor: Extractor
    settings: Settings
    fingerprint: str

    def __call__(self, tasks: Sequence[Task]) -> list[Outcome]:
        """What became of each task, in order.

        Raises:
            StorageError: shared storage that a source lies on does not answer.
        """
        with near([task.source for task in tasks]) as here:
            opened = [self._open(source, task) for source, task in zip(here.sources, tasks, strict=True)]
            done = self._read_all([one for one in opened if isinstance(one, _Opened)])
            outcomes = [next(done) if isinstance(one, _Opened) else one for one in opened]
            return [Failed(here.told(one.message)) if isinstance(one, Failed) else one for one in outcomes]

    def _open(self, source: Source, task: Task) -> _Opened | Outcome:
        try:
            article = read_article(source)
            corrections = corrections_of(source.id, source.path, self.settings.corrections)
        except ArticleError as error:
            return Failed(str(error))
        origin = _origin(source, article, self.fingerprint + corrections.digest)
        if _is_unchanged(origin, task.known):
            return Taken(origin, None, digest=article.sha256)
        return _Opened(source, origin, article, corrections, task.parse)

    def _read_all(self, opened: Sequence[_Opened]) -> Iterator[Outcome]:
        """Reads the articles. If they cannot be parsed together, each is parsed alone, to find the one at fault."""
        done = 0
        try:
            for started in self._start(opened):
                yield self._finish(opened[done], started)
                done += 1
        except _RULE_FAULTS:
            for one in opened[done:]:
                yield self._finish(one, partial(self._read_alone, one))

    def _read_alone(self, opened: _Opened) -> Reading:
        (reading,) = [started() for started in self._start([opened])]
        return reading

    def _start(self, opened: Sequence[_Opened]) -> Iterator[StartedReading]:
        if isinstance(self.extractor, KeepsParses):
            return self.extractor.start_with_parses([(one.article, one.corrections, one.parse) for one in opened])
        return self.extractor.start_readings([(one.article, one.corrections) for one in opened])

    def _finish(self, opened: _Opened, started: StartedReading) -> Outcome:
        """The reading as JSON and its lines of RDF, so that what cannot be written fails here and alone."""
        try:
            content = msgspec.json.encode(started())
            reading = msgspec.json.decode(content, type=Reading)
            lines = core_lines(reading, Iris(self.settings.base))
            parse = started.parse() if isinstance(started, StartedParse) else None
        except ArticleError as error:
            return Failed(str(error))
        except _RULE_FAULTS as error:
            return Failed(f"{opened.source.name}: {_fault(error)}")
        return Taken(opened.origin, content, _remarks(reading), lines, opened.article.sha256, parse)


@dataclass(frozen=True, slots=True)
class MakeChunkReader:
    """Makes a reader in another process, where the extractor is imported anew: modules cannot be sent."""

    module: str
    settings: Settings
    fingerprint: str

    def __call__(self) -> ChunkReader:
        return ChunkReader(cast("Extractor", import_module(self.module)), self.settings, self.fingerprint)


def _origin(source: Source, article: Article, fingerprint: str) -> Origin:
    return Origin(
        id=source.id,
        slug=article_slug(source.id),
        path=source.location,
        root=source.found_in,
        sha256=hashlib.sha256(msgspec.json.encode(article)).hexdigest(),
        fingerprint=fingerprint,
    )


def _is_unchanged(origin: Origin, known: Origin | None) -> bool:
    """Whether the same article was read by the same rules, wherever it lay."""
    return known is not None and replace(known, path=origin.path, root=origin.root) == origin


def _remarks(reading: Reading) -> tuple[str, ...]:
    """What there is to tell of an article: what its reader says, or that nothing was found."""
    if reading.article.remarks or reading.reports:
        return reading.article.remarks
    return ("no aid is found in it; it is kept with what it mentions",)


def _fault(error: BaseException) -> str:
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(place.filename).name}:{place.lineno}"
    return f"a rule failed on it ({type(error).__name__} at {where}: {error}); please report this with the article"

"""The path of one article, from its text to an immutable reading: parse, name, link, resolve, read facts, correct.

The stages know nothing of each other; here, and only here, the output of one is handed to the next.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from kg.corrections.facts import Facts, correct_facts
from kg.corrections.files import NONE, Corrections
from kg.corrections.known import Known
from kg.corrections.links import correct_links
from kg.extract.events import find_reports
from kg.extract.figures import find_figures
from kg.extract.kept import Columns
from kg.extract.mentions import find_names
from kg.extract.nlp import MODEL_SHA256, Parsed, parse, parse_kept
from kg.extract.quotations import find_quotations
from kg.extract.resolve import build_scene
from kg.extract.roles import find_roles
from kg.extract.scene import Scene
from kg.extract.times import Anchor
from kg.link.choose import Masthead, kind_of, link, link_masthead
from kg.link.choose_crisis import known as known_entity
from kg.link.crisis_dates import crisis_in_time
from kg.link.gazetteer import Gazetteer
from kg.records import Article, Entity, Link, Mention, Name, NameKind, Note, Reading, Report, Span

ENGLISH = "en"
"""The only language that the rules are for; of other articles no sentence is read."""

_STAGES = ("read", "extract", "link", "corrections")
_WORDS_KEPT: Final = 50_000  # about 10 MB; articles share most of their words


@dataclass(frozen=True)
class Understood:
    """A reading, and what it was made of on the way: every name that was seen, and the links of those that have one."""

    reading: Reading
    scene: Scene
    names: tuple[Name, ...]
    links: tuple[Link, ...]


def read_facts(article: Article, corrections: Corrections = NONE) -> Reading:
    """Everything that is understood of one article, as editors want it.

    Raises:
        ArticleError: a correction names somebody whom nobody knows, or leaves a fact that says nothing.
        ModelError: the pinned language model is missing, or its files are not the pinned ones.
    """
    return understand(article, corrections).reading


def understand(article: Article, corrections: Corrections = NONE) -> Understood:
    """The same with what it was made of, for explanations.

    Raises:
        ArticleError: see :func:`read_facts`.
        ModelError: see :func:`read_facts`.
    """
    return _understand(article, parse(_readable(article)), corrections)


def start_readings(tasks: Sequence[tuple[Article, Corrections]]) -> Iterator[Callable[[], Reading]]:
    """Parses articles together, which is faster, and gives a call for each, in order, that does :func:`read_facts`.

    Raises:
        ModelError: the pinned language model is missing, or its files are not the pinned ones.
    """
    return start_with_parses([(article, corrections, None) for article, corrections in tasks])


def start_with_parses(tasks: Sequence[tuple[Article, Corrections, bytes | None]]) -> Iterator[StartedReading]:
    """The same with what :meth:`StartedReading.parse` gave for each article in an earlier build, or None.

    Raises:
        ModelError: see :func:`start_readings`; not if every parse was kept.
    """
    if not tasks:
        return  # nothing to read is no reason to load the model
    documents = parse_kept([(_readable(article), kept) for article, _, kept in tasks])
    for (article, corrections, _), (parsed, columns) in zip(tasks, documents, strict=True):
        yield StartedReading(article, parsed, corrections, columns)


@dataclass(frozen=True, slots=True)
class StartedReading:
    """An article that is parsed. A call reads its facts."""

    article: Article
    parsed: Parsed
    corrections: Corrections
    columns: Columns | None

    def __call__(self) -> Reading:
        return _understand(self.article, self.parsed, self.corrections).reading

    def parse(self) -> bytes | None:
        """The parse, to be kept for the next build; None if the kept one still holds."""
        return None if self.columns is None else self.columns.dump()


def _readable(article: Article) -> Article:
    """The article, without its sentences if the rules are not for its language."""
    return article if article.language == ENGLISH else replace(article, blocks=())


def _understand(article: Article, parsed: Parsed, corrections: Corrections) -> Understood:
    gazetteer = Gazetteer.load()
    names = find_names(parsed, _kind_of, _may_open)
    known = Known(corrections, lambda key: _listed(gazetteer, key), gazetteer.keys)
    links, relinked = correct_links(link(names, article, gazetteer), article, known)
    scene = build_scene(
        parsed,
        links,
        lambda key, side: tuple(entry.key for entry in gazetteer.neighbours(key, side)),
        known.find,
    )
    read, notes = _read(scene, gazetteer)
    known = known.with_entities(scene.entities.values())
    facts, changed = correct_facts(read, article.text, known)
    masthead = link_masthead(article, gazetteer)
    reading = Reading(
        article,
        (),
        (*_mentions(links, scene), *_named_on_top(article, masthead), *_filed_from(article, masthead)),
        find_roles(scene),
        facts.reports,
        facts.figures,
        facts.quotations,
        publisher=masthead.publisher.key if masthead.publisher else None,
        authors=tuple(author.key for author in masthead.authors),
        about=_about(scene, facts.reports),
        corrections=tuple(one for _, one in sorted((relinked | changed).items())),
        notes=(*_unread(article), *notes),
    )
    filed = (masthead.place,) if masthead.place else ()
    known = known.with_entities((*scene.entities.values(), *masthead.entities, *filed))
    return Understood(_with_entities(reading, known), scene, names, links)


def _read(scene: Scene, gazetteer: Gazetteer) -> tuple[Facts, tuple[Note, ...]]:
    """What the rules find, and what they pass over."""
    article = scene.parsed.article
    anchor = Anchor(article.published, article.dateline.date if article.dateline else None)
    figures, figure_notes = find_figures(scene, anchor)
    quotations, quotation_notes = find_quotations(scene)
    reports, report_notes = find_reports(scene, anchor)
    timely = tuple(crisis_in_time(report, scene.entities.get(report.crisis or ""), gazetteer) for report in reports)
    return Facts(timely, figures, quotations), (*report_notes, *figure_notes, *quotation_notes)


def _unread(article: Article) -> tuple[Note, ...]:
    """Why nothing was read of the article's sentences."""
    if article.language == ENGLISH or not article.blocks:
        return ()
    return (Note(article.blocks[0].span, f"not read: the language is {article.language!r}, not English"),)


@cache
def fingerprint() -> str:
    """Changes with every rule, table and model file that a reading depends on."""
    digest = hashlib.sha256(MODEL_SHA256.encode())
    root = files("kg")
    for path in (
        root / "records.py",
        root / "wording.py",
        root / "understand.py",
        *(found for stage in _STAGES for found in _files(root / stage)),
    ):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _files(folder: Traversable) -> Iterable[Traversable]:
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.is_dir() and path.name != "__pycache__":
            yield from _files(path)
        elif path.is_file() and not path.name.endswith(".pyc"):
            yield path


@lru_cache(_WORDS_KEPT)
def _kind_of(words: str) -> NameKind | None:
    return kind_of(Gazetteer.load(), words)


@lru_cache(_WORDS_KEPT)
def _may_open(words: str) -> bool:
    return Gazetteer.load().may_open(words)


def _listed(gazetteer: Gazetteer, key: str) -> Entity | None:
    entry = gazetteer.entry(key)
    return None if entry is None else known_entity(entry, "what a named place or body belongs to")


def _mentions(links: Iterable[Link], scene: Scene) -> tuple[Mention, ...]:
    """Where each entity is named: capitals that act as their countries, everything else as itself."""
    found: dict[tuple[int, int], Mention] = {}
    for one in links:
        found[(one.name.span.start, one.name.span.end)] = Mention(one.name.span, one.entity.key)
    for paragraph in scene.parsed.paragraphs:
        for ref in scene.refs_in(paragraph):
            span = paragraph.span(paragraph.doc[ref.start : ref.end])
            if (span.start, span.end) in found:
                found[(span.start, span.end)] = Mention(span, ref.entity)
    return tuple(found[key] for key in sorted(found))


def _named_on_top(article: Article, masthead: Masthead) -> Iterable[Mention]:
    """The authors and the publisher where the page names them; a publisher that nobody listed only where words stand
    around its name, for in a masthead or a dateline it is a label."""
    for entity in masthead.entities:
        at = article.text.find(entity.name)
        if entity.type == "organization" and not entity.listed:
            named = re.finditer(re.escape(entity.name), article.text)
            at = next((found.start() for found in named if _in_a_line(article, found)), -1)
        if at >= 0:
            yield Mention(Span(at, at + len(entity.name)), entity.key)


def _in_a_line(article: Article, found: re.Match[str]) -> bool:
    """Whether some lower-case words stand before it in its line, as in a sentence, and no dateline covers it."""
    start = article.text.rfind("\n", 0, found.start()) + 1
    before = article.text[start : found.start()].split()
    if article.dateline is not None and article.dateline.span.start <= found.start() < article.dateline.span.end:
        return False
    return sum(word.isalpha() and word.islower() for word in before) >= 3


def _filed_from(article: Article, masthead: Masthead) -> Iterable[Mention]:
    """The place of the dateline, if it is a known one."""
    if article.dateline is None or masthead.place is None:
        return
    found = re.search(re.escape(article.dateline.place or ""), article.dateline.span.of(article.text), re.IGNORECASE)
    if found is not None and found[0]:
        start = article.dateline.span.start + found.start()
        yield Mention(Span(start, start + len(found[0])), masthead.place.key)


def _about(scene: Scene, reports: Iterable[Report]) -> tuple[str, ...]:
    """The article's crisis and the parties of what it asserts."""
    keys = {scene.topic.crisis} if scene.topic.crisis else set()
    for report in reports:
        if report.modality == "asserted":
            keys |= {*report.donors, *report.recipients}
    return tuple(sorted(key for key in keys if not key.startswith("unnamed/")))


def _with_entities(reading: Reading, known: Known) -> Reading:
    """The reading with the entities that its records name, and those that these belong to."""
    needed = {mention.entity for mention in reading.mentions} | set(reading.about) | set(reading.authors)
    needed |= {reading.publisher} if reading.publisher else set()
    for report in reading.reports:
        needed |= {*report.donors, *report.recipients, *report.implementers, *report.locations}
        needed |= {report.crisis} if report.crisis else set()
    for figure in reading.figures:
        needed |= {key for key in (figure.place, figure.crisis) if key}
    needed |= {quotation.speaker for quotation in reading.quotations}
    for role in reading.roles:
        needed |= {role.person} | ({role.of} if role.of else set())
    found = (known.find(key) for key in sorted(needed))
    return replace(reading, entities=tuple(entity for entity in found if entity is not None))

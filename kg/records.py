"""The records that the stages hand on: what a reader, an extractor, a linker and a writer agree on.

Everything here is a frozen dataclass or a closed list of words, so that a stage cannot change what
another one found, and so that a whole :class:`Reading` can be kept as JSON and read back equal.
This module imports nothing of ours. Offsets are zero-based code points of :attr:`Article.text`,
ends are exclusive. The closed lists are the concepts of the SKOS schemes in ``ontology/aid.ttl``.
"""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Phase = Literal["requested", "pledged", "dispatched", "delivered"]
Modality = Literal["asserted", "hypothetical", "denied"]
Qualifier = Literal["exact", "over", "at-least", "about", "up-to", "range"]
Category = Literal[
    "funds",
    "food",
    "water-sanitation",
    "shelter",
    "medical-equipment",
    "medical-supplies",
    "ppe",
    "masks",
    "vaccines",
    "vehicles",
    "personnel",
    "transport",
    "fuel-energy",
    "services",
    "other",
]
Measure = Literal[
    "deaths",
    "cases",
    "recoveries",
    "injured",
    "missing",
    "displaced",
    "affected-people",
    "affected-countries",
    "population",
    "damage",
    "other",
]
EntityType = Literal["country", "place", "person", "organization", "crisis", "unnamed"]
NameKind = Literal["person", "organization", "place", "people", "crisis"]
BlockKind = Literal[
    "headline", "standfirst", "paragraph", "dateline", "byline", "caption", "credit", "licence", "table", "chrome"
]
CorrectionKind = Literal[
    "link",
    "unlink",
    "add report",
    "change report",
    "reject report",
    "add figure",
    "change figure",
    "reject figure",
    "add quotation",
    "change quotation",
    "reject quotation",
    "same event",
    "different events",
]
Genre = Literal["report", "opinion", "analysis", "press_release", "situation_report", "background"]

_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A run of characters: ``text[start:end]``."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words of the span in ``text``."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A day, month or year as ISO 8601 writes it: ``2020-03-21``, ``2020-03`` or ``2020``.

    Raises:
        ValueError: the string is none of the three, or no such day exists.
    """

    iso: str

    def __post_init__(self) -> None:
        if not _PARTIAL_DATE.match(self.iso):
            raise ValueError(f"{self.iso!r} is not a date; write YYYY, YYYY-MM or YYYY-MM-DD")
        _ = self.first, self.last

    @property
    def parts(self) -> tuple[int, ...]:
        """Year, month, day, as far as they are known."""
        return tuple(int(part) for part in self.iso.split("-"))

    @property
    def first(self) -> datetime.date:
        """The first day that the date may mean."""
        year, month, day = (*self.parts, 1, 1)[:3]
        return datetime.date(year, month, day)

    @property
    def last(self) -> datetime.date:
        """The last day that the date may mean."""
        year, month, day = (*self.parts, 12, 31)[:3] if len(self.parts) != 2 else (*self.parts, 0)
        return datetime.date(year, month, day or calendar.monthrange(year, month)[1])


@dataclass(frozen=True, slots=True)
class Block:
    """One region of an article's text: a paragraph, the headline, a caption, page chrome."""

    kind: BlockKind
    span: Span


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where and when an agency story was filed: ``LIMA, May 3 (AFP) -``"""

    span: Span
    place: str | None
    date: PartialDate | None
    agency: str | None


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it was read: text that never changes, and what the page says of itself.

    ``text`` is the decoded file with a BOM dropped and CRLF and CR as LF, else unchanged.
    ``blocks`` are in text order and do not overlap; what no block covers is white space.
    ``sha256`` is of the file's bytes, in hexadecimal; of the line's bytes for a line of a file of articles.
    For a web page the text is its headline and paragraphs. ``remarks`` are what there is to tell of the
    reading itself: what was not understood, or changed on the way.
    """

    id: str
    sha256: str
    text: str
    headline: str
    blocks: tuple[Block, ...]
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: PartialDate | None = None
    dateline: Dateline | None = None
    language: str = "en"
    license: str | None = None
    url: str | None = None
    genre: Genre | None = None
    remarks: tuple[str, ...] = ()

    def spans(self, *kinds: BlockKind) -> tuple[Span, ...]:
        """The spans of all blocks of these kinds, in text order."""
        return tuple(block.span for block in self.blocks if block.kind in kinds)


@dataclass(frozen=True, slots=True)
class Entity:
    """Something that can be looked up. ``key`` is its path under ``{base}id/``, as ``country/italy``.

    An unnamed party (type ``unnamed``) has the key ``unnamed/several-nations`` and becomes a
    fragment of its article's IRI. ``same_as`` are full IRIs. ``subtype`` is a schema.org class
    narrower than the type's own (``City``, ``GovernmentOrganization``, ``NewsMediaOrganization``,
    ``NGO``). ``disaster`` is a concept of ``scheme/disaster`` (crises only). ``part_of`` is the key
    of the country that a place lies in or an organisation of state belongs to.
    ``start`` is when a crisis began, ``struck`` the keys of
    the countries that it befell (empty for the whole world). ``listed`` is false for an entity
    that only this article knows, made of its words. ``reason`` says why the article's words were linked to it.
    ``coordinates`` are degrees north and east (WGS 84) of a town or of the middle of a country; None where the
    gazetteer has none, as of regions and of states that are no more.
    """

    key: str
    type: EntityType
    name: str
    aliases: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    subtype: str | None = None
    disaster: str | None = None
    part_of: str | None = None
    start: PartialDate | None = None
    struck: tuple[str, ...] = ()
    listed: bool = True
    reason: str = ""
    coordinates: tuple[Decimal, Decimal] | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of the article that name an entity; ``entity`` is its key."""

    span: Span
    entity: str


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """Words that look like a name, before they are linked. ``kind`` is what the words look like.

    ``people`` is a demonym ("Russian", "Italians"). ``state`` is the demonym or country inside or right
    beside the words, as text ("Russian" for "Russian army"); for a crisis the place in or by its words.
    ``disaster`` (a concept of ``scheme/disaster``) and ``year`` are told of crises only.
    """

    span: Span
    text: str
    kind: NameKind
    state: str | None = None
    disaster: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A name and the entity chosen for it. ``stands_for`` is the country or union of a capital or seat of
    power, which the name means where it acts."""

    name: Name
    entity: Entity
    stands_for: Entity | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as the article gives it, with its hedge.

    ``unit`` is the printed noun (``tonnes``), ``people`` for persons; for money it is ``None`` and
    ``currency`` is an ISO 4217 code.
    """

    value: Decimal | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    qualifier: Qualifier = "exact"
    unit: str | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """Goods, money, people or services given, in the article's words (``span``)."""

    span: Span
    name: str
    category: Category
    quantity: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What this article says of one giving. Parties, crisis and locations are entity keys."""

    phase: Phase
    modality: Modality
    evidence: tuple[Span, ...]
    donors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    implementers: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    date: PartialDate | None = None
    locations: tuple[str, ...] = ()
    crisis: str | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure about a crisis. ``change`` tells a rise or fall from a total."""

    measure: Measure
    quantity: Quantity
    evidence: Span
    change: bool = False
    place: str | None = None
    crisis: str | None = None
    date: PartialDate | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Direct speech: ``words`` lies between the quotation marks, ``evidence`` takes in who says it."""

    speaker: str
    words: Span
    evidence: Span


@dataclass(frozen=True, slots=True)
class Role:
    """A person's office: ``title`` as printed, ``of`` the country or organisation."""

    person: str
    title: str
    of: str | None
    evidence: Span


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was seen: why it was taken, or why not. Shown by ``aidgraph explain``."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Overruled:
    """What a correction took away, in words: a field of a fact (``what`` is its name) or a whole one (its kind).

    ``evidence`` are the words of the article that it was read from.
    """

    what: str
    value: str
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """An editor's word on whether a report and one of another article tell the same event.

    The other report is the one of ``article`` whose evidence holds ``words`` and that has these parties and this
    phase, where they are given.
    """

    same: bool
    article: str
    words: str
    donors: tuple[str, ...] | None = None
    recipients: tuple[str, ...] | None = None
    phase: Phase | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """What an editor overruled: who (``by``), on which day, why, and what came of it.

    ``place`` is the file and line, for messages. ``reports``, ``figures`` and ``quotations`` are positions in those
    of the reading: what the correction added or changed, or the report that it judges. ``entity`` is whom a link
    now means. ``problem`` says why the correction could not be applied; empty where it was.
    """

    kind: CorrectionKind
    by: str
    date: PartialDate
    why: str
    place: str
    replaced: tuple[Overruled, ...] = ()
    reports: tuple[int, ...] = ()
    figures: tuple[int, ...] = ()
    quotations: tuple[int, ...] = ()
    entity: str | None = None
    judgement: Judgement | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was understood of one article. Before it nobody knows RDF, after it nobody knows spaCy.

    ``entities`` holds every entity that any other record names by key, publisher and authors
    included, sorted by key. ``publisher`` and ``authors`` are keys. ``about`` are the keys of the
    entities the article is mainly about (a subset of those mentioned). ``corrections`` are those of editors, in
    the order in which they were applied; the facts are as these left them.
    """

    article: Article
    entities: tuple[Entity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    roles: tuple[Role, ...] = ()
    reports: tuple[Report, ...] = ()
    figures: tuple[Figure, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    notes: tuple[Note, ...] = field(default=(), compare=False)

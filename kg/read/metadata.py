"""What a page says of itself: publisher, authors, day, licence, genre, address.

Why not from the story's prose: an article names many outlets and days. Only recognised lines, the
dateline and short notes at the head and foot are asked, in an order of trust that each function states.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kg.read.blocks import Layout
from kg.read.datelines import Head, is_place
from kg.read.dates import parse_stamp
from kg.read.licences import find_licence
from kg.read.lines import Line, find_genre, find_notes
from kg.read.names import find_publisher, is_person
from kg.read.years import choose_year
from kg.records import Article, Dateline, Genre, PartialDate, Span

NOTE_REGIONS = 3
"""Paragraphs at the foot of the story in which a note may tell of the article; the first one, standfirsts and the
desk's own line ("Compiled by …") are asked too."""
NOTE_READ = 2000
"""Code points at the end of such a paragraph that are searched."""

_STOOD = ("state of things", "period")
"""Lines that tell of which days a report speaks, the surer one first."""
_TITLED = re.compile(
    r"\b(?:update|bulletin|report|sit-?rep|snapshot|briefing|brief|digest|summary)\b.{0,25}?"
    r"(?:\(|,\s|\s[-–—|]\s)(?:as\s(?:of|at)\s)?(?P<date>[^()]{6,40})\)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Page:
    """A text and its layout, with the notes found in its first and last paragraphs, and the day if it is known."""

    text: str
    layout: Layout
    notes: tuple[Line, ...]
    published: PartialDate | None = None

    @property
    def lines(self) -> Iterator[Line]:
        """All that tells of the article, in text order, notes last."""
        yield from (line for _, line in self.layout.lines)
        yield from self.notes

    def licence_texts(self, kind: str) -> Iterator[str]:
        """The words of the blocks of a kind that belong to recognised regions."""
        return (block.span.of(self.text) for block in self.layout.blocks if block.kind == kind)


def add_metadata(article: Article, layout: Layout, *, published: PartialDate | None = None) -> Article:
    """The article with all that its text says of it; ``published`` is the day that is known from elsewhere."""
    spans = article.spans("paragraph")
    desks = (span for span, line in layout.lines if line.what == "desk" and not line.authors)
    edges = dict.fromkeys((*desks, *article.spans("standfirst"), *spans[:1], *spans[-NOTE_REGIONS:]))
    notes = (note for span in edges for note in find_notes(span.of(article.text)[-NOTE_READ:]) if _is_office(note))
    page = Page(article.text, layout, tuple(notes), published)
    dateline = _find_dateline(page)
    return replace(
        article,
        dateline=dateline,
        publisher=_find_publisher(page),
        authors=_find_authors(page),
        published=_find_day(page, dateline),
        license=_find_licence(page),
        genre=_find_genre(page),
        url=next((line.url for line in page.lines if line.url), None),
    )


def _is_office(note: Line) -> bool:
    """Whether a note's name is no person's ("Compiled by Jane Doe"); a paper that printed it first may look so."""
    name = note.outlet or ""
    return note.what != "maker" or not is_person(name) or find_publisher(name) is not None


def _find_publisher(page: Page) -> str | None:
    """Where it was first published, else the source, the agency, the byline's outlet, the copyright's holder."""
    by_what: dict[str, str] = {}
    for line in page.lines:
        if line.outlet:
            by_what.setdefault(line.what, line.outlet)
    head = page.layout.head
    stated = [by_what.pop(what, None) for what in ("place of publication", "note", "maker", "source", "special to")]
    holder = by_what.pop("copyright", None)
    ranked = [*stated, head.agency if head else None, *by_what.values(), page.layout.outlet, holder]
    return next((outlet for outlet in ranked if outlet), None)


def _find_authors(page: Page) -> tuple[str, ...]:
    """The authors of the byline; those "reporting by" where there is none. Each once, in printed order."""
    reporters = [author for line in page.lines if line.what == "reporters" for author in line.authors]
    bylines = [author for line in page.lines if line.what != "reporters" for author in line.authors]
    return tuple(dict.fromkeys(bylines or reporters))


def _find_day(page: Page, dateline: Dateline | None) -> PartialDate | None:
    """The stated day of publication, else the dateline's, else the day in a report's title, else that on which
    things stood as it tells, else the last of the period that it covers, else a date at the foot, else that of the
    last change.

    Where the stated one is a month or a year and another date lies within it, that one says more.
    """
    stated = [line.date.partial for _, line in _dated(page, updated=False, top=True) if line.date]
    late = [line.date.partial for _, line in _dated(page, updated=False, top=False) if line.date]
    changed = [line.date.partial for _, line in _dated(page, updated=True) if line.date]
    stood = [line.date.partial for what in _STOOD for _, line in page.layout.lines if line.what == what and line.date]
    day = dateline.date if dateline else None
    ranked = [date for date in (*stated, day, _titled_day(page.layout.headline), *stood, *late, *changed) if date]
    if not ranked:
        return None
    within = (date for date in ranked if ranked[0].first <= date.first and date.last <= ranked[0].last)
    return max(within, key=lambda date: len(date.parts))


def _titled_day(headline: str) -> PartialDate | None:
    """The day that ends the title of one of a series: ``Estria: Floods Update No. 5 (27 May 2017)``."""
    match = _TITLED.search(headline)
    date = parse_stamp(match["date"]) if match else None
    return date.partial if date else None


def _dated(page: Page, *, updated: bool, top: bool | None = None) -> Iterator[tuple[Span, Line]]:
    """Lines with a date; "first published" counts as top wherever it stands."""
    for span, line in page.layout.lines:
        if line.what in _STOOD:
            continue
        at_top = span.start < page.layout.story or line.what != "date"
        if line.date and line.updated == updated and top in (None, at_top):
            yield span, line


def _find_dateline(page: Page) -> Dateline | None:
    head = page.layout.head
    if head is None:
        return _noted_place(page)
    return Dateline(span=head.span, place=head.place, date=_dateline_day(page, head), agency=head.agency)


def _noted_place(page: Page) -> Dateline | None:
    """Where a note says that the text was made: ``Compiled by the Relief Desk, Goma.``"""
    for note in page.notes:
        if note.place and is_place(note.place):
            printed = f"{note.outlet}, {note.place}"
            start = page.text.index(printed) + len(printed) - len(note.place)
            return Dateline(span=Span(start, start + len(note.place)), place=note.place, date=None, agency=None)
    return None


def _dateline_day(page: Page, head: Head) -> PartialDate | None:
    """The day that the dateline prints; without a year, the one that :func:`kg.read.years.choose_year` decides on."""
    if head.date is None or head.date.partial:
        return head.date.partial if head.date else None
    dates = [page.published] if page.published else []
    dates += [line.date.partial for line in page.lines if line.date and line.date.partial]
    years = [PartialDate(f"{line.copyright:04d}") for line in page.lines if line.copyright]
    return choose_year(head.date, page_dates=[*dates, *years], lead=page.layout.lead, text=page.text)


def _find_licence(page: Page) -> str | None:
    """The licence of a licence line. One within a caption is the picture's, and counts only beside a bare badge
    ("Creative Commons License"), which says that the page is licensed and leaves out how."""
    of_page = _first(find_licence(span.of(page.text)) for span, line in page.layout.lines if line.kind == "licence")
    if of_page or not any(line.badge for line in page.lines):
        return of_page
    return _first(find_licence(block.span.of(page.text)) for block in page.layout.blocks if block.kind == "licence")


def _find_genre(page: Page) -> Genre | None:
    """What a kicker or note says, else what the headline says of itself."""
    return next((line.genre for line in page.lines if line.genre), None) or find_genre(page.layout.headline)


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value), None)

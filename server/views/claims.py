"""Which sentence says what: the reports of a page, gathered by article, with the sentences that prove each fact.

Evidence belongs to a report as a whole: a date may follow from one sentence and the donor from the next. So an
article's sentences are shown once, numbered, and a fact carries the number of a sentence where its own words (a name
that the graph knows, the words of an item) stand in it. What has no number was read from all of them together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

import pyoxigraph as ox

from server.views.parts import Item, Quote, Report, Source
from server.views.passages import Passage, item_span, passage_of
from server.views.reader import Link, Reader

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Value:
    """One thing that is said: ``text`` as it is written, with a ``link`` for a name and an ``item`` for what was given.

    ``key`` is equal for values that mean the same; ``marks`` are the numbers of the sentences with its words.
    """

    text: str
    key: str
    link: Link | None = None
    item: Item | None = None
    is_day: bool = False
    marks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """What is said of one side of a giving, such as its donor; no values if the article does not say."""

    label: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A numbered run of the article's words; ``passages`` are the same words with those of the items marked."""

    number: int
    quote: Quote
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """What one article says of a giving. ``hrefs`` lead to where the article's own page says so."""

    source: Source | None
    modality: str
    hrefs: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    claims: tuple[Claim, ...]


def read_tellings(reader: Reader, reports: Iterable[Report]) -> tuple[Telling, ...]:
    """Reports by article and modality, the article that was published first at the head."""
    by_article = groupby(sorted(reports, key=_order), key=_order)
    return tuple(_telling(reader, list(group)) for _, group in by_article)


def _order(report: Report) -> tuple[str, str, str]:
    source = report.source
    return (source.published or "9999", source.article.iri or "", report.modality) if source else ("9999", "", "")


def _telling(reader: Reader, reports: Sequence[Report]) -> Telling:
    quotes = sorted({quote for report in reports for quote in report.evidence}, key=lambda one: (one.start, one.end))
    items = _unique(item for report in reports for item in report.items)
    return Telling(
        source=reports[0].source,
        modality=reports[0].modality,
        hrefs=tuple(report.href for report in reports if report.href),
        sentences=tuple(_sentence(number, quote, items) for number, quote in enumerate(quotes, 1)),
        claims=_claims(reader, reports, quotes, items),
    )


def _sentence(number: int, quote: Quote, items: Sequence[Item]) -> Sentence:
    spans = [span for item in items if (span := item_span(item, quote))]
    return Sentence(number, quote, passage_of(quote.exact, spans))


def _claims(
    reader: Reader, reports: Sequence[Report], quotes: Sequence[Quote], items: Sequence[Item]
) -> tuple[Claim, ...]:
    def named(links: Iterable[Link | None]) -> tuple[Value, ...]:
        return tuple(_named(reader, link, quotes) for link in _unique(link for link in links if link))

    dates = _unique(report.date for report in reports if report.date)
    return (
        Claim("From", named(link for report in reports for link in report.donors)),
        Claim("To", named(link for report in reports for link in report.recipients)),
        Claim("Carried out by", named(link for report in reports for link in report.implementers)),
        Claim("What", tuple(_given(item, quotes) for item in items)),
        Claim("When", tuple(Value(date, date, is_day=True) for date in dates)),
        Claim("How far", tuple(Value(link.label, link.iri or "", link) for link in _unique(_phases(reports)))),
        Claim("Where", named(link for report in reports for link in report.places)),
        Claim("Crisis", named(report.crisis for report in reports)),
    )


def _phases(reports: Sequence[Report]) -> list[Link]:
    return [report.phase for report in reports if report.phase]


def _named(reader: Reader, link: Link, quotes: Sequence[Quote]) -> Value:
    """A name, with the sentences in which it stands, as it is written here or as the graph knows it besides."""
    names = [link.label]
    if link.iri:
        names += [alias.value for alias in reader.literals(ox.NamedNode(link.iri), "schema:alternateName")]
    words = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")
    marks = tuple(number for number, quote in enumerate(quotes, 1) if words.search(quote.exact))
    return Value(link.label, link.iri or link.label, link, marks=marks)


def _given(item: Item, quotes: Sequence[Quote]) -> Value:
    """An item; two are the same if they are of one kind and as many, however an article calls them."""
    marks = tuple(number for number, quote in enumerate(quotes, 1) if item_span(item, quote))
    kind = (item.category.iri or item.category.label) if item.category else item.name.casefold()
    return Value(item.name, f"{kind} {item.quantity}", item=item, marks=marks)


def _unique(values: Iterable[T]) -> list[T]:
    return list(dict.fromkeys(values))

"""The pieces that several pages show: a quoted sentence, an item, a report, a figure, a quotation, a row of a list."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

import pyoxigraph as ox

from server.views.reader import Link, Reader
from server.views.words import quantity_words

ASSERTED = "asserted"


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of an article that prove something; offsets are code points of its text."""

    start: int
    end: int
    exact: str
    href: str | None


@dataclass(frozen=True, slots=True)
class Item:
    """Something given, in the article's words."""

    iri: str
    anchor: str
    name: str
    category: Link | None
    quantity: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where something stands: the article, its publisher and day."""

    article: Link
    publisher: Link | None
    published: str


@dataclass(frozen=True, slots=True)
class Report:
    """What one article says of one giving. ``modality`` is the concept's name: asserted, hypothetical or denied.

    ``href`` leads to its row on the article's page.
    """

    anchor: str
    href: str | None
    source: Source | None
    event: Link | None
    modality: str
    phase: Link | None
    donors: tuple[Link, ...]
    recipients: tuple[Link, ...]
    implementers: tuple[Link, ...]
    items: tuple[Item, ...]
    crisis: Link | None
    date: str
    places: tuple[Link, ...]
    evidence: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure about a crisis."""

    anchor: str
    measure: Link | None
    quantity: str
    place: Link | None
    crisis: Link | None
    date: str
    source: Source | None
    evidence: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """Direct speech and who said it."""

    anchor: str
    text: str
    lang: str | None
    speaker: Link | None
    source: Source | None
    evidence: tuple[Quote, ...]


Proven = TypeVar("Proven", Report, Figure, Quotation)


def anchor_of(node: ox.NamedNode) -> str:
    """The fragment of an IRI, which is the ``id`` of its place on the article's page."""
    return node.value.partition("#")[2]


def local_name(node: ox.NamedNode | None) -> str:
    """The last part of a concept's IRI: ``asserted``."""
    return node.value.rstrip("/").rpartition("/")[2] if node else ""


def read_quotes(reader: Reader, node: ox.NamedNode) -> tuple[Quote, ...]:
    """The words that prove ``node``, in the order of the text."""
    quotes = [read_quote(reader, span) for span in reader.nodes(node, "aid:evidence")]
    return tuple(sorted(quotes, key=lambda quote: (quote.start, quote.end)))


def read_quote(reader: Reader, span: ox.NamedNode) -> Quote:
    """One evidence span."""
    start, end = _offset(reader.text(span, "oa:start")), _offset(reader.text(span, "oa:end"))
    return Quote(start, end, reader.text(span, "oa:exact") or "", reader.addresses.page_of(span.value))


def _offset(lexical: str | None) -> int:
    """An offset for sorting and showing; 0 for what is no number, which only foreign data can hold."""
    return int(lexical) if lexical and lexical.isdecimal() else 0


def read_quantity(reader: Reader, node: ox.NamedNode) -> str:
    """The words for a quantity, from its node or from a figure."""
    return quantity_words(
        *(reader.text(node, f"schema:{name}") for name in ("value", "minValue", "maxValue")),
        qualifier=local_name(reader.node(node, "aid:qualifier")),
        unit=reader.text(node, "schema:unitText"),
        currency=reader.text(node, "schema:currency"),
        locale=reader.taste.locale,
    )


def read_item(reader: Reader, node: ox.NamedNode) -> Item:
    """One item with its category and quantity."""
    quantity = reader.node(node, "aid:quantity")
    words = read_quantity(reader, quantity) if quantity else ""
    return Item(node.value, anchor_of(node), reader.link(node).label, reader.link_to(node, "aid:category"), words)


def item_order(item: Item) -> tuple[str, tuple[int, ...], str]:
    """The key that items are sorted by: their place in their article, which their IRI ends with."""
    numbers = tuple(int(number) for number in re.findall(r"(?<=-)\d+(?=-|$)", item.anchor)[:2])
    return item.iri.partition("#")[0], numbers, item.iri


def read_source(reader: Reader, article: ox.NamedNode | None) -> Source | None:
    """Where an article comes from."""
    if article is None:
        return None
    published = reader.text(article, "schema:datePublished") or ""
    return Source(reader.link(article), reader.link_to(article, "schema:publisher"), published)


def read_report(reader: Reader, node: ox.NamedNode) -> Report:
    """One report with its words."""
    return Report(
        anchor=anchor_of(node),
        href=reader.addresses.page_of(node.value),
        source=read_source(reader, reader.node(node, "schema:appearance")),
        event=reader.link_to(node, "aid:reports") or reader.link_to(node, "aid:disputes"),
        modality=local_name(reader.node(node, "aid:modality")),
        phase=reader.link_to(node, "aid:statedPhase"),
        donors=reader.links(node, "aid:statedDonor"),
        recipients=reader.links(node, "aid:statedRecipient"),
        implementers=reader.links(node, "aid:statedImplementer"),
        items=tuple(sorted((read_item(reader, item) for item in reader.nodes(node, "aid:statedItem")), key=item_order)),
        crisis=reader.link_to(node, "aid:crisis"),
        date=reader.text(node, "schema:temporalCoverage") or "",
        places=reader.links(node, "schema:contentLocation"),
        evidence=read_quotes(reader, node),
    )


def read_figure(reader: Reader, node: ox.NamedNode) -> Figure:
    """One figure with its words."""
    return Figure(
        anchor=anchor_of(node),
        measure=reader.link_to(node, "schema:variableMeasured"),
        quantity=read_quantity(reader, node),
        place=reader.link_to(node, "schema:observationAbout"),
        crisis=reader.link_to(node, "aid:crisis"),
        date=reader.text(node, "schema:observationDate") or "",
        source=read_source(reader, reader.node(node, "schema:subjectOf")),
        evidence=read_quotes(reader, node),
    )


def in_text_order(parts: Iterable[Proven]) -> list[Proven]:
    """Reports, figures or quotations by where the article first says so."""
    return sorted(parts, key=lambda part: (part.evidence[0].start if part.evidence else -1, part.anchor))


def read_quotation(reader: Reader, node: ox.NamedNode) -> Quotation:
    """One quotation with its speaker."""
    words = reader.literals(node, "schema:text")
    return Quotation(
        anchor=anchor_of(node),
        text=words[0].value if words else "",
        lang=words[0].language if words else None,
        speaker=reader.link_to(node, "schema:spokenByCharacter"),
        source=read_source(reader, reader.node(node, "schema:isPartOf")),
        evidence=read_quotes(reader, node),
    )

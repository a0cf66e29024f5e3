"""The page of a country, place, person, organisation or crisis: its facts, its part in aid, and what points to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from server.catalogue import count_sources, sources_of
from server.queries import about, select
from server.views.backlinks import pointing
from server.views.page import PAGE_SIZE, Head, Pager
from server.views.parts import (
    ArticleRow,
    EventRow,
    Figure,
    Quotation,
    read_article_row,
    read_event_row,
    read_figure,
    read_quotation,
)
from server.views.reader import Fact, Link, Reader, term

PARTS = {
    "aid:donor": "Gave",
    "aid:recipient": "Received",
    "aid:implementer": "Carried out for others",
    "aid:crisis": "Aid in this crisis",
}
"""The parts that an entity can have in an event, with the heading of each."""


@dataclass(frozen=True, slots=True)
class Part:
    """The events in which an entity has one part: the latest, and how many there are."""

    heading: str
    total: int
    rows: tuple[EventRow, ...]


@dataclass(frozen=True, slots=True)
class Incoming:
    """How often a property points here."""

    property: Link
    count: int


@dataclass(frozen=True, slots=True)
class IncomingFact:
    """One thing that points here."""

    subject: Link
    property: Link


@dataclass(frozen=True, slots=True)
class EntityPage:
    """The variables of ``entity.html`` and ``concept.html``."""

    head: Head
    name: str
    lang: str | None
    kinds: tuple[Link, ...]
    same_as: tuple[Link, ...]
    facts: tuple[Fact, ...]
    parts: tuple[Part, ...]
    roles: tuple[str, ...]
    figures: tuple[Figure, ...]
    quotations: tuple[Quotation, ...]
    articles: tuple[ArticleRow, ...]
    incoming: tuple[Incoming, ...]
    incoming_facts: tuple[IncomingFact, ...]
    pager: Pager


def read_entity(reader: Reader, node: ox.NamedNode, incoming_page: int, head: Head) -> EntityPage:
    """Fill the page of one entity. Lists show the first 50; all are among the incoming facts."""
    incoming = read_incoming(reader, node)
    pager = Pager(incoming_page, sum(entry.count for entry in incoming), parameter="incoming")
    link = reader.link(node)
    return EntityPage(
        head=head,
        name=link.label,
        lang=link.lang,
        kinds=tuple(reader.property(kind) for kind in reader.nodes(node, "rdf:type") if kind != term("aid:Party")),
        same_as=reader.links(node, "schema:sameAs"),
        facts=reader.facts(node),
        parts=tuple(part for name, heading in PARTS.items() if (part := _part(reader, node, name, heading)).total),
        roles=tuple(_role_words(reader, role) for role in reader.nodes(node, "schema:affiliation")),
        figures=_figures(reader, node),
        quotations=tuple(
            read_quotation(reader, quotation)
            for quotation in pointing(reader, node, "schema:spokenByCharacter")[:PAGE_SIZE]
        ),
        articles=_articles(reader, node),
        incoming=incoming,
        incoming_facts=read_incoming_facts(reader, node, incoming, pager),
        pager=pager,
    )


def _part(reader: Reader, node: ox.NamedNode, name: str, heading: str) -> Part:
    role = name.removeprefix("aid:")
    events = sources_of(reader.index, role, node, limit=PAGE_SIZE)
    return Part(heading, count_sources(reader.index, role, node), tuple(read_event_row(reader, one) for one in events))


def _role_words(reader: Reader, role: ox.NamedNode) -> str:
    """``President, Russia``."""
    title, of = reader.text(role, "schema:roleName"), reader.link_to(role, "schema:affiliation")
    return ", ".join(part for part in (title, of.label if of else None) if part)


def _figures(reader: Reader, node: ox.NamedNode) -> tuple[Figure, ...]:
    """Figures about a place, or about a crisis."""
    rows = about(reader.store, "figures", node, limit=PAGE_SIZE)
    return tuple(read_figure(reader, row["figure"]) for row in rows)


def _articles(reader: Reader, node: ox.NamedNode) -> tuple[ArticleRow, ...]:
    found = sources_of(reader.index, "mentions", node, limit=PAGE_SIZE)
    return tuple(read_article_row(reader, article) for article in found)


def read_incoming(reader: Reader, node: ox.NamedNode) -> tuple[Incoming, ...]:
    """How often each property points to ``node``."""
    rows = about(reader.store, "incoming_counts", node)
    return tuple(Incoming(reader.property(row["property"]), int(row["count"].value)) for row in rows if row["property"])


def read_incoming_facts(
    reader: Reader, node: ox.NamedNode, incoming: Sequence[Incoming], pager: Pager
) -> tuple[IncomingFact, ...]:
    """One page of what points to ``node``, one property after the other."""
    skipped, facts = pager.offset, list[IncomingFact]()
    for entry in incoming:
        given = {"this": node, "property": ox.NamedNode(entry.property.iri or "")}
        missing = pager.size - len(facts)
        rows = select(reader.store, "incoming", given, limit=missing, offset=skipped) if skipped < entry.count else ()
        facts += [IncomingFact(reader.value(row["subject"]), entry.property) for row in rows]
        skipped = max(0, skipped - entry.count)
    return tuple(facts)

"""The page of an article: where it comes from, what was read from it, and its excerpts in order."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import pyoxigraph as ox

from server.queries import about
from server.views.backlinks import pointing
from server.views.page import Head
from server.views.parts import (
    ASSERTED,
    Figure,
    Quotation,
    Quote,
    Report,
    anchor_of,
    in_text_order,
    read_figure,
    read_quotation,
    read_quote,
    read_report,
)
from server.views.reader import Link, Reader, term


@dataclass(frozen=True, slots=True)
class Role:
    """A person's office."""

    anchor: str
    person: Link
    title: str
    of: Link | None


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A quoted run of characters and what it proves."""

    anchor: str
    quote: Quote
    proves: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """What an editor overruled: ``was`` is what it replaced, in words, ``made`` what it added or changed."""

    anchor: str
    kind: str
    why: str
    by: str
    day: str
    was: tuple[str, ...]
    made: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """The variables of ``article.html``."""

    head: Head
    headline: str
    lang: str | None
    publisher: Link | None
    authors: tuple[Link, ...]
    published: str
    dateline: str
    licence: Link | None
    source: Link | None
    identifier: str
    reports: tuple[Report, ...]
    doubted: tuple[Report, ...]
    figures: tuple[Figure, ...]
    quotations: tuple[Quotation, ...]
    roles: tuple[Role, ...]
    corrections: tuple[Correction, ...]
    mentions: tuple[Link, ...]
    excerpts: tuple[Excerpt, ...]


def read_article(reader: Reader, node: ox.NamedNode, head: Head) -> ArticlePage:
    """Fill the page of one article."""
    link = reader.link(node)
    reports = in_text_order(read_report(reader, report) for report in pointing(reader, node, "schema:appearance"))
    quotations = in_text_order(read_quotation(reader, part) for part in pointing(reader, node, "schema:isPartOf"))
    mentions = {*reader.links(node, "schema:mentions"), *reader.links(node, "schema:about")}
    return ArticlePage(
        head=head,
        headline=link.label,
        lang=link.lang,
        publisher=reader.link_to(node, "schema:publisher"),
        authors=reader.links(node, "schema:author"),
        published=reader.text(node, "schema:datePublished") or "",
        dateline=reader.text(node, "schema:dateline") or "",
        licence=_value(reader, node, "schema:license"),
        source=_value(reader, node, "schema:url"),
        identifier=reader.text(node, "schema:identifier") or "",
        reports=tuple(report for report in reports if report.modality == ASSERTED),
        doubted=tuple(report for report in reports if report.modality != ASSERTED),
        figures=_figures(reader, node),
        quotations=tuple(quotations),
        roles=_roles(reader, node),
        corrections=_corrections(reader, node),
        mentions=tuple(sorted(mentions, key=lambda mention: mention.order)),
        excerpts=_excerpts(reader, node),
    )


def _value(reader: Reader, node: ox.NamedNode, name: str) -> Link | None:
    """A value that is an IRI in good data and may be words in other."""
    words = reader.text(node, name)
    return reader.link_to(node, name) or (Link(words) if words else None)


def _figures(reader: Reader, node: ox.NamedNode) -> tuple[Figure, ...]:
    parts = pointing(reader, node, "schema:subjectOf")
    figures = [part for part in parts if term("schema:Observation") in reader.nodes(part, "rdf:type")]
    return tuple(in_text_order(read_figure(reader, figure) for figure in figures))


def _roles(reader: Reader, node: ox.NamedNode) -> tuple[Role, ...]:
    return tuple(
        Role(
            anchor_of(row["role"]),
            reader.link(row["person"]),
            reader.text(row["role"], "schema:roleName") or "",
            reader.link_to(row["role"], "schema:affiliation"),
        )
        for row in about(reader.store, "roles_in_article", node)
    )


def _corrections(reader: Reader, node: ox.NamedNode) -> tuple[Correction, ...]:
    """What editors overruled in the article, the earliest first."""
    users = pointing(reader, node, "prov:used")
    found = [_correction(reader, user) for user in users if term("aid:Correction") in reader.nodes(user, "rdf:type")]
    return tuple(sorted(found, key=lambda one: (one.day, one.kind, one.anchor)))


def _correction(reader: Reader, node: ox.NamedNode) -> Correction:
    editor = reader.link_to(node, "prov:wasAssociatedWith")
    gone = pointing(reader, node, "prov:wasInvalidatedBy")
    was = sorted(f"{reader.text(one, 'schema:name') or ''}: {reader.text(one, 'schema:text') or ''}" for one in gone)
    return Correction(
        anchor=anchor_of(node),
        kind=reader.text(node, "schema:name") or "",
        why=reader.text(node, "schema:description") or "",
        by=editor.label if editor else "",
        day=reader.text(node, "dcterms:date") or "",
        was=tuple(was),
        made=tuple(_proven(reader, part) for part in reader.nodes(node, "prov:generated")),
    )


def _excerpts(reader: Reader, node: ox.NamedNode) -> tuple[Excerpt, ...]:
    """The article's evidence in the order of its text, each span once."""
    rows = groupby(about(reader.store, "excerpts", node), key=lambda row: row["span"])
    return tuple(
        Excerpt(anchor_of(span), read_quote(reader, span), _all_proven(reader, [row["proves"] for row in group]))
        for span, group in rows
    )


def _all_proven(reader: Reader, nodes: list[ox.NamedNode | None]) -> tuple[Link, ...]:
    return tuple(dict.fromkeys(_proven(reader, node) for node in nodes if node))


_KINDS = {
    "schema:Observation": "figure",
    "schema:Quotation": "quotation",
    "schema:OrganizationRole": "office",
    "aid:Overruled": "corrected",
}


def _proven(reader: Reader, node: ox.NamedNode) -> Link:
    """What an excerpt proves: the event where there is one, else the kind of thing, linked to its row."""
    event = reader.link_to(node, "aid:reports")
    if event:
        return event
    types = reader.nodes(node, "rdf:type")
    label = next((label for name, label in _KINDS.items() if term(name) in types), "report")
    return Link(label, reader.addresses.page_of(node.value), iri=node.value)

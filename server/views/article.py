"""The page of an article: where it comes from, its text or its excerpts, what was read from them, and why."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pyoxigraph as ox

from server.queries import about
from server.views.backlinks import pointing
from server.views.body import Body, Evidence, mark_text
from server.views.extracted import Group, Row, read_extracted
from server.views.page import Head
from server.views.parts import Quote, anchor_of, read_quote
from server.views.reader import Link, Reader, term
from server.views.sites import named_licence
from server.views.why import Why, read_why


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A quoted run of characters, and the facts that it proves by number and row."""

    anchor: str
    quote: Quote
    proves: tuple[Row, ...]


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
    """The variables of ``article.html``.

    ``body`` is the text with its evidence marked, where the licence allows it to be published; ``excerpts`` are the
    evidence that is not marked in it. ``facts`` are the rows of ``groups`` by number, ``unnamed`` the parties that
    the article leaves without a name, ``argument`` the identifier as a shell takes it.
    """

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
    argument: str
    groups: tuple[Group, ...]
    facts: Mapping[int, Row]
    body: Body | None
    text_lang: str | None
    excerpts: tuple[Excerpt, ...]
    unnamed: tuple[tuple[str, Link], ...]
    corrections: tuple[Correction, ...]
    mentions: tuple[Link, ...]
    why: Why


def read_article(reader: Reader, node: ox.NamedNode, head: Head, data: Path) -> ArticlePage:
    """Fill the page of one article. ``data`` is the folder in which its reading may be kept."""
    link, identifier = reader.link(node), reader.text(node, "schema:identifier") or ""
    groups = read_extracted(reader, node)
    rows = [row for group in groups for row in group.rows]
    excerpts = _excerpts(reader, node, {row.anchor: row for row in rows})
    bodies = reader.literals(node, "schema:articleBody")
    body = mark_text(bodies[0].value, map(_evidence, excerpts)) if bodies else None
    return ArticlePage(
        head=head,
        headline=link.label,
        lang=link.lang,
        publisher=reader.link_to(node, "schema:publisher"),
        authors=reader.links(node, "schema:author"),
        published=reader.text(node, "schema:datePublished") or "",
        dateline=reader.text(node, "schema:dateline") or "",
        licence=named_licence(licence) if (licence := _value(reader, node, "schema:license")) else None,
        source=_value(reader, node, "schema:url"),
        identifier=identifier,
        argument=shlex.quote(identifier) if identifier else "",
        groups=groups,
        facts={row.number: row for row in rows},
        body=body,
        text_lang=bodies[0].language if bodies else None,
        excerpts=tuple(one for one in excerpts if body is None or one.anchor in body.unmarked),
        unnamed=_unnamed(reader, node, rows),
        corrections=_corrections(reader, node),
        mentions=_mentions(reader, node),
        why=_why(reader, node, data, rows),
    )


def _value(reader: Reader, node: ox.NamedNode, name: str) -> Link | None:
    """A value that is an IRI in good data and may be words in other."""
    words = reader.text(node, name)
    return reader.link_to(node, name) or (Link(words) if words else None)


def _mentions(reader: Reader, node: ox.NamedNode) -> tuple[Link, ...]:
    links = {*reader.links(node, "schema:mentions"), *reader.links(node, "schema:about")}
    return tuple(sorted(links, key=lambda mention: mention.order))


def _excerpts(reader: Reader, node: ox.NamedNode, rows: Mapping[str, Row]) -> list[Excerpt]:
    """The article's evidence in the order of its text, each span once."""
    grouped = groupby(about(reader.store, "excerpts", node), key=lambda row: row["span"])
    found = [(span, [row["proves"] for row in group]) for span, group in grouped]
    return [Excerpt(anchor_of(span), read_quote(reader, span), _proven(rows, proves)) for span, proves in found]


def _proven(rows: Mapping[str, Row], nodes: Iterable[ox.NamedNode | None]) -> tuple[Row, ...]:
    """What an excerpt proves; what an editor overruled has no row."""
    anchors = dict.fromkeys(anchor_of(node) for node in nodes if node)
    return tuple(rows[anchor] for anchor in anchors if anchor in rows)


def _evidence(excerpt: Excerpt) -> Evidence:
    quote = excerpt.quote
    return Evidence(quote.start, quote.end, quote.exact, excerpt.anchor, tuple(row.number for row in excerpt.proves))


def _unnamed(reader: Reader, node: ox.NamedNode, rows: Sequence[Row]) -> tuple[tuple[str, Link], ...]:
    """The nameless parties of the article's facts, with their anchors: each is a fragment of the article's IRI."""
    pieces = [piece.link for row in rows for piece in row.what]
    links = [*pieces, *(link for row in rows for _, values in row.details for link in values)]
    ours = {link.iri: link for link in links if link and link.iri and link.iri.startswith(f"{node.value}#")}
    parties = [iri for iri in ours if term("aid:UnnamedParty") in reader.nodes(ox.NamedNode(iri), "rdf:type")]
    return tuple((iri.partition("#")[2], ours[iri]) for iri in sorted(parties))


def _why(reader: Reader, node: ox.NamedNode, data: Path, rows: Sequence[Row]) -> Why:
    entities = {link.iri: link for link in _mentions(reader, node) if link.iri}
    for one in (reader.link_to(node, "schema:publisher"), *reader.links(node, "schema:author")):
        entities |= {one.iri: one} if one and one.iri else {}
    return read_why(
        data,
        reader.text(node, "schema:identifier") or "",
        reader.text(node, "schema:sha256") or "",
        {row.anchor for row in rows},
        {reader.addresses.resource_of(iri) or iri: link for iri, link in entities.items()},
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
        made=tuple(_made(reader, part) for part in reader.nodes(node, "prov:generated")),
    )


def _made(reader: Reader, node: ox.NamedNode) -> Link:
    """What a correction made: the event where there is one, else the fact's row."""
    event = reader.link_to(node, "aid:reports")
    if event:
        return event
    types = reader.nodes(node, "rdf:type")
    label = next((label for name, label in _KINDS.items() if term(name) in types), "report")
    return Link(label, reader.addresses.page_of(node.value), iri=node.value)


_KINDS = {"schema:Observation": "figure", "schema:Quotation": "quotation", "schema:OrganizationRole": "office"}

"""The page of entities: the variables of its template, and the lines of its CSV."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import quote

import pyoxigraph as ox

from server.explore.choosing import value_of
from server.explore.entities import BY_NAME, OTHERS, SORTS, AskedEntities, Entity, choose_entities, letter_of
from server.explore.filters import ARTICLES, EVENTS
from server.explore.links import links_of
from server.explore.tables import Sort, file_links, too_large
from server.views.page import Alternate, Head, Pager
from server.views.reader import Link, Reader

COLUMNS: Final = ("entity", "name", "kind", "events", "given", "received", "articles")
KIND_LABELS: Final = {
    "country": "Countries", "place": "Places", "person": "People", "organization": "Organisations", "crisis": "Crises",
}  # fmt: skip
ONE: Final = {
    "country": "country", "place": "place", "person": "person", "organization": "organisation", "crisis": "crisis",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Option:
    """One of several lists to go to."""

    label: str
    count: int
    href: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Count:
    """A number of events or articles, and the list of these where there is one."""

    number: int
    href: str | None = None


@dataclass(frozen=True, slots=True)
class EntityRow:
    """An entity in the list."""

    link: Link
    kind: str
    aliases: tuple[str, ...]
    events: Count
    given: Count
    received: Count
    articles: Count


@dataclass(frozen=True, slots=True)
class EntitiesPage:
    """The variables of ``entities.html``. ``too_large``: forms of files that cannot hold as much, and what they can."""

    head: Head
    title: str
    asked: AskedEntities
    pager: Pager
    rows: tuple[EntityRow, ...]
    kinds: tuple[Option, ...]
    letters: tuple[Option, ...]
    sorts: dict[str, Sort]
    everything: str
    exports: tuple[Alternate, ...]
    too_large: tuple[tuple[str, int], ...]


def read_entities(
    index: sqlite3.Connection, reader: Reader, entities: Sequence[Entity], asked: AskedEntities, pager: Pager
) -> EntitiesPage:
    """One page of entities. ``pager``: of :func:`choose_entities`."""
    rows = read_rows(index, reader, pager.slice(choose_entities(entities, asked)))
    exports = file_links(replace(asked, page=1).href, pager.total)
    title = KIND_LABELS.get(asked.kind, "Who and where")
    head = Head(
        title, "Who and what the articles name, with the aid that they gave and received.", alternates=exports,
        canonical=asked.href(), noindex=not asked.is_plain,
    )  # fmt: skip
    sorts = {name: _sort(asked, name, label) for name, label in SORTS.items()}
    return EntitiesPage(
        head, title, asked, pager, rows, _kinds(entities, asked), _letters(entities, asked), sorts,
        AskedEntities(asked.kind).href(), exports, too_large(pager.total),
    )  # fmt: skip


def read_rows(index: sqlite3.Connection, reader: Reader, entities: Sequence[Entity]) -> tuple[EntityRow, ...]:
    """The rows of some entities."""
    links = links_of(index, reader.addresses, [entity.id for entity in entities])
    return tuple(_row(reader, entity, links[entity.id]) for entity in entities)


def cells(entity: Entity, link: Link) -> tuple[str | int, ...]:
    """As in :data:`COLUMNS`."""
    iri = link.iri or ""
    return iri, link.label, entity.kind, entity.events, entity.given, entity.received, entity.articles


def _row(reader: Reader, entity: Entity, link: Link) -> EntityRow:
    iri = link.iri or ""

    def count(number: int, path: str, parameter: str) -> Count:
        listing = EVENTS if path == EVENTS.path else ARTICLES
        value = value_of(listing.by_name[parameter], iri, reader.addresses)
        return Count(number, f"{path}?{parameter}={quote(value, safe='/:')}" if number else None)

    is_scene = entity.scene and entity.scene == entity.events
    return EntityRow(
        link, ONE[entity.kind], _aliases(reader, iri),
        count(entity.events, EVENTS.path, entity.kind) if is_scene else Count(entity.events),
        count(entity.given, EVENTS.path, "donor"), count(entity.received, EVENTS.path, "recipient"),
        count(entity.articles, ARTICLES.path, entity.kind),
    )  # fmt: skip


def _aliases(reader: Reader, iri: str) -> tuple[str, ...]:
    return tuple(literal.value for literal in reader.literals(ox.NamedNode(iri), "schema:alternateName"))


def _kinds(entities: Sequence[Entity], asked: AskedEntities) -> tuple[Option, ...]:
    counts = Counter(entity.kind for entity in entities)
    rest = replace(asked, letter="", page=1)
    everything = Option("All", len(entities), replace(rest, kind="").href(), not asked.kind)
    return (everything, *(
        Option(label, counts[kind], replace(rest, kind=kind).href(), kind == asked.kind)
        for kind, label in KIND_LABELS.items()
    ))  # fmt: skip


def _letters(entities: Sequence[Entity], asked: AskedEntities) -> tuple[Option, ...]:
    """The letters that names begin with, with all else that is asked for."""
    others = replace(asked, letter="", page=1)
    counts = Counter(letter_of(entity.sort) for entity in choose_entities(entities, others))
    return tuple(
        Option("0–9…" if letter == OTHERS else letter.upper(), counts[letter], replace(others, letter=letter).href(),
               letter == asked.letter)
        for letter in sorted(counts)
    )  # fmt: skip


def _sort(asked: AskedEntities, name: str, label: str) -> Sort:
    first, second = (name, f"-{name}") if name == BY_NAME else (f"-{name}", name)
    direction = {f"-{name}": "descending", name: "ascending"}.get(asked.sort, "")
    return Sort(label, replace(asked, sort=second if asked.sort == first else first, page=1).href(), direction)

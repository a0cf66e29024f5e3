"""The lists of articles, events and entities, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from server.addresses import ENTITY_KINDS
from server.catalogue import entities_of, things_of
from server.views.page import Head, Pager
from server.views.parts import ArticleRow, EventRow, read_article_row, read_event_row
from server.views.reader import Link, Reader, term


@dataclass(frozen=True, slots=True)
class EventsPage:
    """The variables of ``events.html``."""

    head: Head
    pager: Pager
    rows: tuple[EventRow, ...]


@dataclass(frozen=True, slots=True)
class ArticlesPage:
    """The variables of ``articles.html``."""

    head: Head
    pager: Pager
    rows: tuple[ArticleRow, ...]


@dataclass(frozen=True, slots=True)
class EntityRow:
    """An entity in a list."""

    link: Link
    kinds: tuple[Link, ...]
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntitiesPage:
    """The variables of ``entities.html``. ``kind`` is the part of the address that the list is limited to."""

    head: Head
    pager: Pager
    kind: str
    kinds: tuple[str, ...]
    rows: tuple[EntityRow, ...]


def read_events(reader: Reader, pager: Pager, head: Head) -> EventsPage:
    """One page of all events."""
    events = things_of(reader.index, "event", limit=pager.size, offset=pager.offset)
    return EventsPage(head, pager, tuple(read_event_row(reader, event) for event in events))


def read_articles(reader: Reader, pager: Pager, head: Head) -> ArticlesPage:
    """One page of all articles."""
    articles = things_of(reader.index, "article", limit=pager.size, offset=pager.offset)
    return ArticlesPage(head, pager, tuple(read_article_row(reader, article) for article in articles))


def read_entities(reader: Reader, kind: str, pager: Pager, head: Head) -> EntitiesPage:
    """One page of all entities, or of those of one kind."""
    entities = entities_of(reader.index, kind, limit=pager.size, offset=pager.offset)
    return EntitiesPage(head, pager, kind, ENTITY_KINDS, tuple(_entity_row(reader, entity) for entity in entities))


def _entity_row(reader: Reader, node: ox.NamedNode) -> EntityRow:
    aliases = tuple(literal.value for literal in reader.literals(node, "schema:alternateName"))
    kinds = tuple(reader.property(kind) for kind in reader.nodes(node, "rdf:type") if kind != term("aid:Party"))
    return EntityRow(reader.link(node), kinds, aliases)

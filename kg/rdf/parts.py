"""The triples of one article in three parts, as lines of N-Triples, so that each is made again only when it changes.

=====================  ==========================================================================================
part                   hangs on
=====================  ==========================================================================================
:func:`core_lines`     the reading and the base IRI
:func:`entity_lines`   the entity as all articles agreed on it (:func:`kg.merge.entities.choose_entity`), and which of
                       the countries that it is linked to the article speaks of (:func:`kg.rdf.entities.linked_keys`)
:func:`event_lines`    the reading, the article's share (:class:`kg.merge.told.Share`), and of the entities the *names*
                       of donors and recipients, where the article alone tells the event
:func:`common_lines`   the event's slug, number of articles, and, if several articles tell it, phase, parties, their
                       names and its date; of the earlier event that it fulfils the slug and which articles tell it
=====================  ==========================================================================================

An article's graph is its core, the descriptions of its entities and its part of the events; nothing stands in two of
the three. The graph of its corrections comes in two parts, core and events, which may both describe an editor. The
common lines belong to the default graph alone. In the default graph all these lines stand once more.

A line of N-Triples is a line of N-Quads in the default graph, and with a graph's name before its full stop one of that
graph (https://www.w3.org/TR/n-quads/#simple-triples). So one writing serves both.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple, cast

import pyoxigraph as ox

from kg.merge.event import UNNAMED, Event
from kg.merge.told import Share
from kg.rdf.corrections import GRAPH, correction_triples, judgement_triples
from kg.rdf.entities import entity_triples, linked_keys
from kg.rdf.events import NameOf, event_triples, shared_triples
from kg.rdf.iris import Iris
from kg.rdf.quads import core_triples
from kg.rdf.scope import Scope
from kg.records import Entity, Reading

_KEPT: Final = 16_384
"""Descriptions of entities kept in memory, about 1 kB each."""
_EMPTY: Final = b"\n"
"""What parts the two graphs in one file: an empty line, which N-Triples allows."""


class Lines(NamedTuple):
    """Lines of N-Triples of an article: of its graph and of the graph of its corrections, mostly none."""

    article: bytes
    corrections: bytes = b""

    def dump(self) -> bytes:
        """Both in one, with an empty line between if there is a second. The inverse of :meth:`parse`."""
        return self.article + _EMPTY + self.corrections if self.corrections else self.article

    @classmethod
    def parse(cls, content: bytes) -> Lines:
        """The inverse of :meth:`dump`."""
        if content.startswith(_EMPTY):
            return cls(b"", content[1:])
        article, parted, corrections = content.partition(b"\n" + _EMPTY)
        return cls(article + b"\n" if parted else article, corrections)


def core_lines(reading: Reading, iris: Iris) -> bytes:
    """What hangs on the reading alone, as :meth:`Lines.dump` writes it.

    Raises:
        ValueError: something in the reading makes no IRI.
    """
    scope = Scope(reading, iris)
    return Lines(_lines(core_triples(scope)), _lines(correction_triples(scope))).dump()


@lru_cache(maxsize=_KEPT)
def entity_lines(entity: Entity, linked: tuple[str, ...], iris: Iris) -> bytes:
    """The description of an entity with a name in one article; those asked for lately are kept.

    Args:
        entity: as all articles agreed.
        linked: :func:`kg.rdf.entities.linked_keys` of the entity and the article's keys.
    """
    return _lines(entity_triples(entity, linked, iris))


def described_lines(reading: Reading, chosen: Iterable[Entity], iris: Iris) -> bytes:
    """The descriptions of all entities of an article. Unnamed parties are in its core and may be left out.

    Args:
        chosen: the entities of the reading's keys as all articles agreed.
    """
    keys = frozenset(entity.key for entity in reading.entities)
    return b"".join(
        entity_lines(entity, linked_keys(entity, keys), iris) for entity in chosen if not entity.key.startswith(UNNAMED)
    )


def event_lines(reading: Reading, share: Share, name_of: NameOf, iris: Iris) -> Lines:
    """What the article says of events.

    Args:
        share: the article's, of this reading.
        name_of: what all agreed to call an entity, by key; asked for donors and recipients with a name only.
    """
    scope = Scope(reading, iris)
    return Lines(_lines(event_triples(scope, share, name_of)), _lines(judgement_triples(scope, share)))


def common_lines(event: Event, earlier: Event | None, name_of: NameOf, iris: Iris) -> bytes:
    """What is known of an event from several articles only: for the default graph. Mostly nothing.

    Args:
        earlier: the event that it fulfils, if there is one.
        name_of: as for :func:`event_lines`; asked only if several articles tell the event.
    """
    return _lines(shared_triples(event, earlier, name_of, iris))


def whole(core: bytes, described: bytes, told: Lines) -> Lines:
    """All lines of an article, each once."""
    own = Lines.parse(core)
    corrections = own.corrections
    if told.corrections:
        both = own.corrections + told.corrections
        corrections = b"".join(dict.fromkeys(both.splitlines(keepends=True)))
    return Lines(own.article + described + told.article, corrections)


def graph_names(identifier: str, iris: Iris) -> tuple[str, str]:
    """The IRIs of an article's graph and of that of its corrections."""
    return iris.article(identifier).value, iris.part(identifier, GRAPH).value


def _lines(triples: Iterable[ox.Triple]) -> bytes:
    """The triples in the order of their making, each once. A line feed in a literal is written as an escape."""
    return cast("bytes", ox.serialize(dict.fromkeys(triples), format=ox.RdfFormat.N_TRIPLES))

"""One description for each entity, chosen among what the articles gave.

Two articles may reach the same key by different spellings ("Niš", "Nis"). A plain query should still find
one ``schema:name``, so most articles decide, and the alphabet where they are equal; what was not chosen
stays findable as an alias. Choosing is the same whatever order the articles come in.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from decimal import Decimal
from operator import attrgetter
from typing import Final, TypeVar

from kg.merge.event import UNNAMED
from kg.records import Entity

V = TypeVar("V", str, tuple[Decimal, Decimal])
_NAMES: Final = [field.name for field in fields(Entity)]
_VALUES: Final = attrgetter(*_NAMES)
_REASON: Final = _NAMES.index("reason")


class EntityVotes:
    """Collects the descriptions of all articles, then chooses."""

    def __init__(self) -> None:
        self._given: defaultdict[str, Counter[Entity]] = defaultdict(Counter)

    def add(self, entities: Iterable[Entity]) -> None:
        """Take in the entities of one article; unnamed parties stay with their article."""
        for vote in votes_of(entities):
            self._given[vote.key][vote] += 1

    def chosen(self) -> dict[str, Entity]:
        """The entity of each key."""
        return {key: choose_entity(given) for key, given in sorted(self._given.items())}


def votes_of(entities: Iterable[Entity]) -> Iterator[Entity]:
    """What an article's entities count as: their descriptions without the reason, which is the article's own. Unnamed
    parties have no vote."""
    for entity in entities:
        if not entity.key.startswith(UNNAMED):
            yield _without_reason(entity) if entity.reason else entity


def _without_reason(entity: Entity) -> Entity:
    """What :func:`dataclasses.replace` gives, in a quarter of the time: one is made for each entity of an article."""
    values = list(_VALUES(entity))
    values[_REASON] = ""
    return Entity(*values)


def choose_entity(given: Mapping[Entity, int]) -> Entity:
    """The entity of one key.

    Args:
        given: its descriptions (:func:`votes_of`) and how many articles give each; at least one, in any order.
    """
    if len(given) == 1:
        return next(iter(given))
    first = min(given, key=lambda entity: (-given[entity], entity.name, entity.type, repr(entity)))
    names = {name for entity in given for name in (entity.name, *entity.aliases)}
    return replace(
        first,
        aliases=tuple(sorted(names - {first.name})),
        same_as=tuple(sorted({iri for entity in given for iri in entity.same_as})),
        subtype=_agreed(given, lambda entity: entity.subtype),
        disaster=_agreed(given, lambda entity: entity.disaster),
        part_of=_agreed(given, lambda entity: entity.part_of),
        coordinates=_agreed(given, lambda entity: entity.coordinates),
    )


def _agreed(given: Mapping[Entity, int], read: Callable[[Entity], V | None]) -> V | None:
    """The value that most articles give, of those that give one."""
    votes: Counter[V] = Counter()
    for entity, count in given.items():
        if value := read(entity):
            votes[value] += count
    return min(votes, key=lambda value: (-votes[value], value), default=None)

"""Whom a correction may name: what the gazetteer lists, what the article speaks of, and what the file declares."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from kg.corrections.check import nearest
from kg.corrections.files import Corrections
from kg.corrections.values import Declared
from kg.errors import ArticleError
from kg.records import Entity

Lookup = Callable[[str], Entity | None]
"""The listed entity of a key."""

ANY: Final = ("country/", "place/", "person/", "organization/", "crisis/")
PARTIES: Final = ("country/", "organization/", "person/", "place/", "unnamed/")
PLACES: Final = ("country/", "place/")
CRISES: Final = ("crisis/",)
"""How the keys begin that a field may hold."""


@dataclass(frozen=True)
class Known:
    """Entities by key. ``keys`` are those of the gazetteer, for the nearest one to a key that nobody knows."""

    corrections: Corrections
    lookup: Lookup
    keys: Callable[[], Iterable[str]]
    here: Mapping[str, Entity] = field(default_factory=dict)

    def with_entities(self, entities: Iterable[Entity]) -> Known:
        """The same, knowing what the article speaks of."""
        return replace(self, here={entity.key: entity for entity in entities})

    @cached_property
    def declared(self) -> dict[str, Entity]:
        """The entities of the file.

        Raises:
            ArticleError: one of them is listed already, or belongs to a country that is not.
        """
        found = {entry.key: _entity(entry) for entry in self.corrections.entities}
        for entity in found.values():
            if self.lookup(entity.key) is not None:
                raise ArticleError(
                    str(self.corrections.path), f"{entity.key!r} is listed already; take it out of 'entities'"
                )
            if entity.part_of and self.lookup(entity.part_of) is None:
                raise ArticleError(str(self.corrections.path), f"partOf: {self._unknown(entity.part_of)}")
        return found

    def entity(self, key: str, entry: int, allowed: tuple[str, ...]) -> Entity:
        """The entity that a correction names.

        Raises:
            ArticleError: nobody knows it, or it is of a kind that does not belong there.
        """
        if not key.startswith(allowed):
            kinds = ", ".join(kind.rstrip("/") for kind in allowed)
            raise self.corrections.fault(entry, f"got {key!r}, expected the key of one of {kinds}")
        found = self.find(key)
        if found is None:
            raise self.corrections.fault(entry, self._unknown(key))
        return found

    def name(self, key: str) -> str:
        """The name of an entity; its key where nobody knows it any more."""
        found = self.find(key)
        return found.name if found else key

    def find(self, key: str) -> Entity | None:
        """The entity of a key, if anybody knows it; what the file declares comes first."""
        return self.declared.get(key) or self.here.get(key) or self.lookup(key)

    def _unknown(self, key: str) -> str:
        near = nearest(key, {*self.keys(), *self.here, *(entry.key for entry in self.corrections.entities)})
        return f"nobody knows {key!r}{near}; name one that is listed or in the article, or declare it under 'entities'"


def _entity(entry: Declared) -> Entity:
    return Entity(
        entry.key,
        entry.type,
        entry.name,
        same_as=entry.same_as,
        subtype=entry.subtype,
        disaster=entry.disaster,
        part_of=entry.part_of,
        reason="declared by an editor",
    )

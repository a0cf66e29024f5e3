"""Who was found in an article, and why: names with their entities, what takes them up, names left without one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from kg.explain.findings import Finding, finding
from kg.extract.scene import Form
from kg.extract.trail import references
from kg.records import Entity, NameKind
from kg.understand import Understood

_NO_ENTITY: Final[dict[NameKind, str]] = {
    "person": "the name of a person alone, and of no one known",
    "organization": "no body is known by it, and none can be made of it",
    "place": "no place is known by it",
    "people": "a people without a state of its own acts for nobody",
    "crisis": "the words, their place and their time tell no crisis apart",
}
"""Why a name that was seen has no entity, by what its words look like."""
_TAKES_UP: Final[dict[Form, str]] = {
    "pronoun": "a pronoun for what was named before",
    "description": "a description of what is named elsewhere, or of a group without a name",
}
"""How words that are no name stand for an entity, by the form of their reference."""


class EntityNames:
    """Words for keys of entities."""

    def __init__(self, entities: Mapping[str, Entity]) -> None:
        self._entities = entities

    def short(self, key: str) -> str:
        """The name alone; the key itself where nothing is known by it."""
        return self._entities[key].name if key in self._entities else key

    def full(self, key: str | None) -> tuple[str, ...]:
        """``Norway (country/norway)``, since the key is what an editor writes in a correction; empty for none."""
        return (f"{self.short(key)} ({key})",) if key else ()

    def all(self, keys: Iterable[str]) -> tuple[str, ...]:
        """The same for each of several."""
        return tuple(words for key in keys for words in self.full(key))


def name_findings(understood: Understood, names: EntityNames) -> Iterator[Finding]:
    """Every name that was seen, and every pronoun or description that takes one up."""
    text = understood.reading.article.text
    stands = references(understood.scene)
    meant = {reference.span.start: reference.entity for reference in stands}
    for link in understood.links:
        entity, acting = link.entity, meant.get(link.name.span.start)
        acts = names.full(acting) if acting != entity.key else ()
        yield finding("name", link.name.span, text, *names.full(entity.key), why=entity.reason, acts_for=acts)
    linked = {link.name.span for link in understood.links}
    for name in understood.names:
        if name.span not in linked:
            yield finding("not taken", name.span, text, f"“{name.text}” has no entity", why=_NO_ENTITY[name.kind])
    for reference in stands:
        if reference.form in _TAKES_UP:
            why = _TAKES_UP[reference.form]
            yield finding("reference", reference.span, text, *names.full(reference.entity), why=why)

"""The types of the service: our classes, with the kinds of the index that they stand for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kg.formats import PREFIXES
from kg.index.schema import ENTITY_KINDS
from server.problems import BadRequest


@dataclass(frozen=True, slots=True)
class Type:
    """A type. ``kinds`` are those of :data:`kg.index.schema.KINDS` whose things bear it; ``broader`` names types."""

    id: str
    name: str
    description: str
    kinds: tuple[str, ...]
    broader: tuple[str, ...] = ()


def _class(prefixed: str) -> str:
    prefix, _, local = prefixed.partition(":")
    return PREFIXES[prefix] + local


PARTY: Final = _class("aid:Party")
PLACE: Final = _class("schema:Place")
TYPES: Final[Mapping[str, Type]] = {
    one.id: one
    for one in (
        Type(_class("schema:Country"), "Country", "States and territories", ("country",), (PLACE, PARTY)),
        Type(_class("schema:Organization"), "Organisation", "Ministries, agencies, companies, unions of states",
             ("organization",), (PARTY,)),
        Type(_class("schema:Person"), "Person", "People whom articles name", ("person",), (PARTY,)),
        Type(PLACE, "Place", "Cities, provinces, regions, and countries as places", ("place", "country")),
        Type(PARTY, "Party", "Whoever may give or receive: countries, organisations, people",
             ("country", "organization", "person")),
        Type(_class("aid:Crisis"), "Crisis", "Disasters, epidemics, conflicts", ("crisis",)),
        Type(_class("aid:AidEvent"), "Aid event", "A request, pledge, dispatch or delivery of help", ("event",)),
        Type(_class("schema:NewsArticle"), "Article", "The articles that tell all this", ("article",)),
        Type(_class("skos:Concept"), "Term", "Concepts of the schemes: phases, categories, kinds of disasters",
             ("concept",)),
    )
}  # fmt: skip
"""By IRI, in the order in which they are proposed."""

TYPE_OF: Final[Mapping[str, Type]] = {
    kind: next(one for one in TYPES.values() if one.kinds[0] == kind and one.id != PARTY)
    for kind in (*ENTITY_KINDS, "event", "article", "concept")
}
"""The narrowest type of each kind: what candidates bear."""

UNTYPED: Final = ENTITY_KINDS
"""Kinds that are looked through first where no type is given: a cell is rarely the headline of an article."""

TOLD: Final = ("concept", "event", "article")
"""Kinds that are looked through where none of those has such a name."""


def type_data(one: Type) -> dict[str, object]:
    """A type as JSON, with its broader types."""
    broader = [{"id": TYPES[name].id, "name": TYPES[name].name} for name in one.broader]
    return {"id": one.id, "name": one.name, **({"broader": broader} if broader else {})}


def short_type(kind: str) -> dict[str, str]:
    """The type of a kind as candidates have it."""
    one = TYPE_OF[kind]
    return {"id": one.id, "name": one.name}


def type_of(identifier: str) -> Type:
    """The type with this IRI; its prefixed name or plain name will do.

    Raises:
        BadRequest: there is none.
    """
    for one in TYPES.values():
        if identifier in (one.id, one.name):
            return one
    known = ", ".join(f"{one.name} ({one.id})" for one in TYPES.values())
    raise BadRequest(f"There is no type {identifier[:200]!r}; the types are {known}.")

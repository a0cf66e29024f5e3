"""Countries, places, persons, organisations and crises, and the roles that persons hold."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

import pyoxigraph as ox

from kg.merge.event import UNNAMED
from kg.rdf.iris import Iris
from kg.rdf.scope import Scope, Triples, describe
from kg.rdf.terms import A, Term, aid, concept, date_literal, degrees_literal, schema, text_literal
from kg.records import Entity, EntityType, Role

_CLASSES: Final[dict[EntityType, tuple[ox.NamedNode, ...]]] = {
    "country": (schema("Country"),),
    "place": (schema("Place"),),
    "person": (schema("Person"),),
    "organization": (schema("Organization"),),
    "crisis": (aid("Crisis"), schema("Event")),
    "unnamed": (aid("UnnamedParty"), aid("Party")),
}
_PART_OF: Final[dict[tuple[EntityType, str | None], ox.NamedNode]] = {
    ("place", None): schema("containedInPlace"),
    ("organization", "GovernmentOrganization"): schema("areaServed"),
}
"""How an entity belongs to its country. schema:parentOrganization and memberOf want an organisation, and
schema:location would put an army abroad at home; what a ministry does, it does for its country's area. Other
organisations have no fitting term, so nothing is said of them."""


def party_triples(scope: Scope) -> Triples:
    """Those who give or receive are parties; and the descriptions of the unnamed ones, who are known here only."""
    for key in sorted(
        {key for report in scope.reading.reports for key in (*report.donors, *report.recipients, *report.implementers)}
    ):
        yield ox.Triple(scope.entity(key), A, aid("Party"))
    for entity in scope.reading.entities:
        if entity.key.startswith(UNNAMED):
            yield from describe(scope.entity(entity.key), *_facts(entity))


def entity_triples(entity: Entity, linked: Collection[str], iris: Iris) -> Triples:
    """The description of an entity with a name, as all articles agreed.

    Args:
        linked: the keys of :func:`linked_keys` in the article.
    """
    node = iris.named_entity(entity.key)
    yield from describe(node, *_facts(entity))
    belongs = _belongs(entity)
    if belongs and entity.part_of and entity.part_of in linked:
        yield ox.Triple(node, belongs, iris.named_entity(entity.part_of))
    for key in entity.struck:
        if key in linked:
            yield ox.Triple(node, schema("location"), iris.named_entity(key))


def linked_keys(entity: Entity, keys: Collection[str]) -> tuple[str, ...]:
    """Of the countries that the description links to those that the article describes (``keys`` are of its entities):
    any other would be an IRI without a name. In the order of the alphabet."""
    near = {*entity.struck, entity.part_of} if entity.part_of and _belongs(entity) else set(entity.struck)
    return tuple(sorted(key for key in near if key in keys))


def role_triples(scope: Scope) -> Triples:
    """Offices: the person is affiliated to the role, the role to the country or organisation.

    https://schema.org/Role repeats the property on both sides, so that the title can stand between.
    """
    for role in scope.reading.roles:
        yield from _role(scope, role)


def _facts(entity: Entity) -> Iterator[tuple[ox.NamedNode, Term]]:
    for kind in _CLASSES[entity.type]:
        yield A, kind
    if entity.subtype:
        yield A, schema(entity.subtype)
    yield schema("name"), text_literal(entity.name)
    for alias in entity.aliases:
        if alias != entity.name:
            yield schema("alternateName"), text_literal(alias)
    for iri in entity.same_as:
        yield schema("sameAs"), ox.NamedNode(iri)
    if entity.start:
        yield schema("startDate"), date_literal(entity.start)
    if entity.disaster:
        yield aid("disasterType"), concept("disaster", entity.disaster)
    if entity.coordinates:
        yield schema("latitude"), degrees_literal(entity.coordinates[0])
        yield schema("longitude"), degrees_literal(entity.coordinates[1])


def _belongs(entity: Entity) -> ox.NamedNode | None:
    return _PART_OF.get((entity.type, None)) or _PART_OF.get((entity.type, entity.subtype))


def _role(scope: Scope, role: Role) -> Triples:
    node = scope.part(role)
    yield ox.Triple(scope.entity(role.person), schema("affiliation"), node)
    yield from describe(node, (A, schema("OrganizationRole")), (schema("roleName"), text_literal(role.title)))
    if role.of:
        yield ox.Triple(node, schema("affiliation"), scope.entity(role.of))
    yield from scope.evidence(node, [role.evidence])

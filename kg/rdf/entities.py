"""Countries, places, persons, organisations and crises, and the roles that persons hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

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


def entity_triples(scope: Scope) -> Triples:
    """The description of every entity that the article speaks of; those who give or receive are parties."""
    parties = {
        key for report in scope.reading.reports for key in (*report.donors, *report.recipients, *report.implementers)
    }
    for key, entity in scope.entities.items():
        node = scope.entity(key)
        yield from describe(node, *_facts(entity))
        if key in parties:
            yield ox.Triple(node, A, aid("Party"))
        yield from describe(node, *_linked_facts(scope, entity))


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


def _linked_facts(scope: Scope, entity: Entity) -> Iterator[tuple[ox.NamedNode, Term]]:
    """Links to countries that the reading describes; any other would be an IRI without a name."""
    belongs = _PART_OF.get((entity.type, None)) or _PART_OF.get((entity.type, entity.subtype))
    if belongs and entity.part_of in scope.entities:
        yield belongs, scope.entity(entity.part_of)
    for key in entity.struck:
        if key in scope.entities:
            yield schema("location"), scope.entity(key)


def _role(scope: Scope, role: Role) -> Triples:
    node = scope.part(role)
    yield ox.Triple(scope.entity(role.person), schema("affiliation"), node)
    yield from describe(node, (A, schema("OrganizationRole")), (schema("roleName"), text_literal(role.title)))
    if role.of:
        yield ox.Triple(node, schema("affiliation"), scope.entity(role.of))
    yield from scope.evidence(node, [role.evidence])

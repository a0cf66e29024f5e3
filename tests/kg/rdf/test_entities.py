"""Entities, parties and roles."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from kg.records import Entity, PartialDate, Reading, Role, Span

Look = Callable[..., dict[str, dict[str, set[str]]]]
Make = Callable[..., Reading]


def test_country_that_gives_is_a_party(facts: Look, reading: Make) -> None:
    assert facts(reading())["country/arland"] == {
        "type": {"<Country>", "<ontology#Party>"},
        "name": {'"Arland"'},
        "alternateName": {'"Arlanders"'},
        "sameAs": {"<http://example.org/Q1>"},
    }


def test_country_that_is_only_named_is_no_party(facts: Look, reading: Make) -> None:
    assert facts(reading(reports=()))["country/arland"]["type"] == {"<Country>"}


def test_unnamed_party_is_a_fragment_with_a_name(facts: Look, reading: Make) -> None:
    assert facts(reading())["article/a-1#party-some-nations"] == {
        "type": {"<ontology#UnnamedParty>", "<ontology#Party>"},
        "name": {'"some nations"'},
    }


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            {"key": "place/c", "type": "place", "subtype": "City", "part_of": "country/arland"},
            {"type": {"<Place>", "<City>"}, "containedInPlace": {"<country/arland>"}},
        ),
        (
            {"key": "crisis/c", "type": "crisis", "disaster": "flood", "start": PartialDate("2020-03"),
             "struck": ("country/arland", "country/not-described")},
            {"type": {"<ontology#Crisis>", "<Event>"}, "disasterType": {"<scheme/disaster/flood>"},
             "startDate": {'"2020-03"^^<xsd:gYearMonth>'}, "location": {"<country/arland>"}},
        ),
        (
            {"key": "organization/c", "type": "organization", "subtype": "GovernmentOrganization",
             "part_of": "country/arland"},
            {"type": {"<Organization>", "<GovernmentOrganization>"}, "areaServed": {"<country/arland>"}},
        ),
        (
            {"key": "organization/c", "type": "organization", "subtype": "NGO", "part_of": "country/arland"},
            {"type": {"<Organization>", "<NGO>"}},
        ),
        ({"key": "person/c", "type": "person"}, {"type": {"<Person>"}}),
    ],
)  # fmt: skip
def test_entity_has_its_classes(
    facts: Look, reading: Make, fields: dict[str, Any], expected: dict[str, set[str]]
) -> None:
    found = facts(reading(entities=(*reading().entities, Entity(name="C", **fields))))
    assert found[fields["key"]] == {"name": {'"C"'}, **expected}


def test_two_articles_agree_on_one_name(facts: Look, reading: Make) -> None:
    other = (Entity("country/arland", "country", "ARLAND"), *reading().entities[1:])
    found = facts(reading(), reading(article={"id": "b"}, entities=other), reading(article={"id": "c"}))
    assert found["country/arland"]["name"] == {'"Arland"'}
    assert found["country/arland"]["alternateName"] == {'"ARLAND"', '"Arlanders"'}


def test_role_stands_between_person_and_country(facts: Look, reading: Make) -> None:
    person = Entity("person/ann-b", "person", "Ann B")
    role = Role("person/ann-b", "President", "country/arland", Span(11, 17))
    found = facts(reading(entities=(*reading().entities, person), roles=(role,)))
    assert found["person/ann-b"]["affiliation"] == {"<article/a-1#role-ann-b-arland>"}
    assert found["article/a-1#role-ann-b-arland"] == {
        "type": {"<OrganizationRole>"},
        "roleName": {'"President"'},
        "affiliation": {"<country/arland>"},
        "evidence": {"<article/a-1#char-11-17>"},
    }


def test_coordinates_are_decimals_even_where_whole(facts: Look, reading: Make) -> None:
    place = Entity("place/c", "place", "C", coordinates=(Decimal("42.5"), Decimal(100)))
    found = facts(reading(entities=(*reading().entities, place)))["place/c"]
    assert found["latitude"] == {'"42.5"^^<xsd:decimal>'}
    assert found["longitude"] == {'"100"^^<xsd:decimal>'}


def test_coordinates_come_from_the_articles_that_give_them(facts: Look, reading: Make) -> None:
    bare, placed = (
        Entity("place/c", "place", "C", coordinates=coordinates)
        for coordinates in (None, (Decimal("-1.5"), Decimal("2.25")))
    )
    readings = [
        reading(article={"id": name}, entities=(*reading().entities, entity))
        for name, entity in (("a", bare), ("b", bare), ("c", placed))
    ]
    assert facts(*readings)["place/c"]["latitude"] == {'"-1.5"^^<xsd:decimal>'}

"""Entities by kind, letter and name, with their counts."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from world import World

from server.explore.entities import AskedEntities, Entity, choose_entities, load_entities, parse_entities
from server.problems import BadRequest


def choose(world: World, query: str) -> list[Entity]:
    return choose_entities(load_entities(world.index), parse_entities(parse_qsl(query)))


def names(world: World, query: str) -> list[str]:
    found = {row["id"]: row["name"] for row in world.index.execute("SELECT id, name FROM thing")}
    return [found[entity.id] for entity in choose(world, query)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kind=country", ["Italy", "None at all", "Öland", "Russia"]),
        ("kind=country&sort=-name", ["Russia", "Öland", "None at all", "Italy"]),
        ("letter=o", ["Öland"]),
        ("letter=T", ["TASS", "The flood", "The storm"]),
        ("name=land", ["Öland"]),
        ("name=LOW&kind=place", ["Lower Town"]),
        ("name=zz", []),
        ("kind=person", ["Ada Lovelace"]),
    ],
)
def test_entities_are_found_by_kind_letter_and_name(world: World, query: str, expected: list[str]) -> None:
    assert names(world, query) == expected


def test_parties_without_a_name_are_no_entities(world: World) -> None:
    assert "several nations" not in names(world, "")


@pytest.mark.parametrize("column", ["events", "given", "received", "articles"])
def test_entities_sort_by_every_count(world: World, column: str) -> None:
    counts = [getattr(entity, column) for entity in choose(world, f"sort=-{column}")]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > 0


def test_counts_are_those_of_the_graph(world: World) -> None:
    query = "SELECT (COUNT(DISTINCT ?e) AS ?n) { ?e aid:donor country:russia }"
    prefixes = {"aid": "https://w3id.org/aidgraph/ontology#", "country": "https://w3id.org/aidgraph/id/country/"}
    counted = next(iter(world.store.query(query, prefixes=prefixes)))  # type: ignore[arg-type]  # a SELECT gives rows
    (russia,) = choose(world, "name=russia")
    assert str(russia.given) == counted["n"].value


@pytest.mark.parametrize(
    ("query", "told"),
    [("kind=dragon", "it can be country, place"), ("sort=size", "it can be name"), ("q=x", "no parameter 'q'"),
     ("page=x", "numbered from 1"), ("kind=place&kind=person", "given 2 times")],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_what_can(query: str, told: str) -> None:
    with pytest.raises(BadRequest) as caught:
        parse_entities(parse_qsl(query))
    assert told in caught.value.detail


def test_canonical_address_is_in_a_fixed_order() -> None:
    asked = parse_entities(parse_qsl("page=2&name=a b&letter=%C3%96&kind=place&sort=-events"))
    assert asked.href() == "/entities?kind=place&letter=%C3%B6&name=a%20b&sort=-events&page=2"
    assert AskedEntities().href("csv") == "/entities.csv"

"""Which links of editors can be written."""

from __future__ import annotations

import pytest

from kg.merge.confirmed import ConfirmedLink, accept_links
from kg.records import Entity, PartialDate

DAY = PartialDate("2024-05-02")
ENTITIES = {
    "place/geneva": Entity("place/geneva", "place", "Geneva", same_as=("https://a.example/1",)),
    "place/bern": Entity("place/bern", "place", "Bern"),
}


def link(entity: str, iri: str, line: int = 2) -> ConfirmedLink:
    return ConfirmedLink(entity, iri, "x", DAY, f"links.tsv:{line}")


def site(iri: str) -> str:
    return iri.split("/")[2]


def test_link_to_a_dataset_that_the_entity_is_not_linked_to_is_accepted() -> None:
    links = (link("place/geneva", "https://b.example/1"), link("place/bern", "https://a.example/2"))
    assert accept_links(links, ENTITIES, site, str) == (links, ())


@pytest.mark.parametrize(
    ("entity", "iri", "says"),
    [
        ("place/geneva", "https://a.example/1", "is linked to https://a.example/1 without this line already"),
        ("place/geneva", "https://a.example/2", "is https://a.example/1 already, and cannot be https://a.example/2"),
        ("place/rome", "https://a.example/3", "no article speaks of 'place/rome'!"),
    ],
)
def test_link_that_cannot_be_is_refused_with_its_line(entity: str, iri: str, says: str) -> None:
    accepted, (refused,) = accept_links([link(entity, iri)], ENTITIES, site, lambda key: "!")
    assert accepted == ()
    assert refused.startswith("links.tsv:2: ")
    assert says in refused


def test_second_line_for_another_address_of_one_dataset_is_refused() -> None:
    first, second = link("place/bern", "https://a.example/2"), link("place/bern", "https://a.example/3", 3)
    accepted, refused = accept_links([first, second], ENTITIES, site, str)
    assert accepted == (first,)
    assert refused[0].startswith("links.tsv:3: place/bern is https://a.example/2 already")

"""Names that are alike."""

from __future__ import annotations

import pytest

from kg.link.alike import Label, Labels, known_labels
from kg.link.sources import link_sources, target_of
from kg.records import Entity

WIKIDATA, GEONAMES = "http://www.wikidata.org/entity/", "https://sws.geonames.org/"
NEPAL = ("country/nepal",)


@pytest.fixture
def labels() -> Labels:
    found = Labels()
    found.add(
        [
            Label(f"{WIKIDATA}Q1", "place", "Kathmandu", "a", "capital", NEPAL),
            Label(f"{WIKIDATA}Q1", "place", "Katmandu", "a", "capital", NEPAL),
            Label(f"{WIKIDATA}Q2", "place", "Kathmandu", "a", "town", ("country/india",)),
            Label(f"{WIKIDATA}Q3", "organization", "Kathmandu", "a"),
            Label(f"{GEONAMES}1/", "place", "Kathmandu", "b"),
        ]
    )
    return found


def test_like_finds_names_of_the_same_kind_and_country_by_their_letters(labels: Labels) -> None:
    entity = Entity("place/katmandu", "place", "Katmandu", part_of="country/nepal")
    assert [(like.label.iri, like.score) for like in labels.like(entity, "wikidata")] == [(f"{WIKIDATA}Q1", 100.0)]
    assert [like.label.iri for like in labels.like(entity, "geonames")] == [f"{GEONAMES}1/"]


def test_like_asks_for_every_name_of_the_entity(labels: Labels) -> None:
    entity = Entity("organization/x", "organization", "Outdoor shop", aliases=("Kathmandu",))
    assert [like.label.iri for like in labels.like(entity, "wikidata")] == [f"{WIKIDATA}Q3"]


def test_like_offers_nobody_for_a_name_that_is_like_none(labels: Labels) -> None:
    assert labels.like(Entity("place/rome", "place", "Rome"), "wikidata") == []
    assert labels.like(Entity("person/kathmandu", "person", "Kathmandu"), "wikidata") == []


def test_known_labels_lead_to_targets_and_name_their_packages() -> None:
    labels = [label for found in known_labels().of.values() for label in found]
    assert all(target_of(label.iri) for label in labels)
    assert {label.source for label in labels} <= {source.package.split("/")[-1] for source in link_sources()}
    assert len(labels) > 20_000

"""Which entity a name means in a made-up article, and why."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kg.link.choose import kind_of, link_masthead
from kg.link.gazetteer import Gazetteer


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Peru", "place"), ("Peruvian", "people"), ("Kyoto", "place"), ("UNICEF", "organization"),
        ("Cyclone Idai", "crisis"), ("Ebola", "crisis"), ("the Kremlin", "organization"), ("Karen Holm", None),
        ("peru", None), ("tents", None),
    ],
)  # fmt: skip
def test_kind_of_words(words: str, kind: str | None) -> None:
    assert kind_of(Gazetteer.load(), words) == kind


@pytest.mark.parametrize(
    ("text", "words", "key"),
    [
        ("Portugal sent tents.", "Portugal", "country/portugal"),
        ("Portuguese tents were sent.", "Portuguese", "country/portugal"),
        ("Tents came from Lisbon.", "Lisbon", "place/lisbon"),
        ("The World Food Programme sent tents.", "World Food Programme", "organization/world-food-programme"),
        ("The Ministry of Health of Peru sent tents.", "Ministry of Health of Peru",
         "organization/peruvian-ministry-of-health"),
        ("The Peruvian navy sent tents.", "Peruvian navy", "organization/peruvian-navy"),
        ("Peru agreed. The Defense Ministry sent tents.", "Defense Ministry",
         "organization/peruvian-ministry-of-defence"),
        ("Karen Holm sent tents.", "Karen Holm", "person/karen-holm"),
        ("Karen Holm spoke. Holm sent tents.", "Holm", "person/karen-holm"),
        ("The Namibian Wells Foundation sent tents.", "Namibian Wells Foundation",
         "organization/namibian-wells-foundation"),
    ],
)  # fmt: skip
def test_name_means_entity(read: Any, text: str, words: str, key: str) -> None:
    found = {link.name.text.removeprefix("The "): link.entity.key for link in read(text).links}
    assert found.get(words) == key


def test_acronym_told_once_is_known_afterwards(read: Any) -> None:
    text = "The Namibian Wells Foundation (NWF) sent tents. The NWF also sent soap."
    keys = [link.entity.key for link in read(text).links if "NWF" in link.name.text or "Wells" in link.name.text]
    assert set(keys) == {"organization/namibian-wells-foundation"}


def test_unknown_name_gets_no_identifier_of_others(read: Any) -> None:
    entity = read("The Namibian Wells Foundation sent tents.").entity("Namibian Wells Foundation")
    assert (entity.same_as, entity.listed, entity.reason) == ((), False, "not in the gazetteer: an entity of its own")


def test_ministry_belongs_to_its_state(read: Any) -> None:
    links = read("The Ministry of Health of Peru sent tents.").links
    entity = next(link.entity for link in links if "Ministry" in link.name.text)
    assert (entity.subtype, entity.part_of) == ("GovernmentOrganization", "country/peru")


@pytest.mark.parametrize(
    ("text", "words", "state"),
    [
        ("Lisbon sent tents.", "Lisbon", "country/portugal"),
        ("Kyoto sent tents.", "Kyoto", None),
        ("Peru sent tents.", "Peru", None),
        ("Downing Street sent tents.", "Downing Street", "country/united-kingdom"),
    ],
)
def test_capital_stands_for_its_country(read: Any, text: str, words: str, state: str | None) -> None:
    found = next(link for link in read(text).links if link.name.text == words)
    assert (found.stands_for.key if found.stands_for else None) == state


def test_capital_of_a_past_state_stands_for_it_in_its_time(read: Any) -> None:
    found = {
        year: read("Moscow sent tents.", published=year).links[0].stands_for.key
        for year in ("1988-12-10", "2018-06-20")
    }
    assert found == {"1988-12-10": "country/soviet-union", "2018-06-20": "country/russia"}


def test_namesake_is_the_town_of_a_country_that_the_article_names(read: Any) -> None:
    (chile, spain) = (
        read(f"{country} was cold. Tents stood in {town}.").links[-1].entity.part_of
        for country, town in (("Chile", "Valdivia"), ("Spain", "Valencia"))
    )
    assert (chile, spain) == ("country/chile", "country/spain")


def test_every_link_has_a_reason(read: Any) -> None:
    text = "Lisbon and the Peruvian navy helped Karen Holm, UNICEF and Chile after the earthquake. Holm was glad."
    links = read(text).links
    assert len(links) >= 6
    assert [link.name.text for link in links if not link.entity.reason] == []


def test_entity_gets_the_names_that_the_article_uses(read: Any) -> None:
    entity = read("The World Food Programme came. The WFP gave rice.").links[0].entity
    assert "WFP" in entity.aliases


def test_masthead_makes_entities_of_publisher_and_authors(read: Any) -> None:
    article = replace(read("Peru sent tents.").article, publisher="The Dondo Courier", authors=("Karen Holm",))
    masthead = link_masthead(article, Gazetteer.load())
    assert [entity.key for entity in masthead.entities] == ["person/karen-holm", "organization/the-dondo-courier"]


def test_known_publisher_keeps_its_key(read: Any) -> None:
    article = replace(read("Peru sent tents.").article, publisher="Reuters")
    publisher = link_masthead(article, Gazetteer.load()).publisher
    assert publisher is not None
    assert (publisher.key, publisher.reason) == ("organization/reuters", "name in the gazetteer")


def test_article_without_masthead_has_no_entities_for_it(read: Any) -> None:
    assert link_masthead(read("Peru sent tents.").article, Gazetteer.load()).entities == ()

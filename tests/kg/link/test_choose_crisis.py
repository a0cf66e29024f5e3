"""Which crisis words mean: by name, disease, place, year and what else the article says."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from kg.link.choose_crisis import known
from kg.link.gazetteer import Gazetteer

# text, day of the article: the crises it names, each once
CRISES: list[tuple[str, str | None, set[str]]] = [
    ("Cyclone Idai struck Beira.", "2019-03-20", {"cyclone-idai"}),
    ("The earthquake in Chile was strong.", "2010-03-02", {"2010-chile-earthquake"}),
    ("The earthquake in Chile was strong.", "1960-05-30", {"1960-valdivia-earthquake"}),
    ("The 1960 earthquake in Chile was strong.", "2018-06-20", {"1960-valdivia-earthquake"}),
    ("The earthquake of 1939 in Chile was strong.", None, {"1939-chillan-earthquake"}),
    ("A typhoon struck the Philippines.", "2013-11-12", {"typhoon-haiyan"}),
    ("A typhoon struck the Philippines.", "2021-12-18", {"typhoon-rai"}),
    ("Floods in Mozambique drove people from their homes.", "2000-03-02", {"2000-mozambique-flood"}),
    ("Cholera spreads in Yemen.", "2017-07-01", {"yemen-cholera-outbreak"}),
    ("Cholera spreads in Peru.", "1991-03-01", {"1991-peru-cholera-epidemic"}),
    ("The Biafra war goes on.", "1969-02-01", {"nigerian-civil-war"}),
    ("Chile was shaken. The earthquake came at night.", "2010-03-01", {"2010-chile-earthquake"}),
    ("The earthquake in Chile came at night. The quake was strong.", "2010-03-01", {"2010-chile-earthquake"}),
    ("A flood in Iceland took a bridge.", "2018-06-20", {"2018-iceland-floods"}),
    ("A flood in Iceland took a bridge. The flood came at night.", "2018-06-20", {"2018-iceland-floods"}),
    ("The 1987 landslide in Norway blocked a road.", "2018-06-20", {"1987-norway-landslide"}),
    ("A flood in Iceland. A landslide in Norway.", "2018-06-20", {"2018-iceland-floods", "2018-norway-landslide"}),
    ("Iceland was wet. The flood took a bridge.", "2018-06-20", {"2018-iceland-floods"}),
    ("The flood took a bridge.", "2018-06-20", set()),
    ("Ministers of Chile and Peru spoke of trade.", "2010-03-02", set()),
    ("After the 2010 Chile earthquake came the 1960 Valdivia earthquake into mind.", "2018-06-20",
     {"2010-chile-earthquake", "1960-valdivia-earthquake"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "day", "crises"), CRISES)
def test_words_mean_crisis(read: Any, text: str, day: str | None, crises: set[str]) -> None:
    links = read(text, published=day).links
    assert {link.entity.key.partition("/")[2] for link in links if link.entity.type == "crisis"} == crises


def test_made_crisis_tells_kind_place_and_year(read: Any) -> None:
    (crisis,) = (
        link.entity for link in read("A flood in Iceland took a bridge.").links if link.entity.type == "crisis"
    )
    assert (crisis.name, crisis.disaster, crisis.part_of, crisis.start.iso, crisis.struck, crisis.listed) == (
        "2018 Iceland floods", "flood", "country/iceland", "2018", ("country/iceland",), False,
    )  # fmt: skip


def test_undated_article_takes_the_year_it_names_most(read: Any) -> None:
    text = "In 1987 it rained. A flood in Iceland took a bridge. In 1987 bridges were weak, unlike in 1990."
    crises = {link.entity.name for link in read(text, published=None).links if link.entity.type == "crisis"}
    assert crises == {"1987 Iceland floods"}


def test_crisis_has_a_reason(read: Any) -> None:
    links = read("A typhoon struck the Philippines.", published="2013-11-12").links
    reasons = [link.entity.reason for link in links if link.entity.type == "crisis"]
    assert reasons == ["tropical-cyclone in Philippines at that time"]


def test_known_crisis_keeps_what_the_table_tells() -> None:
    entry = Gazetteer.load().entry("crisis/cyclone-idai")
    assert entry is not None
    crisis = known(entry, "told by a test")
    assert crisis.start is not None
    assert (crisis.start.iso, crisis.disaster, crisis.part_of, crisis.reason) == (
        "2019-03-04", "tropical-cyclone", None, "told by a test",
    )  # fmt: skip
    assert {"country/mozambique", "country/malawi"} <= set(crisis.struck)


def test_crisis_of_one_country_is_part_of_it() -> None:
    entry = Gazetteer.load().entry("crisis/2010-chile-earthquake")
    assert entry is not None
    assert known(entry, "told by a test").part_of == "country/chile"


@pytest.mark.parametrize(
    ("text", "published", "crises"),
    [
        ("Forest fires burn in Latvia. The fires are spreading.", "1992-06-20", {"1992-latvia-wildfires"}),
        ("A tidal wave struck Papua New Guinea.", "1998-07-20", {"1998-papua-new-guinea-earthquake"}),
        (
            "Aden needs salt and soap. The fighting has closed the port of Aden, Yemen.",
            "2018-06-20",
            {"yemeni-civil-war"},
        ),
        ("Nurses brought anti-cholera serum to Chile.", "1957-06-20", set()),
        ("The Second World War had ended. Peru sent rice to Greece.", "1946-06-20", {"world-war-ii"}),
        ("Cholera has broken out in Kenya, the Danish Red Cross said.", "1998-02-03", {"1998-kenya-cholera-outbreak"}),
        (
            "An earthquake in Japan set off landslides. The landslides blocked roads.",
            "1949-12-27",
            {"1949-japan-earthquake"},
        ),
    ],
)
def test_words_mean_one_crisis_and_its_kind(text: str, published: str, crises: set[str], read: Any) -> None:
    found = {link.entity.key for link in read(text, published=published).links if link.entity.type == "crisis"}
    assert found == {f"crisis/{key}" for key in crises}


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("country/france", (Decimal("46.0"), Decimal("2.0"))),
        ("country/soviet-union", None),
        ("place/balkans", None),
        ("crisis/covid-19-pandemic", None),
    ],
)
def test_known_entity_has_the_coordinates_of_the_gazetteer(key: str, expected: tuple[Decimal, Decimal] | None) -> None:
    entry = Gazetteer.load().entry(key)
    assert entry is not None
    assert known(entry, "told by a test").coordinates == expected

"""The gazetteer as it comes with the program: its names mean what newspapers mean by them."""

from __future__ import annotations

import datetime
from collections import Counter
from pathlib import Path

import pytest

from kg.link.entry import Entry
from kg.link.gazetteer import Gazetteer, entries
from kg.link.tables import WIKIDATA

DATA = Path(__file__).parents[3] / "kg" / "link" / "data"
day = datetime.date.fromisoformat


@pytest.fixture(scope="module")
def known() -> Gazetteer:
    return Gazetteer.load()


def keys(found: tuple[Entry, ...]) -> list[str]:
    return [entry.key for entry in found]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Russia", "country/russia"),
        ("the Russian Federation", "country/russia"),
        ("RUSSIA", "country/russia"),
        ("the U.S.", "country/united-states"),
        ("U.S", "country/united-states"),
        ("America", "country/united-states"),
        ("Great Britain", "country/united-kingdom"),
        ("the UK’s", "country/united-kingdom"),
        ("Holland", "country/netherlands"),
        ("Burma", "country/myanmar"),
        ("Cote d’Ivoire", "country/ivory-coast"),
        ("Czechia", "country/czech-republic"),
        ("DRC", "country/democratic-republic-of-the-congo"),
        ("St. Lucia", "country/saint-lucia"),
        ("Türkiye", "country/turkey"),
        ("USSR", "country/soviet-union"),
        ("Georgia", "country/georgia"),
        ("Mexico", "country/mexico"),
        ("Gaza", "place/gaza-strip"),
        ("Hong Kong", "place/hong-kong"),
        ("Bombay", "place/mumbai"),
        ("Zürich", "place/zurich"),
        ("Sichuan", "place/sichuan"),
        ("the Horn of Africa", "place/horn-of-africa"),
        ("WHO", "organization/world-health-organization"),
        ("Unicef", "organization/unicef"),
        ("Doctors Without Borders", "organization/medecins-sans-frontieres"),
        ("the Kremlin", "organization/kremlin"),
        ("Turkish Red Crescent", "organization/turkish-red-crescent"),
        ("Reuters", "organization/reuters"),
        ("COVID-19", "crisis/covid-19-pandemic"),
        ("the coronavirus pandemic", "crisis/covid-19-pandemic"),
        ("Messina earthquake", "crisis/1908-messina-earthquake"),
        ("the Messina quake of 1908", "crisis/1908-messina-earthquake"),
        ("Spanish flu", "crisis/spanish-flu"),
    ],
)
def test_named_gives_the_usual_meaning_first(known: Gazetteer, name: str, key: str) -> None:
    assert keys(known.named(name))[:1] == [key]


@pytest.mark.parametrize("word", ["us", "who", "Who", "un", "care", "ice", "turkey", "china", "nice", "reading", ""])
def test_named_takes_no_ordinary_word(known: Gazetteer, word: str) -> None:
    assert known.named(word) == ()


def test_named_lists_all_that_share_a_name(known: Gazetteer) -> None:
    assert keys(known.named("Tripoli")) == ["place/tripoli", "place/tripoli-lebanon"]
    assert keys(known.named("Congo")) == ["country/democratic-republic-of-the-congo", "country/republic-of-the-congo"]


def test_named_puts_the_latest_crisis_first(known: Gazetteer) -> None:
    assert keys(known.named("Nepal earthquake")) == [
        "crisis/2023-nepal-earthquake", "crisis/april-2015-nepal-earthquake", "crisis/1988-nepal-earthquake",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Russian", ["country/russia"]),
        ("Russians", ["country/russia"]),
        ("Dutch", ["country/netherlands"]),
        ("Dutchmen", ["country/netherlands"]),
        ("Britons", ["country/united-kingdom"]),
        ("Swiss", ["country/switzerland"]),
        ("Emirati", ["country/united-arab-emirates"]),
        ("Polish", ["country/poland"]),
        ("Soviet", ["country/soviet-union"]),
        ("African", ["place/africa"]),
        ("Congolese", ["country/democratic-republic-of-the-congo", "country/republic-of-the-congo"]),
        ("Korean", ["country/south-korea", "country/north-korea"]),
        ("polish", []),
        ("Ruritanian", []),
    ],
)
def test_demonym_gives_countries_the_largest_first(known: Gazetteer, word: str, expected: list[str]) -> None:
    assert keys(known.demonym(word)) == expected


@pytest.mark.parametrize(
    ("name", "when", "key"),
    [
        ("Beijing", None, "country/china"),
        ("Washington", None, "country/united-states"),
        ("Kiev", None, "country/ukraine"),
        ("Brussels", None, "country/belgium"),
        ("Moscow", None, "country/russia"),
        ("Moscow", "1950-01-01", "country/soviet-union"),
        ("Moscow", "2020-03-21", "country/russia"),
        ("Saigon", "1970-01-01", "country/south-vietnam"),
        ("Saigon", None, None),
        ("St Petersburg", None, None),
        ("Sydney", None, None),
    ],
)
def test_capital_of_depends_on_the_day(known: Gazetteer, name: str, when: str | None, key: str | None) -> None:
    found = known.capital_of(name, day(when) if when else None)
    assert (found.key if found else None) == key


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("the Kremlin", "country/russia"),
        ("White House", "country/united-states"),
        ("Downing Street", "country/united-kingdom"),
        ("Whitehall", "country/united-kingdom"),
        ("the Elysee Palace", "country/france"),
        ("Brussels", "organization/european-union"),
        ("London", None),
    ],
)
def test_seat_of_gives_what_it_stands_for(known: Gazetteer, name: str, key: str | None) -> None:
    found = known.seat_of(name)
    assert (found.key if found else None) == key


def test_neighbours_lie_in_the_direction_asked_for(known: Gazetteer) -> None:
    assert keys(known.neighbours("country/united-states", "south")) == ["country/mexico"]
    assert keys(known.neighbours("country/united-states", "north")) == ["country/canada"]
    assert keys(known.neighbours("country/portugal")) == ["country/spain"]


@pytest.mark.parametrize(
    ("disaster", "country", "when", "key"),
    [
        ("earthquake", "country/nepal", "2015-05-20", "crisis/april-2015-nepal-earthquake"),
        ("earthquake", "country/nepal", "2015-04-24", None),
        ("earthquake", "country/indonesia", "2018-10-02", "crisis/2018-sulawesi-earthquake-and-tsunami"),
        ("earthquake", "place/sicily", "1909-01-05", "crisis/1908-messina-earthquake"),
        ("tsunami", "country/sri-lanka", "2005-01-03", "crisis/2004-indian-ocean-earthquake-and-tsunami"),
        ("storm", "country/philippines", "2013-11-15", "crisis/typhoon-haiyan"),
        ("epidemic", "country/liberia", "2014-10-01", "crisis/western-african-ebola-virus-epidemic"),
        ("viral-epidemic", None, "2020-03-21", "crisis/covid-19-pandemic"),
        ("earthquake", None, "2015-05-20", None),
        ("earthquake", "country/iran", None, None),
        (None, "country/nepal", "2015-05-20", None),
    ],
)
def test_crisis_matching_gives_only_one_that_is_certain(
    known: Gazetteer, disaster: str | None, country: str | None, when: str | None, key: str | None
) -> None:
    found = known.crisis_matching(disaster, country, day(when) if when else None)
    assert (found.key if found else None) == key


@pytest.mark.parametrize(
    ("cue", "when", "key"),
    [
        ("coronavirus", None, "crisis/covid-19-pandemic"),
        ("Ebola", "2014-11-01", "crisis/western-african-ebola-virus-epidemic"),
        ("Ebola", "2022-11-01", "crisis/2022-uganda-ebola-outbreak"),
        ("Ebola", None, None),
    ],
)
def test_crisis_matching_by_cue_needs_no_place(known: Gazetteer, cue: str, when: str | None, key: str | None) -> None:
    found = known.crisis_matching(None, None, day(when) if when else None, cue=cue)
    assert (found.key if found else None) == key


def test_cued_lists_the_crises_of_a_disease(known: Gazetteer) -> None:
    assert keys(known.cued("H1N1")) == ["crisis/2009-swine-flu-pandemic"]
    assert "crisis/kivu-ebola-epidemic" in keys(known.cued("ebola"))


def test_is_word_tells_names_that_are_words(known: Gazetteer) -> None:
    assert [name for name in ("Nice", "Turkey", "Reading", "Nepal", "Moscow") if known.is_word(name)] == [
        "Nice", "Turkey", "Reading",
    ]  # fmt: skip


def test_phrases_hold_every_written_form(known: Gazetteer) -> None:
    phrases = known.phrases()
    assert {"Italy", "Italians", "WHO", "Downing Street", "coronavirus", "Bergamo"} <= phrases.keys()
    assert keys(phrases["Italians"]) == ["country/italy"]


@pytest.mark.parametrize("key", ["country/kosovo", "place/greenland"])
def test_entry_has_no_eu_code_that_is_not_surely_that_of_iso(key: str, known: Gazetteer) -> None:
    entry = known.entry(key)
    assert entry is not None
    assert not any("authority/country" in iri for iri in entry.same_as)


def test_towns_and_provinces_have_identifiers_where_the_package_has_them(known: Gazetteer) -> None:
    found = {key: known.entry(key) for key in ("place/dallas", "place/texas", "place/portland")}
    linked = {key: entry is not None and entry.same_as[0].startswith(WIKIDATA) for key, entry in found.items()}
    assert linked == {"place/dallas": True, "place/texas": True, "place/portland": False}


def test_entry_of_a_country_has_identifiers_and_codes(known: Gazetteer) -> None:
    italy = known.entry("country/italy")
    assert italy is not None
    assert italy.same_as == (
        "http://www.wikidata.org/entity/Q38",
        "https://sws.geonames.org/3175395/",
        "http://publications.europa.eu/resource/authority/country/ITA",
    )
    assert (italy.iso2, italy.iso3, italy.currencies, italy.capitals) == ("IT", "ITA", ("EUR",), ("Rome",))
    assert known.entry("country/atlantis") is None


def test_denmark_is_the_country_and_not_the_realm(known: Gazetteer) -> None:
    denmark = known.entry("country/denmark")
    assert denmark is not None
    assert denmark.same_as[0].endswith("/Q35")


def test_all_193_members_of_the_united_nations_are_countries(known: Gazetteer) -> None:
    today = [e for e in entries() if e.type == "country" and not e.end]
    assert len(today) == 193 + len(["Vatican City", "Palestine", "Kosovo", "Taiwan", "Western Sahara"])
    assert all(e.same_as and e.capitals and e.demonyms for e in today)


def test_keys_are_given_once() -> None:
    assert [key for key, count in Counter(entry.key for entry in entries()).items() if count > 1] == []


def test_keys_that_entries_name_exist(known: Gazetteer) -> None:
    named = {key for e in entries() for key in (e.part_of, *e.struck, *(key for key, _ in e.neighbours)) if key}
    assert sorted(key for key in named if known.entry(key) is None) == []


def test_crises_begin_before_they_end(known: Gazetteer) -> None:
    assert [e.key for e in known.crises() if e.start is None or (e.end and e.end < e.start[: len(e.end)])] == []


def test_disasters_are_concepts_of_the_scheme(known: Gazetteer) -> None:
    ontology = (Path(__file__).parents[3] / "ontology" / "aid.ttl").read_text(encoding="utf-8")
    assert [e.key for e in known.crises() if f"\ndisaster:{e.disaster} a skos:Concept" not in ontology] == []


def test_tables_are_small_enough_for_the_repository() -> None:
    assert [path.name for path in DATA.iterdir() if path.stat().st_size > 1_500_000] == []


def test_namesake_abroad_lends_no_identifier(known: Gazetteer) -> None:
    nigerian = known.entry("organization/national-emergency-management-agency")
    assert nigerian is not None
    assert (nigerian.part_of, nigerian.same_as) == ("country/nigeria", ())

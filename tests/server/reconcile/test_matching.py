"""What a cell means: who comes first, with what score, and when nobody needs to look."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Asker = Callable[..., list[dict[str, Any]]]
COUNTRY, PLACE = "http://schema.org/Country", "http://schema.org/Place"
ORGANISATION, PERSON = "http://schema.org/Organization", "http://schema.org/Person"
EVENT, PARTY = "https://w3id.org/aidgraph/ontology#AidEvent", "https://w3id.org/aidgraph/ontology#Party"


def condition(pid: str, value: Any) -> dict[str, Any]:
    return {"pid": pid, "v": value}


@pytest.mark.parametrize(
    ("query", "type_iri", "identifier", "least", "is_match"),
    [
        ("Zantavia", COUNTRY, "country/zantavia", 100, True),
        ("  zántavia ", COUNTRY, "country/zantavia", 100, True),
        ("ZTV", COUNTRY, "country/zantavia", 100, True),
        ("land of zant", None, "country/zantavia", 100, True),
        ("Merristan", COUNTRY, "country/merristan", 100, True),
        ("Merristan", PARTY, "country/merristan", 100, True),
        ("Quorriuk, Ada", PERSON, "person/ada", 95, False),
        ("Ada Quoriuk", PERSON, "person/ada", 85, False),
        ("Zantvia", COUNTRY, "country/zantavia", 85, False),
        ("Zantavain Relief Agancy", ORGANISATION, "organization/relief", 80, False),
        ("Relief Agency", ORGANISATION, "organization/relief", 60, False),
        ("Z.R.A.", ORGANISATION, "organization/relief", 100, True),
        ("Flood in Zantavia", None, "article/flood", 100, True),
        ("dispatched", None, "https://w3id.org/aidgraph/scheme/phase/dispatched", 100, True),
        ("Merristan sends tents to Zantavia", EVENT, "event/tents-1", 100, True),
        ("<b>Loaded</b> & Sons", ORGANISATION, "http://example.org/loaded", 100, True),
    ],
)
def test_name_leads_to_what_is_called_so(
    query: str, type_iri: str | None, identifier: str, least: float, is_match: bool, reconciled: Asker
) -> None:
    best = reconciled(query, **({"type": type_iri} if type_iri else {}))[0]
    assert (best["id"], best["match"]) == (identifier, is_match)
    assert best["score"] >= least


@pytest.mark.parametrize(
    "text",
    [
        *("country/zantavia", "https://w3id.org/aidgraph/id/country/zantavia", "Q900001"),
        *("http://www.wikidata.org/entity/Q900001", "https://www.wikidata.org/wiki/Q900001"),
        *("https://sws.geonames.org/900002/", "https://www.geonames.org/900002/zantavia.html"),
    ],
)
def test_identifier_leads_to_its_thing_and_no_other(text: str, reconciled: Asker) -> None:
    (best,) = reconciled(text)
    assert (best["id"], best["score"], best["match"]) == ("country/zantavia", 100, True)


@pytest.mark.parametrize("text", ["https://example.org/900002", "Q1", "country/nowhere", "javascript:900002"])
def test_identifier_of_somebody_else_is_none_of_ours(text: str, reconciled: Asker) -> None:
    assert not any(one["match"] for one in reconciled(text))


def test_namesakes_are_both_offered_and_neither_is_a_match(reconciled: Asker) -> None:
    found = reconciled("Lower Port", type=PLACE)
    assert {one["id"] for one in found} == {"place/port-a", "place/port-b"}
    assert [(one["score"], one["match"]) for one in found] == [(100, False)] * 2
    assert {one["description"].split("; ")[1] for one in found} == {"Zantavia", "Merristan"}


def test_name_of_another_type_is_no_longer_alone(reconciled: Asker) -> None:
    """Merristan is a country, and another name of a place."""
    assert not any(one["match"] for one in reconciled("Merristan", type=[COUNTRY, PLACE]))
    assert not any(one["match"] for one in reconciled("Merristan"))


@pytest.mark.parametrize(
    "value", ["Zantavia", "ZTV", "country/zantavia", {"id": "country/zantavia", "name": "?"}, ["Nowhere", "Zantavia"]]
)
def test_property_tells_namesakes_apart(value: Any, reconciled: Asker) -> None:
    right, wrong = reconciled("Lower Port", type=PLACE, properties=[condition("country", value)])
    assert (right["id"], right["score"], right["match"]) == ("place/port-a", 100, True)
    assert (wrong["id"], wrong["score"], wrong["match"]) == ("place/port-b", 60, False)
    assert {"id": "property:country", "value": 1.0} in right["features"]


def test_property_that_speaks_against_the_only_one_of_that_name_prevents_a_match(reconciled: Asker) -> None:
    best = reconciled("Ada Quörriuk", properties=[condition("affiliation", "Merristan")])[0]
    assert (best["id"], best["score"], best["match"]) == ("person/ada", 60, False)


def test_property_that_the_graph_does_not_tell_changes_nothing(reconciled: Asker) -> None:
    best = reconciled("Merristan", type=COUNTRY, properties=[condition("latitude", 3)])[0]
    assert (best["id"], best["score"], best["match"]) == ("country/merristan", 100, True)


@pytest.mark.parametrize(("code", "number"), [("Q900012", 2), ("http://www.wikidata.org/entity/Q900011", 1)])
def test_code_decides_alone(code: str, number: int, reconciled: Asker) -> None:
    found = reconciled("Twin Aid", properties=[condition("wikidata", code)])
    assert [(one["id"], one["score"], one["match"]) for one in found] == [
        (f"organization/twin-{number}", 100, True),
        (f"organization/twin-{3 - number}", 50, False),
    ]


def test_code_that_is_another_one_prevents_a_match(reconciled: Asker) -> None:
    best = reconciled("Zantavia", type=COUNTRY, properties=[condition("wikidata", "Q900003")])[0]
    assert (best["id"], best["score"], best["match"]) == ("country/zantavia", 50, False)


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ({"donor": "Merristan", "recipient": "Zantavia"}, {"event/tents-1": False, "event/tents-2": False}),
        ({"donor": "Merristan", "recipient": "ZTV", "phase": "delivered"}, {"event/tents-2": True}),
        ({"donor": "country/merristan", "date": "2020-04"}, {"event/tents-1": True}),
        ({"donor": "Merristan", "date": "2020-05-07"}, {"event/tents-2": True}),
        ({"donor": "Merristan", "date": "2021"}, {}),
        ({"donor": "Zantavia", "recipient": "Merristan"}, {}),
        ({"donor": "Nobody", "recipient": "Merristan"}, {}),
        ({"item": "family tents"}, {}),
        ({"crisis": "Zantavia flood"}, {"event/tents-1": False}),
    ],
)
def test_event_is_found_by_what_is_known_of_it(
    conditions: dict[str, str], expected: dict[str, bool], reconciled: Asker
) -> None:
    found = reconciled(type=EVENT, properties=[condition(*pair) for pair in conditions.items()])
    assert {one["id"]: one["match"] for one in found} == expected


def test_thing_is_found_by_its_code_alone(reconciled: Asker) -> None:
    (found,) = reconciled(properties=[condition("countryCode", "ZTV")])
    assert (found["id"], found["match"]) == ("country/zantavia", True)


@pytest.mark.parametrize("query", ["", "   ", "...", "北京", "xqzw", "OR", '"', "-", "* NEAR( ) ^ : {title} : x"])
def test_name_of_nothing_finds_nothing(query: str, reconciled: Asker) -> None:
    assert reconciled(query) == []


def test_limit_is_kept_and_the_best_come_first(reconciled: Asker) -> None:
    found = reconciled("Zantavia")
    assert [one["score"] for one in found] == [100, 75]
    assert reconciled("Zantavia", limit=1) == found[:1]


def test_name_that_too_many_have_is_no_match(reconciled: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of more than are looked at, another one may be called so."""
    monkeypatch.setattr("server.reconcile.candidates.LOOKED_AT", 1)
    assert not any(one["match"] for one in reconciled("ZTV", type=COUNTRY))

"""Columns of values for things that were matched."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

Extend = Callable[..., dict[str, Any]]


@pytest.fixture
def extended(rows_client: FlaskClient, valid: Callable[[str, Any], Any]) -> Extend:
    """The function that extends things by properties; question and answer are held against the schemas."""

    def ask(ids: list[str], *properties: str, **settings: Any) -> dict[str, Any]:
        listed = [{"id": name, **({"settings": settings} if settings else {})} for name in properties]
        wanted = valid("extension", {"ids": ids, "properties": listed})
        answer = rows_client.post("/reconcile", data={"extend": json.dumps(wanted)})
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = valid("extended", answer.json)
        return found

    return ask


@pytest.mark.parametrize(
    ("identifier", "name", "cells"),
    [
        ("country/zantavia", "name", [{"str": "Zantavia"}]),
        ("country/zantavia", "alternateName", [{"str": "Land of Zant"}, {"str": "ZTV"}]),
        ("country/zantavia", "iri", [{"str": "https://w3id.org/aidgraph/id/country/zantavia"}]),
        ("country/zantavia", "wikidata", [{"str": "Q900001"}]),
        ("country/zantavia", "geonames", [{"str": "900002"}]),
        ("country/zantavia", "countryCode", [{"str": "ZTV"}]),
        ("country/zantavia", "latitude", [{"float": 12.5}]),
        ("country/merristan", "geonames", []),
        ("https://w3id.org/aidgraph/id/place/port-b", "country", [{"id": "country/merristan", "name": "Merristan"}]),
        ("person/ada", "office", [{"str": "Minister"}]),
        ("person/ada", "affiliation", [{"id": "country/zantavia", "name": "Zantavia"}]),
        ("event/tents-1", "donor", [{"id": "country/merristan", "name": "Merristan"}]),
        ("event/tents-1", "phase", [{"id": "https://w3id.org/aidgraph/scheme/phase/dispatched", "name": "dispatched"}]),
        ("event/tents-1", "date", [{"str": "2020-04-02"}]),
        ("event/tents-2", "date", [{"str": "2020-05"}]),
        ("event/tents-1", "item", [{"str": "family tents"}]),
        ("event/tents-1", "evidence", [{"str": "Tents left Merristan on Thursday."}]),
        ("article/flood", "date", [{"str": "2020-04-03"}]),
        ("article/flood", "publisher", [{"id": "organization/courier", "name": "Merristan Courier"}]),
        ("article/flood", "events", [{"id": "event/tents-1", "name": "Merristan sends tents to Zantavia"}]),
        ("http://example.org/loaded", "name", [{"str": "<b>Loaded</b> & Sons"}]),
    ],
)
def test_cell_has_the_values_of_the_graph(
    identifier: str, name: str, cells: list[dict[str, Any]], extended: Extend
) -> None:
    assert extended([identifier], name)["rows"] == {identifier: {name: cells}}


def test_events_of_a_party_come_the_latest_first(extended: Extend) -> None:
    cells = extended(["country/merristan"], "gave")["rows"]["country/merristan"]["gave"]
    assert [cell["id"] for cell in cells] == ["event/tents-2", "event/tents-1"]


@pytest.mark.parametrize(("limit", "number"), [(1, 1), ("1", 1), ("", 2), (None, 2), (5, 2)])
def test_limit_is_kept_as_number_and_as_a_form_sends_it(limit: Any, number: int, extended: Extend) -> None:
    assert len(extended(["country/merristan"], "gave", limit=limit)["rows"]["country/merristan"]["gave"]) == number


@pytest.mark.parametrize("yes", [True, "on", "true"])
def test_number_of_values_stands_for_the_values(yes: Any, extended: Extend) -> None:
    answer = extended(["country/merristan"], "gave", count=yes)
    assert answer["rows"]["country/merristan"]["gave"] == [{"int": 2}]
    assert "type" not in answer["meta"][0]


def test_columns_are_told_with_the_type_of_their_things(extended: Extend) -> None:
    assert extended([], "donor", "date")["meta"] == [
        {"id": "donor", "name": "Donor", "type": {"id": "https://w3id.org/aidgraph/ontology#Party", "name": "Party"}},
        {"id": "date", "name": "Date"},
    ]


def test_thing_that_nobody_knows_and_property_of_others_have_empty_cells(extended: Extend) -> None:
    rows = extended(["country/nowhere", "country/zantavia", "", "a b<>"], "wikidata", "donor")["rows"]
    assert rows["country/zantavia"] == {"wikidata": [{"str": "Q900001"}], "donor": []}
    assert all(rows[name] == {"wikidata": [], "donor": []} for name in ("country/nowhere", "", "a b<>"))


@pytest.mark.parametrize(
    ("listed", "word"),
    [([{"id": "nope"}], "no property 'nope'"), ([{"id": "gave", "settings": {"limit": "many"}}], "limit is 'many'"),
     ([{"id": "gave", "settings": {"limit": 0}}], "from 1 to"),
     ([{"id": "gave", "settings": {"limit": "inf"}}], "inf")],
)  # fmt: skip
def test_property_and_setting_that_are_none_are_refused(
    listed: list[dict[str, Any]], word: str, rows_client: FlaskClient
) -> None:
    answer = rows_client.post("/reconcile", data={"extend": json.dumps({"ids": [], "properties": listed})})
    assert (answer.status_code, word in answer.text) == (400, True), answer.text

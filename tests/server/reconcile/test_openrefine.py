"""What OpenRefine does with a service, from adding it to fetching columns, step by step on what the seeds tell.

The order is that of https://openrefine.org/docs/manual/reconciling and of the client of version 3: only addresses from
the manifest are used.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from flask.testing import FlaskClient

from kg.settings import Settings
from server.app import create_app

Valid = Callable[[str, Any], Any]
CELLS = ("Italy", "Russia", "Serbia", "China", "Germny")
ROOT = "http://localhost"


@dataclass
class Refine:
    """A client that knows an address and what it read there."""

    client: FlaskClient
    manifest: dict[str, Any]

    def get(self, address: str) -> Any:
        assert address.startswith(f"{ROOT}/"), "the manifest leads elsewhere"
        return self.client.get(address.removeprefix(ROOT))

    def batch(self, queries: dict[str, Any]) -> dict[str, Any]:
        answer = self.client.post("/reconcile", data={"queries": json.dumps(queries)})
        found: dict[str, Any] = answer.json
        return found

    def suggest(self, what: str, **parameters: str) -> list[dict[str, Any]]:
        service = self.manifest["suggest"][what]
        answer = self.get(f"{service['service_url']}{service['service_path']}?{urlencode(parameters)}")
        found: list[dict[str, Any]] = answer.json["result"]
        return found


@pytest.fixture(scope="module", params=["gold_data", pytest.param("seeds_data", marks=pytest.mark.slow)])
def refine(request: pytest.FixtureRequest) -> Refine:
    """OpenRefine after "Add standard service", on the seeds as they should be read and as they are."""
    data: Path = request.getfixturevalue(request.param)
    client = create_app(Settings(data=data)).test_client()
    return Refine(client, client.get("/reconcile").json)


@pytest.fixture(scope="module")
def country(refine: Refine) -> str:
    """The type that most of the first candidates of a sample have, as the dialogue proposes it."""
    found = refine.batch({f"q{place}": {"query": cell, "limit": 3} for place, cell in enumerate(CELLS)})
    types = Counter(kind["id"] for one in found.values() for found in one["result"] for kind in found["type"])
    return types.most_common(1)[0][0]


def test_manifest_is_one_that_openrefine_reads(refine: Refine, valid: Valid) -> None:
    valid("manifest", refine.manifest)


def test_type_of_the_column_is_guessed_from_a_sample(country: str, refine: Refine) -> None:
    assert country == "http://schema.org/Country"
    assert country in {one["id"] for one in refine.manifest["defaultTypes"]}


def test_cells_are_matched_and_the_rest_has_candidates(country: str, refine: Refine, valid: Valid) -> None:
    asked = {"type": country, "type_strict": "should"}
    queries = {f"q{place}": {"query": cell, **asked} for place, cell in enumerate(CELLS)}
    found = valid("results", refine.batch(queries))
    best = [found[key]["result"][0] for key in queries]
    assert [one["id"].removeprefix("country/") for one in best] == ["italy", "russia", "serbia", "china", "germany"]
    assert [one["match"] for one in best] == [True, True, True, True, False]


def test_event_is_matched_by_other_columns_of_its_row(refine: Refine) -> None:
    """As with "Also use relevant details from other columns": a matched cell is sent with its identifier."""
    (kind,) = refine.suggest("type", prefix="Aid event")
    columns = {"donor": {"id": "country/russia", "name": "Russia"}, "recipient": "Italy", "date": "2020-03-22"}
    pids = [refine.suggest("property", prefix=name)[0]["id"] for name in columns]
    conditions = [{"pid": pid, "v": value} for pid, value in zip(pids, columns.values(), strict=True)]
    found = refine.batch({"q0": {"type": kind["id"], "properties": conditions}})["q0"]["result"]
    assert [(one["id"], one["match"]) for one in found] == [("event/russia-to-italy-delivered-2020-03-22", True)]


def test_cell_is_matched_by_hand_with_search_and_preview(refine: Refine, valid: Valid) -> None:
    first = refine.suggest("entity", prefix="germ")[0]
    valid("suggestedEntities", {"result": [first]})
    assert first["id"] == "country/germany"
    encoded = quote(first["id"], safe="")
    preview = refine.get(refine.manifest["preview"]["url"].replace("{{id}}", encoded))
    assert (preview.status_code, preview.mimetype) == (200, "text/html")
    assert "Germany" in preview.text
    view = refine.get(refine.manifest["view"]["url"].replace("{{id}}", encoded))
    assert (view.status_code, view.headers["Location"]) == (303, "/page/country/germany")
    service = refine.manifest["suggest"]["entity"]
    flyout = refine.get(service["service_url"] + service["flyout_service_path"].replace("${id}", encoded))
    assert "Germany" in valid("flyout", flyout.json)["html"]


def test_columns_are_added_from_what_was_matched(country: str, refine: Refine, valid: Valid) -> None:
    service = refine.manifest["extend"]["propose_properties"]
    address = f"{service['service_url']}{service['service_path']}?{urlencode({'type': country, 'limit': '50'})}"
    proposed = [one["id"] for one in valid("proposal", refine.get(address).json)["properties"]]
    assert {"wikidata", "received"} <= set(proposed)
    settings = {one["name"]: one["default"] for one in refine.manifest["extend"]["property_settings"]}
    columns = [{"id": "wikidata"}, {"id": "received", "settings": settings | {"limit": "1"}}]
    wanted = {"ids": ["country/italy", "country/serbia"], "properties": columns}
    answer = refine.client.post("/reconcile", data={"extend": json.dumps(valid("extension", wanted))})
    rows = valid("extended", answer.json)["rows"]
    assert rows["country/italy"]["wikidata"] == [{"str": "Q38"}]
    assert len(rows["country/italy"]["received"]) == 1
    assert rows["country/italy"]["received"][0]["id"].startswith("event/")


def test_every_thing_of_the_graph_is_found_by_its_name_and_by_its_identifier(refine: Refine) -> None:
    entities = refine.client.get("/entities.csv").text.splitlines()[1:]
    assert len(entities) > 20
    for line in entities:
        iri = next(part for part in line.replace('"', "").split(",") if part.startswith("https://w3id.org/"))
        identifier = iri.removeprefix(refine.manifest["identifierSpace"])
        (found,) = refine.batch({"q": {"query": identifier}})["q"]["result"]
        assert (found["id"], found["match"]) == (identifier, True)
        named = refine.batch({"q": {"query": found["name"]}})["q"]["result"]
        assert identifier in [one["id"] for one in named if one["score"] == 100]

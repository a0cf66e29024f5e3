"""What the editor completes is what the graph and its shapes hold, once each, with definitions."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from kg.formats import PREFIXES
from server.vocabulary import vocabulary

BASE = "https://example.org/data/"


@pytest.fixture(scope="module")
def terms(store: ox.Store) -> dict[str, Any]:
    listed: Any = vocabulary(store, BASE)["terms"]
    assert len({term["name"] for term in listed}) == len(listed) > 100
    return {term["name"]: term for term in listed}


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("aid:donor", "property", ""),
        ("aid:AidEvent", "class", "One act"),
        ("phase:delivered", "concept", ""),
        ("schema:startDate", "property", "aid event"),
        ("oa:exact", "property", "evidence span"),
        ("schema:Quotation", "class", ""),
        ("aid:reports", "property", ""),
    ],
)
def test_term_is_told_with_its_kind_and_what_it_means(terms: dict[str, Any], name: str, kind: str, words: str) -> None:
    assert terms[name]["kind"] == kind
    assert terms[name]["label"]
    assert words in terms[name]["definition"]


def test_every_name_can_be_written_with_the_prefixes(store: ox.Store, terms: dict[str, Any]) -> None:
    prefixes: Any = vocabulary(store, BASE)["prefixes"]
    assert prefixes["country"] == f"{BASE}id/country/"
    assert prefixes.items() >= PREFIXES.items()
    names = " ".join(terms)
    assert store.query(f"ASK {{ VALUES ?x {{ {names} }} }}", prefixes=prefixes)


def test_terms_are_served_and_not_sent_twice(client: FlaskClient) -> None:
    answer = client.get("/sparql/terms.json")
    assert (answer.status_code, answer.content_type) == (200, "application/json")
    assert "aid:donor" in {term["name"] for term in answer.get_json()["terms"]}
    again = client.get("/sparql/terms.json", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")

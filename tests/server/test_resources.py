"""Dereferencing: 303 to the right form, and the data of each kind of resource."""

from __future__ import annotations

import csv
import io
import time
from datetime import UTC, datetime

import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kg.formats import GRAPH_FORMATS
from kg.settings import Settings
from server.app import create_app

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
ARTICLE = "000-0888dd242fe82e2b"
EVENT = "event/russia-to-italy-pledged-2020-03-21"
RESOURCES = [EVENT, f"article/{ARTICLE}", "country/italy", "person/vladimir-putin", "crisis/covid-19-pandemic",
             "organization/tass", "ontology", "scheme/phase", "scheme/phase/pledged"]  # fmt: skip


def local(resource: str) -> str:
    return f"/{resource}" if resource.startswith(("ontology", "scheme/")) else f"/id/{resource}"


@pytest.mark.parametrize("resource", RESOURCES)
@pytest.mark.parametrize(
    ("accept", "place"),
    [
        (BROWSER, "/page/{}"),
        (None, "/data/{}.ttl"),
        ("application/ld+json", "/data/{}.jsonld"),
        ("application/rdf+xml;q=0.9, text/turtle;q=0.8", "/data/{}.rdf"),
        ("application/n-quads", "/data/{}.nq"),
    ],
)
def test_see_other_leads_to_the_form_asked_for(
    client: FlaskClient, resource: str, accept: str | None, place: str
) -> None:
    response = client.get(local(resource), headers={"Accept": accept} if accept else {})
    assert (response.status_code, response.headers["Location"]) == (303, place.format(resource)), response.text
    assert response.headers["Vary"] == ("Accept, Link" if place.endswith(".jsonld") else "Accept")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert client.get(response.headers["Location"]).status_code == 200


def test_see_other_takes_a_format_by_name(client: FlaskClient) -> None:
    assert client.get("/id/country/italy?format=json").headers["Location"] == "/data/country/italy.jsonld"


@pytest.mark.parametrize(
    "path",
    ["/id/country/atlantis", "/id/country/", "/id/country/it aly", "/scheme/phase/none", "/data/country/atlantis.ttl",
     "/data/country/italy", "/data/country/italy.exe", "/page/country/atlantis", "/data/../../etc/passwd.ttl",
     "/id/%3Cscript%3E", "/page/%00"],
)  # fmt: skip
def test_unknown_resources_are_not_found(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.content_type) == (404, "application/problem+json"), response.text


def test_see_other_lists_the_forms_when_none_suits(client: FlaskClient) -> None:
    response = client.get("/id/country/italy", headers={"Accept": "image/png"})
    assert response.status_code == 406, response.text
    assert "text/html" in response.json["available"]


@pytest.mark.parametrize("resource", RESOURCES)
def test_data_holds_the_same_triples_in_every_triple_format(client: FlaskClient, resource: str) -> None:
    graphs = {}
    for name in ("ttl", "nt", "rdf"):
        response = client.get(f"/data/{resource}.{name}")
        graphs[name] = {quad.triple for quad in ox.parse(response.data, format=GRAPH_FORMATS[name])}
    assert graphs["ttl"] == graphs["nt"] == graphs["rdf"] != set()


def subjects(client: FlaskClient, resource: str) -> set[str]:
    response = client.get(f"/data/{resource}.nt")
    assert response.status_code == 200, response.text
    return {
        quad.subject.value.removeprefix("https://w3id.org/aidgraph/")
        for quad in ox.parse(response.data, format=ox.RdfFormat.N_TRIPLES)
    }


def test_data_of_an_article_holds_its_fragments(client: FlaskClient) -> None:
    parts = ("", "#report-russia-italy-pledged", "#item-1051-1070", "#char-424-529", "#stat-recoveries-italy",
             "#quote-1362-1481", "#role-vladimir-putin-russia")  # fmt: skip
    found = subjects(client, f"article/{ARTICLE}")
    # The example mentions nobody, so the office has no way to its article.
    assert {f"id/article/{ARTICLE}{part}" for part in parts[:-1]} <= found


def test_data_of_an_event_holds_its_items_its_reports_and_the_names_of_what_it_links(client: FlaskClient) -> None:
    found = subjects(client, EVENT)
    fragments = ("#report-russia-italy-pledged", "#item-1051-1070", "#char-1362-1481", "")
    assert {f"id/article/{ARTICLE}{part}" for part in fragments} | {
        "id/country/russia",
        "scheme/phase/pledged",
    } <= found


def test_data_of_a_person_holds_the_offices(client: FlaskClient) -> None:
    assert f"id/article/{ARTICLE}#role-vladimir-putin-russia" in subjects(client, "person/vladimir-putin")


def test_data_in_quads_says_which_article_told_each_triple(client: FlaskClient) -> None:
    quads = list(ox.parse(client.get("/data/country/italy.nq").data, format=ox.RdfFormat.N_QUADS))
    told = {
        quad.triple
        for quad in quads
        if quad.graph_name == ox.NamedNode(f"https://w3id.org/aidgraph/id/article/{ARTICLE}")
    }
    merged = {quad.triple for quad in quads if quad.graph_name == ox.DefaultGraph()}
    assert told == merged != set()


def test_data_is_readable_turtle_with_only_the_prefixes_it_uses(client: FlaskClient) -> None:
    text = client.get("/data/country/italy.ttl").text
    assert "country:italy schema:name" in text
    assert "@prefix sem:" not in text


def test_data_is_revalidated_by_the_version_of_the_dataset(client: FlaskClient) -> None:
    first = client.get("/data/country/italy.ttl")
    again = client.get("/data/country/italy.ttl", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_base_changes_identifiers_and_leaves_the_vocabulary(app: Flask, data: object) -> None:
    settings = Settings(data=app.extensions["aidgraph"].settings.data, base="https://example.org/aid/")
    other = create_app(settings).test_client()
    assert other.get("/id/country/italy").json["detail"].endswith("https://example.org/aid/id/country/italy.")
    assert other.get("/scheme/phase").status_code == 303


def test_data_is_revalidated_by_tag_and_by_time(client: FlaskClient) -> None:
    first = client.get("/data/country/italy.ttl")
    time.sleep(max(0.0, 1.1 - (datetime.now(UTC) - snapshot_time(first)).total_seconds()))
    first = client.get("/data/country/italy.ttl")
    modified = first.headers["Last-Modified"]
    for headers, status in (
        ({"If-None-Match": first.headers["ETag"]}, 304),
        ({"If-Modified-Since": modified}, 304),
        ({"If-Modified-Since": "Sat, 01 Jan 2000 00:00:00 GMT"}, 200),
        ({"If-Modified-Since": modified, "If-None-Match": '"other"'}, 200),
    ):
        assert client.get("/data/country/italy.ttl", headers=headers).status_code == status, headers


def snapshot_time(response: TestResponse) -> datetime:
    return response.last_modified or datetime.now(UTC)


@pytest.mark.parametrize("resource", RESOURCES)
def test_the_table_holds_every_fact_with_names(client: FlaskClient, resource: str) -> None:
    response = client.get(f"/data/{resource}.csv")
    assert response.content_type == "text/csv; charset=utf-8; header=present"
    rows = list(csv.DictReader(io.StringIO(response.text, newline="")))
    triples = list(ox.parse(client.get(f"/data/{resource}.nt").data, format=ox.RdfFormat.N_TRIPLES))
    told = {(row["subject"], row["property"], row["value"], row["language"]) for row in rows}
    assert told == {
        (quad.subject.value, quad.predicate.value, quad.object.value, getattr(quad.object, "language", None) or "")
        for quad in triples
    }
    assert all(row["property_name"] for row in rows)


def test_a_table_can_be_asked_for(client: FlaskClient) -> None:
    response = client.get("/id/country/italy", headers={"Accept": "text/csv"})
    assert response.headers["Location"] == "/data/country/italy.csv"
    assert "http://schema.org/name,name,Italy" in client.get("/data/country/italy.csv").text

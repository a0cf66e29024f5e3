"""Health, robots and the description of the dataset."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from kg.formats import GRAPH_FORMATS
from kg.settings import Settings
from server.app import create_app

VOID = "http://rdfs.org/ns/void#"


def test_health_is_told_after_a_query(client: FlaskClient) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.json["status"], response.json["empty"]) == (200, "ok", False)


def test_health_without_a_store_is_503_and_says_what_to_do(tmp_path: Path) -> None:
    response = create_app(Settings(data=tmp_path)).test_client().get("/healthz")
    assert response.status_code == 503
    assert "aidgraph build" in response.json["detail"]


@pytest.mark.parametrize("path", ["/", "/id/country/italy", "/events", "/.well-known/void"])
def test_routes_without_a_store_are_503(tmp_path: Path, path: str) -> None:
    response = create_app(Settings(data=tmp_path)).test_client().get(path)
    assert (response.status_code, response.content_type) == (503, "application/problem+json"), response.text
    assert "aidgraph build" in response.json["detail"]


@pytest.mark.parametrize(
    ("accept", "name"), [(None, "ttl"), ("application/rdf+xml", "rdf"), ("application/n-triples", "nt")]
)
def test_void_describes_the_dataset(client: FlaskClient, accept: str | None, name: str) -> None:
    response = client.get("/.well-known/void", headers={"Accept": accept} if accept else {})
    quads = list(ox.parse(response.data, format=GRAPH_FORMATS[name]))
    facts = {(quad.predicate.value, quad.object.value) for quad in quads}
    assert (f"{VOID}sparqlEndpoint", "http://localhost/sparql") in facts
    assert (f"{VOID}dataDump", "http://localhost/dumps/aidgraph.nt.gz") in facts
    assert ("http://purl.org/dc/terms/license", "https://creativecommons.org/licenses/by/4.0/") in facts
    assert (f"{VOID}documents", "1") in facts
    assert not [
        quad for quad in quads if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode)
    ]


def test_void_counts_the_triples_of_the_default_graph(client: FlaskClient, store: ox.Store) -> None:
    response = client.get("/.well-known/void", headers={"Accept": "application/n-triples"})
    assert f'<{VOID}triples> "{len(store)}"^^' in response.text


def test_robots_are_kept_off_the_endpoint(client: FlaskClient) -> None:
    assert "Disallow: /sparql\n" in client.get("/robots.txt").text

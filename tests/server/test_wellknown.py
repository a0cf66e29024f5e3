"""Health, robots and the description of the dataset."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from kg.formats import GRAPH_FORMATS
from kg.index.build import build_index
from kg.settings import Settings
from kg.store import current_version, open_snapshot
from server.app import create_app

Publish = Callable[..., None]
VOID = "http://rdfs.org/ns/void#"


def test_health_is_told_after_a_query(client: FlaskClient) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.json["status"], response.json["empty"]) == (200, "ok", False)


def test_health_tells_the_version_and_whether_its_index_is_there(publish: Publish, tmp_path: Path) -> None:
    publish(tmp_path)
    client, folder = create_app(Settings(data=tmp_path)).test_client(), tmp_path / "stores"
    health = client.get("/healthz").json
    assert (health["version"], health["ready"]) == (current_version(tmp_path), False)
    build_index(open_snapshot(tmp_path).store, folder / health["version"])
    assert client.get("/healthz").json["ready"]


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
    assert ("http://purl.org/dc/terms/license", "https://creativecommons.org/licenses/by/4.0/") in facts
    assert not [
        quad for quad in quads if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode)
    ]


def test_void_counts_the_triples_of_the_default_graph(client: FlaskClient, store: ox.Store) -> None:
    response = client.get("/.well-known/void", headers={"Accept": "application/n-triples"})
    assert f'<{VOID}triples> "{len(store)}"^^' in response.text


def test_robots_are_kept_off_the_endpoint(client: FlaskClient) -> None:
    assert "Disallow: /sparql?\n" in client.get("/robots.txt").text


def test_sitemap_leads_to_every_page_and_each_is_there(client: FlaskClient) -> None:
    (part,) = re.findall(r"<loc>http://localhost([^<]+)</loc>", client.get("/sitemap.xml").text)
    paths = re.findall(r"<loc>http://localhost([^<]+)</loc>", client.get(part).text)
    assert {"/", "/events", "/page/country/italy", "/page/scheme/phase/pledged"} <= set(paths)
    assert len(paths) == len(set(paths))
    not_there = {path for path in paths if client.get(path, headers={"Accept": "text/html"}).status_code != 200}
    assert not_there - {"/map", "/timeline"} == set()
    assert client.get("/sitemaps/2.xml").status_code == 404
    assert "Sitemap: http://localhost/sitemap.xml" in client.get("/robots.txt").text


def test_feed_tells_new_events_and_is_revalidated(client: FlaskClient) -> None:
    response = client.get("/feed.atom")
    assert response.content_type == "application/atom+xml; charset=utf-8"
    assert "<id>https://w3id.org/aidgraph/id/event/russia-to-italy-pledged-2020-03-21</id>" in response.text
    assert 'href="http://localhost/page/event/russia-to-italy-pledged-2020-03-21"' in response.text
    again = client.get("/feed.atom", headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")

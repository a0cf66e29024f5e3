"""Updates and graphs that are written through the site, to stores of other makers, and what is seen of them then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from kg.remote.attaching import attached
from kg.settings import Settings
from server.app import create_app

TOKEN = {"Authorization": "Bearer a-token-of-the-tests"}
TURTLE = TOKEN | {"Content-Type": "text/turtle"}
GRAPH = "/graphs?graph=http://example.org/g"


@pytest.fixture
def site(empty: Settings) -> Iterator[FlaskClient]:
    """The site on an empty store."""
    settings = replace(attached(empty), token="a-token-of-the-tests")
    app = create_app(settings)
    yield app.test_client()
    app.extensions["aidgraph"].indexes.close()  # waits for the processes that make indexes


def update(site: FlaskClient, text: str) -> int:
    return site.post("/update", data={"update": text}, headers=TOKEN).status_code


def triples(site: FlaskClient, place: str) -> list[str]:
    answer = site.get(place, headers={"Accept": "application/n-triples"})
    assert answer.status_code == 200, answer.text
    return sorted(answer.text.splitlines())


def test_update_goes_to_the_default_graph_and_is_seen_at_once(site: FlaskClient) -> None:
    assert triples(site, "/graphs?default") == []
    assert update(site, 'INSERT DATA { <urn:a> <urn:p> "é", 1 }') == 204
    assert len(triples(site, "/graphs?default")) == 2
    assert update(site, "DELETE { ?s ?p 1 } INSERT { ?s ?p 2 } WHERE { ?s ?p 1 }") == 204
    assert '"2"^^' in "".join(triples(site, "/graphs?default"))
    assert update(site, "CLEAR DEFAULT") == 204
    assert triples(site, "/graphs?default") == []


def test_update_with_a_fault_is_refused_with_its_place(site: FlaskClient) -> None:
    answer = site.post("/update", data={"update": "INSERT DATA { <urn:a> urn:b }"}, headers=TOKEN)
    assert answer.status_code == 400
    assert answer.json["line"] == 1


def test_update_without_the_token_is_refused(site: FlaskClient) -> None:
    assert site.post("/update", data={"update": "CLEAR ALL"}).status_code == 401


def test_graph_is_put_added_to_and_deleted(site: FlaskClient) -> None:
    assert site.get(GRAPH).status_code == 404
    assert site.put(GRAPH, data='<urn:a> <urn:p> "1", [ <urn:q> 2 ] .', headers=TURTLE).status_code == 201
    assert len(triples(site, GRAPH)) == 3
    assert site.put(GRAPH, data='<urn:a> <urn:p> "3" .', headers=TURTLE).status_code == 204
    assert site.post(GRAPH, data='<urn:a> <urn:p> "4" .', headers=TURTLE).status_code == 204
    assert len(triples(site, GRAPH)) == 2
    assert site.delete(GRAPH, headers=TOKEN).status_code == 204
    assert site.delete(GRAPH, headers=TOKEN).status_code == 404


def test_upload_with_a_fault_changes_nothing(site: FlaskClient) -> None:
    assert site.put(GRAPH, data="<urn:a> <urn:p> .", headers=TURTLE).status_code == 400
    assert site.get(GRAPH).status_code == 404


def test_default_graph_is_put(site: FlaskClient) -> None:
    assert site.put("/graphs?default", data='<urn:a> <urn:p> "1" .', headers=TURTLE).status_code == 204
    assert triples(site, "/graphs?default") == ['<urn:a> <urn:p> "1" .']


def test_things_that_were_written_are_listed(site: FlaskClient) -> None:
    data = (
        '<https://w3id.org/aidgraph/id/country/x> a <http://schema.org/Country> ; <http://schema.org/name> "Xanadu" .'
    )
    assert site.put("/graphs?default", data=data, headers=TURTLE).status_code == 204
    assert "Xanadu" in site.get("/entities.csv").text

"""Updates over HTTP: who may, how they are sent, and that the next query sees them."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kg.settings import Settings
from kg.store import current_version, open_snapshot
from kg.writing import Update, Written, perform
from server.app import create_app

TOKEN = "a.token-of-the-tests"
AUTH = {"Authorization": f"Bearer {TOKEN}"}
DIRECT = "application/sparql-update"
INSERT = "INSERT DATA { <http://x/s> <http://x/p> 'new' }"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A store with two graphs of a triple each."""
    perform(tmp_path, Update("INSERT DATA { GRAPH <1> { <s> <p> 1 } GRAPH <2> { <s> <p> 2 } }", "http://x/"))
    return tmp_path


@pytest.fixture
def client(data: Path) -> FlaskClient:
    """A client of a server that may be written to."""
    return create_app(Settings(data=data, token=TOKEN)).test_client()


def triples(client: FlaskClient, **graph: str) -> list[str]:
    """The triples of a graph, as the server tells of them."""
    return client.get("/graphs", query_string={"format": "nt", **graph}).text.splitlines()


def test_update_by_form_and_by_body_is_seen_at_once(client: FlaskClient) -> None:
    assert client.post("/update", data={"update": INSERT}, headers=AUTH).status_code == 204
    assert triples(client, default="") == ['<http://x/s> <http://x/p> "new" .']
    response = client.post("/update", data="CLEAR DEFAULT", content_type=DIRECT, headers=AUTH)
    assert (response.status_code, response.data) == (204, b"")
    assert triples(client, default="") == []


def test_update_resolves_relative_iris_against_its_own_address(client: FlaskClient) -> None:
    client.post("/update", data="INSERT DATA { <a> <b#c> <> }", content_type=DIRECT, headers=AUTH)
    base = "http://localhost/"
    assert triples(client, default="") == [f"<{base}a> <{base}b#c> <{base}update> ."]


@pytest.mark.parametrize(
    ("parameters", "pattern", "expected"),
    [
        ({"using-graph-uri": "http://x/1"}, "?s ?p ?o", ["1"]),
        ({"using-graph-uri": ["http://x/1", "http://x/2"]}, "?s ?p ?o", ["1", "2"]),
        ({"using-named-graph-uri": "http://x/2"}, "GRAPH ?g { ?s ?p ?o }", ["2"]),
        ({"using-named-graph-uri": "http://x/2"}, "?s ?p ?o", []),
        ({}, "GRAPH ?g { ?s ?p ?o }", ["1", "2"]),
    ],
)
@pytest.mark.parametrize("place", ["address", "form"])
def test_update_works_on_the_dataset_that_the_protocol_names(
    client: FlaskClient, parameters: dict[str, str], pattern: str, expected: list[str], place: str
) -> None:
    text = f"INSERT {{ GRAPH <http://x/new> {{ ?s ?p ?o }} }} WHERE {{ {pattern} }} ; CREATE SILENT GRAPH <http://x/new>"
    if place == "address":
        response = client.post("/update", query_string=parameters, data=text, content_type=DIRECT, headers=AUTH)
    else:
        response = client.post("/update", data={"update": text, **parameters}, headers=AUTH)
    assert response.status_code == 204, response.text
    found = [line.split()[2][1] for line in triples(client, graph="http://x/new")]
    assert sorted(found) == expected


@pytest.mark.parametrize("graph", ["http://x/2", "2", ""])
def test_update_with_two_datasets_or_a_broken_one_is_refused(client: FlaskClient, graph: str) -> None:
    text = "WITH <http://x/1> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }"
    parameters = {"using-named-graph-uri": graph}
    response = client.post("/update", query_string=parameters, data=text, content_type=DIRECT, headers=AUTH)
    assert response.status_code == 400, response.text
    assert len(triples(client, graph="http://x/1")) == 1


@pytest.mark.parametrize(
    ("text", "status", "members"),
    [
        (f"{INSERT} ;\n CLEAR XYZ", 400, {"line": 2, "column": 11}),
        (f"{INSERT} ; CREATE GRAPH <http://x/1>", 422, {}),
        (f"{INSERT} ; LOAD <http://127.0.0.1:1/>", 403, {"services": ["<http://127.0.0.1:1/>"]}),
        (f"{INSERT} ; INSERT {{ ?s ?p 1 }} WHERE {{ SERVICE <http://x/> {{ ?s ?p ?o }} }}", 403, {}),
    ],
)
def test_update_that_fails_changes_nothing_and_says_why(
    client: FlaskClient, data: Path, text: str, status: int, members: dict[str, object]
) -> None:
    version = current_version(data)
    response = client.post("/update", data=text, content_type=DIRECT, headers=AUTH)
    assert response.status_code == status, response.text
    assert response.mimetype == "application/problem+json"
    assert members.items() <= response.json.items()
    assert current_version(data) == version


def test_update_with_a_silent_load_changes_nothing_else(client: FlaskClient, data: Path) -> None:
    text = f"LOAD SILENT <http://127.0.0.1:1/> ; {INSERT}"
    response = client.post("/update", data=text, content_type=DIRECT, headers=AUTH)
    assert response.status_code == 204, response.text
    assert len(open_snapshot(data).store) == 3


@pytest.mark.parametrize(
    ("content_type", "body", "status"),
    [
        ("text/plain", "CLEAR ALL", 415),
        (None, "update=CLEAR%20ALL", 415),
        (f"{DIRECT}; charset=UTF-16", "CLEAR ALL", 415),
        ("application/x-www-form-urlencoded", "update=CLEAR%20NAMED&update=CLEAR%20DEFAULT", 400),
        ("application/x-www-form-urlencoded", "update=%FF", 400),
    ],
)
def test_update_that_cannot_be_read_is_refused(
    client: FlaskClient, data: Path, content_type: str | None, body: str, status: int
) -> None:
    version = current_version(data)
    response = client.post("/update", data=body, content_type=content_type, headers=AUTH)
    assert response.status_code == status, response.text
    assert current_version(data) == version


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_update_is_posted(client: FlaskClient, method: str) -> None:
    response = client.open("/update?update=CLEAR%20ALL", method=method, headers=AUTH)
    assert response.status_code == 405
    assert "POST" in response.headers["Allow"]


@pytest.mark.parametrize(
    ("token", "header", "status"),
    [(TOKEN, None, 401), (TOKEN, "Bearer wrong", 401), ("", f"Bearer {TOKEN}", 403), ("", None, 403)],
)
@pytest.mark.parametrize("body", ["CLEAR ALL", "CLEAR", ""])
def test_update_needs_the_token_before_it_is_read(
    data: Path, token: str, header: str | None, status: int, body: str
) -> None:
    version = current_version(data)
    client = create_app(Settings(data=data, token=token)).test_client()
    headers = {"Authorization": header} if header else {}
    response = client.post("/update", data=body, content_type=DIRECT, headers=headers)
    assert response.status_code == status
    assert ("WWW-Authenticate" in response.headers) == (status == 401)
    assert current_version(data) == version


def test_update_may_be_longer_than_a_query_and_not_endless(client: FlaskClient) -> None:
    long = f"INSERT DATA {{ <http://x/s> <http://x/p> '{'x' * (2 << 20)}' }}"
    assert client.post("/update", data=long, content_type=DIRECT, headers=AUTH).status_code == 204
    response = client.post("/update", data=b" " * ((16 << 20) + 1), content_type=DIRECT, headers=AUTH)
    assert response.status_code == 413


def test_update_is_carried_out_by_whom_the_server_says(data: Path) -> None:
    asked: list[object] = []

    def elsewhere(write: object) -> Written:
        asked.append(write)
        return Written("1", existed=True)

    client = create_app(Settings(data=data, token=TOKEN), elsewhere).test_client()
    assert client.post("/update", data=INSERT, content_type=DIRECT, headers=AUTH).status_code == 204
    assert asked == [Update(INSERT, "http://localhost/update")]

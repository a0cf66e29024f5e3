"""The Graph Store protocol over HTTP: what is put is what comes back, and nobody else may put."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kg.lock import write_lock
from kg.settings import Settings
from kg.store import current_version, open_snapshot
from kg.writing import Update, perform
from server import site
from server.app import create_app

TOKEN = "a.token-of-the-tests"
AUTH = {"Authorization": f"Bearer {TOKEN}"}
TURTLE = "text/turtle"
GRAPH = "http://example.org/graph"
BY_NAME = {"graph": GRAPH}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A store with a triple in its default graph."""
    perform(tmp_path, Update("INSERT DATA { <http://x/s> <http://x/p> 'default' }", "http://x/"))
    return tmp_path


@pytest.fixture
def client(data: Path) -> FlaskClient:
    """A client of a server that may be written to."""
    return create_app(Settings(data=data, token=TOKEN, upload_limit=1)).test_client()


def put(client: FlaskClient, value: str, address: str = "/graphs", **parameters: str) -> TestResponse:
    """Put a graph of one triple."""
    body = f"<http://x/s> <http://x/p> '{value}' ."
    return client.put(address, query_string=parameters or None, data=body, content_type=TURTLE, headers=AUTH)


def values(response: TestResponse, form: ox.RdfFormat = ox.RdfFormat.TURTLE) -> list[str]:
    """The objects of a graph that came back."""
    assert response.status_code == 200, response.text
    return sorted(quad.object.value for quad in ox.parse(response.data, form))


def test_graph_that_is_put_comes_back(client: FlaskClient) -> None:
    assert put(client, "one", **BY_NAME).status_code == 201
    assert values(client.get("/graphs", query_string=BY_NAME)) == ["one"]
    assert put(client, "two", **BY_NAME).status_code == 204
    assert values(client.get("/graphs", query_string=BY_NAME)) == ["two"]
    assert values(client.get("/graphs?default")) == ["default"]


def test_graph_is_named_by_its_own_address(client: FlaskClient) -> None:
    assert put(client, "one", "/graphs/a/b.ttl").status_code == 201
    assert values(client.get("/graphs/a/b.ttl")) == ["one"]
    assert values(client.get("/graphs", query_string={"graph": "http://localhost/graphs/a/b.ttl"})) == ["one"]
    assert client.get("/graphs/a/c.ttl").status_code == 404
    assert client.get("/graphs/a/b.ttl", query_string=BY_NAME).status_code == 400


@pytest.mark.parametrize(
    ("path", "iri"),
    [
        ("/graphs/%C3%A9%20x", "http://localhost/graphs/%C3%A9%20x"),
        ("/graphs/%31", "http://localhost/graphs/1"),
        ("/graphs/%2531", "http://localhost/graphs/%2531"),
        ("/graphs/a:b@c;d=(e)~", "http://localhost/graphs/a:b@c;d=(e)~"),
    ],
)
def test_address_of_a_graph_is_its_iri_in_normal_form(client: FlaskClient, data: Path, path: str, iri: str) -> None:
    assert put(client, "one", path).status_code == 201
    assert [name.value for name in open_snapshot(data).store.named_graphs()] == [iri]


@pytest.mark.parametrize("host", ["", "a b", "a/b", "x<y>"])
@pytest.mark.parametrize(("method", "address"), [("GET", "/graphs/x"), ("PUT", "/graphs/x"), ("POST", "/graphs")])
def test_address_without_a_host_names_no_graph(client: FlaskClient, method: str, address: str, host: str) -> None:
    response = client.open(address, method=method, data="", content_type=TURTLE, headers=AUTH | {"Host": host})
    assert response.status_code == 400, response.text


def test_default_graph_is_put_and_emptied(client: FlaskClient) -> None:
    put(client, "kept", **BY_NAME)
    assert put(client, "new", default="").status_code == 204
    assert values(client.get("/graphs?default")) == ["new"]
    assert client.delete("/graphs?default", headers=AUTH).status_code == 204
    assert values(client.get("/graphs?default")) == []
    assert values(client.get("/graphs", query_string=BY_NAME)) == ["kept"]


def test_post_adds_to_a_graph(client: FlaskClient) -> None:
    for value, status in (("one", 201), ("two", 204)):
        body = f"<http://x/s> <http://x/p> '{value}' ."
        response = client.post("/graphs", query_string=BY_NAME, data=body, content_type=TURTLE, headers=AUTH)
        assert response.status_code == status
    assert values(client.get("/graphs", query_string=BY_NAME)) == ["one", "two"]


@pytest.mark.parametrize("address", ["/graphs", "/graphs/"])
def test_post_to_the_store_makes_a_new_graph_each_time(client: FlaskClient, address: str) -> None:
    body = "<> <http://x/p> 'new' ."
    answers = [client.post(address, data=body, content_type=TURTLE, headers=AUTH) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    first, second = (answer.headers["Location"] for answer in answers)
    assert first != second
    response = client.get(first)
    assert values(response) == ["new"]
    assert next(ox.parse(response.data, ox.RdfFormat.TURTLE)).subject == ox.NamedNode(first)


def test_post_takes_the_files_of_a_form(client: FlaskClient) -> None:
    files = {
        "a": (io.BytesIO(b"_:x <http://x/p> 'one' ."), "a.ttl", TURTLE),
        "b": (io.BytesIO(b'{"@id": "_:x", "http://x/p": "two"}'), "b.jsonld", "application/ld+json"),
    }
    response = client.post("/graphs", query_string=BY_NAME, data=files, headers=AUTH)
    assert response.status_code == 201, response.text
    found = client.get("/graphs", query_string=BY_NAME)
    assert values(found) == ["one", "two"]
    assert len({quad.subject for quad in ox.parse(found.data, ox.RdfFormat.TURTLE)}) == 2


def test_put_takes_gzip(client: FlaskClient) -> None:
    body = gzip.compress(b"<http://x/s> <http://x/p> 'packed' .")
    headers = AUTH | {"Content-Encoding": "gzip"}
    response = client.put("/graphs", query_string=BY_NAME, data=body, content_type=TURTLE, headers=headers)
    assert response.status_code == 201, response.text
    assert values(client.get("/graphs", query_string=BY_NAME)) == ["packed"]


@pytest.mark.parametrize("body", [b" " * (1 << 20) + b" ", gzip.compress(b" " * (1 << 20) + b" ")])
def test_put_refuses_what_is_too_large_packed_or_not(client: FlaskClient, data: Path, body: bytes) -> None:
    version = current_version(data)
    headers = AUTH | ({"Content-Encoding": "gzip"} if len(body) < 1 << 20 else {})
    response = client.put("/graphs", query_string=BY_NAME, data=body, content_type=TURTLE, headers=headers)
    assert response.status_code == 413, response.text
    assert current_version(data) == version


def test_put_takes_more_than_a_query_may_have(data: Path) -> None:
    client = create_app(Settings(data=data, token=TOKEN, upload_limit=3)).test_client()
    body = b"<http://x/s> <http://x/p> '%s' ." % (b"long" * (1 << 19))
    response = client.put("/graphs", query_string=BY_NAME, data=body, content_type=TURTLE, headers=AUTH)
    assert response.status_code == 201, response.text
    with client.get("/graphs", query_string=BY_NAME) as found:
        assert len(found.data) == found.content_length > 1 << 21


@pytest.mark.parametrize("address", ["/graphs?graph=http://example.org/graph", "/graphs/x"])
def test_delete_removes_a_graph(client: FlaskClient, address: str) -> None:
    assert client.delete(address, headers=AUTH).status_code == 404
    put(client, "one", address)
    assert client.delete(address, headers=AUTH).status_code == 204
    assert client.get(address).status_code == 404
    assert client.delete(address, headers=AUTH).status_code == 404


def test_put_of_nothing_makes_an_empty_graph(client: FlaskClient) -> None:
    response = client.put("/graphs", query_string=BY_NAME, data="", content_type=TURTLE, headers=AUTH)
    assert response.status_code == 201
    assert values(client.get("/graphs", query_string=BY_NAME)) == []


@pytest.mark.parametrize(
    ("accept", "media_type", "form"),
    [
        (None, "text/turtle; charset=utf-8", ox.RdfFormat.TURTLE),
        ("application/n-triples", "application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/rdf+xml", "application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("application/ld+json, text/turtle;q=0.5", "application/ld+json", ox.RdfFormat.JSON_LD),
        ("text/html, */*;q=0.1", "text/turtle; charset=utf-8", ox.RdfFormat.TURTLE),
    ],
)
def test_graph_comes_in_the_form_asked_for(
    client: FlaskClient, accept: str | None, media_type: str, form: ox.RdfFormat
) -> None:
    put(client, "é", **BY_NAME)
    response = client.get("/graphs", query_string=BY_NAME, headers={"Accept": accept} if accept else {})
    assert response.content_type == media_type
    assert response.content_length == len(response.data)
    assert values(response, form) == ["é"]


def test_graph_comes_in_the_form_named(client: FlaskClient) -> None:
    response = client.get("/graphs?default&format=nt", headers={"Accept": TURTLE})
    assert response.data == b'<http://x/s> <http://x/p> "default" .\n'


@pytest.mark.parametrize("accept", ["application/trig", "application/n-quads", "text/csv"])
def test_graph_does_not_come_in_forms_of_many_graphs(client: FlaskClient, accept: str) -> None:
    response = client.get("/graphs?default", headers={"Accept": accept})
    assert (response.status_code, accept in response.json["available"]) == (406, False)


def test_head_is_get_without_its_body(client: FlaskClient) -> None:
    got, head = client.get("/graphs?default"), client.head("/graphs?default")
    kept = ("Content-Type", "ETag", "Vary", "Access-Control-Allow-Origin")
    assert [head.headers[name] for name in kept] == [got.headers[name] for name in kept]
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers.get("Content-Length") in (None, got.headers["Content-Length"])
    assert client.head("/graphs", query_string=BY_NAME).status_code == 404


def test_graph_is_sent_again_only_after_a_write(client: FlaskClient) -> None:
    tag = client.get("/graphs?default").headers["ETag"]
    again = {"If-None-Match": tag}
    assert client.get("/graphs?default", headers=again).status_code == 304
    assert client.get("/graphs?default&format=nt", headers=again).status_code == 200
    put(client, "one", **BY_NAME)
    assert client.get("/graphs?default", headers=again).status_code == 200


@pytest.mark.parametrize(
    "address", ["/graphs", "/graphs?graph=", "/graphs?graph=x.ttl", "/graphs?graph=http://x/&default"]
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE"])
def test_request_for_no_one_graph_is_refused(client: FlaskClient, method: str, address: str) -> None:
    response = client.open(address, method=method, headers=AUTH, data=b"", content_type=TURTLE)
    assert response.status_code == 400, response.text


@pytest.mark.parametrize(
    ("content_type", "body", "status", "place"),
    [
        (TURTLE, "<http://a> <http://b>\n <c> <d> .", 400, (2, 6)),
        ("application/n-triples", "<http://a> <http://b> .", 400, (1, 23)),
        ("application/rdf+xml", "<a>\n  <b></a>", 400, (2, 8)),
        ("application/ld+json", '{"@context": "http://127.0.0.1:1/", "p": 1}', 400, (None, None)),
        ("application/trig", "", 415, (None, None)),
        ("text/plain", "", 415, (None, None)),
        (None, "", 415, (None, None)),
    ],
)
def test_put_of_what_is_no_graph_says_why(
    client: FlaskClient, data: Path, content_type: str | None, body: str, status: int, place: tuple[int, int]
) -> None:
    version = current_version(data)
    response = client.put("/graphs", query_string=BY_NAME, data=body, content_type=content_type, headers=AUTH)
    assert response.status_code == status, response.text
    assert (response.json.get("line"), response.json.get("column")) == place
    assert current_version(data) == version


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
@pytest.mark.parametrize("address", ["/graphs?default", "/graphs?graph=http://x/", "/graphs/none", "/graphs?graph="])
@pytest.mark.parametrize("header", [None, "Bearer wrong", "Basic Og=="])
def test_writing_needs_the_token_whatever_there_is(
    client: FlaskClient, data: Path, method: str, address: str, header: str | None
) -> None:
    version = current_version(data)
    headers = {"Authorization": header} if header else {}
    response = client.open(address, method=method, data="broken", content_type=TURTLE, headers=headers)
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"].startswith("Bearer realm=")
    assert ("invalid_token" in response.headers["WWW-Authenticate"]) == (header == "Bearer wrong")
    assert current_version(data) == version


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_writing_is_off_without_a_token(data: Path, method: str) -> None:
    client = create_app(Settings(data=data)).test_client()
    response = client.open("/graphs?default", method=method, headers=AUTH)
    assert response.status_code == 403
    assert "AIDGRAPH_TOKEN" in response.json["detail"]
    assert client.get("/graphs?default").status_code == 200


def test_writing_beside_another_writer_is_to_be_tried_again(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site, "perform", lambda folder, write: perform(folder, write, patience=0.05))
    client = create_app(Settings(data=data, token=TOKEN)).test_client()
    with write_lock(data):
        response = put(client, "one", **BY_NAME)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")


def test_other_methods_are_refused_with_those_that_there_are(client: FlaskClient) -> None:
    response = client.patch("/graphs?default", data="CLEAR ALL", content_type="application/sparql-update", headers=AUTH)
    assert response.status_code == 405
    assert {"GET", "HEAD", "PUT", "POST", "DELETE"} <= set(response.headers["Allow"].split(", "))

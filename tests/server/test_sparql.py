"""The endpoint over HTTP: how a query may be sent, and every form of its answer."""

from __future__ import annotations

import csv
import io
import json

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

ARTICLE = "https://w3id.org/aidgraph/id/article/000-0888dd242fe82e2b"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
SELECT = "SELECT ?name { ?c a <http://schema.org/Country> ; <http://schema.org/name> ?name } ORDER BY ?name"
CONSTRUCT = "PREFIX s: <http://schema.org/> CONSTRUCT { ?c s:name ?n } WHERE { ?c a s:Country ; s:name ?n }"
NAMES = ["Italy", "Russia"]


def ask(client: FlaskClient, query: str, accept: str | None = None, **parameters: str) -> tuple[int, str, bytes]:
    headers = {"Accept": accept} if accept else {}
    response = client.get("/sparql", query_string={"query": query, **parameters}, headers=headers)
    return response.status_code, response.content_type, response.data


def test_sparql_answers_get_form_and_body_alike(client: FlaskClient) -> None:
    by_get = client.get("/sparql", query_string={"query": SELECT})
    by_form = client.post("/sparql", data={"query": SELECT})
    by_body = client.post("/sparql", data=SELECT, content_type="application/sparql-query; charset=utf-8")
    assert by_get.status_code == by_form.status_code == by_body.status_code == 200, by_body.text
    names = [row["name"]["value"] for row in by_get.json["results"]["bindings"]]
    assert names == NAMES
    assert by_get.data == by_form.data == by_body.data


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (None, "application/sparql-results+json"),
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/json", "application/json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv; header=present", "text/csv"),
        ("text/csv;q=0.1, text/tab-separated-values;q=0.2", "text/tab-separated-values"),
    ],
)
def test_sparql_select_comes_in_the_form_asked_for(client: FlaskClient, accept: str | None, media_type: str) -> None:
    status, content_type, body = ask(client, SELECT, accept)
    assert (status, content_type.partition(";")[0]) == (200, media_type), body
    assert all(name.encode() in body for name in NAMES)


def test_sparql_csv_is_csv(client: FlaskClient) -> None:
    rows = list(csv.reader(io.StringIO(ask(client, SELECT, "text/csv")[2].decode())))
    assert rows == [["name"], ["Italy"], ["Russia"]]


@pytest.mark.parametrize(
    ("accept", "rdf_format"),
    [
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/n-quads", ox.RdfFormat.N_QUADS),
        ("application/trig", ox.RdfFormat.TRIG),
    ],
)
def test_sparql_construct_gives_the_same_graph_in_every_form(
    client: FlaskClient, accept: str, rdf_format: ox.RdfFormat
) -> None:
    status, content_type, body = ask(client, CONSTRUCT, accept)
    assert (status, content_type.partition(";")[0]) == (200, accept), body
    found = {quad.object.value for quad in ox.parse(body, format=rdf_format)}
    assert found == set(NAMES)


def test_sparql_construct_defaults_to_turtle(client: FlaskClient) -> None:
    assert ask(client, CONSTRUCT)[1] == "text/turtle; charset=utf-8"


@pytest.mark.parametrize(
    ("query", "name", "media_type"),
    [
        (SELECT, "csv", "text/csv"),
        (SELECT, "xml", "application/sparql-results+xml"),
        (CONSTRUCT, "json", "application/ld+json"),
        (CONSTRUCT, "turtle", "text/turtle"),
        (CONSTRUCT, "xml", "application/rdf+xml"),
        (SELECT, "html", "text/html"),
    ],
)
def test_sparql_format_parameter_wins_over_accept(client: FlaskClient, query: str, name: str, media_type: str) -> None:
    status, content_type, body = ask(client, query, "application/n-triples, text/tab-separated-values", format=name)
    assert (status, content_type.partition(";")[0]) == (200, media_type), body


@pytest.mark.parametrize(
    ("query", "accept"), [(SELECT, "text/turtle"), (CONSTRUCT, "text/csv"), ("ASK {}", "text/csv")]
)
def test_sparql_lists_the_forms_there_are_when_none_suits(client: FlaskClient, query: str, accept: str) -> None:
    status, content_type, body = ask(client, query, accept)
    problem = json.loads(body)
    assert (status, content_type) == (406, "application/problem+json"), body
    assert len(problem["available"]) >= 3
    assert accept not in problem["available"]


@pytest.mark.parametrize(
    ("dataset", "pattern", "expected"),
    [
        ({}, "?s ?p 'Italy'", True),
        ({"default-graph-uri": ARTICLE}, "?s ?p 'Italy'", True),
        ({"default-graph-uri": "http://example.org/none"}, "?s ?p 'Italy'", False),
        ({"named-graph-uri": ARTICLE}, "?s ?p 'Italy'", False),
        ({"named-graph-uri": ARTICLE}, "GRAPH ?g { ?s ?p 'Italy' }", True),
        ({"default-graph-uri": ARTICLE}, "GRAPH ?g { ?s ?p 'Italy' }", False),
        ({}, "GRAPH ?g { ?s ?p 'Italy' }", True),
    ],
)
def test_sparql_dataset_comes_from_the_protocol(
    client: FlaskClient, dataset: dict[str, str], pattern: str, expected: bool
) -> None:
    answer = client.post("/sparql", query_string=dataset, data={"query": f"ASK {{ {pattern} }}"})
    assert answer.json["boolean"] is expected, answer.text


def test_sparql_dataset_of_the_protocol_overrides_from(client: FlaskClient) -> None:
    query = "ASK FROM <http://example.org/none> { ?s ?p 'Italy' }"
    assert client.get("/sparql", query_string={"query": query}).json["boolean"] is False
    assert client.get("/sparql", query_string={"query": query, "default-graph-uri": ARTICLE}).json["boolean"] is True


def test_sparql_resolves_relative_iris_against_its_own_address(client: FlaskClient) -> None:
    answer = client.get("/sparql", query_string={"query": "SELECT (STR(<here>) AS ?iri) {}"})
    assert answer.json["results"]["bindings"][0]["iri"]["value"] == "http://localhost/here"


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("SELECT * {\n ?a ?b \n}", 400, "line 3, column 2"),
        ("INSERT DATA { <a> <b> <c> }", 400, "syntax error"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 403, "asks no other server"),
        ("SELECT * { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }", 403, "<http://127.0.0.1:9/>"),
        ("SELECT (<http://example.org/f>(1) AS ?x) {}", 422, "http://example.org/f"),
    ],
)
def test_sparql_refuses_with_problem_details(client: FlaskClient, query: str, status: int, words: str) -> None:
    found, content_type, body = ask(client, query)
    assert (found, content_type) == (status, "application/problem+json"), body
    problem = json.loads(body)
    assert problem["status"] == status
    assert words in problem["detail"]


def test_sparql_syntax_error_has_line_and_column(client: FlaskClient) -> None:
    problem = json.loads(ask(client, "SELECT * {\n ?a ?b \n}")[2])
    assert (problem["line"], problem["column"]) == (3, 2)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_sparql_takes_no_other_method(client: FlaskClient, method: str) -> None:
    response = client.open("/sparql", method=method, query_string={"query": "ASK {}"})
    assert response.status_code == 405, response.text
    assert {"GET", "HEAD", "OPTIONS", "POST"} <= set(response.headers["Allow"].split(", "))


def test_sparql_head_has_the_headers_of_get(client: FlaskClient) -> None:
    head, get = (getattr(client, method)("/sparql", query_string={"query": SELECT}) for method in ("head", "get"))
    assert (head.data, head.status_code) == (b"", 200)
    assert head.headers["Content-Length"] == str(len(get.data))
    assert head.content_type == get.content_type


def test_sparql_options_allows_other_origins(client: FlaskClient) -> None:
    response = client.options("/sparql", headers={"Origin": "http://example.org"})
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in response.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in response.headers["Access-Control-Allow-Headers"]


def test_sparql_answer_is_revalidated_by_dataset_and_form(client: FlaskClient) -> None:
    first = client.get("/sparql", query_string={"query": SELECT})
    headers = {"If-None-Match": first.headers["ETag"]}
    again = client.get("/sparql", query_string={"query": SELECT}, headers=headers)
    as_xml = client.get("/sparql", query_string={"query": SELECT, "format": "xml"}, headers=headers)
    assert (again.status_code, again.data) == (304, b"")
    assert as_xml.status_code == 200
    assert first.headers["Vary"] == again.headers["Vary"] == "Accept"


def test_sparql_answer_that_depends_on_the_time_has_no_etag(client: FlaskClient) -> None:
    response = client.get("/sparql", query_string={"query": "SELECT (NOW() AS ?t) {}"})
    assert response.status_code == 200
    assert "ETag" not in response.headers


def test_sparql_refuses_a_body_of_megabytes(client: FlaskClient) -> None:
    response = client.post("/sparql", data=b"#" * (2 << 20), content_type="application/sparql-query")
    assert (response.status_code, response.content_type) == (413, "application/problem+json"), response.text


def test_sparql_without_a_query_describes_the_service(client: FlaskClient) -> None:
    response = client.get("/sparql")
    quads = list(ox.parse(response.data, format=ox.RdfFormat.TURTLE))
    endpoints = [quad.object.value for quad in quads if quad.predicate.value.endswith("#endpoint")]
    assert endpoints == ["http://localhost/sparql"]
    assert not [quad for quad in quads if isinstance(quad.subject, ox.BlankNode)]


def test_sparql_without_a_query_shows_a_browser_a_form(client: FlaskClient) -> None:
    page = client.get("/sparql?example=09", headers={"Accept": BROWSER}).text
    assert '<form action="/sparql" method="get">' in page
    assert "Which help was given before 1950?</a>" in page
    assert "FILTER(?last &lt; &#34;1950-01-01&#34;" in page


def test_sparql_shows_a_browser_a_table_with_links(client: FlaskClient) -> None:
    query = "SELECT ?c ?name { ?c a <http://schema.org/Country> ; <http://schema.org/name> ?name }"
    page = client.get("/sparql", query_string={"query": query}, headers={"Accept": BROWSER}).text
    assert '<a href="/page/country/italy"><bdi>country/italy</bdi></a>' in page
    assert "2 rows" in page
    assert "format=csv" in page


def test_sparql_shows_results_as_text(client: FlaskClient) -> None:
    query = "SELECT ('<script>alert(1)</script>' AS ?x) (<javascript:alert(1)> AS ?y) {}"
    page = client.get("/sparql", query_string={"query": query}, headers={"Accept": BROWSER}).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page
    assert 'href="javascript:' not in page

"""The endpoint over HTTP, on the running server: how a query may be sent, and every form of its answer."""

from __future__ import annotations

import csv
import gzip
import io
import json
from urllib.parse import quote, urlencode

import brotli
import pyoxigraph as ox
import pytest
import zstandard
from live import Answer, Live, exchange

ARTICLE = "https://w3id.org/aidgraph/id/article/000-0888dd242fe82e2b"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
SELECT = "SELECT ?name { ?c a <http://schema.org/Country> ; <http://schema.org/name> ?name } ORDER BY ?name"
CONSTRUCT = "PREFIX s: <http://schema.org/> CONSTRUCT { ?c s:name ?n } WHERE { ?c a s:Country ; s:name ?n }"
EVERYTHING = "SELECT * { ?s ?p ?o } ORDER BY ?s ?p STR(?o)"
NAMES = ["Italy", "Russia"]


def post(live: Live, body: str | bytes, content_type: str | None = DIRECT, method: str = "POST") -> Answer:
    headers = {} if content_type is None else {"Content-Type": content_type}
    return live.ask("/sparql", method, headers=headers, body=body.encode() if isinstance(body, str) else body)


def test_sparql_answers_every_way_of_asking_alike(live: Live) -> None:
    by_get = live.query(SELECT)
    by_form = post(live, urlencode({"query": SELECT}), FORM)
    by_body = post(live, SELECT, f"{DIRECT}; charset=utf-8")
    by_query = post(live, SELECT, DIRECT, "QUERY")
    assert {answer.status for answer in (by_get, by_form, by_body, by_query)} == {200}, by_query.text
    assert [row["name"] for row in by_get.rows] == NAMES
    assert by_get.body == by_form.body == by_body.body == by_query.body


def test_sparql_answers_many_requests_on_one_connection(live: Live) -> None:
    connection = live.connect()
    address = f"/sparql?query={quote(SELECT)}"
    first = exchange(connection, address)
    in_between = [exchange(connection, "/sparql"), exchange(connection, "/sparql?query=SELECT"), live.ask("/nowhere")]
    again = exchange(connection, address)
    connection.close()
    assert [answer.status for answer in in_between] == [200, 400, 404]
    assert (first.status, first.body) == (again.status, again.body)


def test_sparql_answers_pipelined_requests_in_their_order(live: Live) -> None:
    queries = ["SELECT ('first' AS ?n) {}", EVERYTHING, "SELECT ('third' AS ?n) {}", "SELECT", "ASK {}"]
    with live.socket() as connection:
        for query in queries:
            connection.sendall(f"GET /sparql?query={quote(query)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        received = b"".join(iter(lambda: connection.recv(1 << 16), b""))
    marks = (b'"first"', b'"Italy"', b'"third"', b"HTTP/1.1 400", b'"boolean":true')
    starts = [received.find(mark) for mark in marks]
    assert -1 not in starts
    assert starts == sorted(starts)
    assert received.count(b"HTTP/1.1 200 OK\r\n") == 5


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
def test_sparql_select_comes_in_the_form_asked_for(live: Live, accept: str | None, media_type: str) -> None:
    answer = live.query(SELECT, accept)
    assert (answer.status, answer.type) == (200, media_type), answer.text
    assert all(name in answer.text for name in NAMES)


def test_sparql_csv_is_csv(live: Live) -> None:
    rows = list(csv.reader(io.StringIO(live.query(SELECT, "text/csv").text)))
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
def test_sparql_construct_gives_the_same_graph_in_every_form(live: Live, accept: str, rdf_format: ox.RdfFormat) -> None:
    answer = live.query(CONSTRUCT, accept)
    assert (answer.status, answer.type) == (200, accept), answer.text
    found = {quad.object.value for quad in ox.parse(answer.body, format=rdf_format)}
    assert found == set(NAMES)


def test_sparql_construct_defaults_to_turtle(live: Live) -> None:
    assert live.query(CONSTRUCT).headers["Content-Type"] == "text/turtle; charset=utf-8"


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
def test_sparql_format_parameter_wins_over_accept(live: Live, query: str, name: str, media_type: str) -> None:
    answer = live.query(query, "application/n-triples, text/tab-separated-values", format=name)
    assert (answer.status, answer.type) == (200, media_type), answer.text


@pytest.mark.parametrize(
    ("query", "accept"), [(SELECT, "text/turtle"), (CONSTRUCT, "text/csv"), ("ASK {}", "text/csv")]
)
def test_sparql_lists_the_forms_there_are_when_none_suits(live: Live, query: str, accept: str) -> None:
    answer = live.query(query, accept)
    assert (answer.status, answer.type) == (406, "application/problem+json"), answer.text
    assert len(answer.json["available"]) >= 3
    assert accept not in answer.json["available"]


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
    live: Live, dataset: dict[str, str], pattern: str, expected: bool
) -> None:
    body = urlencode({"query": f"ASK {{ {pattern} }}"}).encode()
    answer = live.ask(f"/sparql?{urlencode(dataset)}", "POST", headers={"Content-Type": FORM}, body=body)
    assert answer.json["boolean"] is expected, answer.text


def test_sparql_dataset_of_the_protocol_overrides_from(live: Live) -> None:
    query = "ASK FROM <http://example.org/none> { ?s ?p 'Italy' }"
    assert live.query(query).json["boolean"] is False
    assert live.query(query, **{"default-graph-uri": ARTICLE}).json["boolean"] is True


def test_sparql_resolves_relative_iris_against_its_own_address(live: Live) -> None:
    query = "SELECT (STR(<here>) AS ?iri) {}"
    assert live.query(query).rows == [{"iri": f"{live.address}/here"}]
    elsewhere = live.ask(f"/sparql?query={quote(query)}", headers={"Host": "example.org"})
    assert elsewhere.rows == [{"iri": "http://example.org/here"}]


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("SELECT * {\n ?a ?b \n}", 400, "line 3, column 2"),
        ("INSERT DATA { <a> <b> <c> }", 400, "syntax error"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 403, "http://127.0.0.1:9/"),
        ("SELECT (<http://example.org/f>(1) AS ?x) {}", 422, "http://example.org/f"),
    ],
)
def test_sparql_refuses_with_problem_details(live: Live, query: str, status: int, words: str) -> None:
    answer = live.query(query)
    assert (answer.status, answer.type) == (status, "application/problem+json"), answer.text
    assert answer.json["status"] == status
    assert words in answer.json["detail"]


def test_sparql_silent_service_that_is_refused_gives_its_one_empty_solution(live: Live) -> None:
    answer = live.query("SELECT * { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }")
    assert (answer.status, answer.rows) == (200, [{}]), answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_sparql_syntax_error_has_line_and_column(live: Live) -> None:
    problem = live.query("SELECT * {\n ?a ?b \n}").json
    assert (problem["line"], problem["column"]) == (3, 2)


def test_sparql_tells_a_browser_of_an_error_on_a_page(live: Live) -> None:
    answer = live.query("SELECT * {\n ?a ?b \n}", BROWSER)
    assert (answer.status, answer.type) == (400, "text/html")
    assert "line 3, column 2" in answer.text


@pytest.mark.parametrize("timeout", ["0", "-1", "soon", "nan", "inf", "1e400", "1,5"])
def test_sparql_refuses_a_timeout_that_is_none(live: Live, timeout: str) -> None:
    answer = live.query("ASK {}", timeout=timeout)
    assert (answer.status, answer.type) == (400, "application/problem+json"), answer.text
    assert "timeout" in answer.json["detail"]


@pytest.mark.parametrize("timeout", ["", "5", "0.5", "100000"])
def test_sparql_takes_a_timeout(live: Live, timeout: str) -> None:
    assert live.query("ASK {}", timeout=timeout).json["boolean"] is True


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_sparql_takes_no_other_method(live: Live, method: str) -> None:
    answer = live.query("ASK {}", method=method)
    assert (answer.status, answer.type) == (405, "application/problem+json"), answer.text
    assert {"GET", "HEAD", "OPTIONS", "POST", "QUERY"} <= set(answer.headers["Allow"].split(", "))


@pytest.mark.parametrize("method", ["POST", "QUERY"])
@pytest.mark.parametrize("content_type", [None, "text/plain", f"{DIRECT}; charset=latin-1"])
def test_sparql_takes_no_other_body(live: Live, content_type: str | None, method: str) -> None:
    answer = post(live, "ASK {}", content_type, method)
    assert (answer.status, answer.type) == (415, "application/problem+json"), answer.text


def test_sparql_post_without_a_body_is_not_answered_from_memory(live: Live) -> None:
    path = f"/sparql?query={quote(SELECT)}"
    assert live.ask(path).status == 200
    assert live.ask(path, "POST").status == 415


@pytest.mark.parametrize("query", [SELECT, EVERYTHING, CONSTRUCT, "ASK {}"])
def test_sparql_head_has_the_headers_of_get(live: Live, query: str) -> None:
    get, head = live.query(query), live.query(query, method="HEAD")
    assert (head.body, head.status) == (b"", 200)
    same = ("Content-Length", "Content-Type", "ETag", "Vary", "Cache-Control", "Access-Control-Allow-Origin")
    assert [head.headers[name] for name in same] == [get.headers[name] for name in same]
    assert head.headers["Content-Length"] == str(len(get.body))


def test_sparql_options_says_what_may_be_done_and_allows_other_origins(live: Live) -> None:
    preflight = {"Origin": "http://example.org", "Access-Control-Request-Method": "QUERY"}
    answer = live.ask("/sparql", "OPTIONS", headers=preflight)
    assert (answer.status, answer.body, answer.headers["Content-Length"]) == (204, b"", None)
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "POST", "QUERY", "OPTIONS"}
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert {"POST", "QUERY"} <= set(answer.headers["Access-Control-Allow-Methods"].split(", "))
    assert {"Content-Type", "Authorization"} <= set(answer.headers["Access-Control-Allow-Headers"].split(", "))


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/sparql?query=ASK%7B%7D", "GET", 200),
        ("/sparql?query=SELECT", "GET", 400),
        ("/sparql", "POST", 415),
        ("/sparql", "DELETE", 405),
        ("/nowhere", "GET", 404),
        ("/id/country/italy", "GET", 303),
        ("/update", "POST", 401),
    ],
)
def test_every_answer_may_be_read_by_other_sites(live: Live, path: str, method: str, status: int) -> None:
    answer = live.ask(path, method, headers={"Origin": "http://example.org"})
    assert (answer.status, answer.headers["Access-Control-Allow-Origin"]) == (status, "*"), answer.text
    assert answer.headers.get_all("Access-Control-Allow-Origin") == ["*"]
    assert "ETag" in answer.headers["Access-Control-Expose-Headers"]


UNPACK = {
    "gzip": gzip.decompress,
    "br": brotli.decompress,
    "zstd": lambda body: zstandard.ZstdDecompressor().decompressobj().decompress(body),
}


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
@pytest.mark.parametrize(("query", "accept"), [(EVERYTHING, "text/csv"), (EVERYTHING, None)])
def test_sparql_packs_long_answers(live: Live, query: str, accept: str | None, coding: str) -> None:
    path = f"/sparql?query={quote(query)}"
    headers = {"Accept": accept} if accept else {}
    plain = live.ask(path, headers=headers)
    packed = live.ask(path, headers=headers | {"Accept-Encoding": coding})
    assert (plain.headers["Content-Encoding"], packed.headers["Content-Encoding"]) == (None, coding)
    assert UNPACK[coding](packed.body) == plain.body
    assert len(packed.body) < len(plain.body) / 3
    assert plain.headers["ETag"] != packed.headers["ETag"]


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd", "gzip, br, zstd", "*"])
def test_sparql_packs_no_short_answer(live: Live, coding: str) -> None:
    answer = live.ask(f"/sparql?query={quote(SELECT)}", headers={"Accept-Encoding": coding})
    assert (answer.status, answer.headers["Content-Encoding"]) == (200, None)
    assert [row["name"] for row in answer.rows] == NAMES


def test_sparql_answer_is_revalidated_by_dataset_and_form(live: Live) -> None:
    path = f"/sparql?query={quote(SELECT)}"
    first = live.ask(path)
    known = {"If-None-Match": f'"other", {first.headers["ETag"]}'}
    again = live.ask(path, headers=known)
    as_xml = live.ask(f"{path}&format=xml", headers=known | {"Accept": "application/xml"})
    assert (again.status, again.body, again.headers["Content-Length"]) == (304, b"", None)
    assert again.headers["ETag"] == first.headers["ETag"]
    assert as_xml.status == 200
    assert first.headers["Vary"] == again.headers["Vary"] == "Accept, Accept-Encoding"


def test_sparql_answer_that_may_change_has_no_etag(live: Live) -> None:
    answers = [live.query("SELECT (UUID() AS ?u) {}") for _ in range(2)]
    assert answers[0].rows != answers[1].rows
    assert {(answer.headers["ETag"], answer.headers["Cache-Control"]) for answer in answers} == {(None, "no-store")}


def test_sparql_says_how_long_it_took(live: Live) -> None:
    timing = live.query("SELECT (RAND() AS ?n) {}").headers["Server-Timing"]
    parts = dict(part.strip().split(";dur=") for part in timing.split(","))
    assert parts.keys() == {"queue", "engine", "total"}
    assert 0 <= float(parts["engine"]) <= float(parts["total"])


@pytest.mark.parametrize("method", ["POST", "QUERY"])
def test_sparql_refuses_a_body_of_megabytes(live: Live, method: str) -> None:
    answer = post(live, b"#" * (2 << 20), DIRECT, method)
    assert (answer.status, answer.type) == (413, "application/problem+json"), answer.text


def test_sparql_refuses_megabytes_that_come_in_chunks(live: Live) -> None:
    connection = live.connect()
    chunks = (b"#" * (1 << 16) for _ in range(17))
    connection.request("POST", "/sparql", chunks, {"Content-Type": DIRECT}, encode_chunked=True)  # a length of none
    assert connection.getresponse().status == 413
    connection.close()


def test_sparql_takes_a_query_of_half_a_megabyte(live: Live) -> None:
    assert post(live, f"#{'x' * (1 << 19)}\n{SELECT}").rows == [{"name": name} for name in NAMES]


@pytest.mark.parametrize("query", ["query=%FF", "query=ASK%7B%7D&query=ASK%7B%7D", f"query=ASK%7B%7D{'&a=b' * 2000}"])
def test_sparql_refuses_an_address_that_is_not_one_readable_query(live: Live, query: str) -> None:
    assert live.ask(f"/sparql?{query}").status == 400


def test_sparql_without_a_query_describes_the_service(live: Live) -> None:
    quads = list(ox.parse(live.ask("/sparql").body, format=ox.RdfFormat.TURTLE))
    endpoints = [quad.object.value for quad in quads if quad.predicate.value.endswith("#endpoint")]
    assert endpoints == [f"{live.address}/sparql"]
    assert not [quad for quad in quads if isinstance(quad.subject, ox.BlankNode)]


def test_sparql_without_a_query_shows_a_browser_a_form(live: Live) -> None:
    page = live.ask("/sparql?example=09", headers={"Accept": BROWSER}).text
    assert '<form action="/sparql" method="get">' in page
    assert "Which help was given before 1950?</a>" in page
    assert "FILTER(?last &lt; &#34;1950-01-01&#34;" in page


def test_sparql_shows_a_browser_a_table_with_links(live: Live) -> None:
    query = "SELECT ?c ?name { ?c a <http://schema.org/Country> ; <http://schema.org/name> ?name }"
    page = live.query(query, BROWSER).text
    assert '<a href="/page/country/italy"><bdi>country/italy</bdi></a>' in page
    assert "2 rows" in page
    assert "format=csv" in page


def test_sparql_shows_a_browser_a_graph_and_an_answer(live: Live) -> None:
    assert "&#34;Italy&#34;" in live.query(CONSTRUCT, BROWSER).text
    assert "yes" in live.query("ASK {}", BROWSER).text.lower()


def test_sparql_shows_results_as_text(live: Live) -> None:
    query = "SELECT ('<script>alert(1)</script>' AS ?x) (<javascript:alert(1)> AS ?y) {}"
    page = live.query(query, BROWSER).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page
    assert 'href="javascript:' not in page


def test_sparql_describes_with_names_reports_and_evidence(live: Live) -> None:
    event = "https://w3id.org/aidgraph/id/event/russia-to-italy-pledged-2020-03-21"
    answer = live.query(f"DESCRIBE <{event}>", "application/n-triples")
    triples = [quad.triple for quad in ox.parse(answer.body, format=ox.RdfFormat.N_TRIPLES)]
    assert len(triples) == len(set(triples))
    values = {triple.object.value for triple in triples}
    assert {"Russia", "Italy", "means of protection"} <= values
    assert any(value.startswith("Moscow plans to send medical teams") for value in values)


def test_sparql_describes_the_protocol_s_dataset_as_the_engine_does(live: Live) -> None:
    query = "DESCRIBE <https://w3id.org/aidgraph/id/country/italy>"
    answer = live.query(query, "application/n-triples", **{"default-graph-uri": ARTICLE})
    subjects = {quad.subject.value for quad in ox.parse(answer.body, format=ox.RdfFormat.N_TRIPLES)}
    assert subjects == {"https://w3id.org/aidgraph/id/country/italy"}


def test_sparql_orders_terms_of_all_kinds(live: Live) -> None:
    rows = live.query("SELECT * { ?a ?b ?c } ORDER BY ?c LIMIT 5").json["results"]["bindings"]
    assert [row["c"]["type"] for row in rows] == ["uri"] * 5
    last = live.query("SELECT * { ?a ?b ?c } ORDER BY DESC(?c) LIMIT 5").json["results"]["bindings"]
    assert [row["c"]["type"] for row in last] == ["literal"] * 5
    every = json.loads(live.query("SELECT * { ?a ?b ?c } ORDER BY ?c").body)["results"]["bindings"]
    assert [row["c"] for row in every[:5]] == [row["c"] for row in rows]

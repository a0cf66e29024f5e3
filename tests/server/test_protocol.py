"""The SPARQL protocol's parameters, without HTTP."""

from __future__ import annotations

import pytest

from server.problems import BadRequest, UnsupportedMedia
from server.protocol import QueryRequest, parse_get, parse_post

FORM = "application/x-www-form-urlencoded"


def test_parse_get_reads_query_dataset_and_format() -> None:
    found = parse_get(
        b"query=ASK%20%7B%7D&default-graph-uri=http://a/&default-graph-uri=http://b/&named-graph-uri=http://c/&format=csv"
    )
    assert found == QueryRequest("ASK {}", ("http://a/", "http://b/"), ("http://c/",), "csv")


def test_parse_get_without_a_query_asks_for_the_endpoint() -> None:
    assert parse_get(b"format=ttl") is None


def test_parse_post_form_reads_the_dataset_from_the_address_too() -> None:
    found = parse_post(
        b"default-graph-uri=http://a/", f"{FORM}; charset=UTF-8", b"query=ASK+%7B%7D&named-graph-uri=http://c/"
    )
    assert found == QueryRequest("ASK {}", ("http://a/",), ("http://c/",))


def test_parse_post_takes_the_body_as_the_query() -> None:
    found = parse_post(b"default-graph-uri=http://a/", "application/sparql-query", "ASK { ?s ?p 'é' }".encode())
    assert found == QueryRequest("ASK { ?s ?p 'é' }", ("http://a/",))


@pytest.mark.parametrize(
    ("query_string", "content_type", "body"),
    [
        (b"", FORM, b""),
        (b"", FORM, b"query=ASK%7B%7D&query=ASK%7B%7D"),
        (b"query=ASK%7B%7D", FORM, b"query=ASK%7B%7D"),
        (b"query=ASK%7B%7D", "application/sparql-query", b"ASK {}"),
        (b"", FORM, b"query=%FF"),
        (b"", "application/sparql-query", b"ASK { ?s ?p '\xff' }"),
        (b"", FORM, b"&".join([b"a=b"] * 2000)),
    ],
)
def test_parse_post_refuses_what_is_not_one_readable_query(query_string: bytes, content_type: str, body: bytes) -> None:
    with pytest.raises(BadRequest):
        parse_post(query_string, content_type, body)


@pytest.mark.parametrize(
    "content_type", [None, "", "text/plain", f"{FORM}; charset=utf-16", "application/sparql-update"]
)
def test_parse_post_refuses_other_bodies(content_type: str | None) -> None:
    with pytest.raises(UnsupportedMedia):
        parse_post(b"", content_type, b"query=ASK%7B%7D")


def test_parse_get_refuses_two_queries() -> None:
    with pytest.raises(BadRequest, match="2 query parameters"):
        parse_get(b"query=a&query=b")

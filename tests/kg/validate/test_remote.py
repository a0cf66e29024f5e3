"""A graph in pages, and what an endpoint may do wrong."""

from __future__ import annotations

import json
from collections.abc import Callable

import pyoxigraph as ox
import pytest

from kg.errors import DataError
from kg.validate.remote import Ask, fetch_quads, is_address

HERE = "http://127.0.0.1/sparql"
NT = "application/n-triples"
LINES = [f"<http://x/{number}> <http://x/p> <http://x/o> .\n".encode() for number in range(5)]


def count(number: int) -> bytes:
    return json.dumps({"results": {"bindings": [{"all": {"value": str(number)}}]}}).encode()


def endpoint(number: int, page: Callable[[int, int], bytes], media_type: str = NT) -> Ask:
    """An endpoint that says it has so many triples, and whose pages come from a function of limit and offset."""

    def ask(query: str, accept: str) -> tuple[str, bytes]:
        if query.startswith("SELECT"):
            return "application/sparql-results+json", count(number)
        words = query.split()
        return media_type, page(int(words[words.index("LIMIT") + 1]), int(words[words.index("OFFSET") + 1]))

    return ask


def lines(limit: int, start: int) -> bytes:
    return b"".join(LINES[start : start + limit])


@pytest.mark.parametrize("at_once", [1, 2, 5, 9])
def test_pages_add_up(at_once: int) -> None:
    quads = list(fetch_quads(HERE, endpoint(5, lines), at_once=at_once))
    assert {quad.triple for quad in quads} == {
        quad.triple for quad in ox.parse(b"".join(LINES), ox.RdfFormat.N_TRIPLES)
    }
    assert len(quads) == 5


def test_empty_endpoint_is_an_empty_graph() -> None:
    assert list(fetch_quads(HERE, endpoint(0, lines))) == []


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (endpoint(5, lambda limit, start: lines(limit, 0)), "has 5 triples, but its pages held 2"),
        (endpoint(5, lambda limit, start: lines(1, start)), "has 5 triples, but its pages held 3"),
        (endpoint(5, lines, "text/html"), "text/html, which is no RDF"),
        (endpoint(5, lambda limit, start: b"<x> ."), "that cannot be read"),
        (endpoint(5, lambda limit, start: b"_:b <http://x/p> <http://x/o> .\n"), "blank nodes"),
        (lambda query, accept: ("text/html", b"<html>"), "no SPARQL result"),
        (lambda query, accept: ("application/json", b'{"results": {}}'), "no SPARQL result"),
    ],
)
def test_endpoint_that_cannot_be_trusted_is_refused(ask: Ask, said: str) -> None:
    with pytest.raises(DataError, match=said):
        list(fetch_quads(HERE, ask, at_once=2))


def test_blank_nodes_of_one_page_are_taken() -> None:
    ask = endpoint(1, lambda limit, start: b"_:b <http://x/p> _:c .\n")
    assert len(list(fetch_quads(HERE, ask))) == 1


@pytest.mark.parametrize(
    ("source", "expected"),
    [("https://x.example/sparql", True), ("http://x", True), ("graph.ttl", False), ("file:///x.ttl", False)],
)  # fmt: skip
def test_address_is_told_from_a_file(source: str, expected: bool) -> None:
    assert is_address(source) is expected

"""What a query would do, by its tokens: what fools a word search, and what pyoxigraph alone lets pass."""

from __future__ import annotations

import time

import pyoxigraph as ox
import pytest

from server.tokens import is_volatile, service_targets

LOCAL = "<http://127.0.0.1:9/>"


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * {{ SERVICE {LOCAL} {{}} }}",
        f"SELECT * {{ service silent {LOCAL} {{}} }}",
        f"SELECT * {{ SERVICE# a comment\n{LOCAL} {{}} }}",
        f"SELECT * {{ SERVICE#\r{LOCAL}#\r{{}} }}",
        f"SELECT * {{ SERVICE{LOCAL}{{}} }}",
        f"SELECT * {{ SERVICESILENT{LOCAL}{{}} }}",
        f"SELECT * {{ {{}} UNION{{}}SERVICE{LOCAL}{{}} }}",
        "PREFIX a: <http://127.0.0.1:9/> SELECT * { SERVICE a: {} }",
        "PREFIX a: <http://127.0.0.1:9/> SELECT * { SERVICEa:b{} }",
        "SELECT * { SERVICE ?where {} }",
        f"SELECT * {{ ?s ?p 1SERVICE{LOCAL}{{}} }}",
        f"SELECT * {{ ?s ?p trueSERVICE{LOCAL}{{}} }}",
        f"SELECT * {{ ?s ?p 'x'SERVICE{LOCAL}{{}} }}",
        f"SELECT * {{ VALUES (?a ?b) {{(1 2)}} FILTER(?a<?b)SERVICE#>\n{LOCAL} {{}} }}",
        f"SELECT * {{ VALUES ?a {{''' # '}} SERVICE {LOCAL} {{}} }}",
        f"SELECT * {{ FILTER EXISTS {{ SERVICE {LOCAL} {{}} }} }}",
        f"ASK {{ ?s<http://x/'>?o . FILTER(1<2) SERVICE {LOCAL} {{}} ?s ?p 'a' }}",
        f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {{ SELECT * {{ SERVICE {LOCAL} {{ ?s ?p ?o }} }} }} }}",
    ],
)
def test_service_targets_finds_every_service_clause(query: str) -> None:
    assert service_targets(query), query


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p ?o } # SERVICE <http://x/> {}",
        'SELECT * { ?s ?p "SERVICE <http://x/> {}" }',
        "SELECT * { ?s ?p '''\nSERVICE <http://x/> {}''' }",
        'SELECT * { ?s ?p """a "quoted" SERVICE <http://x/> {}""" }',
        r'SELECT * { ?s ?p "\" SERVICE <http://x/> {}" }',
        "SELECT * { ?service ?p ?o . $service ?p ?o }",
        "SELECT * { ?s <http://x/SERVICE> <http://x/#SERVICE> }",
        "PREFIX service: <http://x/> SELECT * { GRAPH service:g { ?s service:p ?o } }",
        "PREFIX x: <http://x/> SELECT * { ?s x:service ?o { ?a ?b ?c } }",
        "SELECT * { ?s ?p 'x'@service }",
        "PREFIX x: <http://x/> SELECT * { ?s x:p.service ?o }",
        "SELECT * { _:service ?p ?o }",
    ],
)
def test_service_targets_is_not_fooled_by_the_word(query: str) -> None:
    assert service_targets(query) == (), query
    list(ox.Store().query(query))  # the engine takes it, and asks nobody


def test_service_targets_names_each_target_once() -> None:
    query = "SELECT * { SERVICE <http://b/> {} SERVICE SILENT ?a {} SERVICE <http://b/> {} }"
    assert service_targets(query) == ("<http://b/>", "?a")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT (NOW() AS ?t) {}", True),
        ("SELECT * { BIND(rand () AS ?t) }", True),
        ("SELECT * { BIND(BNODE#\n('a') AS ?t) }", True),
        ("SELECT * { ?s ?p 'NOW()' } # RAND()", False),
        ("SELECT * { ?s ?p ?now FILTER(?now > 1) }", False),
    ],
)
def test_is_volatile_knows_time_and_chance(query: str, expected: bool) -> None:
    assert is_volatile(query) is expected


@pytest.mark.parametrize("piece", ["a.", "é", "'''\\'", "?a<b'''>", "SERVICE#", "SERVICE ", '"\\"', "<a", "'''a\\"])
def test_service_targets_takes_linear_time(piece: str) -> None:
    query = "SERVICE " + piece * (100_000 // len(piece))
    started = time.perf_counter()
    service_targets(query)
    assert time.perf_counter() - started < 5

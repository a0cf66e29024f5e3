"""What the engine reads or answers in its own way, set right: the results count, and that all else stays as it is."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from server.problems import BadRequest
from server.syntax.corrections import correct, repaired

DATA = 'PREFIX : <http://x/> INSERT DATA { :a :v 1, 2 ; :n "x"@en, "y"@en . :b :v 6 ; :n "z"@en }'


def rows(text: str) -> list[list[str]]:
    store = ox.Store()
    store.update(DATA)
    results = store.query(f"PREFIX : <http://x/> {text}")
    assert isinstance(results, ox.QuerySolutions)
    return [[row[name].value for name in results.variables] for row in results]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT (LANG(GROUP_CONCAT(?n)) AS ?l) { :b :n ?n }", [[""]]),
        ("SELECT (group_concat(DISTINCT ?n; SEPARATOR=')') AS ?l) { :b :n ?n }", [["z"]]),
        ("SELECT ?s { ?s :n ?n } GROUP BY ?s HAVING(GROUP_CONCAT(?n) = 'z')", [["http://x/b"]]),
        ("SELECT ?s { ?s :n ?n } GROUP BY ?s ORDER BY DESC(GROUP_CONCAT(?n))", [["http://x/b"], ["http://x/a"]]),
    ],
)
def test_correct_takes_the_language_from_group_concat(query: str, expected: list[list[str]]) -> None:
    text = f"PREFIX : <http://x/> {query}"
    assert correct(text) != text
    assert rows(correct(text)) == expected


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { FILTER(?x<?a&&?b>?y) }",
        "SELECT * { FILTER(?x <5&&?b>3) }",
        "SELECT (?x<(1)>2 AS ?y) {}",
    ],
)
def test_correct_refuses_an_iri_where_the_engine_compares(query: str) -> None:
    with pytest.raises(BadRequest, match="space behind") as caught:
        correct(f"\n{query}")
    assert caught.value.extra == {"line": 2, "column": query.index("<") + 1}


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { FILTER(?x<?a && ?b>?y) }",
        "SELECT * { FILTER(?x < ?a&&?b>?y) }",
        "SELECT * { ?x<?a&&?b>?y }",
        "SELECT * { ?x :p 'FILTER(?x<?a&&?b>?y)' } # ?x<?a&&?b>?y",
        "SELECT * { ?x :p 'GROUP_CONCAT(?x)' }",
        "SELECT (GROUP_CONCAT(?x) AS ?y) { ?x a1 }",
    ],
)
def test_correct_leaves_the_rest_alone(query: str) -> None:
    text = f"PREFIX : <http://x/> {query}"
    assert correct(text) == text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT (TRUE AS ?t) (False AS ?f) (true AS ?u) {}", [["true", "false", "true"]]),
        ("SELECT (SUM(?v) AS ?n) (?n / 3 AS ?m) { ?s :v ?v }", [["9", "3"]]),
        (
            "SELECT ?s (SUM(?v) AS ?n) (?n * 2 AS ?m) (CONCAT(STR(?s), STR(?m)) AS ?t) { ?s :v ?v }"
            " GROUP BY ?s HAVING(COUNT(*) > 1) ORDER BY DESC(?m) LIMIT 1",
            [["http://x/a", "3", "6", "http://x/a6"]],
        ),
        (
            "SELECT (COUNT(*) AS ?n) (?n + 1 AS ?m) { ?s :v ?v } GROUP BY ?s ORDER BY ?s VALUES ?s { :a :b }",
            [["2", "3"], ["1", "2"]],
        ),
        (
            "SELECT * { { SELECT DISTINCT ?s (MAX(?v) AS ?n) (?n + 1 AS ?m) { ?s :v ?v } GROUP BY ?s } FILTER(?m > 3)}",
            [["7", "6", "http://x/b"]],
        ),
    ],
)
def test_repaired_says_the_same_in_words_that_the_engine_takes(query: str, expected: list[list[str]]) -> None:
    with pytest.raises(SyntaxError):
        rows(query)
    text = repaired(f"PREFIX : <http://x/> {query}")
    assert text is not None
    assert rows(text) == expected


def test_repaired_moves_a_later_prologue_to_the_beginning() -> None:
    update = "PREFIX a: <http://a/> INSERT DATA { a:a a:a 1 } ; PREFIX b: <http://b/> INSERT DATA { b:b a:a 2 }"
    store = ox.Store()
    with pytest.raises(SyntaxError):
        store.update(update)
    store.update(repaired(update) or "")
    assert sorted(str(quad.subject) for quad in store) == ["<http://a/a>", "<http://b/b>"]


@pytest.mark.parametrize(
    "text",
    [
        "SELECT (TRUE AS ?t {}",
        "SELECT * { ?s ?p ?o",
        "SELECT (SUM(?v) AS ?n) (?n / COUNT(*) AS ?m) { ?s ?p ?v }",
        "INSERT DATA {} ; PREFIX a: <http://a/> INSERT DATA {} ; PREFIX a: <http://b/> INSERT DATA {}",
        "INSERT DATA {} ; BASE <http://a/> INSERT DATA {}",
        "INSERT DATA {} ; PREFIX a: <b> INSERT DATA {}",
        "SELECT * { ?s ?p 'TRUE' } # TRUE",
    ],
)
def test_repaired_gives_nothing_without_certainty(text: str) -> None:
    assert repaired(text) is None

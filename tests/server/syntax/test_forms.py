"""What kind of query a text is, which data it asks and whether its answer can be kept."""

from __future__ import annotations

import pytest

from server.syntax.forms import is_volatile, names_dataset, query_form


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT * {}", "SELECT"),
        ("select*{}", "SELECT"),
        ("# ASK\nPREFIX ask: <http://x/ask>BASE<http://x/>\nPREFIX:<a>aSk{}", "ASK"),
        ("VERSION '1.2' CONSTRUCT WHERE { ?s ?p 'SELECT' }", "CONSTRUCT"),
        ("PREFIX x: # SELECT\n <http://x/> DESCRIBE x:y", "DESCRIBE"),
        ("PREFIX SELECT", ""),
        ("INSERT DATA {}", ""),
        ("", ""),
    ],
)
def test_query_form_skips_the_prologue(query: str, expected: str) -> None:
    assert query_form(query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT (NOW() AS ?t) {}", True),
        ("SELECT * { BIND(rand () AS ?t) }", True),
        ("SELECT * { BIND(BNODE#\n('a') AS ?t) }", True),
        ("SELECT * { SERVICE <http://x/> {} }", True),
        ("SELECT * { ?s ?p 'NOW()' } # RAND()", False),
        ("SELECT * { ?s ?p ?now FILTER(?now > 1) }", False),
        ("PREFIX service: <http://x/> SELECT * { ?s service:p ?o }", False),
        ("SELECT * { ?s <http://x/service> ?o }", False),
    ],
)
def test_is_volatile_knows_time_chance_and_others(query: str, expected: bool) -> None:
    assert is_volatile(query) is expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("DESCRIBE <http://x/a>from<http://x/g>", True),
        ("DESCRIBE ?s FROM NAMED <http://x/g> { GRAPH ?g { ?s ?p ?o } }", True),
        ("PREFIX : <http://x/> DESCRIBE :a FROM:g", True),  # in doubt: a name, or the word and a name
        ("DESCRIBE <http://x/from>", False),
        ("PREFIX from: <http://x/> DESCRIBE from:a", False),
        ("DESCRIBE ?from { ?from ?p 'FROM <g>' } # FROM <g>", False),
    ],
)
def test_names_dataset_sees_from_and_nothing_like_it(query: str, expected: bool) -> None:
    assert names_dataset(query) is expected

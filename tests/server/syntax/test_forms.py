"""What kind of query a text is, and whether its answer can be kept."""

from __future__ import annotations

import pytest

from server.syntax.forms import is_volatile, query_form


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

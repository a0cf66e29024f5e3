"""The two readings of a text: all places where a token may begin, and the one that is certain."""

from __future__ import annotations

import contextlib
import time

import pytest

from server.syntax.tokens import Doubt, read_tokens, token_starts


def texts(query: str) -> list[str]:
    return [token.text for token in read_tokens(query)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT*{?s a 1.e5}", ["SELECT", "*", "{", "?s", "a", "1.e5", "}"]),
        ("{ ?s ?p 1. ?s ?p .5 }", ["{", "?s", "?p", "1", ".", "?s", "?p", ".5", "}"]),
        ("{FILTER(?a<5&&?b>3)}", ["{", "FILTER", "(", "?a", "<", "5", "&", "&", "?b", ">", "3", ")", "}"]),
        ("{?a<5&&?b>3}", ["{", "?a", "<5&&?b>", "3", "}"]),
        ("{?s ?p (?a<b>)}", ["{", "?s", "?p", "(", "?a", "<b>", ")", "}"]),
        ("SELECT(?a<1>2 AS?b){}", ["SELECT", "(", "?a", "<", "1", ">", "2", "AS", "?b", ")", "{", "}"]),
        ("PREFIX x: <u:>{?s ?p x:a.b.true}", ["PREFIX", "x:", "<u:>", "{", "?s", "?p", "x:a.b", ".", "true", "}"]),
        ("{FILTER <f>(?a<1>?c)}", ["{", "FILTER", "<f>", "(", "?a", "<", "1", ">", "?c", ")", "}"]),
        ("{?s ?p '''a'b''' # c\n}", ["{", "?s", "?p", "'''a'b'''", "}"]),
        ("{?s ?p 'a'@en--ltr}", ["{", "?s", "?p", "'a'", "@en--ltr", "}"]),
    ],
)
def test_read_tokens_splits_as_the_engine_does(query: str, expected: list[str]) -> None:
    assert texts(query) == expected


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s a1 }",
        "{ ?s ?p 'a }",
        "{ ?s ?p x:a }",
        r"{ VALUES ?a {'''a' } #\q'''" + "\n}",
        r"PREFIX x: <http://x/> { ?s ?p x:a\%b }",
        "PREFIX x: <http://x:> { ?s ?p x:a }",
        "PREFIX x: <http://x> { ?s ?p x::a }",
        r"PREFIX x: <http:\u002f\u002fx:> { ?s ?p x:a }",
        "{ ( }",
        "{",
        "}",
    ],
)
def test_read_tokens_doubts_what_may_be_read_otherwise(query: str) -> None:
    with pytest.raises(Doubt):
        read_tokens(query)


@pytest.mark.parametrize(
    "piece",
    [
        "a.",
        "é",
        "'''\\'",
        "?a<b'''>",
        "SERVICE#",
        "SERVICE ",
        '"\\"',
        "<a",
        "'''a\\",
        "a",
        "?a<#b>",
        "PREFIX#",
        "x:a.",
        "'",
    ],
)
def test_token_starts_takes_linear_time(piece: str) -> None:
    query = "SERVICE " + piece * (100_000 // len(piece))
    started = time.perf_counter()
    with contextlib.suppress(Doubt):  # an answer too, if it comes soon
        token_starts(query)
    assert time.perf_counter() - started < 5

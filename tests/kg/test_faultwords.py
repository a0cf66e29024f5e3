"""Messages of the parser are shortened to what helps, and kept where they are not of its usual kind."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.faultwords import expected_words

CLASS = r"['0' ..= '9' | ']' | '\'' | '\u{00B7}']"


@pytest.mark.parametrize(
    ("rest", "words"),
    [
        ('expected one of ",", ".", "}", ' + CLASS + ", [_]", 'expected one of ",", ".", "}"'),
        ('expected one of "\\"", "a, b", OPTIONAL', 'expected one of "\\"", "a, b", OPTIONAL'),
        ("expected CONSTRUCT", "expected CONSTRUCT"),
        ("expected [_]", "it cannot be read on from here"),
        ("expected one of OPTIONAL, Prefix not found, ['%']", "a prefix is not declared"),
        ("expected IRI parsing failed", "an IRI is not valid"),
        (
            "expected one of HAVING, SELECT * is not authorized with GROUP BY, [_]",
            "SELECT * is not authorized with GROUP BY",
        ),
        ("something else\naltogether", "something else\naltogether"),
    ],
)
def test_expected_words_are_few_and_true(rest: str, words: str) -> None:
    assert expected_words(rest) == words


@pytest.mark.parametrize(
    "query", ["SELECT * { ?s ?p ?o . ", "SELECT ?a WHERE { ?a ?b ?c", "DESCRIBE", "SELECT * { ?s aid:x ?o }"]
)
def test_expected_words_of_real_messages_fit_on_two_lines(query: str) -> None:
    with pytest.raises(SyntaxError) as caught:
        ox.Store().query(query)
    words = expected_words(str(caught.value).split(": ", 1)[1])
    assert 10 < len(words) < 160
    assert "\\u{" not in words

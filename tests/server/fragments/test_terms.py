"""Terms in addresses: read as clients write them, and written the same way."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from server.fragments.terms import LONGEST, parse_term, write_term
from server.problems import BadRequest

INTEGER = "http://www.w3.org/2001/XMLSchema#integer"


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("http://example.org/a", ox.NamedNode("http://example.org/a")),
        ("<http://example.org/a>", ox.NamedNode("http://example.org/a")),
        ('""', ox.Literal("")),
        ('"Italy"', ox.Literal("Italy")),
        ('"say "aid" twice"', ox.Literal('say "aid" twice')),
        ('"two\nlines"', ox.Literal("two\nlines")),
        (r'"back\slash\"', ox.Literal(r"back\slash" + "\\")),
        ('"Italia"@it', ox.Literal("Italia", language="it")),
        ('"5"^^' + INTEGER, ox.Literal("5", datatype=ox.NamedNode(INTEGER))),
        (f'"5"^^<{INTEGER}>', ox.Literal("5", datatype=ox.NamedNode(INTEGER))),
        ('"a"@en@b"', ox.Literal('a"@en@b')),
    ],
)
def test_term_is_read(text: str, term: ox.NamedNode | ox.Literal) -> None:
    assert parse_term("object", text) == term


@pytest.mark.parametrize("text", ["", "?", "?o", "_:b0"])
def test_variable_is_anything(text: str) -> None:
    assert parse_term("object", text) is None


@pytest.mark.parametrize(
    "text",
    [
        *("Italy", "country/italy", '"Italy', '"', "<http://example.org/a", "http://example.org/a b", '"a"@'),
        *(
            '"a"@e_n',
            '"a"^^',
            '"a"^^integer',
            "<<http://e.org/a http://e.org/b http://e.org/c>>",
            "http://e.org/" + "a" * LONGEST,
        ),
    ],
)
def test_what_is_no_term_is_refused_with_what_is_expected(text: str) -> None:
    with pytest.raises(BadRequest, match=r"^object "):
        parse_term("object", text)


@pytest.mark.parametrize("text", ["http://example.org/a", '"Italy"', '"Italia"@it', '"5"^^' + INTEGER, '"a "b" c"'])
def test_writing_is_the_inverse_of_reading(text: str) -> None:
    assert write_term(parse_term("object", text)) == text

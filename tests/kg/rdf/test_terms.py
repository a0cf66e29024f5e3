"""Literals in the form that XML Schema and the contract want."""

from decimal import Decimal

import pyoxigraph as ox
import pytest

from kg.rdf.terms import date_literal, iri_or_text, number_literal, text_literal
from kg.records import PartialDate

XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.mark.parametrize(("iso", "kind"), [("2020-03-21", "date"), ("2020-03", "gYearMonth"), ("2020", "gYear")])
def test_date_is_typed_as_far_as_it_is_known(iso: str, kind: str) -> None:
    assert date_literal(PartialDate(iso)) == ox.Literal(iso, datatype=ox.NamedNode(XSD + kind))


@pytest.mark.parametrize(
    ("number", "text", "kind"),
    [
        ("5", "5", "integer"),
        ("5.0", "5", "integer"),
        ("1E+9", "1000000000", "integer"),
        ("2.50", "2.5", "decimal"),
        ("0.000001", "0.000001", "decimal"),
        ("-3", "-3", "integer"),
    ],
)
def test_number_is_written_plainly(number: str, text: str, kind: str) -> None:
    assert number_literal(Decimal(number)) == ox.Literal(text, datatype=ox.NamedNode(XSD + kind))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("https://example.org/a", ox.NamedNode("https://example.org/a")),
        ("https://example.org/a b", ox.Literal("https://example.org/a b")),
        ("https://example.org/é?q=\U0001f691", ox.NamedNode("https://example.org/%C3%A9?q=%F0%9F%9A%91")),
        ("https://example.org/%zz", ox.Literal("https://example.org/%zz")),
        ("http://", ox.Literal("http://")),
        ("http://[::1/", ox.Literal("http://[::1/")),
        ("http://example.org/\ud83d", ox.Literal("http://example.org/ ")),
        ("http://example.org/" + "a" * 1800, ox.Literal("http://example.org/" + "a" * 1800)),
        ("javascript:alert(1)", ox.Literal("javascript:alert(1)")),
        ("CC BY 4.0", ox.Literal("CC BY 4.0")),
    ],
)
def test_address_is_an_iri_only_if_it_is_one(value: str, expected: object) -> None:
    assert iri_or_text(value) == expected


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("tab\tand\nline", "tab\tand\nline"),
        ("nul\0 ff\x0c", "nul  ff "),
        ("del\x7f c1\x9f nel\x85 nbsp\xa0", "del  c1  nel\x85 nbsp\xa0"),
        ("\ufdd0\ufffe\U0001ffff\U0010ffff\ufffd", "    \ufffd"),
        ("high\ud83d", "high "),
        ("\U0001f691", "\U0001f691"),
    ],
)
def test_text_has_no_control_characters(words: str, written: str) -> None:
    assert text_literal(words) == ox.Literal(written)
    assert text_literal(words, language="en") == ox.Literal(written, language="en")

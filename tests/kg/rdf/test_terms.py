"""Literals in the form that XML Schema and the contract want."""

from decimal import Decimal

import pyoxigraph as ox
import pytest

from kg.rdf.terms import date_literal, iri_or_text, number_literal
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
        ("CC BY 4.0", ox.Literal("CC BY 4.0")),
    ],
)
def test_address_is_an_iri_only_if_it_is_one(value: str, expected: object) -> None:
    assert iri_or_text(value) == expected

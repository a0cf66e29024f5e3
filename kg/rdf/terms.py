"""Vocabulary terms and literals."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Final

import pyoxigraph as ox

from kg.formats import PREFIXES, VOCABULARY
from kg.records import PartialDate

Term = ox.NamedNode | ox.Literal


def _namespace(prefix: str) -> Callable[[str], ox.NamedNode]:
    return cache(lambda name: ox.NamedNode(PREFIXES[prefix] + name))


aid = _namespace("aid")
dcterms = _namespace("dcterms")
oa = _namespace("oa")
prov = _namespace("prov")
schema = _namespace("schema")
sem = _namespace("sem")
xsd = _namespace("xsd")
A: Final = ox.NamedNode(PREFIXES["rdf"] + "type")

_DATE_TYPES: Final = {4: xsd("gYear"), 7: xsd("gYearMonth"), 10: xsd("date")}
"""XML Schema type of an ISO date by its length."""


@cache
def concept(scheme: str, name: str) -> ox.NamedNode:
    """A concept of one of our schemes; these keep their IRIs whatever the base."""
    return ox.NamedNode(f"{VOCABULARY}scheme/{scheme}/{name}")


def date_literal(date: PartialDate) -> ox.Literal:
    """``xsd:date``, ``xsd:gYearMonth`` or ``xsd:gYear``, as precise as the date is known."""
    return ox.Literal(date.iso, datatype=_DATE_TYPES[len(date.iso)])


def number_literal(number: Decimal) -> ox.Literal:
    """``xsd:integer`` where the number is whole, else ``xsd:decimal``; never an exponent."""
    if number == number.to_integral_value():
        return ox.Literal(f"{number:.0f}", datatype=xsd("integer"))
    return ox.Literal(f"{number.normalize():f}", datatype=xsd("decimal"))


def degrees_literal(degrees: Decimal) -> ox.Literal:
    """An ``xsd:decimal`` even where the number is whole, as schema:latitude is everywhere; never an exponent."""
    return ox.Literal(f"{degrees.normalize():f}", datatype=xsd("decimal"))


def offset_literal(offset: int) -> ox.Literal:
    return ox.Literal(str(offset), datatype=xsd("integer"))


def iri_or_text(value: str) -> Term:
    """A web address as an IRI where it is a valid one, anything else as a plain string."""
    if value.startswith(("http://", "https://")):
        try:
            return ox.NamedNode(value)
        except ValueError:  # a page may print an address that is no IRI; its words are still what it says
            return ox.Literal(value)
    return ox.Literal(value)

"""Vocabulary terms and literals."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Final
from urllib.parse import quote, urlsplit

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
LONGEST_IRI: Final = 1800
"""Virtuoso 7.2.5 cuts IRIs at 1,879 characters, and says nothing."""
_NO_TEXT: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(map(chr, (plane | low for plane in range(0, 0x110000, 0x10000) for low in (0xFFFE, 0xFFFF))))
    + "]"
)
"""Control characters without tab, line feed, carriage return and next line; surrogates; noncharacters."""
_NOT_ASCII: Final = re.compile("[^\x00-\x7f]+")


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


def text_literal(words: str, *, language: str | None = None) -> ox.Literal:
    """Words as a plain string, or in a language; what is no text becomes as many spaces, so that offsets hold.

    N-Triples can write any character, but answers in XML cannot hold most controls and ought not to hold the others
    (https://www.w3.org/TR/xml/#charsets): rasqal refuses U+007F, raptor U+FFFE, and Perl all noncharacters.
    """
    return ox.Literal(_NO_TEXT.sub(" ", words), language=language)


def iri_or_text(value: str) -> Term:
    """A web address as an IRI where it is a valid one, anything else as a plain string."""
    try:
        return ox.NamedNode(_web_address(value))
    except ValueError:  # a page may print an address that is no IRI; its words are still what it says
        return text_literal(value)


def _web_address(value: str) -> str:
    """The address in ASCII, as RFC 3987 3.1 maps an IRI to a URI: Apache Jena 4.5 takes half of a character beyond
    U+FFFF for one of its own, and none takes a private one everywhere.

    Raises:
        ValueError: it is no address of the web with a host (RFC 9110 4.2.1 asks for one; the grammar does not), or
            longer than every store can hold.
    """
    if not value.startswith(("http://", "https://")) or not urlsplit(value).hostname:
        raise ValueError(f"{value!r} is no web address")
    address = _NOT_ASCII.sub(lambda found: quote(found[0]), value)
    if len(address) > LONGEST_IRI:
        raise ValueError(f"an address of {len(address)} characters; stores hold {LONGEST_IRI}")
    return address

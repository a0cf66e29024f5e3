"""One way to write each value: numbers, truth values and times that have the same type and value become one term.

The suite's files have ``3.0`` and ``1.0E2`` where an engine may as well write ``3`` and ``100``. What is no value of
its datatype, such as ``"x"^^xsd:integer``, is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation

import pyoxigraph as ox

XSD = "http://www.w3.org/2001/XMLSchema#"
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def _decimal(text: str) -> str:
    return f"{Decimal(text).normalize():f}"


def _time(text: str) -> str:
    return re.sub(r"[+-]00:00$", "Z", text)


WAYS: dict[str, Callable[[str], object]] = {
    "integer": int,
    "decimal": _decimal,
    "float": float,
    "double": float,
    "boolean": lambda text: {"1": "true", "0": "false"}.get(text, text),
    "date": _time,
    "dateTime": _time,
    "time": _time,
}
"""How a value of each of these datatypes of XML Schema is written."""


def written_one_way(term: Term) -> Term:
    """``term``, or the one that stands for all that have its value."""
    if isinstance(term, ox.Triple):
        return ox.Triple(term.subject, term.predicate, written_one_way(term.object))
    if not isinstance(term, ox.Literal):
        return term
    way = WAYS.get(term.datatype.value.removeprefix(XSD))
    try:
        return ox.Literal(str(way(term.value)), datatype=term.datatype) if way else term
    except (ValueError, InvalidOperation):
        return term

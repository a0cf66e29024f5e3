"""Numbers with their hedges, for items and for figures alike."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.rdf.terms import A, Term, aid, concept, number_literal, schema, text_literal
from kg.records import Quantity


def quantity_facts(quantity: Quantity) -> Iterator[tuple[ox.NamedNode, Term]]:
    """Value, bounds, unit and qualifier. A hedge that bounds the number is also given as the bound:
    "over 6,000" has the value 6000 and the least value 6000, so that queries can compare."""
    least, most = quantity.minimum, quantity.maximum
    if quantity.qualifier in ("over", "at-least"):
        least = quantity.value if least is None else least
    if quantity.qualifier == "up-to":
        most = quantity.value if most is None else most
    for name, number in (("value", quantity.value), ("minValue", least), ("maxValue", most)):
        if number is not None:
            yield schema(name), number_literal(number)
    if quantity.currency:
        yield schema("currency"), ox.Literal(quantity.currency)
    elif quantity.unit:
        yield schema("unitText"), text_literal(quantity.unit)
    yield aid("qualifier"), concept("qualifier", quantity.qualifier)


def quantity_class(quantity: Quantity) -> tuple[ox.NamedNode, Term]:
    """The type of a node that holds nothing but the quantity."""
    return A, schema("MonetaryAmount" if quantity.currency else "QuantitativeValue")

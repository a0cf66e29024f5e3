"""Whether what a row says of a thing is what the graph says of it.

1        the same: the same thing, code, number, day or words; a month agrees with its days
.85–1    text that is nearly the same, as :mod:`.names` has it
0        something else
None     the graph does not say; that speaks neither for nor against
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from server.reconcile.asking import Entity, Given
from server.reconcile.names import likeness
from server.reconcile.properties import Property
from server.reconcile.things import Thing, iri_of
from server.reconcile.ways import Iri, Same, Source, Value

NEAR: Final = 0.85
"""Text that is less alike is something else."""

_COMPARED: Final = 50
"""Values of one thing that are compared."""

_TOLERANCE: Final = 0.1
"""Degrees, or the tenth part of a unit: coordinates of a place differ by that from register to register."""


def agreement(source: Source, known: Property, thing: Thing, given: Sequence[Given]) -> float | None:
    """How well a thing agrees with the values that are given: any of them will do."""
    values = known.way.values(source, thing, _COMPARED)
    if not values:
        return None
    return max((_agree(source, known, one, value) for one in given for value in values), default=0.0)


def _agree(source: Source, known: Property, given: Given, value: Value) -> float:
    text = given.id if isinstance(given, Entity) else str(given)
    if isinstance(known.way, Same):
        return float(known.way.typed(text) == value.text)
    if isinstance(known.way, Iri):
        return float(iri_of(source.addresses, text) == value.text)
    if value.iri is not None and iri_of(source.addresses, text) == value.iri:
        return 1.0
    if value.number is not None:
        return _agree_numbers(given, value.number)
    if known.id == "date":
        return float(value.text == text or value.text.startswith(f"{text}-") or text.startswith(f"{value.text}-"))
    return _agree_words(source, given.name if isinstance(given, Entity) else text, value)


def _agree_numbers(given: Given, number: float) -> float:
    try:
        return float(math.isclose(float(str(given)), number, rel_tol=0, abs_tol=_TOLERANCE))
    except ValueError:
        return 0.0


def _agree_words(source: Source, text: str, value: Value) -> float:
    thing = source.things.by_iri(value.iri) if value.iri else None
    score = likeness(text, thing.names if thing else [value.text]).score / 100
    return score if score >= NEAR else 0.0

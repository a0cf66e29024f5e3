"""The colours of the map: the concepts of ``scheme/category`` in seven families, which eyes can tell apart.

Fifteen colours cannot be told apart, least of all by the colour-blind; seven can (Okabe and Ito, "Color Universal
Design", 2008), and each has a pattern of its own besides (``static/css/30-drawing.css``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Family:
    """Categories that share a colour. ``name`` ends its class: ``kind-money``."""

    name: str
    words: str
    categories: tuple[str, ...] = ()


FAMILIES: Final = (
    Family("money", "Money", ("funds",)),
    Family("food", "Food", ("food",)),
    Family("health", "Medicine and protection", ("medical-equipment", "medical-supplies", "ppe", "masks", "vaccines")),
    Family("shelter", "Shelter and water", ("shelter", "water-sanitation")),
    Family("people", "People and services", ("personnel", "services")),
    Family("transport", "Transport and fuel", ("transport", "vehicles", "fuel-energy")),
    Family("other", "Several kinds or not told", ("other",)),
)
OTHER: Final = FAMILIES[-1]
_FAMILY_OF: Final = {category: family for family in FAMILIES for category in family.categories}


def family_of(category: str) -> Family:
    """The family of a category, given as the last part of its IRI; what is unknown is among the others."""
    return _FAMILY_OF.get(category, OTHER)


def leading(kinds: Iterable[tuple[str, int]]) -> Family:
    """The family that has more than half of the counts of categories, else the one for several kinds."""
    sums: dict[str, int] = {}
    for category, count in kinds:
        name = family_of(category).name
        sums[name] = sums.get(name, 0) + count
    return leading_family(sums)


def leading_family(sums: Mapping[str, int]) -> Family:
    """The family that has more than half of the counts by family, else the one for several kinds."""
    best = max(sums, key=lambda name: sums[name], default=OTHER.name)
    return BY_NAME[best] if sums and 2 * sums[best] > sum(sums.values()) else OTHER


BY_NAME: Final[Mapping[str, Family]] = MappingProxyType({family.name: family for family in FAMILIES})

"""The kinds of things that can be found, and what people call them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from kg.index.schema import ENTITY_KINDS

ENTITY: Final = "entity"
"""Stands for countries, places, persons, organisations and crises together."""

LABELS: Final[Mapping[str, tuple[str, str]]] = {
    "country": ("Country", "Countries"),
    "organization": ("Organisation", "Organisations"),
    "person": ("Person", "People"),
    "place": ("Place", "Places"),
    "crisis": ("Crisis", "Crises"),
    "event": ("Aid event", "Aid events"),
    "article": ("Article", "Articles"),
    "item": ("Item", "Items"),
    "quotation": ("Quotation", "Quotations"),
    "evidence": ("Sentence", "Sentences"),
    "concept": ("Term", "Terms"),
}
"""Of one and of several. ``evidence`` is what proves a fact; readers know it as a sentence of an article."""

GROUPS: Final[Mapping[str, tuple[Sequence[str], str, int]]] = {
    ENTITY: (ENTITY_KINDS, "Who and where", 6),
    "event": (("event",), "Aid events", 6),
    "article": (("article",), "Articles", 5),
    "evidence": (("evidence",), "Sentences", 5),
    "quotation": (("quotation",), "Quotations", 3),
    "item": (("item",), "Items", 3),
    "concept": (("concept",), "Vocabulary", 3),
}
"""The parts of the page of all kinds, in their order: kinds, heading, and how many are shown of each."""

PARTS: Final = ("item", "quotation", "evidence")
"""Kinds that have no page of their own and are shown on another's."""


def kinds_of(choice: str) -> tuple[str, ...]:
    """The kinds that ``?kind=`` chooses; all for an empty one.

    Raises:
        KeyError: there is no such choice.
    """
    if not choice:
        return tuple(LABELS)
    if choice in GROUPS:
        return tuple(GROUPS[choice][0])
    if choice in LABELS:
        return (choice,)
    raise KeyError(choice)

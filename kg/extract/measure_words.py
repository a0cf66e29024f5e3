"""The table of measures, ``data/measures.toml``, as records: the words that make a number a figure."""

from __future__ import annotations

from functools import cache
from typing import Literal

import msgspec

from kg.extract.tables import load_table
from kg.records import Measure

Counted = Literal["people", "victims", "lives", "countries", "buildings", "areas", "land", "bare", "things"]


class CountedNouns(msgspec.Struct, frozen=True):
    """Nouns by kind of what is counted."""

    people: tuple[str, ...]
    victims: tuple[str, ...]
    lives: tuple[str, ...]
    countries: tuple[str, ...]
    buildings: tuple[str, ...]
    areas: tuple[str, ...]
    land: tuple[str, ...]
    example: str


class Words(msgspec.Struct, frozen=True):
    """Words that tell a measure."""

    measure: Measure
    words: tuple[str, ...]
    example: str


class VerbFrame(msgspec.Struct, frozen=True):
    """Verbs that tell a measure by the role of the number. ``with`` are words that must follow."""

    measure: Measure
    role: Literal["subject", "object", "to", "in"]
    counted: tuple[Counted, ...]
    lemmas: tuple[str, ...]
    example: str
    needs: tuple[str, ...] = msgspec.field(default=(), name="with")
    negated: bool = False
    hazard: bool = False  # the subject must be a hazard: a drought, a fire, a disease


class Group(msgspec.Struct, frozen=True):
    """A plain group of words; unused fields stay empty."""

    example: str
    words: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    lemmas: tuple[str, ...] = ()


class Places(msgspec.Struct, frozen=True):
    """Words that tie a figure to a place."""

    prepositions: tuple[str, ...]
    struck: tuple[str, ...]
    counting: tuple[str, ...]
    driven: tuple[str, ...]
    fleeing: tuple[str, ...]
    partly: tuple[str, ...]
    ways: tuple[str, ...]
    bodies: tuple[str, ...]
    suffered: tuple[str, ...]
    worldwide: tuple[str, ...]
    example: str


class MeasureTable(msgspec.Struct, frozen=True):
    """``data/measures.toml``."""

    counted: CountedNouns
    noun: tuple[Words, ...]
    state: tuple[Words, ...]
    verb: tuple[VerbFrame, ...]
    after: tuple[Words, ...]
    wrecked: Group
    inhabitants: Group
    planned: Group
    links: Group
    of: tuple[Words, ...]
    total: tuple[Words, ...]
    telling: Group
    counting: Group
    revising: Group
    following: Group
    against: Group
    hazards: Group
    agents: Group
    rates: Group
    aside: Group
    damage: Group
    magnitude: Group
    settlement: Group
    increment: Group
    helping: Group
    imagined: Group
    place: Places
    present: Group


@cache
def measure_table() -> MeasureTable:
    """The table, read once."""
    return load_table("measures", MeasureTable)

"""The words of dates, ``data/times.toml``, as a record."""

from __future__ import annotations

from functools import cache

import msgspec

from kg.extract.tables import load_table


class Tenses(msgspec.Struct, frozen=True):
    """Verbs and modals that look ahead, verbs of telling, words that make a date a bound, particles of other verbs."""

    ahead: tuple[str, ...]
    modals: tuple[str, ...]
    telling: tuple[str, ...]
    bounds: tuple[str, ...]
    particles: tuple[str, ...]
    example: str


class Parts(msgspec.Struct, frozen=True):
    """Parts of a day, itself among them; and longer stretches of time that take "of" and a date."""

    words: tuple[str, ...]
    stretches: tuple[str, ...]
    example: str


class Blow(msgspec.Struct, frozen=True):
    """Words for the blow that begins a crisis, and the kinds of disaster that come on one day."""

    nouns: tuple[str, ...]
    verbs: tuple[str, ...]
    sudden: tuple[str, ...]
    example: str


class Occasions(msgspec.Struct, frozen=True):
    """Nouns with a day of their own, and prepositions behind which their day is the clause's."""

    nouns: tuple[str, ...]
    settings: tuple[str, ...]
    example: str


class TimeTable(msgspec.Struct, frozen=True):
    """``data/times.toml``. Feasts are month and day, weekdays ISO numbers."""

    months: dict[str, int]
    weekdays: dict[str, int]
    tense: Tenses
    parts: Parts
    feasts: dict[str, tuple[int, int]]
    ordinals: dict[str, int]
    onset: Blow
    occasions: Occasions


@cache
def time_table() -> TimeTable:
    return load_table("times", TimeTable)

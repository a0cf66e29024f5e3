"""The words around numbers, from the tables, as the sets and patterns that the reader of numbers uses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

import msgspec

from kg.extract.tables import load_table
from kg.records import Qualifier

UnitKind = Literal[
    "mass", "mass-or-money", "volume", "length", "area", "energy", "temperature", "container", "load", "percent",
    "time",
]


class Hedge(msgspec.Struct, frozen=True):
    """Words before or after a number that say how exact it is."""

    qualifier: Qualifier
    side: Literal["before", "after"]
    words: tuple[str, ...]
    example: str


class Change(msgspec.Struct, frozen=True):
    """Words that tell a rise, a fall or an addition from a total."""

    side: Literal["before", "after", "direction", "by"]
    words: tuple[str, ...]
    example: str


class HedgeTable(msgspec.Struct, frozen=True):
    """``data/hedges.toml``."""

    hedge: tuple[Hedge, ...]
    change: tuple[Change, ...]

    def changes(self, side: str) -> frozenset[str]:
        """All words of change that stand on this side."""
        return frozenset(word for change in self.change if change.side == side for word in change.words)


class Unit(msgspec.Struct, frozen=True):
    """Nouns that measure what is counted, and their abbreviations (which are matched as printed)."""

    kind: UnitKind
    words: tuple[str, ...]
    abbreviations: tuple[str, ...]
    example: str


class Attributive(msgspec.Struct, frozen=True):
    """Words after the hyphen of "25-member" that say that people are counted."""

    people: tuple[str, ...]
    example: str


class People(msgspec.Struct, frozen=True):
    """Nouns for people; ``things`` are exceptions to the suffixes."""

    words: tuple[str, ...]
    suffixes: tuple[str, ...]
    things: tuple[str, ...]
    example: str


class Labels(msgspec.Struct, frozen=True):
    """Words that make the number after them a label or an age."""

    words: tuple[str, ...]
    example: str


class UnitTable(msgspec.Struct, frozen=True):
    """``data/units.toml``."""

    unit: tuple[Unit, ...]
    attributive: Attributive
    people: People
    labels: Labels


class Currency(msgspec.Struct, frozen=True):
    """One currency; ``alone`` are names that need no country word, ``wary`` those that are other words as well."""

    code: str
    symbols: tuple[str, ...]
    names: tuple[str, ...]
    alone: tuple[str, ...]
    example: str
    wary: tuple[str, ...] = ()


class CurrencyTable(msgspec.Struct, frozen=True):
    """``data/currencies.toml``."""

    currency: tuple[Currency, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What :mod:`kg.extract.numbers` asks. Patterns called ``…_before`` are searched up to the number's start."""

    hedge_before: re.Pattern[str]
    hedge_after: re.Pattern[str]
    qualifiers: dict[tuple[str, str], Qualifier]
    change_before: frozenset[str]
    change_after: frozenset[str]
    directions: frozenset[str]
    rising: frozenset[str]
    symbol_before: re.Pattern[str]
    symbol_after: re.Pattern[str]
    money_after: re.Pattern[str]
    currencies: dict[str, str]
    wary: frozenset[str]
    unit_after: re.Pattern[str]
    single_load: re.Pattern[str]
    unit_kinds: dict[str, UnitKind]
    attributive_people: frozenset[str]
    people: frozenset[str]
    people_suffixes: tuple[str, ...]
    labels: frozenset[str]

    def is_people(self, noun: str) -> bool:
        """Whether a noun (its lemma) means people."""
        noun = noun.lower()
        return noun in self.people or noun.endswith(self.people_suffixes)

    def unit_kind(self, printed: str) -> UnitKind | None:
        """The kind of unit that a printed word or phrase is, plural or not."""
        low = " ".join(printed.split())
        for form in (low, low.lower(), low.lower().removesuffix("s"), low.lower().removesuffix("es")):
            if form in self.unit_kinds:
                return self.unit_kinds[form]
        return "length" if low.lower() in ("feet", "inches") else None


@cache
def lexicon() -> Lexicon:
    """The tables, read once."""
    hedges, units = load_table("hedges", HedgeTable), load_table("units", UnitTable)
    money = load_table("currencies", CurrencyTable).currency
    before = [word for hedge in hedges.hedge if hedge.side == "before" for word in hedge.words]
    after = [word for hedge in hedges.hedge if hedge.side == "after" for word in hedge.words]
    before.extend(hedges.changes("before"))
    after.extend(hedges.changes("after"))
    symbols = {symbol: one.code for one in money for symbol in one.symbols}
    names = {name.lower(): one.code for one in money for name in (*one.names, *one.alone, *one.wary)}
    kinds: dict[str, UnitKind] = {word: unit.kind for unit in units.unit for word in (*unit.words, *unit.abbreviations)}
    words = [word for unit in units.unit for word in unit.words]
    short = [word for unit in units.unit for word in unit.abbreviations]
    measures = [word for unit in units.unit if unit.kind in ("mass", "volume", "area") for word in unit.words]
    loads = [word for unit in units.unit if unit.kind == "load" for word in unit.words]
    return Lexicon(
        hedge_before=re.compile(rf"(?<!\w)(?P<hedge>{_any(before)})(?:\s+(?:the\s+)?|(?<=~))\Z", re.I),
        hedge_after=re.compile(rf"[\s-]*(?P<hedge>{_any(after)})(?!\w)", re.I),
        qualifiers={(hedge.side, word): hedge.qualifier for hedge in hedges.hedge for word in hedge.words},
        change_before=hedges.changes("before"), change_after=hedges.changes("after"),
        directions=hedges.changes("direction"), rising=hedges.changes("by"),
        symbol_before=re.compile(rf"(?<![A-Za-z])(?P<symbol>{_any(symbols)})\s?\Z"),
        symbol_after=re.compile(rf"\s?(?P<symbol>{_any(symbols)})(?!\w)"),
        money_after=re.compile(rf"[\s-]+(?P<name>{_any(names)})(?:s|es)?\b", re.I),
        currencies=symbols | names, wary=frozenset(name for one in money for name in one.wary),
        unit_after=re.compile(
            rf"(?:[\s-]?(?P<unit>(?i:{_any(words)})(?i:s|es)?|feet|inches)(?![-\w])|\s?(?P<short>{_any(short)})(?![-\w']))"
        ),
        single_load=re.compile(rf"\bhalf\s+an?(?=\s+(?:{_any(measures)})\b)|\ban?(?=\s+(?:{_any(loads)})\b)", re.I),
        unit_kinds=kinds,
        attributive_people=frozenset(units.attributive.people),
        people=frozenset(units.people.words) - frozenset(units.people.things),
        people_suffixes=units.people.suffixes,
        labels=frozenset(units.labels.words),
    )


def _any(words: Iterable[str]) -> str:
    """A pattern for any of the words, longest first, any white space between their parts."""
    return "|".join(r"\s+".join(map(re.escape, word.split())) for word in sorted(words, key=len, reverse=True))

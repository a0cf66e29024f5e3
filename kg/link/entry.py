"""One entry of the gazetteer: something that may be named in an article and is known beforehand."""

from __future__ import annotations

import msgspec

from kg.records import EntityType


class Entry(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Something known beforehand. What a kind of entry does not have is left empty.

    A msgspec structure and not a dataclass like our records: 16,000 are made at every start, and a
    frozen dataclass takes ten times as long to make.

    ``key``, ``type``, ``name``, ``aliases``, ``same_as``, ``subtype``, ``disaster`` and ``part_of``
    mean what they mean in :class:`kg.records.Entity`.
    """

    key: str
    type: EntityType
    name: str
    aliases: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    """Other ways to write the names, good for finding them but not worth telling: ``Messina quake``."""
    demonyms: tuple[str, ...] = ()
    """Adjectives and names of the people: ``Russian``, ``Russians`` (countries and regions)."""
    capitals: tuple[str, ...] = ()
    """Names of the capital, which stand for the country when it acts."""
    seats: tuple[str, ...] = ()
    """Other names that stand for the country (or union) when it acts: ``Kremlin``."""
    same_as: tuple[str, ...] = ()
    subtype: str | None = None
    part_of: str | None = None
    iso2: str | None = None
    iso3: str | None = None
    currencies: tuple[str, ...] = ()
    """ISO 4217 codes."""
    region: str | None = None
    """Part of the world, as the United Nations divide it."""
    neighbours: tuple[tuple[str, str], ...] = ()
    """Keys of countries with a common land border, each with the point of the compass (of eight)."""
    lat: float | None = None
    lon: float | None = None
    """Degrees north and east; of a country, of its middle."""
    population: int = 0
    """Inhabitants as the source has it; zero if it has none. Only good for telling large from small."""
    disaster: str | None = None
    cues: tuple[str, ...] = ()
    """Words that point to a crisis without naming it: ``Ebola``, ``coronavirus``."""
    start: str | None = None
    end: str | None = None
    """First and last day, month or year (ISO 8601) of a crisis or of a state that is no more."""
    struck: tuple[str, ...] = ()
    """Keys of countries and places that a crisis struck; empty if it struck the world."""

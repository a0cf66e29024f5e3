"""What is known beforehand: countries, places, organisations and crises by every name they go by.

The extractor asks it which words may be names, the chooser which entries a name may mean. It only
lists the candidates, best first, and never decides by context: that is the chooser's work. Kept as
tables in the repository rather than asked of an entity linking service or a language model, so that
the same article gives the same links offline and every link has a line that can be corrected.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

from kg.link import tables
from kg.link.entry import Entry
from kg.link.names import acronym, folded, is_acronym, is_proper
from kg.records import PartialDate

__all__ = ["Entry", "Gazetteer"]

# Which kind of entry comes first when several share a name: "Luxembourg", "Singapore", "Mexico".
_ORDER = {"country": 0, "crisis": 1, "organization": 2, "place": 3}


class Gazetteer:
    """All entries, found by key, by name, by demonym, by capital and by seat of power."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = {entry.key: entry for entry in entries}
        self._names: dict[str, list[Entry]] = defaultdict(list)
        self._acronyms: dict[str, list[Entry]] = defaultdict(list)
        self._demonyms: dict[str, list[Entry]] = defaultdict(list)
        self._capitals: dict[str, list[Entry]] = defaultdict(list)
        self._seats: dict[str, list[Entry]] = defaultdict(list)
        for entry in sorted(self._entries.values(), key=_rank):
            self._index(entry)

    def _index(self, entry: Entry) -> None:
        for name in dict.fromkeys((entry.name, *entry.aliases)):
            index, form = (self._acronyms, acronym(name)) if is_acronym(name) else (self._names, folded(name))
            if entry not in index[form][-1:]:
                index[form].append(entry)
        for words, index in (
            (entry.demonyms, self._demonyms), (entry.capitals, self._capitals), (entry.seats, self._seats),
        ):  # fmt: skip
            for form in {folded(word) for word in words}:
                index[form].append(entry)

    @classmethod
    def load(cls) -> Gazetteer:
        """The gazetteer of the tables that come with the program; read once a process."""
        return _load()

    def __len__(self) -> int:
        return len(self._entries)

    def entry(self, key: str) -> Entry | None:
        """The entry with this key (``country/italy``), or ``None``."""
        return self._entries.get(key)

    def named(self, name: str) -> tuple[Entry, ...]:
        """All entries with that name or alias, best first: countries, crises, organisations, then places by size.

        Case, accents, a leading "the", a possessive and the dots of "U.S." do not matter, but an
        acronym is one only in capitals, and only a crisis can be named without any capital letter.
        """
        found = list(self._acronyms.get(acronym(name), ()))
        found += [entry for entry in self._names.get(folded(name), ()) if entry not in found]
        if not is_proper(name):
            found = [entry for entry in found if entry.type == "crisis"]
        return tuple(sorted(found, key=_rank))

    def demonym(self, word: str) -> tuple[Entry, ...]:
        """The countries and regions that an adjective or name of a people belongs to, largest first."""
        return tuple(self._demonyms.get(folded(word), ())) if is_proper(word) else ()

    def capital_of(self, name: str, day: datetime.date | None = None) -> Entry | None:
        """The country whose capital has that name; on ``day`` if given, else today.

        None if it is no capital, or the capital of several countries.
        """
        found = self._capitals.get(folded(name), ()) if is_proper(name) else ()
        countries = [entry for entry in found if entry.type == "country"]
        past = [entry for entry in countries if entry.end and day and _spans(entry, day)]
        states = past or [entry for entry in countries if not entry.end]
        return states[0] if len(states) == 1 else None

    def seat_of(self, name: str) -> Entry | None:
        """The country or union that a seat of power stands for: the Kremlin, Downing Street, Brussels."""
        found = self._seats.get(folded(name), ()) if is_proper(name) else ()
        return found[0] if len(found) == 1 else None

    def neighbours(self, key: str, direction: str | None = None) -> tuple[Entry, ...]:
        """The countries with a land border to ``key``, or those that lie to its ``south`` and so on.

        A direction given with one word takes in the two beside it only if nothing lies right there:
        Mexico is the southern neighbour of the United States although it lies a little to the west.
        """
        entry = self._entries[key]
        exact = [other for other, point in entry.neighbours if direction in (None, point)]
        near = [other for other, point in entry.neighbours if direction in point.split("-")]
        return tuple(self._entries[other] for other in exact or near)

    def crises(self) -> tuple[Entry, ...]:
        """All past crises, by key."""
        return tuple(sorted((e for e in self._entries.values() if e.type == "crisis"), key=lambda entry: entry.key))

    def phrases(self) -> Mapping[str, tuple[Entry, ...]]:
        """Every written form (names, aliases, demonyms, seats; crises also by cue) with its entries."""
        forms: dict[str, list[Entry]] = defaultdict(list)
        for entry in sorted(self._entries.values(), key=_rank):
            for form in dict.fromkeys((entry.name, *entry.aliases, *entry.demonyms, *entry.seats, *entry.cues)):
                forms[form].append(entry)
        return MappingProxyType({form: tuple(entries) for form, entries in forms.items()})


def _rank(entry: Entry) -> tuple[int, bool, int, str]:
    return _ORDER.get(entry.type, len(_ORDER)), bool(entry.end), -entry.population, entry.key


def _spans(entry: Entry, day: datetime.date) -> bool:
    start = PartialDate(entry.start).first if entry.start else datetime.date.min
    return start <= day <= (PartialDate(entry.end).last if entry.end else datetime.date.max)


@cache
def _load() -> Gazetteer:
    return Gazetteer([*tables.countries()])

"""What is known beforehand: countries, places, organisations and crises by every name they go by.

The extractor asks it which words may be names, the chooser which entries a name may mean. It only
lists the candidates, best first, and never decides by context: that is the chooser's work. Kept as
tables in the repository rather than asked of an entity linking service or a language model, so that
the same article gives the same links offline and every link has a line that can be corrected.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType

from kg.link.bodies import organizations, press, speakers
from kg.link.crises import crises, matching
from kg.link.entry import Entry
from kg.link.names import acronym, folded, is_acronym, is_proper, opening
from kg.link.places import cities, provinces, regions
from kg.link.states import countries, past_states
from kg.link.tables import read_rows
from kg.records import PartialDate

__all__ = ["Entry", "Gazetteer"]

# Which kind of entry comes first when several share a name: "Luxembourg", "Singapore", "Mexico".
_ORDER = {"country": 0, "crisis": 1, "organization": 2, "place": 3}


class Gazetteer:
    """All entries, found by key, by name, by demonym, by capital and by seat of power."""

    def __init__(self, entries: Iterable[Entry], words: Iterable[str] = ()) -> None:
        self._entries = {entry.key: entry for entry in entries}
        self._ranked = sorted(self._entries.values(), key=_rank)
        self._crises = tuple(entry for entry in self._ranked if entry.type == "crisis")
        self._words = frozenset(words)
        self._names: dict[str, list[Entry]] = defaultdict(list)
        self._acronyms: dict[str, list[Entry]] = defaultdict(list)
        self._demonyms: dict[str, list[Entry]] = defaultdict(list)
        self._capitals: dict[str, list[Entry]] = defaultdict(list)
        self._seats: dict[str, list[Entry]] = defaultdict(list)
        self._cues: dict[str, list[Entry]] = defaultdict(list)
        for entry in self._ranked:
            self._index(entry)
        indices = (self._names, self._demonyms, self._seats, self._cues)
        folded_forms = (form.partition(" ")[0] for index in indices for form in index)
        self._openings = frozenset((*folded_forms, *map(opening, self._acronyms)))

    def _index(self, entry: Entry) -> None:
        for name in (entry.name, *entry.aliases, *entry.forms):
            index, form = (self._acronyms, acronym(name)) if is_acronym(name) else (self._names, folded(name))
            _add(index[form], entry)
        if entry.subtype == "City":
            return  # cities have nothing but names, and are most of the entries
        for words, index in (
            (entry.demonyms, self._demonyms), (entry.capitals, self._capitals), (entry.seats, self._seats),
            (entry.cues, self._cues),
        ):  # fmt: skip
            for word in words:
                _add(index[folded(word)], entry)

    @classmethod
    def load(cls) -> Gazetteer:
        """The gazetteer of the tables that come with the program; read once a process."""
        return _load()

    def __len__(self) -> int:
        return len(self._entries)

    def entry(self, key: str) -> Entry | None:
        """The entry with this key (``country/italy``), or ``None``."""
        return self._entries.get(key)

    def keys(self) -> Iterable[str]:
        """The keys of all entries."""
        return self._entries.keys()

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

    def may_open(self, words: str) -> bool:
        """Whether a longer name may begin with these words, which end before a space: most words open none."""
        first = opening(words)
        return first is None or first in self._openings

    def demonym(self, word: str) -> tuple[Entry, ...]:
        """The countries and regions that an adjective or name of a people belongs to, largest first."""
        return tuple(self._demonyms.get(folded(word), ())) if is_proper(word) else ()

    def capital_of(self, name: str, day: datetime.date | None = None) -> Entry | None:
        """The country whose capital has that name; on ``day`` if given, else today.

        None if it is no capital, or the capital of several countries.
        """
        return self._standing(self._capitals, name, day)

    def seat_of(self, name: str, day: datetime.date | None = None) -> Entry | None:
        """The country or union that a seat of power stands for: the Kremlin, Downing Street, Brussels."""
        return self._standing(self._seats, name, day)

    def _standing(self, index: Mapping[str, list[Entry]], name: str, day: datetime.date | None) -> Entry | None:
        """The one state that a name stands for: a past state within its time, else a state of today."""
        found = [entry for entry in index.get(folded(name), ()) if is_proper(name) and entry.type != "place"]
        past = [entry for entry in found if entry.end and day and _spans(entry, day)]
        states = past or [entry for entry in found if not entry.end]
        return states[0] if len(states) == 1 else None

    def neighbours(self, key: str, direction: str | None = None) -> tuple[Entry, ...]:
        """The countries with a land border to ``key``, or those that lie to its ``south`` and so on.

        A direction given with one word takes in the two beside it only if nothing lies right there:
        Mexico is the southern neighbour of the United States although it lies a little to the west.
        """
        entry = self._entries[key]
        exact = [other for other, point in entry.neighbours if direction in (None, point)]
        near = [other for other, point in entry.neighbours if direction in point.split("-")]
        return tuple(self._entries[other] for other in exact or near)

    def is_word(self, name: str) -> bool:
        """Whether the name is an ordinary English word too, as "Nice" or "Turkey", so that capitals prove little."""
        return folded(name) in self._words

    def crises(self) -> tuple[Entry, ...]:
        """All past crises, the latest first."""
        return self._crises

    def cued(self, word: str) -> tuple[Entry, ...]:
        """The crises that a word such as "Ebola" or "coronavirus" points to without naming one, the latest first."""
        return tuple(self._cues.get(folded(word), ()))

    def crisis_matching(
        self, disaster: str | None, country: str | None, day: datetime.date | None, *, cue: str | None = None
    ) -> Entry | None:
        """The crisis meant by "the earthquake" told of ``country`` on ``day``, if it can be but one.

        Args:
            disaster: a concept of ``scheme/disaster``.
            country: the key of a country or place; a place also counts as what it lies in.
            cue: a word that the crisis must have among its cues, as the disease.
        """
        entry = self._entries.get(country) if country else None
        where = {key for key in (country, entry and entry.part_of) if key}
        return matching(self.crises(), disaster, where, day, cue)

    def phrases(self) -> Mapping[str, tuple[Entry, ...]]:
        """Every written form with its entries: names, aliases and forms, demonyms, seats, cues of crises."""
        forms: dict[str, list[Entry]] = defaultdict(list)
        for entry in self._ranked:
            names = (entry.name, *entry.aliases, *entry.forms)
            for form in dict.fromkeys((*names, *entry.demonyms, *entry.seats, *entry.cues)):
                forms[form].append(entry)
        return MappingProxyType({form: tuple(entries) for form, entries in forms.items()})


def _add(entries: list[Entry], entry: Entry) -> None:
    """Appends the entry unless it is there already: entries are indexed one by one, so it would be the last."""
    if not entries or entries[-1] is not entry:
        entries.append(entry)


def _rank(entry: Entry) -> tuple[int, bool, bool, int, int, str]:
    """Kind; states of today before past ones; regions before towns; later crises first; then by size."""
    past = entry.type == "country" and entry.end is not None
    town = entry.type == "place" and entry.subtype is not None
    start = int(entry.start.replace("-", "").ljust(8, "0")) if entry.start else 0
    return _ORDER[entry.type], past, town, -start, -entry.population, entry.key


def _spans(entry: Entry, day: datetime.date) -> bool:
    start = PartialDate(entry.start).first if entry.start else datetime.date.min
    return start <= day <= (PartialDate(entry.end).last if entry.end else datetime.date.max)


def entries() -> Iterator[Entry]:
    """All entries of all tables."""
    tables = (countries, past_states, regions, provinces, cities, organizations, speakers, press, crises)
    for table in tables:
        yield from table()


@cache
def _load() -> Gazetteer:
    return Gazetteer(entries(), (word for (word,) in read_rows("words.tsv")))

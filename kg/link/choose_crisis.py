"""Which crisis "the earthquake" is: by its name or disease, by place and time, by the article, or one made for it.

A crisis is named far less often than it is described, and the description rarely says where and when:
that is told by the rest of the article. So the words that say most are settled first, and the others
take what these have found.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from kg.link.crises import FRESH
from kg.link.entry import Entry
from kg.link.gazetteer import Gazetteer
from kg.link.storms import bare_name, other_titles, storm_title
from kg.records import Article, Entity, Name, PartialDate
from kg.slugs import slug_or_hash

_FAMILIES = (
    {"epidemic", "viral-epidemic"},
    {"storm", "tropical-cyclone", "flood"},
    {"famine", "drought"},
    {"earthquake", "tsunami"},
)
_WIDE = frozenset({"epidemic", "viral-epidemic", "famine", "drought", "conflict"})  # kinds that no town has alone
_CONSEQUENCES: dict[str, set[str]] = {
    "landslide": {"earthquake", "storm", "tropical-cyclone", "flood", "volcanic-activity"}
}
_USUAL = {
    "flooding": "flood",
    "inundation": "flood",
    "quake": "earthquake",
    "temblor": "earthquake",
    "starvation": "famine",
}
_AFTERMATH = 3  # years in which an article may still speak of a past crisis without its year
_MAIN_COUNTRIES = 4  # how many of the article's countries are tried for a crisis told without a place


def known(entry: Entry, reason: str) -> Entity:
    """The entity of a gazetteer entry."""
    start = PartialDate(entry.start) if entry.start and entry.type == "crisis" else None
    struck = tuple(key for key in entry.struck if entry.type == "crisis")
    country = entry.part_of or (struck[0] if len(struck) == 1 and struck[0].startswith("country/") else None)
    return Entity(
        entry.key,
        entry.type,
        entry.name,
        _other_names(entry),
        entry.same_as,
        entry.subtype,
        entry.disaster,
        country,
        start,
        struck,
        reason=reason,
        coordinates=_coordinates(entry),
    )


def _coordinates(entry: Entry) -> tuple[Decimal, Decimal] | None:
    """Degrees exactly as the table prints them: a float's own decimals would not be the same everywhere."""
    if entry.lat is None or entry.lon is None:
        return None
    return Decimal(str(entry.lat)), Decimal(str(entry.lon))


def _other_names(entry: Entry) -> tuple[str, ...]:
    """The proper names that readers look it up by; a crisis also by year, place and kind ("2015 Nepal earthquake")."""
    if entry.type in ("country", "place"):
        return ()  # too many, past states and spellings among them; the article's own words are added elsewhere
    dated = (form for form in entry.forms if entry.type == "crisis" and re.match(r"\d{4} ", form))
    return tuple(sorted({*entry.aliases, *dated} - {entry.name}))


@dataclass
class CrisisChooser:
    """Chooses for one article; ``countries`` are those it names, with their weight."""

    gazetteer: Gazetteer
    article: Article
    countries: Counter[str]
    chosen: list[Entity] = field(default_factory=list)
    storms: dict[str, Entity] = field(default_factory=dict)

    def choose(self, names: Iterable[tuple[Name, Entry | None]]) -> dict[Name, Entity]:
        """The crisis of each name that has one; each name comes with the place in or beside its words."""
        names = list(names)
        found: dict[Name, Entity] = {}
        for step in (
            self._storm,
            self._storm_again,
            self._named,
            self._placed,
            self._main,
            self._made,
            self._before,
            self._made_here,
            self._standing,
        ):
            for name, place in names:
                if name not in found and (entity := step(name, place)) is not None:
                    found[name] = entity
                    self.chosen.append(entity)
        return found

    def _storm(self, name: Name, place: Entry | None) -> Entity | None:
        """A storm by its own name, listed or not."""
        title = storm_title(name.text)
        if title is None:
            return None
        titles = (title, *other_titles(title))
        entries = [entry for one in titles for entry in self.gazetteer.named(one) if entry.type == "crisis"]
        listed = next((entry for entry in entries if self._fits(entry, name)), None)
        if listed is not None:
            self.storms[bare_name(title)] = known(listed, "name in the gazetteer")
        elif bare_name(title) not in self.storms:
            made = self._own(name, place or self._main_country())
            key = f"crisis/{slug_or_hash(title)}" + (f"-{made.start.iso}" if made.start else "")
            reason = "not in the gazetteer: a storm with a name of its own"
            self.storms[bare_name(title)] = replace(made, key=key, name=title, reason=reason)
        return self.storms[bare_name(title)]

    def _storm_again(self, name: Name, place: Entry | None) -> Entity | None:
        """The bare name of a storm that the article names in full elsewhere."""
        return self.storms.get(name.text)

    def _main_country(self) -> Entry | None:
        return self.gazetteer.entry(self.countries.most_common(1)[0][0]) if self.countries else None

    def _named(self, name: Name, place: Entry | None) -> Entity | None:
        """By its name, or by a disease that was about at the time."""
        texts = [name.text]
        if name.state:  # "the earthquake that levelled Mora" is the Mora earthquake
            texts.append(f"{name.state} {_kind(name)}")
        entries = [entry for text in texts for entry in self.gazetteer.named(text) if entry.type == "crisis"]
        cued = (entry for words in _phrases(name.text) for entry in self.gazetteer.cued(words))
        entries += [entry for entry in cued if self._is_spoken_of(entry)]
        fitting = [entry for entry in entries if self._fits(entry, name)]
        country = _country(place)
        here = [entry for entry in fitting if country is not None and country in entry.struck]
        chosen = next(iter([*here, *fitting]), None)
        return None if chosen is None else known(chosen, "name or disease in the gazetteer")

    def _is_spoken_of(self, entry: Entry) -> bool:
        """Whether the article names a country that a crisis struck: a disease may be about elsewhere as well."""
        states = {self._state_of(key) for key in entry.struck}
        return not states or not self.countries or not states.isdisjoint(self.countries)

    def _state_of(self, key: str) -> str:
        entry = None if key.startswith("country/") else self.gazetteer.entry(key)
        return key if entry is None else entry.part_of or key

    def _fits(self, entry: Entry, name: Name) -> bool:
        """Whether the crisis was on, or not long past, when the article speaks of it."""
        year = name.year or (self.article.published.parts[0] if self.article.published else self._spoken_of)
        if year is None or entry.start is None:
            return True
        first, last = PartialDate(entry.start).parts[0], PartialDate(entry.end or entry.start).parts[0]
        return first <= year <= last + (0 if name.year else _AFTERMATH)

    def _placed(self, name: Name, place: Entry | None) -> Entity | None:
        """By its kind, the place beside it and the time."""
        if name.disaster is None or place is None:
            return None
        for key in (place.key, place.part_of):
            found = self._matching(name, key) if key else None
            if found is not None:
                return known(found, f"{name.disaster} in {place.name} at that time")
        return None

    def _before(self, name: Name, place: Entry | None) -> Entity | None:
        """The crisis of that kind that the article names elsewhere, unless place or year speak against it."""
        country = _country(place)
        same = [crisis for crisis in self.chosen if _alike(crisis.disaster, name.disaster)]
        same = [crisis for crisis in same if country is None or crisis.part_of in (None, country)]
        if name.year is not None:
            same = [crisis for crisis in same if crisis.start is None or abs(crisis.start.parts[0] - name.year) <= 1]
        else:
            recent = [crisis for crisis in same if self._is_recent(crisis)]
            same = recent or [crisis for crisis in same if crisis.disaster == name.disaster]
        if not same:
            return None
        often = Counter(crisis.key for crisis in same).most_common(1)[0][0]
        return replace(next(c for c in same if c.key == often), reason="the crisis of that kind that the article names")

    def _is_recent(self, crisis: Entity) -> bool:
        """Whether the crisis is news, not history told beside it."""
        day = self._day_of_article
        if day is None or crisis.start is None:
            return True
        return 0 <= day.year - crisis.start.first.year <= _AFTERMATH

    def _main(self, name: Name, place: Entry | None) -> Entity | None:
        """A listed crisis of that kind, at that time, in a country that the article is about."""
        if place is not None or name.disaster in (None, "conflict"):
            return None
        day = self._day(name)
        tried = [(key, self._matching(name, key)) for key, _ in self.countries.most_common(_MAIN_COUNTRIES)]
        found = [(key, entry) for key, entry in tried if entry is not None]
        fresh = [one for one in found if day is not None and _is_fresh(one[1], day)]
        for key, entry in (*fresh, *found):
            return known(entry, f"{name.disaster} in {key} at that time, which the article is about")
        return None

    def _standing(self, name: Name, place: Entry | None) -> Entity | None:
        """ "The fighting" without a place is the listed war of a country that the article is about, if the article
        tells of no other crisis: many countries at war are struck by other things as well."""
        if (
            name.disaster != "conflict"
            or place is not None
            or any(crisis.disaster != "conflict" for crisis in self.chosen)
        ):
            return None
        for key, _ in self.countries.most_common(_MAIN_COUNTRIES):
            entry = self._matching(name, key)
            if entry is not None:
                return known(entry, f"war in {key} at that time, and the article tells of no other crisis")
        return None

    def _matching(self, name: Name, key: str) -> Entry | None:
        """The listed crisis of the name's kind in a country or place; a disease must be the crisis's own."""
        disease = next((words for words in _phrases(name.text) if self.gazetteer.cued(words)), None)
        return self.gazetteer.crisis_matching(name.disaster, key, self._day(name), cue=disease)

    def _made(self, name: Name, place: Entry | None) -> Entity | None:
        """A crisis that nobody listed, named by its year, place and kind."""
        if name.disaster is None or place is None or self._before(name, place) is not None:
            return None
        return self._own(name, place)

    def _made_here(self, name: Name, place: Entry | None) -> Entity | None:
        """The same for one told without a place: the country that the article names most is where it is."""
        if name.disaster in (None, "conflict") or not self.countries or self._is_consequence(name):
            return None
        main = self.gazetteer.entry(self.countries.most_common(1)[0][0])
        return None if main is None else self._own(name, main)

    def _is_consequence(self, name: Name) -> bool:
        """Whether a crisis told without place and year is part of one that the article tells: slides after a quake."""
        kinds = _CONSEQUENCES.get(name.disaster or "", set())
        return name.year is None and any(crisis.disaster in kinds for crisis in self.chosen)

    def _own(self, name: Name, place: Entry | None) -> Entity:
        year = name.year or (self.article.published.parts[0] if self.article.published else self._spoken_of)
        if name.disaster in _WIDE and place is not None and place.part_of is not None:
            place = self.gazetteer.entry(place.part_of) or place  # "cholera in Mora" is the country's
        kind = _kind(name)
        title = " ".join(str(part) for part in (year, place and place.name, kind) if part)
        start = PartialDate(str(year)) if year else None
        reason = "not in the gazetteer: named by year, place and kind"
        return Entity(
            f"crisis/{slug_or_hash(title)}",
            "crisis",
            title,
            aliases=_other_titles(year, place, kind),
            disaster=name.disaster,
            part_of=_country(place),
            start=start,
            struck=() if place is None else (_country(place) or place.key,),
            listed=False,
            reason=reason,
        )

    def _day(self, name: Name) -> datetime.date | None:
        if name.year is not None:
            return PartialDate(str(name.year)).last
        return self._day_of_article

    @property
    def _day_of_article(self) -> datetime.date | None:
        if self.article.published is not None:
            return self.article.published.last
        year = self._spoken_of
        return PartialDate(str(year)).last if year else None

    @cached_property
    def _spoken_of(self) -> int | None:
        """The year that an undated article names most often, which is the nearest to a date that it has."""
        years = Counter(re.findall(r"\b(?:1[6-9]|20)\d\d\b", self.article.text))
        return int(years.most_common(1)[0][0]) if years else None


def _phrases(text: str) -> Iterator[str]:
    """The words of a name, the longer runs first."""
    words = text.split()
    for length in range(len(words), 0, -1):
        for start in range(len(words) - length + 1):
            yield " ".join(words[start : start + length])


def _kind(name: Name) -> str:
    """The last word of a crisis as titles have it: floods and fires in the plural, a disease as its outbreak."""
    word = re.sub(r"s$", "", name.text.split()[-1].lower())
    word = _USUAL.get(word, word)
    if name.disaster in ("flood", "wildfire"):
        return "floods" if name.disaster == "flood" else "wildfires"
    epidemic = name.disaster in ("epidemic", "viral-epidemic")
    return f"{word} outbreak" if epidemic and word not in ("epidemic", "outbreak", "pandemic") else word


def _other_titles(year: int | None, place: Entry | None, kind: str) -> tuple[str, ...]:
    """The same in the other orders that titles have: "floods in Chad", "the 2022 Chadian floods"."""
    if place is None:
        return ()
    names = [place.name, *place.demonyms[:1]]
    dated = [f"{year} {name} {kind}" for name in names] + [f"{year} {kind} in {place.name}"] if year else []
    return tuple(sorted({*dated[1:], f"{kind} in {place.name}"}))


def _is_fresh(entry: Entry, day: datetime.date) -> bool:
    """Whether a crisis began in the weeks before a day: then it is meant rather than an older one elsewhere."""
    return entry.start is not None and -1 <= (day - PartialDate(entry.start).first).days <= FRESH


def _country(place: Entry | None) -> str | None:
    if place is None:
        return None
    return place.key if place.type == "country" else place.part_of


def _alike(one: str | None, other: str | None) -> bool:
    return one == other or any({one, other} <= family for family in _FAMILIES)

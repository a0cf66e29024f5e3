"""From names to entities: which of the known things a name means in this article, and why.

Every link has a reason. A name that the gazetteer does not know gets an entity of its own, named by
its words; no identifier is ever guessed. Names are taken in the order of the text, so that "Keita"
finds the "Awa Keita" before it and "the ministry" the state it was last said of.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from itertools import pairwise

from kg.link.choose_crisis import CrisisChooser, known
from kg.link.entry import Entry
from kg.link.gazetteer import Gazetteer
from kg.link.leaders import SLACK, in_office, leaders_named
from kg.link.names_used import ACRONYM, REGNAL, bare_name, with_aliases
from kg.link.national import body_meant
from kg.link.place_names import bare_place, choose_place, place_title, places_named
from kg.link.state_organs import is_force, organ_of, without_state
from kg.records import Article, Entity, EntityType, Link, Name, NameKind
from kg.slugs import slug_or_hash

_KIND: dict[str, NameKind] = {"country": "place", "place": "place", "organization": "organization", "crisis": "crisis"}


def kind_of(gazetteer: Gazetteer, words: str) -> NameKind | None:
    """What the best entry named ``words`` is; ``people`` for a demonym; None if nothing is known of them."""
    entries = gazetteer.named(words)
    if entries and entries[0].type in ("place", "organization") and gazetteer.is_word(words):
        entries = ()  # "Nice", "Emergency": a name only where the recogniser finds one
    if entries and not (entries[0].type == "place" and entries[0].part_of and gazetteer.demonym(words)):
        return _KIND[entries[0].type]
    if gazetteer.demonym(words):
        return "people"
    if gazetteer.cued(words):
        return "crisis"
    return "organization" if gazetteer.seat_of(words) else None


@dataclass
class _Choice:
    """What has been chosen so far in one article."""

    gazetteer: Gazetteer
    article: Article
    countries: Counter[str] = field(default_factory=Counter)
    last_state: str | None = None
    persons: dict[str, Entity] = field(default_factory=dict)
    acronyms: dict[str, Entity] = field(default_factory=dict)
    made: dict[str, Entity] = field(default_factory=dict)
    spelled_out: dict[str, Name] = field(default_factory=dict)


def link(names: Iterable[Name], article: Article, gazetteer: Gazetteer) -> tuple[Link, ...]:
    """Choose an entity for each name; names that stand for nothing that can be looked up are left out.

    Args:
        names: in the order of the text.
        article: gives the day and the place that undated and placeless crises are set in.
        gazetteer: what is known beforehand.
    """
    names = list(names)
    choice = _Choice(gazetteer, article, spelled_out=_spelled_out(names, article))
    for name in names:
        if name.kind in ("place", "people") and (entry := _place(choice, name)) is not None:
            choice.countries[entry.part_of or entry.key] += _weight(article, name)
    for part in article.dateline.span.of(article.text).split(",") if article.dateline is not None else ():
        where = next((e for e in gazetteer.named(part.strip()) if e.type in ("country", "place")), None)
        if where is not None:
            choice.countries[where.part_of or where.key] += _FILED
    for name in names:
        if name.kind == "person" and " " in name.text and not gazetteer.named(name.text):
            _person(choice, name)
    links = [_link_one(choice, name) for name in names]
    crises = CrisisChooser(gazetteer, article, choice.countries).choose(
        [(name, _crisis_place(choice, name)) for name in names if name.kind == "crisis"]
    )
    links = [Link(name, crises[name]) if name in crises else made for name, made in zip(names, links, strict=True)]
    return with_aliases(article, (found for found in links if found is not None))


_FILED = 2  # what the place of filing weighs: many stories are filed where things happen, many are not


def _spelled_out(names: Iterable[Name], article: Article) -> dict[str, Name]:
    """What acronyms stand for by the brackets behind a name: "Namibian Wells Foundation (NWF)"."""
    return {
        short.text: full
        for full, short in pairwise(names)
        if full.kind == "organization"
        and article.text[full.span.end : short.span.start].strip() == "("
        and article.text[short.span.end : short.span.end + 1] == ")"
        and _SHORT.fullmatch(short.text)
        and short.text[0] == bare_name(full.text)[0]
    }


_SHORT = re.compile(r"[A-Z][A-Za-z&.-]*[A-Z.]")


def _weight(article: Article, name: Name) -> int:
    """How much a mention says that the article is about its country.

    The headline and the lines below it say it most; a place behind "in", "to" or "hit" is where things happen,
    while a demonym mostly tells who acts.
    """
    top = article.spans("headline", "standfirst")
    weight = 4 if any(span.start <= name.span.start < span.end for span in top) else 1
    return weight + 2 * bool(_WHERE.search(article.text[max(0, name.span.start - 20) : name.span.start]))


_WHERE = re.compile(r"\b(?:in|to|for|into|across|hit|struck|devastated|ravaged)\s+(?:the\s+)?\Z", re.IGNORECASE)


def _crisis_place(choice: _Choice, name: Name) -> Entry | None:
    return None if name.state is None else _place(choice, replace(name, text=name.state))


@dataclass(frozen=True, slots=True)
class Masthead:
    """Who published and who wrote the article, and where it was filed."""

    publisher: Entity | None
    authors: tuple[Entity, ...]
    place: Entity | None = None

    @property
    def entities(self) -> tuple[Entity, ...]:
        """The authors and the publisher."""
        return (*self.authors, *((self.publisher,) if self.publisher else ()))


def link_masthead(article: Article, gazetteer: Gazetteer) -> Masthead:
    """The entities of the publisher and the authors that the reader found on the page."""
    publisher = None
    if article.publisher is not None:
        entries = [entry for entry in gazetteer.named(article.publisher) if entry.type == "organization"]
        publisher = (
            known(entries[0], "name in the gazetteer")
            if entries
            else Entity(
                f"organization/{slug_or_hash(article.publisher)}",
                "organization",
                article.publisher,
                subtype="NewsMediaOrganization",
                listed=False,
                reason="publisher told on the page",
            )
        )
    authors = tuple(Entity(f"person/{slug_or_hash(name)}", "person", name, reason="byline") for name in article.authors)
    filed = choose_place(gazetteer, article.dateline.place) if article.dateline and article.dateline.place else None
    return Masthead(publisher, authors, None if filed is None else known(filed, "place of the dateline"))


def _link_one(choice: _Choice, name: Name) -> Link | None:
    full = choice.spelled_out.get(name.text)
    if full is not None:
        found = _link_one(choice, full)
        return None if found is None else replace(found, name=name)
    maker: dict[NameKind, Callable[[_Choice, Name], Link | None]] = {
        "person": _person,
        "organization": _organization,
        "place": _placed,
        "people": _placed,
    }
    return maker[name.kind](choice, name) if name.kind in maker else None


# ---------------------------------------------------------------- places


def _place(choice: _Choice, name: Name) -> Entry | None:
    entries: Iterable[Entry] = places_named(choice.gazetteer, name.text)
    if name.kind == "people":  # "Balkan" is a demonym before it is a province
        entries = choice.gazetteer.demonym(name.text) or entries
    places = [entry for entry in entries if entry.type in ("country", "place")]
    near = [entry for entry in places if entry.part_of in choice.countries and entry.type == "place"]
    if places and places[0].type == "country":
        return places[0]
    return next(iter([*near, *places]), None)


def _placed(choice: _Choice, name: Name) -> Link | None:
    entry = _place(choice, name)
    if entry is None and choice.gazetteer.seat_of(name.text) is not None:
        return _organization(choice, name)
    if name.text in choice.persons and (entry is None or entry.type != "country"):
        return Link(name, choice.persons[name.text])
    if name.kind == "people" and (entry is None or entry.type != "country"):
        return None  # "European", "Lombard": nobody that acts
    if name.kind == "place" and entry is not None and _is_leader(choice, name, entry):
        return _person_link(choice, name)
    how = "demonym" if name.kind == "people" else "name"
    place = (
        _own(choice, name, "place", place_title(bare_name(name.text)))
        if entry is None
        else known(entry, f"{how} in the gazetteer")
    )
    if place.type == "country":
        choice.last_state = place.key
        return Link(name, place)
    day = choice.article.published.first if choice.article.published else None
    capital = choice.gazetteer.capital_of(name.text, day)
    return Link(name, place, None if capital is None else known(capital, f"capital of {capital.name}"))


def _is_leader(choice: _Choice, name: Name, entry: Entry) -> bool:
    """Whether a name is rather a head of state's than a small place's: not behind a word of place."""
    if " " in name.text or entry.type != "place" or _WHERE.search(choice.article.text[: name.span.start][-20:]):
        return False
    day = choice.article.published.first if choice.article.published else None
    if choice.gazetteer.capital_of(name.text, day) is not None or entry.population > _LARGE:
        return False
    leader = _leader(choice, name)
    return leader is not None and leader.part_of is not None


_LARGE = 500_000  # inhabitants from which a place is better known than a leader of its name


# ---------------------------------------------------------------- persons and organisations


def _person(choice: _Choice, name: Name) -> Link | None:
    if choice.gazetteer.named(name.text) and " " not in name.text:
        return _placed(choice, name)
    return _person_link(choice, name)


def _person_link(choice: _Choice, name: Name) -> Link:
    full = choice.persons.get(name.text) or choice.persons.get(name.text.split()[-1]) or _by_first_name(choice, name)
    if full is not None:
        return Link(name, full if " " in name.text else replace(full, reason=f"same name as {full.name} before"))
    person = _leader(choice, name) or _own(choice, name, "person", name.text)
    choice.persons[name.text] = person
    if " " in name.text and not REGNAL.search(name.text):
        choice.persons[name.text.split()[-1]] = person
    return Link(name, person)


def _by_first_name(choice: _Choice, name: Name) -> Entity | None:
    """The only person before whose name begins with the word: "Zhang" of "Zhang Chunxiang"."""
    if " " in name.text:
        return None
    fits = {person.key: person for full, person in choice.persons.items() if full.startswith(f"{name.text} ")}
    return fits.popitem()[1] if len(fits) == 1 else None


def _leader(choice: _Choice, name: Name) -> Entity | None:
    """A head of state, government or a world body, who speaks for it while in office."""
    year = choice.article.published.parts[0] if choice.article.published else None
    found = leaders_named(name.text, year)
    if not found or len({leader.key for leader in found}) > 1:
        return None
    leader = found[0]
    serves = year is not None and in_office(leader, year, slack=SLACK)
    reason = f"{leader.title}, {leader.start} to {leader.end or 'today'}"
    return Entity(leader.key, "person", leader.name, part_of=leader.of if serves else None, reason=reason)


def _organization(choice: _Choice, name: Name) -> Link | None:
    text, short = name.text, None
    if match := ACRONYM.match(text):
        text, short = match["name"], match["short"]
    if text in choice.persons:
        return Link(name, choice.persons[text])
    unknown = " " not in text and not choice.gazetteer.named(text)
    if unknown and (person := _by_first_name(choice, name) or _leader(choice, name)) is not None:
        return Link(name, person)
    if (state := _government(choice, text)) is not None:
        return Link(name, known(state, f"the government of {state.name}"))
    found = choice.acronyms.get(text)
    named = (*choice.gazetteer.named(text), *choice.gazetteer.named(text.removesuffix(" Society")))
    entry = body_meant(named, choice.countries)
    seat = choice.gazetteer.seat_of(text)
    if found is None and entry is not None:
        found = known(entry, "name in the gazetteer")
    elif found is None:
        found = _state_organ(choice, replace(name, text=text)) or _own(
            choice, name, "organization", bare_name(text), subtype="GovernmentOrganization" if is_force(text) else None
        )
    if short:
        choice.acronyms[short] = found
    return Link(name, found, None if seat is None else known(seat, f"{text} stands for {seat.name}"))


def _government(choice: _Choice, text: str) -> Entry | None:
    """The state of "the Government of Chad": a government is its country."""
    match = _GOVERNMENT.fullmatch(bare_name(text))
    named = choice.gazetteer.named(bare_name(match["state"])) if match else ()
    return next((entry for entry in named if entry.type == "country"), None)


_GOVERNMENT = re.compile(r"(?:[A-Z]\w+ )?Government of (?P<state>.+)")


def _state_organ(choice: _Choice, name: Name) -> Entity | None:
    """A ministry or force of a state: "Defense Ministry" of the state last named is that state's."""
    state = _state(choice, name)
    if state is None:
        return None
    organ = organ_of(without_state(bare_name(name.text), name.state), state, told=name.state is not None)
    if organ is None:
        return None
    listed = (entry for title in (organ.title, *organ.aliases) for entry in choice.gazetteer.named(title))
    if (entry := body_meant(listed, {state.key})) is not None:
        return known(entry, "name in the gazetteer")
    made = _own(choice, name, "organization", organ.title, subtype="GovernmentOrganization", part_of=state.key)
    return replace(made, aliases=organ.aliases)


def _state(choice: _Choice, name: Name) -> Entry | None:
    if name.state is not None:
        entry = _place(choice, replace(name, text=name.state))
        return entry if entry is not None and entry.type == "country" else None
    key = _filed_in(choice) or choice.last_state or next((key for key, _ in choice.countries.most_common(1)), None)
    return None if key is None else choice.gazetteer.entry(key)


def _filed_in(choice: _Choice) -> str | None:
    """The state that the story was filed in, if it is one of the two that the story is most about: "the ministry" of
    a story from Lima is Peru's."""
    place = choice.article.dateline.place if choice.article.dateline else None
    found = choose_place(choice.gazetteer, place) if place else None
    key = None if found is None else found.part_of or found.key
    return key if key in [state for state, _ in choice.countries.most_common(2)] else None


def _own(
    choice: _Choice, name: Name, kind: EntityType, title: str, *, subtype: str | None = None, part_of: str | None = None
) -> Entity:
    """The entity of a name that the gazetteer does not know, the same for the same words."""
    key = f"{kind}/{slug_or_hash(bare_place(title) if kind == 'place' else title)}"
    if key not in choice.made:
        reason = "not in the gazetteer: an entity of its own"
        choice.made[key] = Entity(key, kind, title, subtype=subtype, part_of=part_of, listed=False, reason=reason)
    return choice.made[key]

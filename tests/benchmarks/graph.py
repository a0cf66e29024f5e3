"""A made-up graph for measuring the endpoint: ``python tests/benchmarks/graph.py FILE.nq.gz [--articles N]``.

Real articles may not be in the repository, and reading made-up ones (``articles.py``) takes minutes for a graph of a
million quads. So what is made up here is what a reading of an article holds, and the builder's own merging and writing
(``kg.merge``, ``kg.rdf``) make quads of it: the same vocabulary, IRIs and doubled graphs (a named graph an article, the
default graph merged, with the ontology) as in a build, whatever these become later. About 75 quads an article; the
same file for the same seed and number.

Parties, places and things are drawn with a long tail (the chance of the n-th is 1/n), as in real archives. All names
are made of syllables and mean nobody.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from itertools import accumulate, chain
from pathlib import Path
from typing import Any, Final, TypeVar

from kg.formats import VOCABULARY
from kg.merge.events import merge_readings
from kg.quadfile import quad_lines, sorted_lines, write_lines
from kg.rdf.iris import Iris
from kg.rdf.quads import common_quads, reading_lines
from kg.records import (
    Article,
    Block,
    Category,
    Entity,
    EntityType,
    Figure,
    Item,
    Measure,
    Mention,
    PartialDate,
    Phase,
    Quantity,
    Quotation,
    Reading,
    Report,
    Role,
    Span,
)  # fmt: skip
from kg.slugs import slug

T = TypeVar("T")

FIRST_DAY: Final = datetime.date(2008, 1, 1)
DAYS: Final = 5_500
RETOLD: Final = 0.15  # share of the givings that an earlier article told
FOLLOWED: Final = 0.4  # share of those that carry the giving of an earlier article further
NEAR: Final = 20  # how far back the earlier article lies at most

_STARTS: Final = (
    "Vel", "Kar", "Sor", "Tam", "Bel", "Or", "Nim", "Pel", "Quor", "Ras", "Ul", "Mer", "Dov", "Zan", "Hes",
)  # fmt: skip
_MIDDLES: Final = ("a", "mo", "ri", "ta", "ve", "lo", "shi", "du", "ne")
_ENDS: Final = ("via", "land", "stan", "ra", "nia", "dor", "mark", "lis")
_TOWN_ENDS: Final = ("bay", "ford", "ville", "grad", "holm", "mouth", "burg", "ton")
_FIRST: Final = ("Ana", "Tomas", "Ingrid", "Samuel", "Leila", "Pedro", "Yuki", "Grace", "Emil", "Noor", "Viktor", "Ada")
_THINGS: Final[tuple[tuple[str, Category], ...]] = (
    ("tents", "shelter"), ("blankets", "shelter"), ("face masks", "masks"), ("hygiene kits", "water-sanitation"),
    ("sacks of rice", "food"), ("ventilators", "medical-equipment"), ("doctors", "personnel"), ("vaccines", "vaccines"),
    ("water pumps", "water-sanitation"), ("field kitchens", "food"), ("generators", "fuel-energy"),
    ("trucks", "vehicles"), ("stretchers", "medical-equipment"), ("protective suits", "ppe"), ("tins of fish", "food"),
    ("nurses", "personnel"),
)  # fmt: skip
_ACTS: Final[tuple[tuple[Phase, str], ...]] = (
    ("delivered", "handed over"), ("dispatched", "sent"), ("pledged", "promised"), ("requested", "was asked for"),
)  # fmt: skip
_COUNTED: Final[tuple[tuple[Measure, str], ...]] = (
    ("deaths", "people died"), ("injured", "people were hurt"), ("displaced", "people lost their homes"),
    ("cases", "people fell ill"), ("missing", "people are missing"),
)  # fmt: skip
_DISASTERS: Final = ("earthquake", "flood", "epidemic", "drought", "storm")
_SAYINGS: Final = (
    "We will stay as long as we are needed.",
    "The road is cut.",
    "What came so far is a drop in the sea.",
)


def _names(ends: Sequence[str]) -> list[str]:
    """All names of these endings in an order that looks like none."""
    names = [f"{start}{middle}{end}" for start in _STARTS for middle in _MIDDLES for end in ends]
    random.Random("names").shuffle(names)
    return names


def _entities(kind: EntityType, names: Sequence[str], **facts: Any) -> tuple[Entity, ...]:
    return tuple(Entity(f"{kind}/{slug(name)}", kind, name, **facts) for name in names)


@cache
def _world() -> dict[str, tuple[Entity, ...]]:
    """Everybody and everything that can be named, those most spoken of first."""
    countries = _entities("country", _names(_ENDS)[:180])
    towns = tuple(
        Entity(f"place/{slug(name)}", "place", name, subtype="City", part_of=countries[number % 60].key)
        for number, name in enumerate(_names(_TOWN_ENDS)[:900])
    )
    crises = tuple(
        Entity(f"crisis/{slug(name)}", "crisis", name, disaster=disaster)
        for number, country in enumerate(countries[:120])
        for disaster in (_DISASTERS[number % len(_DISASTERS)],)
        for name in (f"{country.name} {disaster} of {2008 + number % 15}",)
    )
    return {
        "country": countries,
        "place": towns,
        "crisis": crises,
        "body": _entities("organization", [f"{name} Relief Fund" for name in _names(_ENDS)[200:280]], subtype="NGO"),
        "press": _entities(
            "organization", [f"{name} Courier" for name in _names(_TOWN_ENDS)[:150]], subtype="NewsMediaOrganization"
        ),
        "person": _entities("person", [f"{first} {last}" for last in _names(("sen", "ez", "uk")) for first in _FIRST]),
    }


@cache
def _tail(length: int) -> list[float]:
    return list(accumulate(1 / place for place in range(1, length + 1)))


def _pick(chance: random.Random, choices: Sequence[T]) -> T:
    """One of the choices; the chance of the n-th is 1/n of that of the first."""
    return chance.choices(choices, cum_weights=_tail(len(choices)))[0]


@dataclass(slots=True)
class _Draft:
    """An article in the making: the text grows by sentences, and facts point into it."""

    chance: random.Random
    day: datetime.date
    text: str = ""
    known: dict[str, Entity] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)

    def tell(self, template: str, *named: Entity, **words: str) -> tuple[Span, dict[str, Span]]:
        """Add a sentence; ``{0}`` is the first of ``named``. The spans of it and of its ``words``."""
        start = len(self.text)
        sentence = template.format(*(entity.name for entity in named), **words)
        self.text += sentence + "\n"
        for entity in named:
            self.know(entity)
            at = start + sentence.index(entity.name)
            self.mentions.append(Mention(Span(at, at + len(entity.name)), entity.key))
        places = {name: start + sentence.index(text) for name, text in words.items()}
        return Span(start, start + len(sentence)), {
            name: Span(place, place + len(words[name])) for name, place in places.items()
        }

    def know(self, entity: Entity) -> Entity:
        """An entity that the article speaks of; so is the country that it lies in."""
        self.known[entity.key] = entity
        if entity.part_of:
            self.known[entity.part_of] = next(one for one in _world()["country"] if one.key == entity.part_of)
        return entity


def _giving(draft: _Draft, chance: random.Random, *, later: bool) -> Report:
    """A giving. ``chance`` is that of the giving itself: another article with the same one tells the same, or that
    it was delivered ``later``.
    """
    world, (phase, verb), (thing, category) = _world(), _pick(chance, _ACTS), _pick(chance, _THINGS)
    donor = _pick(chance, world["country"] if chance.random() < 0.8 else world["body"])
    recipient = _pick(chance, [country for country in world["country"] if country != donor])
    number = str(chance.randint(2, 900))
    day = FIRST_DAY + datetime.timedelta(days=chance.randrange(DAYS))
    if later:
        (phase, verb), day = _ACTS[0], day + datetime.timedelta(days=20)
    crisis = _pick(chance, world["crisis"]) if chance.random() < 0.4 else None
    counted = chance.random() < 0.6
    what = f"{number} {thing}" if counted else thing
    span, spans = draft.tell(f"{{0}} {verb} {{what}} to {{1}} on {day}.", donor, recipient, what=what)
    quantity = Quantity(Decimal(number), qualifier=_pick(chance, ("exact", "about", "over")), unit=thing)
    item = Item(spans["what"], what, category, quantity if counted else None)
    place = _pick(chance, world["place"]) if chance.random() < 0.2 else None
    return Report(
        phase,
        "asserted" if chance.random() < 0.95 else "denied",
        (span,),
        (donor.key,),
        (recipient.key,),
        items=(item,),
        date=PartialDate(day.isoformat() if chance.random() < 0.9 else f"{day:%Y-%m}"),
        locations=(draft.know(place).key,) if place else (),
        crisis=draft.know(crisis).key if crisis else None,
    )


def _figure(draft: _Draft) -> Figure:
    chance, world = draft.chance, _world()
    (measure, words), number = _pick(chance, _COUNTED), chance.randint(3, 90_000)
    place = _pick(chance, world["place"] if chance.random() < 0.5 else world["country"])
    span, _ = draft.tell(f"In {{0}} {number} {words}.", place)
    crisis = _pick(chance, world["crisis"]).key if chance.random() < 0.5 else None
    if crisis:
        draft.know(next(one for one in world["crisis"] if one.key == crisis))
    quantity = Quantity(Decimal(number), qualifier=_pick(chance, ("exact", "over", "about")), unit="people")
    return Figure(measure, quantity, span, place=place.key, crisis=crisis, date=PartialDate(draft.day.isoformat()))


def _speech(draft: _Draft) -> tuple[Quotation, Role]:
    chance, world = draft.chance, _world()
    speaker, country = _pick(chance, world["person"]), _pick(chance, world["country"])
    span, spans = draft.tell(
        "“{words}” said {0}, {title} of {1}.", speaker, country, words=chance.choice(_SAYINGS), title="Foreign Minister"
    )
    return Quotation(speaker.key, spans["words"], span), Role(speaker.key, "Foreign Minister", country.key, span)


def made_up_reading(index: int, *, seed: int = 1) -> Reading:
    """What was read of the article at this place; it does not depend on how many there are."""
    chance = random.Random(f"{seed} {index}")
    draft = _Draft(chance, FIRST_DAY + datetime.timedelta(days=chance.randrange(DAYS)))
    country, kind = _pick(chance, _world()["country"]), chance.random()
    title, _ = draft.tell(
        "{0} after the {what}", country, what=f"{chance.choice(_DISASTERS)} {chance.randint(1, 9999)}"
    )
    earlier, share = index - chance.randint(1, NEAR), chance.random()
    told = earlier if share < RETOLD + FOLLOWED and earlier >= 0 else index
    giving, later = random.Random(f"{seed} giving {told}"), told != index and share >= RETOLD
    reports = [_giving(draft, giving, later=later)] if kind < 0.42 else []
    figures = [_figure(draft)] if 0.38 < kind < 0.68 else []
    speeches = [_speech(draft)] if 0.68 < kind < 0.8 else []
    publisher = draft.know(_pick(chance, _world()["press"]))
    article = Article(
        f"made-up-{index:06}",
        hashlib.sha256(draft.text.encode()).hexdigest(),
        draft.text,
        title.of(draft.text),
        (Block("headline", title),),
        publisher=publisher.name,
        published=PartialDate(draft.day.isoformat()),
        genre="report" if chance.random() < 0.4 else None,
    )
    return Reading(
        article,
        tuple(draft.known[key] for key in sorted(draft.known)),
        tuple(draft.mentions),
        tuple(role for _, role in speeches),
        tuple(reports),
        tuple(figures),
        tuple(quotation for quotation, _ in speeches),
        publisher=publisher.key,
        about=(country.key,),
    )


def write_graph(path: Path, articles: int, *, seed: int = 1) -> int:
    """Write the graph of so many articles as compressed N-Quads, sorted, each quad once; how many there are."""

    def readings() -> Iterator[Reading]:
        return (made_up_reading(index, seed=seed) for index in range(articles))

    iris = Iris(VOCABULARY)
    merged = merge_readings(readings())
    lines = chain.from_iterable(reading_lines(reading, merged, iris) for reading in readings())
    counted = _Counted()
    write_lines(path, counted(sorted_lines(chain(lines, quad_lines(common_quads(merged, iris))))))
    return counted.number


@dataclass(slots=True)
class _Counted:
    """Hands lines on and counts them."""

    number: int = 0

    def __call__(self, lines: Iterator[bytes]) -> Iterator[bytes]:
        for line in lines:
            self.number += 1
            yield line


def main() -> None:
    parser = argparse.ArgumentParser(description="A made-up graph for measuring the endpoint.")
    parser.add_argument("file", type=Path, help="compressed N-Quads to write, such as graph.nq.gz")
    parser.add_argument("--articles", type=int, default=15_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    quads = write_graph(given.file, given.articles, seed=given.seed)
    print(f"{given.articles} articles, {quads:,} quads, {quads / given.articles:.1f} an article")


if __name__ == "__main__":
    main()

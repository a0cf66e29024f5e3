"""Short made-up articles with their gold, as many as asked for: ``python tests/benchmarks/briefs.py FOLDER NUMBER``.

For builds at scale. A thousand articles repeated would flatter every cache and would merge into a thousand events; so
names follow Zipf's law, towns and persons have a tail without end, and givings belong to stories that one article tells
or several: an old story is told again, or told further, now and then. About 80 words each; a sixth tells of no aid.

What each article tells is known by construction and written beside it in the format of evaluation corpora. The article
at a place depends on the seed and the place alone, never on how many there are, so that a folder can be filled further.
"""

from __future__ import annotations

import argparse
import calendar
import datetime
import json
import random
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeVar

T = TypeVar("T")
WORDS: Final[dict[str, Any]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_FIRST_DAY: Final = datetime.date(2005, 1, 3)
_PHASES: Final = ("pledged", "dispatched", "delivered", "requested")
_TOLD_AGAIN: Final = 0.4
"""Share of articles that go on with a story of an earlier article."""
_WITHOUT_AID: Final = 0.16
_WORDS_WANTED: Final = (30, 92)


@dataclass(frozen=True, slots=True)
class Given:
    """What is given: the words of it, and the gold of its item."""

    words: str
    item: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Gift:
    """One giving of a story."""

    donor: str
    given: Given
    phase: str
    day: datetime.date


@dataclass(frozen=True, slots=True)
class Story:
    """A disaster, and what was given because of it."""

    struck: str
    town: str
    disaster: str
    gifts: tuple[Gift, ...]


@dataclass(slots=True)
class Brief:
    """An article and what it tells."""

    id: str
    headline: str
    paragraphs: list[str]
    gold: dict[str, Any]

    @property
    def text(self) -> str:
        return "\n\n".join((self.headline, *self.paragraphs)) + "\n"


def made_up_briefs(start: int, end: int, *, seed: int = 1) -> Iterator[Brief]:
    """The articles from one place to another, the second not included."""
    for place in range(start, end):
        yield _Writer(place, seed).write()


def write_briefs(folder: Path, start: int, end: int, *, seed: int = 1, gold: Path | None = None) -> int:
    """Write articles as text files, and their gold to another folder if one is named; the number of words."""
    words = 0
    for path in filter(None, (folder, gold)):
        path.mkdir(parents=True, exist_ok=True)
    for brief in made_up_briefs(start, end, seed=seed):
        (folder / f"{brief.id}.txt").write_text(brief.text, encoding="utf-8")
        words += len(brief.text.split())
        if gold:
            text = json.dumps(brief.gold, ensure_ascii=False, indent=1)
            (gold / f"{brief.id}.json").write_text(text + "\n", encoding="utf-8")
    return words


def story_of(place: int, seed: int) -> int:
    """Which story the article at a place tells: its own, or that of an earlier one, rather a recent one (Pareto)."""
    chance = random.Random(f"{seed} which {place}")
    while place and chance.random() < _TOLD_AGAIN:
        place = max(0, place - int(chance.paretovariate(0.7)))
    return place


def told_story(number: int, seed: int) -> Story:
    """The story of that number."""
    chance = random.Random(f"{seed} story {number}")
    struck, town = _by_zipf(WORDS["countries"], chance), _town(chance)
    begin = _FIRST_DAY + datetime.timedelta(days=chance.randrange(7000))
    gifts = tuple(_gift(chance, struck, begin) for _ in range(1 + min(5, int(chance.expovariate(0.8)))))
    return Story(struck, town, _by_zipf(WORDS["disasters"]["kinds"], chance), gifts)


def _gift(chance: random.Random, struck: str, begin: datetime.date) -> Gift:
    givers = [name for name in WORDS["countries"] if name != struck] if chance.random() < 0.75 else WORDS["bodies"]
    day = begin + datetime.timedelta(days=chance.randrange(1, 25))
    return Gift(_by_zipf(givers, chance), _given(chance), chance.choice(_PHASES), day)


def _given(chance: random.Random) -> Given:
    goods = WORDS["goods"]
    match chance.choice(("counted", "counted", "loads", "people", "funds")):
        case "counted":
            noun, category = _by_zipf(goods["counted"], chance)
            return _item(noun, category, chance.randrange(20, 9000), noun)
        case "loads":
            noun, category = _by_zipf(goods["loads"], chance)
            return _item(noun, category, chance.randrange(3, 400), "tonnes", "{count} tonnes of {noun}")
        case "people":
            return _item(_by_zipf(goods["people"], chance), "personnel", chance.randrange(12, 95), "people")
        case _:
            sum_ = chance.choice((2, 5, 10, 20, 75, 120))
            return _item(f"${sum_} million", "funds", sum_ * 1_000_000, "USD", "{noun}")


def _item(noun: str, category: str, count: int, unit: str, words: str = "{count} {noun}") -> Given:
    quantity = {"value": count, "min": None, "max": None, "qualifier": "exact", "unit": unit}
    return Given(
        words.format(count=f"{count:,}", noun=noun), {"text": noun, "category": category, "quantity": quantity}
    )


@dataclass
class _Writer:
    """Writes one article and notes what it says."""

    place: int
    seed: int
    facts: dict[str, list[dict[str, Any]]] = field(
        default_factory=lambda: {"aid_events": [], "statistics": [], "quotations": []}
    )
    entities: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.chance = random.Random(f"{self.seed} article {self.place}")
        self.story = told_story(story_of(self.place, self.seed), self.seed)
        self.tells_aid = self.chance.random() >= _WITHOUT_AID
        gifts = self.story.gifts
        self.told = self.chance.sample(gifts, min(len(gifts), 1 + (self.chance.random() < 0.35)))
        latest = max(gift.day for gift in self.told)
        self.published = latest + datetime.timedelta(days=self.chance.randrange(3))

    def write(self) -> Brief:
        """Sentences of facts, padding until the article is long enough, in paragraphs of one or two sentences."""
        self._meet(self.story.struck, "country")
        self._meet(self.story.town, "place")
        facts = [self._giving(gift) for gift in self.told] if self.tells_aid else []
        if self.tells_aid and self.chance.random() < 0.12:
            facts.append(self._unsaid())
        if self.chance.random() < 0.55:
            facts.append(self._figure())
        if self.chance.random() < 0.35:
            facts.append(self._quotation())
        wanted = self.chance.randint(*_WORDS_WANTED)
        padding = self.chance.sample(WORDS["padding"]["sentences"], len(WORDS["padding"]["sentences"]))
        body = facts or [self._filled(padding.pop())]
        while len(" ".join(body).split()) < wanted and padding:
            body.insert(self.chance.randint(1, len(body)), self._filled(padding.pop()))
        headline = self._filled(self._any(WORDS["headlines"]["aid" if self.tells_aid else "none"]))
        return Brief(self._name(), headline, self._paragraphs(body), self._gold(headline))

    def _name(self) -> str:
        return f"brief-{self.place:08}"

    def _paragraphs(self, body: Sequence[str]) -> list[str]:
        day = self.published
        dateline = (
            f"{self.story.town.upper()}, {WORDS['months'][day.month - 1]} {day.day}, {day.year} "
            f"({self._any(WORDS['agencies'])}) - "
        )
        paragraphs, rest = [], list(body)
        while rest:
            size = self.chance.randint(1, 2)
            paragraphs.append(" ".join(rest[:size]))
            rest = rest[size:]
        return [dateline + paragraphs[0], *paragraphs[1:]]

    def _giving(self, gift: Gift) -> str:
        self._meet(gift.donor, "country" if gift.donor in WORDS["countries"] else "organization")
        sentence = self._filled(self._any(WORDS["givings"][gift.phase]), gift)
        self._note(gift, "asserted", gift.phase, gift.day.isoformat(), sentence)
        return sentence

    def _unsaid(self) -> str:
        modality = self._any(("hypothetical", "denied"))
        others = [name for name in WORDS["countries"] if name not in self.entities]
        gift = Gift(_by_zipf(others, self.chance), _given(self.chance), "pledged", self.published)
        self._meet(gift.donor, "country")
        sentence = self._filled(self._any(WORDS["unsaid"][modality]), gift)
        self._note(gift, modality, "pledged" if modality == "hypothetical" else "dispatched", None, sentence)
        return sentence

    def _note(self, gift: Gift, modality: str, phase: str, date: str | None, sentence: str) -> None:
        self.facts["aid_events"].append(
            {
                "key": f"e{len(self.facts['aid_events']) + 1}",
                "donors": [_key(gift.donor)], "recipients": [_key(self.story.struck)], "implementers": [],
                "phase": phase, "modality": modality, "date": date, "locations": [], "crisis": None,
                "items": [gift.given.item], "evidence": [sentence],
            }
        )  # fmt: skip

    def _figure(self) -> str:
        measure = self._any(("deaths", "injured", "displaced"))
        count = self.chance.randrange(12, 9000)
        template = self._any(WORDS["figures"][measure])
        sentence = self._filled(template.replace("{n}", f"{count:,}"))
        hedged = {"At least": "at_least", "at least": "at_least", "More than": "over", "Some": "about"}
        qualifier = next((meant for words, meant in hedged.items() if f"{words} {{n}}" in template), "exact")
        figure = {"measure": measure, "value": count, "min": None, "max": None, "qualifier": qualifier}
        place = _key(self.story.struck) if "{struck}" in template else None
        more = {"delta": False, "place": place, "crisis": None, "date": None, "evidence": sentence}
        self.facts["statistics"].append(figure | more)
        return sentence

    def _quotation(self) -> str:
        person = f"{self._any(WORDS['first'])} {_town(self.chance)}"
        self._meet(person, "person")
        words, office = self._any(WORDS["quotations"]["sentences"]), self._any(WORDS["quotations"]["offices"])
        template = self._any(WORDS["quotations"]["said"])
        sentence = template.format(words=words, person=person, office=office.format(town=self.story.town))
        said = next(words + end for end in (",", ".") if f"“{words}{end}”" in sentence)
        self.facts["quotations"].append({"speaker": _key(person), "text": said, "evidence": sentence})
        return sentence

    def _filled(self, template: str, gift: Gift | None = None) -> str:
        """The template with words for its gaps; without a gift it has gaps for the story only."""
        story, gift = self.story, gift or self.told[0]
        gaps = {
            "donor": gift.donor, "what": gift.given.words, "struck": story.struck, "town": story.town,
            "disaster": story.disaster, "when": self._when(gift.day), "tail": self._any(WORDS["clauses"]["tails"]),
            "why": WORDS["disasters"]["past"].format(disaster=story.disaster, town=story.town),
        }  # fmt: skip
        capitals = {name.capitalize(): words[:1].upper() + words[1:] for name, words in gaps.items()}
        sentence = template.format(**gaps, **capitals)
        return sentence[0].upper() + sentence[1:]

    def _when(self, day: datetime.date) -> str:
        """A day of the last week by its name, now and then, else by its date."""
        if 0 <= (self.published - day).days < 6 and self.chance.random() < 0.5:
            return f"on {calendar.day_name[day.weekday()]}"
        year = "" if day.year == self.published.year else f", {day.year}"
        return f"on {WORDS['months'][day.month - 1]} {day.day}{year}"

    def _meet(self, name: str, kind: str) -> None:
        plain = name.removeprefix("the ")
        self.entities[name] = {"key": _key(name), "type": kind, "name": plain, "qid": None, "aliases_in_text": []}

    def _any(self, choices: Sequence[T]) -> T:
        return self.chance.choice(choices)

    def _gold(self, headline: str) -> dict[str, Any]:
        article = {
            "headline": headline, "publisher": None, "publisher_qid": None, "authors": [],
            "date_published": self.published.isoformat(), "genre": "report", "dateline_place": self.story.town,
        }  # fmt: skip
        own = {"id": self._name(), "source_url": None, "licence": "CC0", "article": article}
        return {**own, "entities": list(self.entities.values()), "roles": [], **self.facts}


def _by_zipf(choices: Sequence[T], chance: random.Random) -> T:
    """A choice at place n with a weight of 1/n (Zipf's law with exponent 1)."""
    return chance.choices(choices, [1 / place for place in range(1, len(choices) + 1)])[0]


def _town(chance: random.Random) -> str:
    """A name of two to four syllables: many thousands of them."""
    name = "".join(chance.choices(WORDS["syllables"], k=chance.randint(1, 3))) + chance.choice(WORDS["endings"])
    return name.capitalize()


def _key(name: str) -> str:
    return name.removeprefix("the ").lower().replace(" ", "_")


def main() -> None:
    parser = argparse.ArgumentParser(description="Write short made-up articles, and their gold.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("number", type=int)
    parser.add_argument("--start", type=int, default=0, help="place of the first one")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--gold", type=Path, help="folder of the gold")
    given = parser.parse_args()
    words = write_briefs(given.folder, given.start, given.start + given.number, seed=given.seed, gold=given.gold)
    print(f"{given.number} articles, {words} words, {words / max(given.number, 1):.1f} on average")


if __name__ == "__main__":
    main()

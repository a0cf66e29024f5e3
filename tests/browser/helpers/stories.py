"""Made-up articles and what a perfect reader would find in them, so that a graph is built without the language model.

They go through the real build: written as a file of articles, read, merged, stored, dumped. Only the reading of facts
is replaced, by :class:`StoryReader`, which looks the words of ``stories.toml`` up in the text.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from kg.corrections.files import NONE, Corrections
from kg.link.choose_crisis import known
from kg.link.gazetteer import Gazetteer
from kg.records import (
    Article,
    Entity,
    Figure,
    Item,
    Mention,
    PartialDate,
    Quantity,
    Quotation,
    Reading,
    Report,
    Role,
    Span,
)

STORIES = Path(__file__).parents[1] / "stories.toml"
SERIES = 60
"""How many short articles of one giving each there are besides: more than a list shows on one page."""

_PARTIES = ("norway", "japan", "brazil", "kenya", "canada", "india", "fiji")
_GOODS = {"rice": "food", "vaccines": "vaccines", "bandages": "medical-supplies", "masks": "masks"}
_VERBS = {"promised": "pledged", "sent": "dispatched", "delivered": "delivered"}

Told = dict[str, Any]
"""A table of ``stories.toml``."""


class StoryReader:
    """Stands in for ``kg.understand``: reads each made-up article perfectly."""

    def __init__(self) -> None:
        table = tomllib.loads(STORIES.read_text(encoding="utf-8"))
        self.entities: dict[str, Told] = table["entity"]
        self.stories: dict[str, Told] = {
            story["id"]: story for story in [*table["article"], *map(serial_story, range(SERIES))]
        }

    def write_lines(self, path: Path) -> None:
        """The articles as a file of articles, for the build to read."""
        lines = (json.dumps(self._line(story), ensure_ascii=False) for story in self.stories.values())
        path.write_text("\n".join(lines), encoding="utf-8")

    def _line(self, story: Told) -> Told:
        line = {name: story[name] for name in ("id", "headline", "license") if name in story}
        publisher = self.entities[story["publisher"]]["name"]
        return line | {"text": story["text"], "publisher": publisher, "date_published": story["published"]}

    def fingerprint(self) -> str:
        return "made-up"

    def start_readings(self, tasks: Sequence[tuple[Article, Corrections]]) -> Iterator[Callable[[], Reading]]:
        return (partial(self.read_facts, *task) for task in tasks)

    def read_facts(self, article: Article, corrections: Corrections = NONE) -> Reading:
        """The reading that ``stories.toml`` tells."""
        story, find = self.stories[article.id], partial(find_words, article.text)
        return Reading(
            article=article,
            entities=tuple(self._entity(key) for key in sorted(keys_of(story) | self._described(story))),
            mentions=tuple(Mention(find(words), key) for words, key in story["mentions"].items()),
            roles=tuple(_role(told, find) for told in story.get("role", ())),
            reports=tuple(_report(told, find) for told in story.get("report", ())),
            figures=tuple(_figure(told, find) for told in story.get("figure", ())),
            quotations=tuple(_quotation(told, find) for told in story.get("quotation", ())),
            publisher=story["publisher"],
            about=tuple(story["about"]),
        )

    def _described(self, story: Told) -> set[str]:
        """The countries by which its entities are described."""
        told = [self.entities[key] for key in keys_of(story) if key in self.entities]
        return {key for one in told for key in (*one.get("struck", ()), *filter(None, [one.get("part_of")]))}

    def _entity(self, key: str) -> Entity:
        if key not in self.entities:
            entry = Gazetteer.load().entry(key)
            assert entry is not None, f"{key} is neither in stories.toml nor in the gazetteer"
            return known(entry, "made up")
        told = dict(self.entities[key])
        start = told.pop("start", None)
        lists = {name: tuple(told.pop(name, ())) for name in ("aliases", "struck")}
        kind = key.partition("/")[0]
        return Entity(key=key, type=kind, **told, **lists, start=start and PartialDate(start))  # type: ignore[arg-type]  # TOML tells no Literal


def serial_story(number: int) -> Told:
    """The article of this number: one of seven countries gives another one something, in one of eight years."""
    donor = _PARTIES[number % 7]
    recipient = _PARTIES[(number + 1 + number // 7 % 6) % 7]
    verb, goods = list(_VERBS)[number % 3], list(_GOODS)[number % 4]
    date = f"{2014 + number % 8}-{1 + number % 12:02d}-{1 + number % 28:02d}"
    words = f"{number + 2} tonnes of {goods}"
    sentence = f"{donor.title()} {verb} {words} to {recipient.title()} on {date}."
    return {
        "id": f"series-{number:02d}",
        "headline": f"{donor.title()} and {recipient.title()}: {words}",
        "publisher": "organization/valley-post",
        "published": date,
        "text": sentence,
        "about": [],
        "mentions": {donor.title(): f"country/{donor}", recipient.title(): f"country/{recipient}"},
        "report": [
            {
                "phase": _VERBS[verb],
                "donors": [f"country/{donor}"],
                "recipients": [f"country/{recipient}"],
                "date": date,
                "evidence": [sentence],
                "items": [{"words": goods, "category": _GOODS[goods], "value": str(number + 2),
                           "unit": "tonnes"}],
            }
        ],
    }  # fmt: skip


def keys_of(told: Any) -> set[str]:
    """Every key of an entity in a story."""
    if isinstance(told, dict):
        return set().union(*(keys_of(value) for value in told.values()))
    if isinstance(told, list):
        return set().union(*map(keys_of, told))
    kind, slash, rest = str(told).partition("/")
    kinds = {"country", "place", "person", "organization", "crisis", "unnamed"}
    return {str(told)} if slash and kind in kinds and " " not in rest else set()


def find_words(text: str, words: str) -> Span:
    """Where these words first stand.

    Raises:
        ValueError: they do not.
    """
    start = text.index(words)
    return Span(start, start + len(words))


Find = Callable[[str], Span]


def _date(told: Told) -> PartialDate | None:
    return PartialDate(told["date"]) if "date" in told else None


def _report(told: Told, find: Find) -> Report:
    return Report(
        phase=told["phase"],
        modality=told.get("modality", "asserted"),
        evidence=tuple(map(find, told["evidence"])),
        donors=tuple(sorted(told["donors"])),
        recipients=tuple(sorted(told["recipients"])),
        implementers=tuple(sorted(told.get("implementers", ()))),
        items=tuple(Item(find(one["words"]), one["words"], one["category"], _quantity(one)) for one in told["items"]),
        date=_date(told),
        locations=tuple(told.get("locations", ())),
        crisis=told.get("crisis"),
    )


def _quantity(told: Told) -> Quantity | None:
    numbers = {name: Decimal(told[name]) for name in ("value", "minimum", "maximum") if name in told}
    others = {name: told[name] for name in ("unit", "currency", "qualifier") if name in told}
    return Quantity(**numbers, **others) if numbers else None


def _figure(told: Told, find: Find) -> Figure:
    quantity = _quantity(told)
    assert quantity is not None, told
    return Figure(
        told["measure"], quantity, find(told["evidence"]), place=told["place"], crisis=told["crisis"], date=_date(told)
    )


def _quotation(told: Told, find: Find) -> Quotation:
    return Quotation(told["speaker"], find(told["words"]), find(told["evidence"]))


def _role(told: Told, find: Find) -> Role:
    return Role(told["person"], told["title"], told["of"], find(told["evidence"]))

"""A stand-in for ``kg.understand`` that reads sentences of four words, so that a build takes a second and no model.

``Alpha gives beta food.`` is a giving. Parties are few and spelt in two ways, so that articles tell each other's
events and vote on descriptions; what one article says changes what others' graphs hold.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from kg.corrections.files import Corrections
from kg.records import Article, Entity, Item, PartialDate, Reading, Report, Span

_SENTENCE = re.compile(r"(\w+) (gives|promises) (\w+) (food|money) on (\d{4}-\d\d-\d\d)\.")
_PARTIES = ("alpha", "beta", "gamma", "delta")
_PHASES = {"gives": "delivered", "promises": "pledged"}
_ITEMS = {"food": "food", "money": "funds"}


def fingerprint() -> str:
    return "words"


def start_readings(tasks: Sequence[tuple[Article, Corrections]]) -> Iterator[Callable[[], Reading]]:
    return (partial(_read, article) for article, _ in tasks)


def _read(article: Article) -> Reading:
    reports, spellings = [], {}
    for found in _SENTENCE.finditer(article.text):
        donor, verb, recipient, goods, day = found.groups()
        spellings |= {f"country/{name.lower()}": name for name in (donor, recipient)}
        item = Item(Span(*found.span(4)), goods, _ITEMS[goods])  # type: ignore[arg-type]  # the table has categories
        reports.append(
            Report(
                _PHASES[verb],  # type: ignore[arg-type]  # the table has phases
                "asserted",
                (Span(*found.span()),),
                (f"country/{donor.lower()}",),
                (f"country/{recipient.lower()}",),
                items=(item,),
                date=PartialDate(day),
            )
        )
    entities = tuple(Entity(key, "country", name) for key, name in sorted(spellings.items()))
    return Reading(article, entities=entities, reports=tuple(reports))


def write_articles(folder: Path, seed: int, *, number: int = 40) -> None:
    """Let a folder hold these articles and no others. Different seeds share two thirds of the names and some texts."""
    chosen = random.Random(seed)  # nosec B311
    names = [f"article-{place:03d}" for place in range(number * 3 // 2)]
    kept = set(chosen.sample(names, number))
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        path = folder / f"{name}.txt"
        version = chosen.choice((0, seed))
        if name in kept:
            path.write_text(_text(random.Random(f"{name} {version}")), encoding="utf-8")
        else:
            path.unlink(missing_ok=True)


def _text(chosen: random.Random) -> str:
    sentences = []
    for _ in range(4):
        one, other = chosen.sample(_PARTIES, 2)
        one = chosen.choice((one.title(), one.upper()))
        verb, goods = chosen.choice(list(_PHASES)), chosen.choice(list(_ITEMS))
        sentences.append(
            f"{one} {verb} {other.title()} {goods} on 2020-0{chosen.randint(1, 3)}-1{chosen.randint(0, 9)}."
        )
    return "Of givings in a made-up world\n\n" + " ".join(sentences) + "\n"

"""Gold annotations as perfect readings, so that everything after extraction can be tested without it.

A gold folder holds ``gold.json``: the article's facts with verbatim words, in the format of the evaluation
corpus. Words are looked up in the article's text; what the format does not tell (capital letters of keys,
exact spans of entities) is made up by fixed rules.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

from kg.records import (
    Article,
    Block,
    Category,
    Entity,
    EntityType,
    Figure,
    Genre,
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
from kg.slugs import slug

LICENCES = {"unknown": None, "CC BY-SA 4.0": "https://creativecommons.org/licenses/by-sa/4.0/"}
DISASTERS = {"messina1908": "earthquake"}  # the format does not tell the kind; these two gold sets need no more
CITIES = {"moscow", "wuhan", "messina", "bergamo", "nis", "st_petersburg"}


@dataclass(frozen=True)
class Gold:
    """One gold file beside its article's text."""

    data: dict[str, Any]
    bytes: bytes

    @property
    def text(self) -> str:
        return self.bytes.decode("utf-8")

    def span(self, words: str, *, after: int = 0) -> Span:
        start = self.text.index(words, after)
        return Span(start, start + len(words))

    def keys(self, names: list[str]) -> tuple[str, ...]:
        return tuple(sorted(self.key(name) for name in names))

    def key(self, name: str) -> str:
        entity = next(entity for entity in self.data["entities"] if entity["key"] == name)
        return f"{entity['type']}/{slug(entity['name'])}"

    def key_or_none(self, name: str | None) -> str | None:
        return self.key(name) if name else None


def gold_reading(folder: Path, text: Path) -> Reading:
    """The reading that a perfect extractor would give for ``text`` according to ``folder/gold.json``."""
    gold = Gold(json.loads((folder / "gold.json").read_text(encoding="utf-8")), text.read_bytes())
    publisher = next(one for one in gold.data["entities"] if one["name"] == gold.data["article"]["publisher"])
    return Reading(
        article=_article(gold),
        entities=tuple(sorted((_entity(gold, one) for one in gold.data["entities"]), key=lambda one: one.key)),
        mentions=tuple(_mention(gold, one) for one in gold.data["entities"]),
        roles=tuple(_role(gold, one) for one in gold.data["roles"]),
        reports=tuple(_report(gold, one) for one in gold.data["aid_events"]),
        figures=tuple(_figure(gold, one) for one in gold.data["statistics"]),
        quotations=tuple(_quotation(gold, one) for one in gold.data["quotations"]),
        publisher=gold.key(publisher["key"]),
    )


def _article(gold: Gold) -> Article:
    about = gold.data["article"]
    return Article(
        id=gold.data["id"],
        sha256=hashlib.sha256(gold.bytes).hexdigest(),
        text=gold.text,
        headline=about["headline"],
        blocks=(Block("headline", gold.span(about["headline"])),),
        published=_date(about["date_published"]),
        license=LICENCES[gold.data["licence"]],
        genre=cast(Genre, about["genre"]),
    )


def _entity(gold: Gold, one: dict[str, Any]) -> Entity:
    return Entity(
        key=gold.key(one["key"]),
        type=cast(EntityType, one["type"]),
        name=one["name"],
        aliases=tuple(sorted(set(one["aliases_in_text"]) - {one["name"]})),
        same_as=(f"http://www.wikidata.org/entity/{one['qid']}",) if one["qid"] else (),
        subtype="City" if one["key"] in CITIES else None,
        disaster=DISASTERS.get(one["key"], "viral-epidemic") if one["type"] == "crisis" else None,
    )


def _mention(gold: Gold, one: dict[str, Any]) -> Mention:
    words = next((alias for alias in one["aliases_in_text"] if alias in gold.text), None)
    return Mention(gold.span(words) if words else Span(0, 1), gold.key(one["key"]))


def _role(gold: Gold, one: dict[str, Any]) -> Role:
    return Role(gold.key(one["person"]), one["title"], gold.key(one["of"]), gold.span(one["title"]))


def _report(gold: Gold, one: dict[str, Any]) -> Report:
    evidence = tuple(gold.span(words) for words in one["evidence"])
    return Report(
        phase=one["phase"],
        modality=one["modality"],
        evidence=evidence,
        donors=gold.keys(one["donors"]),
        recipients=gold.keys(one["recipients"]),
        implementers=gold.keys(one["implementers"]),
        items=tuple(_item(gold, item, evidence) for item in one["items"]),
        date=_date(one["date"]),
        locations=gold.keys(one["locations"]),
        crisis=gold.key_or_none(one["crisis"]),
    )


def _item(gold: Gold, one: dict[str, Any], evidence: tuple[Span, ...]) -> Item:
    """An item lies in the evidence where its words do; ``masks`` stands too often in a text to be found alone."""
    inside = next((span.start for span in evidence if one["text"] in span.of(gold.text)), 0)
    category = "masks" if "masks" in one["text"] else one["category"].replace("_", "-")
    quantity = _quantity(one["quantity"], unit=one["quantity"]["unit"]) if one["quantity"] else None
    return Item(gold.span(one["text"], after=inside), one["text"], cast(Category, category), quantity)


def _figure(gold: Gold, one: dict[str, Any]) -> Figure:
    return Figure(
        measure=one["measure"].replace("_", "-"),
        quantity=_quantity(one),
        evidence=gold.span(one["evidence"]),
        change=one["delta"],
        place=gold.key_or_none(one["place"]),
        crisis=gold.key_or_none(one["crisis"]),
        date=_date(one["date"]),
    )


def _quotation(gold: Gold, one: dict[str, Any]) -> Quotation:
    return Quotation(gold.key(one["speaker"]), gold.span(one["text"]), gold.span(one["evidence"]))


def _quantity(one: dict[str, Any], unit: str | None = None) -> Quantity:
    value, least, most = (None if one[name] is None else Decimal(str(one[name])) for name in ("value", "min", "max"))
    return Quantity(value, least, most, one["qualifier"].replace("_", "-"), unit)


def _date(iso: str | None) -> PartialDate | None:
    return PartialDate(iso) if iso else None

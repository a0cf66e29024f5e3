"""Where a figure belongs that names no place: what an earlier sentence tells, else what the crisis struck.

The country struck is the answer of last resort, since most totals of a report are the country's; but a disaster that
is itself told as a town's or a province's ("the Leyte quake", "the explosion in Halifax") is counted there.
"""

from __future__ import annotations

import re
from functools import cache

from kg.extract.measure_words import measure_table
from kg.extract.nlp import Paragraph
from kg.extract.numbers import Number
from kg.extract.scene import Ref, Scene
from kg.extract.tokens import Doc, Token
from kg.records import Entity

_REACH = 9  # tokens from a preposition to its place: "in central China's city of Wuhan"
_IN_ONE_PLACE = ("technological-accident", "landslide")  # concepts of scheme/disaster


def home_of(scene: Scene, crisis: str | None) -> str | None:
    """Where a crisis struck, if that is one place: the town or province that it is told as, else the country."""
    entity = scene.entities.get(crisis) if crisis is not None else None
    country = _struck_by(scene, crisis)
    if entity is None or country is None or not country.startswith("country/"):
        return country
    return _told_as(scene, entity, country) or country


def _struck_by(scene: Scene, crisis: str | None) -> str | None:
    entity = scene.entities.get(crisis) if crisis is not None else None
    if entity is not None and entity.part_of is not None:
        return entity.part_of
    countries = [key for key in (entity.struck if entity else ()) if key.startswith("country/")]
    named = [key for key in countries if _name(scene, key) in _name(scene, crisis)]
    if len(named) == 1:
        return named[0]
    if crisis == scene.topic.crisis and len(scene.topic.struck) == 1:
        return scene.topic.struck[0]
    return countries[0] if len(countries) == 1 else entity.struck[0] if entity and len(entity.struck) == 1 else None


def _told_as(scene: Scene, crisis: Entity, country: str) -> str | None:
    """The one place in the country whose name the headline gives the crisis ("the Leyte quake"), or that names an
    accident, which keeps to its place."""
    inside = [key for key, entity in scene.entities.items() if entity.type == "place" and entity.part_of == country]
    told = _in_headline(scene, crisis.key)
    if crisis.disaster in _IN_ONE_PLACE:
        told = f"{told} {crisis.name}"
    own = [key for key in inside if re.search(rf"\b{re.escape(_name(scene, key))}\b", told)]
    return own[0] if len(own) == 1 else None


def _in_headline(scene: Scene, crisis: str) -> str:
    """The words that the headline has for a crisis."""
    headlines = (paragraph for paragraph in scene.parsed.paragraphs if paragraph.kind == "headline")
    found = ((p.doc, ref) for p in headlines for ref in scene.refs_in(p) if ref.entity == crisis)
    return " ".join(doc[ref.start : ref.end].text for doc, ref in found)


def _name(scene: Scene, key: str | None) -> str:
    entity = scene.entities.get(key or "")
    return entity.name if entity is not None else (key or "").partition("/")[2].replace("-", " ").title()


def told_before(scene: Scene, paragraph: Paragraph, earlier: list[Ref], number: Number) -> str | None:
    """The place of an earlier sentence; a town that only somebody's journey names gives way to what was struck."""
    doc, start = paragraph.doc, paragraph.doc[number.start].sent.start
    for ref in reversed(earlier):
        if is_worldwide(doc[ref.start : start].text):
            return None
        root = root_of(doc, ref)
        if root.dep_ == "dobj" and root.head.lemma_.lower() in measure_table().place.struck:
            return ref.entity
        if is_located(doc, ref) and (_tells_harm(doc, ref) or scene.entities[ref.entity].type == "country"):
            return ref.entity
    return None if is_worldwide(doc[:start].text) else home_of(scene, scene.crisis_at(paragraph, number.start))


def _tells_harm(doc: Doc, ref: Ref) -> bool:
    """Whether the sentence of a reference tells of a hazard or its harm, rather than of a landing or a journey."""
    table = measure_table()
    words = {token.lemma_.lower() for token in doc[ref.start].sent} | {token.lower_ for token in doc[ref.start].sent}
    return bool(words & (set(table.hazards.lemmas) | set(table.place.struck) | _harm()))


@cache
def _harm() -> frozenset[str]:
    rows = (*measure_table().noun, *measure_table().state, *measure_table().total)
    return frozenset(word for row in rows for word in row.words)


def is_place(scene: Scene, ref: Ref) -> bool:
    entity = scene.entities.get(ref.entity)
    return entity is not None and entity.type in ("country", "place")


def root_of(doc: Doc, ref: Ref) -> Token:
    return doc[ref.start : ref.end].root


def is_located(doc: Doc, ref: Ref) -> bool:
    """Whether a preposition of place leads to the reference: "in Italy", "in the Chilean city of Talca"."""
    group = measure_table()
    for at in range(ref.start - 1, max(-1, ref.start - _REACH), -1):
        token = doc[at]
        if token.lower_ in group.place.prepositions or _is_flight(doc, at):
            return True
        if token.lower_ == "of" and at > 0 and doc[at - 1].lemma_.lower() in group.settlement.words:
            continue
        if token.pos_ not in ("DET", "ADJ", "PROPN", "NOUN", "PART", "PUNCT") and token.dep_ != "amod":
            return False
    return False


def _is_flight(doc: Doc, at: int) -> bool:
    """Whether "from" tells whence people are driven ("evacuated from"), or "to" where they went ("half of them to")."""
    before = doc[at - 1] if at else None
    if before is None or doc[at].lower_ not in ("from", "to"):
        return False
    if doc[at].lower_ == "from":
        return before.lower_ in (*measure_table().place.driven, "home", "homes")
    part = before.lower_ == "them" and doc[at - 2].lower_ == "of"
    return part or before.lemma_.lower() in measure_table().place.fleeing


def is_worldwide(text: str) -> bool:
    low = text.lower()
    return any(phrase in low for phrase in measure_table().place.worldwide)

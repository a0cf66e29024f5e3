"""Where a figure belongs: the place that its clause, its sentence or the running paragraph tells.

In order: a place after a preposition of place, first to the right of the number and before the next number, then
to its left; the possessor or the subject of the clause ("Italy's toll", "Spain reported"); the place struck
("the quake hit Haiti"); the nearest place of the sentence, a demonym last; the last *location* of the
paragraph's earlier sentences; the country that the article's own crisis struck. A word for the whole world
cuts the search off, since what follows it counts everywhere.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from kg.extract.clauses import governing_verb
from kg.extract.measure_words import measure_table
from kg.extract.nlp import Paragraph
from kg.extract.numbers import Number
from kg.extract.scene import Ref, Scene
from kg.extract.tokens import Doc, Token

_REACH = 9  # tokens from a preposition to its place: "in central China's city of Wuhan"
_FEW = 2  # places of a list that may each stand for the whole; more of them are a region
_BRINGING = ("with", "for", "had", "has", "its", "their", ",")


def place_of(scene: Scene, paragraph: Paragraph, number: Number, following: Number | None, rule: str) -> str | None:
    """The entity key of the place that a figure is about, or ``None`` for the whole world or an untold place.

    Args:
        scene: the article with its references.
        paragraph: where the number stands.
        number: the figure's number.
        following: the next number of the paragraph, whose place is its own.
        rule: how the figure's measure was found; a magnitude belongs to what the crisis struck.
    """
    doc, sentence = paragraph.doc, paragraph.doc[number.start].sent
    places = [ref for ref in scene.refs_in(paragraph) if _is_place(scene, ref)]
    here = [ref for ref in places if sentence.start <= ref.start < sentence.end and not _is_aside(doc, ref, number)
            and (following is None or not _brings(doc, ref, following))]
    limit = following.start if following is not None and following.start < sentence.end else sentence.end
    right = [ref for ref in here if number.end <= ref.start < limit
             and (_is_located(doc, ref) or _has(doc, ref, number))]
    if right:
        return _one_of(scene, paragraph, number, right)
    brought = _bringing(doc, here, number)
    if brought is not None:
        return brought.entity
    if _is_worldwide(sentence.text):
        return None
    told = _in_sentence(scene, paragraph, here, number, rule)
    return told or _before(scene, paragraph, [ref for ref in places if ref.start < sentence.start], number)


def _one_of(scene: Scene, paragraph: Paragraph, number: Number, right: list[Ref]) -> str:
    """The first place; but "in Somalia, Ethiopia, Kenya and Djibouti" is the region that the crisis struck."""
    listed = all(_parted(paragraph.doc, first, second) for first, second in pairwise(right[:3]))
    home = _home(scene, scene.crisis_at(paragraph, number.start))
    return home if listed and len(right) > _FEW and home is not None else right[0].entity


def _parted(doc: Doc, first: Ref, second: Ref) -> bool:
    return all(token.lower_ in (",", "and") for token in doc[first.end : second.start])


def _bringing(doc: Doc, here: list[Ref], number: Number) -> Ref | None:
    """The place right before the number: "Belgium 2,100", "Kosovo, with 200 cases", "the latter, with 300"."""
    for ref in here:
        if _brings(doc, ref, number):
            return ref
    at = number.start - 1
    while at > 0 and doc[at].lower_ in _BRINGING:
        at -= 1
    earlier = [ref for ref in here if ref.end <= at]
    return earlier[-1] if at >= 0 and doc[at].lower_ == "latter" and earlier else None


def _brings(doc: Doc, ref: Ref, number: Number) -> bool:
    between = [token.lower_ for token in doc[ref.end : number.start]]
    if not 0 <= number.start - ref.end <= len(_BRINGING):
        return False
    return between != [","] and all(word in _BRINGING for word in between)


def _in_sentence(scene: Scene, paragraph: Paragraph, here: list[Ref], number: Number, rule: str) -> str | None:
    doc = paragraph.doc
    located = [ref for ref in here if _is_located(doc, ref)]
    struck = [ref for ref in here if _root(doc, ref).head.lemma_.lower() in measure_table().place.struck]
    home = _home(scene, scene.crisis_at(paragraph, number.start))
    if rule == "magnitude" and not struck and home is not None:
        return home
    subjects = [ref for ref in here if ref.form != "demonym" and _governs(doc, ref, number)]
    named = [ref for ref in here if ref.form != "demonym"]
    own = [ref for ref in subjects if _is_own_subject(doc, ref, number) and all(ref.start > at.start for at in located)]
    for candidates in (own, located, subjects, struck):
        if candidates:
            return _nearest(candidates, number)
    return _of_the_teller(scene, paragraph, number) or _nearest(named or here, number)


def _has(doc: Doc, ref: Ref, number: Number) -> bool:
    """Whether what is counted is the place's own: "three districts of Cameroon"."""
    of = ref.start - 1 if doc[ref.start - 1].lower_ != "the" else ref.start - 2
    return number.head is not None and of == number.head + 1 and doc[of].lower_ == "of"


def _is_own_subject(doc: Doc, ref: Ref, number: Number) -> bool:
    """Whether the reference is the subject of the very verb that governs the number: "…, while Yemen buried 12"."""
    verb = governing_verb(doc[number.start : number.end].root)
    return verb is not None and _root(doc, ref).head == verb and ref.start < number.start


def _nearest(refs: list[Ref], number: Number) -> str | None:
    return min(refs, key=lambda ref: (abs(ref.start - number.start), ref.start)).entity if refs else None


def _of_the_teller(scene: Scene, paragraph: Paragraph, number: Number) -> str | None:
    """The country of a body or a person who counts at home: "the Civil Protection Department has counted"."""
    doc = paragraph.doc
    for ref in scene.refs_in(paragraph):
        entity, root = scene.entities.get(ref.entity), _root(doc, ref)
        if entity is None or entity.type not in ("organization", "person"):
            continue
        told = [root.head, *(child for child in root.children if child.dep_ == "relcl")]
        if any(_counts(verb, doc[number.start : number.end].root) for verb in told):
            return scene.country_of(ref.entity)
    return None


def _counts(verb: Token, number: Token) -> bool:
    """Whether a verb of counting governs the number; one of saying does not tell where."""
    return verb.lemma_.lower() in measure_table().place.counting and verb.is_ancestor(number)


def _home(scene: Scene, crisis: str | None) -> str | None:
    """Where a crisis struck, if that is one place."""
    entity = scene.entities.get(crisis) if crisis is not None else None
    if entity is not None and entity.part_of is not None:
        return entity.part_of
    countries = [key for key in (entity.struck if entity else ()) if key.startswith("country/")]
    named = [key for key in countries if _name(scene, key) in _name(scene, crisis)]
    if len(named) == 1:
        return named[0]
    if crisis == scene.topic.crisis and len(scene.topic.struck) == 1:
        return scene.topic.struck[0]
    return entity.struck[0] if entity is not None and len(entity.struck) == 1 else None


def _name(scene: Scene, key: str | None) -> str:
    entity = scene.entities.get(key or "")
    return entity.name if entity is not None else (key or "").partition("/")[2].replace("-", " ").title()


def _before(scene: Scene, paragraph: Paragraph, earlier: list[Ref], number: Number) -> str | None:
    """The place of an earlier sentence; a town that only somebody's journey names gives way to what was struck."""
    doc, start = paragraph.doc, paragraph.doc[number.start].sent.start
    for ref in reversed(earlier):
        if _is_worldwide(doc[ref.start : start].text):
            return None
        root = _root(doc, ref)
        if root.dep_ == "dobj" and root.head.lemma_.lower() in measure_table().place.struck:
            return ref.entity
        if _is_located(doc, ref) and (_tells_harm(doc, ref) or scene.entities[ref.entity].type == "country"):
            return ref.entity
    return None if _is_worldwide(doc[:start].text) else _home(scene, scene.crisis_at(paragraph, number.start))


def _tells_harm(doc: Doc, ref: Ref) -> bool:
    """Whether the sentence of a reference tells of a hazard or its harm, rather than of a landing or a journey."""
    table = measure_table()
    words = {token.lemma_.lower() for token in doc[ref.start].sent} | {token.lower_ for token in doc[ref.start].sent}
    return bool(words & (set(table.hazards.lemmas) | set(table.place.struck) | _harm()))


@cache
def _harm() -> frozenset[str]:
    rows = (*measure_table().noun, *measure_table().state, *measure_table().total)
    return frozenset(word for row in rows for word in row.words)


def _is_aside(doc: Doc, ref: Ref, number: Number) -> bool:
    """Whether the place only measures the figure against others, or dates it: "more than in Chad", "since China"."""
    for at in range(ref.start - 1, doc[ref.start].sent.start - 1, -1):
        token = doc[at]
        part = token.lower_ in ("them", "which", "whom") and doc[at - 1].lower_ == "of"  # "most of them in Luanda"
        if token.lower_ in measure_table().aside.words or (part and number.end <= at):
            return True
        if token.text in (",", ";", ":") or token.pos_ == "NUM" or number.start <= at < number.end:
            return False
    return False


def _is_place(scene: Scene, ref: Ref) -> bool:
    entity = scene.entities.get(ref.entity)
    return entity is not None and entity.type in ("country", "place")


def _root(doc: Doc, ref: Ref) -> Token:
    return doc[ref.start : ref.end].root


def _is_located(doc: Doc, ref: Ref) -> bool:
    """Whether a preposition of place leads to the reference: "in Italy", "in the Chilean city of Talca"."""
    group = measure_table()
    for at in range(ref.start - 1, max(-1, ref.start - _REACH), -1):
        token = doc[at]
        if token.lower_ in group.place.prepositions:
            return True
        if token.lower_ == "of" and at > 0 and doc[at - 1].lemma_.lower() in group.settlement.words:
            continue
        if token.pos_ not in ("DET", "ADJ", "PROPN", "NOUN", "PART", "PUNCT"):
            return False
    return False


def _governs(doc: Doc, ref: Ref, number: Number) -> bool:
    """Whether the reference is the subject of a clause that the number stands in, or possesses its total."""
    root = _root(doc, ref)
    if root.dep_ not in ("nsubj", "nsubjpass", "poss"):
        return False
    token = doc[number.start : number.end].root
    return root.head == token or root.head.is_ancestor(token) or token.is_ancestor(root)


def _is_worldwide(text: str) -> bool:
    low = text.lower()
    return any(phrase in low for phrase in measure_table().place.worldwide)

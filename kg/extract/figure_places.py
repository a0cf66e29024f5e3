"""Where a figure belongs: the place that its clause, its sentence or the running paragraph tells.

In order: a place after a preposition of place, first to the right of the number and before the next number, then
to its left; the possessor or the subject of the clause ("Italy's toll", "Spain reported"); the place struck
("the quake hit Haiti"); the nearest place of the sentence, a demonym last; the last *location* of the
paragraph's earlier sentences; the country that the article's own crisis struck. A word for the whole world
cuts the search off, since what follows it counts everywhere.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.extract.measure_words import measure_table
from kg.extract.nlp import Paragraph
from kg.extract.numbers import Number
from kg.extract.scene import Ref, Scene

_REACH = 9  # tokens from a preposition to its place: "in central China's city of Wuhan"


def place_of(scene: Scene, paragraph: Paragraph, number: Number, following: Number | None) -> str | None:
    """The entity key of the place that a figure is about, or ``None`` for the whole world or an untold place.

    Args:
        scene: the article with its references.
        paragraph: where the number stands.
        number: the figure's number.
        following: the next number of the paragraph, whose place is its own.
    """
    doc, sentence = paragraph.doc, paragraph.doc[number.start].sent
    places = [ref for ref in scene.refs_in(paragraph) if _is_place(scene, ref)]
    here = [ref for ref in places if sentence.start <= ref.start < sentence.end]
    limit = following.start if following is not None and following.start < sentence.end else sentence.end
    right = [ref for ref in here if number.end <= ref.start < limit and _is_located(doc, ref)]
    if right:
        return right[0].entity
    if _is_worldwide(sentence.text):
        return None
    if here:
        return _in_sentence(doc, here, number)
    return _before(scene, paragraph, places, sentence.start, number)


def _in_sentence(doc: Doc, here: list[Ref], number: Number) -> str:
    located = [ref for ref in here if _is_located(doc, ref)]
    subjects = [ref for ref in here if ref.form != "demonym" and _governs(doc, ref, number)]
    struck = [ref for ref in here if _root(doc, ref).head.lemma_.lower() in measure_table().place.struck]
    named = [ref for ref in here if ref.form != "demonym"]
    for candidates in (located, subjects, struck, named, here):
        if candidates:
            return min(candidates, key=lambda ref: (abs(ref.start - number.start), ref.start)).entity
    raise AssertionError("here is not empty")


def _before(scene: Scene, paragraph: Paragraph, places: list[Ref], start: int, number: Number) -> str | None:
    doc = paragraph.doc
    for ref in reversed([ref for ref in places if ref.start < start]):
        if _is_worldwide(doc[ref.start : start].text):
            return None
        struck = _root(doc, ref).head.lemma_.lower() in measure_table().place.struck and _root(doc, ref).dep_ == "dobj"
        if _is_located(doc, ref) or struck:
            return ref.entity
    if _is_worldwide(doc[:start].text):
        return None
    crisis = scene.crisis_at(paragraph, number.start)
    return scene.topic.struck[0] if crisis == scene.topic.crisis and len(scene.topic.struck) == 1 else None


def _is_place(scene: Scene, ref: Ref) -> bool:
    entity = scene.entities.get(ref.entity)
    return entity is not None and entity.type in ("country", "place")


def _root(doc: Doc, ref: Ref) -> Token:
    return doc[ref.start : ref.end].root


def _is_located(doc: Doc, ref: Ref) -> bool:
    """Whether a preposition of place leads to the reference: "in Italy", "in the Italian city of Messina"."""
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

"""Places that a figure leans on without naming them beside it, and places beside it that it is not about.

A relative clause and an apposition count what stands before them ("Gao, where 3,000 are hungry"), and "there"
points back. On the other side stand places that only measure the figure against others, tell the worst part of
it, or say where somebody spoke of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.clauses import governing_verb
from kg.extract.figure_homes import home_of, is_located, root_of
from kg.extract.found import last_token, measure_index
from kg.extract.measure_words import measure_table
from kg.extract.nlp import Paragraph
from kg.extract.numbers import Number
from kg.extract.scene import Ref, Scene
from kg.extract.tokens import Doc, Token

_OWN_COUNTRY = ("country", "nation", "homeland", "state")


def described_by(scene: Scene, paragraph: Paragraph, number: Number) -> Token | None:
    """The head of the relative clause or apposition that the number stands in, if a place or a crisis bears it."""
    token = paragraph.doc[number.start : number.end].root
    if token.dep_ == "appos":  # the next of a list: "30 were in the north, 20 in the south"
        return None
    while token.head != token:
        if token.dep_ in ("relcl", "appos") and what_is_described(scene, paragraph, token) is not None:
            return token
        token = token.head
    return None


def what_is_described(scene: Scene, paragraph: Paragraph, clause: Token) -> str | None:
    """The key of the place that bears a relative clause or an apposition, itself or by another apposition.

    A crisis stands for what it struck, and a person for the country in "whose country has recorded".
    """
    words = {token.lower_ for token in (*clause.lefts, *clause.subtree) if token.head == clause or token.dep_ == "poss"}
    if words & {"who", "whom"}:
        return None
    head = clause.head
    if "whose" in words:
        own = any(token.lower_ == "whose" and token.head.lower_ in _OWN_COUNTRY for token in clause.subtree)
        ref = scene.at(paragraph, head.i)
        return scene.country_of(ref.entity) if own and ref is not None else None
    while True:
        entity = scene.entity_at(paragraph, head)
        if entity is not None and entity.type in ("country", "place"):
            return entity.key
        if entity is not None and entity.type == "crisis":
            return home_of(scene, entity.key)
        if head.dep_ not in ("appos", "pobj", "prep") or (head.dep_ == "prep" and head.lower_ != "of"):
            return None
        head = head.head


def crisis_counted(scene: Scene, paragraph: Paragraph, number: Number) -> str | None:
    """Where the crisis struck whose toll the number is: "Peru sends help as the Nepal quake's toll passes 4,000".

    So does a crisis that kills in a clause of its own, and a bare toll there: "as toll passes 4,000".
    """
    doc = paragraph.doc
    verb = governing_verb(doc[number.start : number.end].root)
    subject = next((child for child in verb.children if child.dep_ == "nsubj"), None) if verb is not None else None
    if subject is None or verb is None or subject.i > number.start:
        return None
    toll = subject.lemma_.lower() in (*measure_index("total"), *measure_table().counting.lemmas)
    words = [child for child in subject.children if child.dep_ in ("compound", "poss", "amod")]
    named = (scene.entity_at(paragraph, word) for word in (words if toll else [subject]))
    crisis = next((entity.key for entity in named if entity is not None and entity.type == "crisis"), None)
    bare = toll and verb.dep_ == "advcl" and not list(subject.children)
    if crisis is None and bare:
        crisis = scene.crisis_at(paragraph, number.start)
    return home_of(scene, crisis) if crisis is not None and (toll or verb.dep_ == "advcl") else None


def pointed_at(scene: Scene, paragraph: Paragraph, number: Number, places: Sequence[Ref]) -> str | None:
    """The place that "there" in the number's clause means: the last in its sentence behind a preposition."""
    doc = paragraph.doc
    verb = governing_verb(doc[number.start : number.end].root)
    sentence = doc[number.start].sent
    for token in sentence:
        if token.lower_ != "there" or token.dep_ == "expl" or verb is None or not _is_near(token, verb):
            continue
        before = [ref for ref in places if sentence.start <= ref.start and ref.end <= token.i]
        led = [ref for ref in before if root_of(doc, ref).dep_ == "pobj" and ref.form == "name"]
        if led:
            return led[-1].entity
    return None


def _is_near(there: Token, verb: Token) -> bool:
    """Whether "there" stands in the clause of the verb or in a participle under it: "the number killed there rose"."""
    return there.head == verb or verb.is_ancestor(there) or there.head.is_ancestor(verb)


def is_aside(doc: Doc, ref: Ref, number: Number) -> bool:
    """Whether a place of the sentence is none of the figure's own.

    It measures the figure against others or dates it ("more than in Chad", "since China"), tells a part of it
    ("mainly in Aceh", "most of them in Luanda"), is where somebody tells it, or is the end of a road.
    """
    return _is_way(doc, ref) or _is_of_telling(doc, ref, number) or _is_elsewhere(doc, ref, number) or _is_led_aside(
        doc, ref, number)


def _is_led_aside(doc: Doc, ref: Ref, number: Number) -> bool:
    group = measure_table()
    for at in range(ref.start - 1, doc[ref.start].sent.start - 1, -1):
        token = doc[at]
        if token.lower_ in group.aside.words or (number.end <= at and _is_partly(doc, at, number)):
            return True
        if token.lower_ == "far" and at and doc[at - 1].lower_ == "as":  # "in wards as far away as Lima"
            return True
        if token.text in (",", ";", ":") or token.pos_ == "NUM" or number.start <= at < number.end:
            return False
    return False


def _is_partly(doc: Doc, at: int, number: Number) -> bool:
    """Whether a part is told from here on; "300 of them" is the number itself."""
    if doc[at].lower_ in measure_table().place.partly:
        return True
    part = doc[at].lower_ in ("them", "which", "whom") and doc[at - 1].lower_ == "of"
    return part and at - 1 != last_token(number) + 1


def _is_way(doc: Doc, ref: Ref) -> bool:
    following = doc[ref.end : ref.end + 4]
    words = [token.lower_ for token in following]
    way = next((at for at, word in enumerate(words) if word in measure_table().place.ways), None)
    return way is not None and all(token.pos_ in ("PROPN", "PUNCT", "SYM") for token in following[:way])


def _is_of_telling(doc: Doc, ref: Ref, number: Number) -> bool:
    """Whether the place is where somebody speaks: "20 people died, a minister told reporters in Geneva"."""
    root = root_of(doc, ref)
    if root.dep_ != "pobj" or not is_located(doc, ref) or ref.start < number.end:
        return False
    told = root.head.head
    while told.dep_ == "dobj":
        told = told.head
    token = doc[number.start : number.end].root
    return told.lemma_.lower() in _SPEAKING and any(
        child.dep_ == "ccomp" and (child.is_ancestor(token) or child == token) for child in told.children)


_SPEAKING = frozenset(("say", "tell", "announce", "report", "add", "state", "warn", "declare"))


def _is_elsewhere(doc: Doc, ref: Ref, number: Number) -> bool:
    """Whether the place stands behind the number in what somebody else says or does: "while it works in".

    A clause that only goes on counting has no subject, or a number as its subject.
    """
    verb, token = governing_verb(doc[number.start : number.end].root), governing_verb(root_of(doc, ref))
    if ref.start < number.end or verb is None:
        return False
    while token is not None and token != verb and not token.is_ancestor(verb) and token.head != token:
        subjects = [child for child in token.children if child.dep_ in ("nsubj", "nsubjpass")]
        counting = any(word.like_num for subject in subjects for word in subject.subtree)
        if token.dep_ == "ccomp" and subjects and not counting and token.head != verb:
            return not verb.is_ancestor(token)
        token = token.head
    return False

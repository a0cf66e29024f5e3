"""Where a figure belongs: the place that its clause, its sentence or the running paragraph tells.

In order: a place after a preposition of place, first to the right of the number and before the next number, then
to its left; the possessor or the subject of the clause ("Italy's toll", "Spain reported"); the place struck
("the quake hit Haiti"); the nearest place of the sentence, a demonym last; the last *location* of the
paragraph's earlier sentences; the country that the article's own crisis struck. A word for the whole world
cuts the search off, since what follows it counts everywhere.
"""

from __future__ import annotations

from itertools import pairwise

from kg.extract.clauses import governing_verb
from kg.extract.figure_antecedents import crisis_counted, described_by, is_aside, pointed_at, what_is_described
from kg.extract.figure_homes import home_of, is_located, is_place, is_worldwide, root_of, told_before
from kg.extract.measure_words import measure_table
from kg.extract.nlp import Paragraph
from kg.extract.numbers import Number
from kg.extract.scene import Ref, Scene
from kg.extract.tokens import Doc, Token

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
    places = [ref for ref in scene.refs_in(paragraph) if is_place(scene, ref)]
    here = [ref for ref in places if sentence.start <= ref.start < sentence.end and not is_aside(doc, ref, number)
            and (following is None or not _brings(doc, ref, following) or _has(doc, ref, number))]
    brought = _bringing(doc, here, number)
    described = described_by(scene, paragraph, number) if brought is None else None
    if described is not None:
        here = [ref for ref in here if described.left_edge.i <= ref.start <= described.right_edge.i]
    limit = following.start if following is not None and following.start < sentence.end else sentence.end
    right = [ref for ref in here if number.end <= ref.start < limit
             and (is_located(doc, ref) or _has(doc, ref, number))]
    if right:
        return _one_of(scene, paragraph, number, right)
    if brought is not None:
        return brought.entity
    if described is not None and (place := what_is_described(scene, paragraph, described)) is not None:
        return place
    if (pointed := pointed_at(scene, paragraph, number, places)) is not None:
        return pointed
    if is_worldwide(sentence.text):
        return None
    told = _in_sentence(scene, paragraph, here, number, rule)
    return told or told_before(scene, paragraph, [ref for ref in places if ref.start < sentence.start], number)


def _one_of(scene: Scene, paragraph: Paragraph, number: Number, right: list[Ref]) -> str:
    """The first place; but "in Somalia, Ethiopia, Kenya and Djibouti" is the region that the crisis struck."""
    listed = all(_parted(paragraph.doc, first, second) for first, second in pairwise(right[:3]))
    if not listed or len(right) <= _FEW:
        return right[0].entity
    countries = {scene.country_of(ref.entity) for ref in right if scene.country_of(ref.entity) is not None}
    common = countries.pop() if len(countries) == 1 and right[0].entity.startswith("place/") else None
    return common or home_of(scene, scene.crisis_at(paragraph, number.start)) or right[0].entity


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
    located = [ref for ref in here if is_located(doc, ref)]
    struck = [ref for ref in here if root_of(doc, ref).head.lemma_.lower() in measure_table().place.struck]
    home = home_of(scene, scene.crisis_at(paragraph, number.start))
    if rule == "magnitude" and not struck and home is not None:
        return home
    if home is not None:
        here = [ref for ref in here if is_located(doc, ref)
                or not (_is_of_body(doc, ref, number) or _is_later_subject(doc, ref, number))]
    subjects = [ref for ref in here if ref.form != "demonym" and _governs(doc, ref, number)]
    named = [ref for ref in here if ref.form != "demonym"]
    own = [ref for ref in subjects if _is_own_subject(doc, ref, number) and all(ref.start > at.start for at in located)]
    if not own and not located and (place := crisis_counted(scene, paragraph, number)) is not None:
        return place
    for candidates in (own, located, subjects, struck):
        if candidates:
            nearest = _nearest(candidates, number)
            return _one_of(scene, paragraph, number, _listed_from(doc, nearest, here)) if nearest else None
    nearest = _nearest(named or here, number)
    return _of_the_teller(scene, paragraph, number) or (nearest.entity if nearest is not None else None)


def _has(doc: Doc, ref: Ref, number: Number) -> bool:
    """Whether what is counted is the place's own: "three districts of Cameroon"."""
    of = ref.start - 1 if doc[ref.start - 1].lower_ != "the" else ref.start - 2
    return number.head is not None and of == number.head + 1 and doc[of].lower_ == "of"


def _is_own_subject(doc: Doc, ref: Ref, number: Number) -> bool:
    """Whether the reference is the subject of the very verb that governs the number: "…, while Yemen buried 12"."""
    verb = governing_verb(doc[number.start : number.end].root)
    return verb is not None and root_of(doc, ref).head == verb and ref.start < number.start


def _is_later_subject(doc: Doc, ref: Ref, number: Number) -> bool:
    """Whether the place acts after a clause of time that counts elsewhere: "when a storm drowned 200, Peru gave"."""
    root, verb = root_of(doc, ref), governing_verb(doc[number.start : number.end].root)
    if root.dep_ != "nsubj" or ref.start < number.end or verb is None:
        return False
    return root.head != verb and root.head.is_ancestor(verb)


def _nearest(refs: list[Ref], number: Number) -> Ref | None:
    return min(refs, key=lambda ref: (abs(ref.start - number.start), ref.start)) if refs else None


def _listed_from(doc: Doc, first: Ref, here: list[Ref]) -> list[Ref]:
    """A place and those that a list joins to it: "in 12 camps in Gao, Mopti and Kidal"."""
    found = [first]
    for ref in here:
        if ref.start >= found[-1].end and _parted(doc, found[-1], ref):
            found.append(ref)
    return found


def _of_the_teller(scene: Scene, paragraph: Paragraph, number: Number) -> str | None:
    """The country of a body or a person who counts at home: "the Civil Protection Department has counted"."""
    doc = paragraph.doc
    for ref in scene.refs_in(paragraph):
        entity, root = scene.entities.get(ref.entity), root_of(doc, ref)
        if entity is None or entity.type not in ("organization", "person"):
            continue
        told = [root.head, *(child for child in root.children if child.dep_ == "relcl")]
        if any(_counts(verb, doc[number.start : number.end].root) for verb in told):
            return scene.country_of(ref.entity)
    return None


def _counts(verb: Token, number: Token) -> bool:
    """Whether a verb of counting governs the number; one of saying does not tell where."""
    return verb.lemma_.lower() in measure_table().place.counting and verb.is_ancestor(number)


def _is_of_body(doc: Doc, ref: Ref, number: Number) -> bool:
    """Whether the reference only tells whose ministry says it, unless that body is told to count at home."""
    root = root_of(doc, ref)
    body = root.head if ref.form != "description" and root.dep_ in ("amod", "compound", "nmod", "poss") else root
    if body.lemma_.lower() not in measure_table().place.bodies:
        return False
    return not _counts(body.head, doc[number.start : number.end].root)


def _suffers(place: Token, number: Token) -> bool:
    """Whether the place is struck in a clause of time below the number's verb: "killed when Gao was shelled"."""
    clause, verb = place.head, governing_verb(number)
    table = measure_table().place
    struck = place.dep_ == "nsubjpass" or (place.dep_ == "nsubj" and clause.lemma_.lower() in table.suffered)
    if not struck or verb is None or clause.dep_ != "advcl":
        return False
    return verb.is_ancestor(clause) or clause.head.is_ancestor(verb)


def _governs(doc: Doc, ref: Ref, number: Number) -> bool:
    """Whether the reference is the subject of a clause that the number stands in, or possesses its total."""
    root = root_of(doc, ref)
    token = doc[number.start : number.end].root
    if _suffers(root, token):
        return True
    if root.dep_ not in ("nsubj", "nsubjpass", "poss"):
        return False
    return root.head == token or root.head.is_ancestor(token) or token.is_ancestor(root)

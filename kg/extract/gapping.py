"""Clauses whose verb is left out: "Oslo gave £2 million and Bern a sum of €1 million".

Or whose giver is, too: "sent 900 tents to Togo, 300 to Benin". The parse makes objects
or appositions of them, so they are found by their shape: after the verb of a giving, a party right at the
start of a stretch that commas and "and" cut off, and goods right behind it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.frames import Clause
from kg.extract.items import find_items
from kg.extract.nlp import Paragraph
from kg.extract.numbers import Number
from kg.extract.parties import Parties, parties
from kg.extract.scene import Ref, Scene
from kg.records import Item, Quantity

_CUTS = frozenset({",", ";", "and", "while", "but", "whereas"})
_SOURCE = ("from", "by")
_GOODS = 7  # tokens of goods in such a stretch: "a further 20 tonnes of wheat"
_BETWEEN = 4  # tokens that may stand between the party and its number: "the deployment of", "one of", "another"


@dataclass(frozen=True, slots=True)
class Gapped:
    """A party and what it gives, by the verb before them; or, if ``receives``, what it is given.

    ``at`` is the party's token.
    """

    at: int
    parties: Parties
    items: tuple[Item, ...]
    receives: bool = False


def find_gapped(
    scene: Scene, paragraph: Paragraph, numbers: tuple[Number, ...], clause: Clause, model: Item | None
) -> Iterator[Gapped]:
    """The givings that follow a clause in its sentence without a verb of their own.

    Args:
        model: the item of the clause itself, which a bare number counts.
    """
    doc, sentence = paragraph.doc, clause.trigger.sent
    for ref in scene.refs_in(paragraph):
        if (
            not clause.trigger.i < ref.start < sentence.end
            or not _is_party(scene, ref)
            or not _starts_stretch(paragraph, ref)
            or _is_supplied(paragraph, ref, clause)
        ):
            continue
        bare = _behind_comma(paragraph, ref, numbers)
        if bare:
            yield Gapped(ref.start, parties(scene, paragraph, [doc[ref.start : ref.end].root]), bare)
            continue
        number = next((n for n in numbers if ref.end <= n.start <= ref.end + _BETWEEN and n.start < sentence.end), None)
        if number is None or any(
            doc[i].pos_ in ("VERB", "AUX") or doc[i].text in _CUTS for i in range(ref.end, number.start)
        ):
            continue
        if _has_verb_behind(paragraph, number.end, sentence.end):
            continue
        heads = [doc[i] for i in {number.start, *(i for i in (number.head, number.unit_at) if i is not None)}]
        items = tuple(found.item for found in find_items(paragraph, heads, numbers)) or _like(paragraph, number, model)
        if items:
            yield Gapped(ref.start, parties(scene, paragraph, [doc[ref.start : ref.end].root]), items)


def _is_supplied(paragraph: Paragraph, ref: Ref, clause: Clause) -> bool:
    """Whether the verb's own objects are those who get its goods: "supplied Togo and Benin with tents"."""
    with_goods = ref.end < len(paragraph.doc) and paragraph.doc[ref.end].lower_ == "with"
    return with_goods and paragraph.doc[ref.start : ref.end].root in clause.patients[1:]


def _behind_comma(paragraph: Paragraph, ref: Ref, numbers: tuple[Number, ...]) -> tuple[Item, ...]:
    """Goods alone between a comma and a semicolon: "Chad gave rice; Mali, tents; and Togo sent salt"."""
    doc = paragraph.doc
    before = ref.start - 2 if doc[ref.start - 1].lower_ in ("the", "and") else ref.start - 1
    if doc[max(before, 0)].text != ";" or ref.end >= len(doc) or doc[ref.end].text != ",":
        return ()
    end = next((i for i in range(ref.end, len(doc)) if doc[i].text in (";", ".")), len(doc))
    words = [doc[i] for i in range(ref.end + 1, end)]
    if len(words) > _GOODS or any(word.pos_ in ("VERB", "AUX") for word in words):
        return ()
    return tuple(found.item for found in find_items(paragraph, words, numbers))


def find_trailing(
    scene: Scene, paragraph: Paragraph, numbers: tuple[Number, ...], clause: Clause, model: Item | None
) -> Iterator[Gapped]:
    """The further givers of a clause that stand behind their goods: "rice came from Oslo, water from Bern".

    Args:
        model: the item of the clause itself, which a bare number counts.
    """
    doc, sentence = paragraph.doc, clause.trigger.sent
    for ref in scene.refs_in(paragraph):
        if not clause.trigger.i < ref.start < sentence.end or not _is_party(scene, ref):
            continue
        before = ref.start - 2 if doc[ref.start - 1].lower_ == "the" else ref.start - 1
        if doc[before].lower_ not in (*_SOURCE, *clause.frame.givers):
            continue
        start = max((i + 1 for i in range(clause.trigger.i, before) if doc[i].text in _CUTS), default=before)
        goods = [doc[i] for i in range(start, before)]
        if not goods or len(goods) > _GOODS or any(token.pos_ in ("VERB", "AUX") for token in goods):
            continue
        number = next((n for n in numbers if start <= n.start < before), None)
        items = tuple(found.item for found in find_items(paragraph, goods, numbers))
        items = items or (_like(paragraph, number, model) if number is not None else ())
        if items:
            yield Gapped(ref.start, parties(scene, paragraph, [doc[ref.start : ref.end].root]), items)


def find_bracketed(
    scene: Scene, paragraph: Paragraph, numbers: tuple[Number, ...], clause: Clause
) -> Iterator[Gapped]:
    """Givers with their own sums in brackets: "came from Oslo ($2 million) and Bern ($1 million)"."""
    doc, sentence = paragraph.doc, clause.trigger.sent
    for ref in scene.refs_in(paragraph):
        if not sentence.start <= ref.start or ref.end + 2 >= sentence.end or doc[ref.end].text != "(":
            continue
        number = next((n for n in numbers if ref.end < n.start <= ref.end + 2 and n.currency), None)
        if number is None or not _is_party(scene, ref):
            continue
        items = tuple(found.item for found in find_items(paragraph, [doc[number.end - 1]], numbers))
        if items:
            yield Gapped(ref.start, parties(scene, paragraph, [doc[ref.start : ref.end].root]), items)


def find_shared(
    scene: Scene, paragraph: Paragraph, numbers: tuple[Number, ...], clause: Clause, model: Item
) -> Iterator[Gapped]:
    """The further recipients of a clause, each with a number of the same goods.

    Args:
        model: the item of the clause itself, which the bare numbers count.
    """
    doc, sentence = paragraph.doc, clause.trigger.sent
    for number in numbers:
        behind = number.end
        if (
            not clause.trigger.i < number.start < sentence.end
            or behind >= sentence.end
            or doc[behind].lower_ not in ("to", "for")
        ):
            continue
        if doc[number.start - 1].text not in _CUTS or (
            doc[number.end - 1].pos_ == "NOUN" and not doc[number.end - 1].like_num
        ):
            continue
        ref = next(
            (scene.at(paragraph, i) for i in (behind + 1, behind + 2) if i < sentence.end and scene.at(paragraph, i)),
            None,
        )
        if ref is not None and scene.entities[ref.entity].type in ("country", "organization", "place"):
            item = _like(paragraph, number, model)
            yield Gapped(ref.start, parties(scene, paragraph, [doc[ref.start : ref.end].root]), item, receives=True)


def _like(paragraph: Paragraph, number: Number, model: Item | None) -> tuple[Item, ...]:
    """A bare number of what another item is: the "300" of "900 tents to Togo, 300 to Benin"."""
    if model is None:
        return ()
    unit, currency = (model.quantity.unit, model.quantity.currency) if model.quantity else (None, None)
    words = paragraph.doc[number.start : number.end]
    amount = Quantity(
        number.value, number.minimum, number.maximum, number.qualifier, number.unit or unit, number.currency or currency
    )
    name = words.text if model.category == "funds" else model.name
    return (Item(paragraph.span(words), name, model.category, amount),)


def _is_party(scene: Scene, ref: Ref) -> bool:
    return scene.entities[ref.entity].type in ("country", "organization") and ref.form in ("name", "capital", "seat")


def _starts_stretch(paragraph: Paragraph, ref: Ref) -> bool:
    before = ref.start - 1
    while before >= 0 and paragraph.doc[before].lower_ in ("the", *_SOURCE):
        before -= 1
    return before >= 0 and paragraph.doc[before].lower_ in _CUTS


def _has_verb_behind(paragraph: Paragraph, start: int, end: int) -> bool:
    """Whether a finite verb follows before the next cut: then the party is its subject, and nothing is left out."""
    for token in paragraph.doc[start:end]:
        if token.text in _CUTS:
            return False
        if token.pos_ in ("VERB", "AUX") and token.tag_ in ("VBD", "VBZ", "VBP"):
            return True
    return False

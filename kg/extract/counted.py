"""What a number counts: the noun after it, its unit, the thing after "of".

The parse is asked first. The small model often hangs a number on the wrong word, so a scan over the words to its
right (adjectives, then nouns) decides wherever the parse points to the left or past a verb.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extract.lexicon import Lexicon, UnitKind
from kg.extract.numerals import Numeral
from kg.extract.tokens import Doc

_NOUNS = ("NOUN", "PROPN")
_ENDS_PHRASE = ("ADP", "AUX", "PRON", "SCONJ", "NUM", "DET")
_FARTHEST = 8  # tokens between a number and the noun it counts; longer noun phrases are rare in news
_COLLECTIVES = (12, 20)  # "a dozen of them", "a score of nurses"
_POSSESSIVES = frozenset({"its", "their", "his", "her", "our", "my"})  # "60 of its divers"
_ATTRIBUTIVE = re.compile(r"[-‑](?P<word>[A-Za-z]+)")


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted. ``head`` and ``unit_at`` are token indexes, ``end`` the token after unit words taken in."""

    end: int
    head: int | None = None
    unit: str | None = None
    unit_at: int | None = None
    kind: UnitKind | None = None


def find_counted(doc: Doc, numeral: Numeral, end: int, words: Lexicon) -> Counted:
    """What the numeral counts.

    Args:
        doc: the paragraph.
        numeral: the number, in characters.
        end: the token after the number and its hedges.
        words: the tables.
    """
    if joined := _ATTRIBUTIVE.match(doc.text, numeral.end):
        return _attributive(doc, joined, words)
    if not numeral.vague and (measure := words.unit_after.match(doc.text, numeral.end)):
        found = _measured(doc, measure, words)
        if found is not None:
            return found
    if doc[end : end + 1].text.lower() == "of":
        whole = numeral.vague or numeral.factor in _COLLECTIVES or doc[end + 1 : end + 2].text.lower() in _POSSESSIVES
        head = object_of(doc, end) if whole else None
    else:
        head = _parsed_head(doc, numeral, end) or noun_after(doc, end)
    return _of_head(doc, end, head, numeral, words)


def object_of(doc: Doc, at: int) -> int | None:
    """The noun after the preposition at this token."""
    for child in doc[at].children:
        if child.dep_ == "pobj" and child.pos_ in _NOUNS and child.i > at:
            return child.i
    return noun_after(doc, at + 1)


def noun_after(doc: Doc, start: int) -> int | None:
    """The head of the noun phrase that goes on at this token, skipping adjectives and participles."""
    position, last = start, min(len(doc), start + _FARTHEST)
    while position < last:
        token = doc[position]
        if token.pos_ in _NOUNS and token.ent_type_ not in ("DATE", "TIME"):
            return _last_of_compound(doc, position)
        adjectival = token.pos_ in ("ADJ", "ADV") or token.tag_ in ("VBN", "VBG") or token.text in "-‑"
        if not adjectival and not (position > start and _joins_adjectives(doc, position)):
            return None
        position += 1
    return None


def _joins_adjectives(doc: Doc, at: int) -> bool:
    """Whether "and" or a comma goes on with adjectives; "with 61 dead, Paraguay …" ends its noun phrase there."""
    if doc[at - 1].pos_ != "ADJ":
        return False
    following = doc[at + 1 : at + 2]
    return doc[at].lower_ in ("and", "or") or (doc[at].text == "," and any(one.pos_ == "ADJ" for one in following))


def _last_of_compound(doc: Doc, position: int) -> int:
    while position + 1 < len(doc) and doc[position + 1].pos_ in _NOUNS:
        token, following = doc[position], doc[position + 1]
        if following.ent_type_ in ("DATE", "TIME") or (token.tag_ == "NNS" and token.head.i != following.i):
            break
        position += 1
    return position


def _parsed_head(doc: Doc, numeral: Numeral, end: int) -> int | None:
    core = doc.char_span(numeral.start, numeral.end, alignment_mode="expand")
    if core is None:
        return None
    head = core.root.head
    if core.root.dep_ not in ("nummod", "quantmod", "amod", "compound", "nmod") or head.pos_ not in _NOUNS:
        return None
    between = doc[end : head.i]
    plain = all(token.pos_ not in _ENDS_PHRASE and token.text not in ".;:()\"“”" for token in between)
    return head.i if end <= head.i < end + _FARTHEST and plain else None


def _attributive(doc: Doc, joined: re.Match[str], words: Lexicon) -> Counted:
    """ "25-member team", "100-bed hospital"; "45-year-old" and "three-day visit" are spans of time."""
    word = joined["word"]
    span = doc.char_span(joined.start(), joined.end(), alignment_mode="expand")
    end = span.end if span is not None else len(doc)
    unit = "people" if word.lower() in words.attributive_people else word
    return Counted(end, noun_after(doc, end), unit, kind=words.unit_kind(word))


def _measured(doc: Doc, measure: re.Match[str], words: Lexicon) -> Counted | None:
    """A unit right after the number: "tonnes", "kg", "%", "plane load", "days"."""
    printed = measure["unit"] or measure["short"]
    kind = words.unit_kind(printed)
    span = doc.char_span(measure.start("unit" if measure["unit"] else "short"), measure.end(), alignment_mode="expand")
    if span is None or kind is None:
        return None
    at, following = span.end - 1, doc[span.end : span.end + 1].text.lower()
    compound = doc[at].dep_ == "compound" and doc[at].head.i == span.end and following != "of"
    if kind not in ("time", "percent") and compound:
        return None  # "two set pieces", "three team members": the word belongs to the noun after it
    head = object_of(doc, span.end) if following in ("of", "worth") else None
    if head is None:
        head = None if kind in ("percent", "time") else at
    return Counted(span.end, head, "percent" if kind == "percent" else printed, at, kind)


def _of_head(doc: Doc, end: int, head: int | None, numeral: Numeral, words: Lexicon) -> Counted:
    """The unit of a head noun: "people" for persons, a container and what is in it, else the noun as printed."""
    if head is None:
        return Counted(end, None, "people" if numeral.vague else None)
    noun = doc[head]
    kind = words.unit_kind(noun.text)
    if kind in ("container", "load") and doc[head + 1 : head + 2].text.lower() == "of":
        return Counted(end, object_of(doc, head + 1) or head, noun.text, head, kind)
    unit = "people" if words.is_people(noun.lemma_) else noun.text
    return Counted(end, head, unit, kind="time" if kind == "time" else None)

"""Totals that a verb tells: "the death toll has jumped to 793", "the number of people driven out has passed a million".

The noun of the total stands far to the left of its number, with places, sources and dates between, so the sentence is
scanned back from a word that can bring a total ("to", "reached", "stood at") instead of asking the parse.
"""

from __future__ import annotations

from kg.extract.found import Found, measure_index
from kg.extract.measure_words import Counted, measure_table
from kg.extract.numbers import Number
from kg.extract.tokens import Doc, Span, Token
from kg.records import Measure

_ABOVE = frozenset({"above", "over", "beyond", "past"})
_NEAR = 12  # tokens from a comma to the number within which the noun of a total may stand before the comma


def brings_total(doc: Doc, number: Number) -> bool:
    """Whether the word before a number can bring a total: "to", "reached", "was", "risen above"."""
    if number.start == 0:
        return False
    above = doc[number.start].lower_ in _ABOVE and doc[number.start - 1].pos_ == "VERB"
    return above or word_before(doc, number).lower_ in measure_table().telling.before


def word_before(doc: Doc, number: Number) -> Token:
    """The word before a number that is not the first, adverbs passed over: "is now 15,472"."""
    at = number.start - 1
    while at > 0 and doc[at].pos_ == "ADV" and doc[at].lower_ not in measure_table().telling.before:
        at -= 1
    return doc[at]


def total(doc: Doc, number: Number, kind: Counted) -> Found | None:
    """A total to the left of its number, told by the word right before it."""
    if kind not in ("people", "bare") or number.start == 0:
        return None
    if kind == "bare" and (found := _in_apposition(doc, number)):
        return found
    revised = doc[number.start - 1].lower_ == "from" and _is_revised(doc[number.start].sent)
    if not revised and not brings_total(doc, number):
        return None
    return _number_of(doc, number, revised=revised) or _told(doc, number, revised=revised)


def measure_of_people(doc: Doc, start: int, end: int) -> tuple[Measure, int] | None:
    """The measure that words after "the number of people" tell, and the token that tells it."""
    table = measure_table()
    subjects = {lemma: frame for frame in table.verb if frame.role == "subject" and "people" in frame.counted
                and not frame.needs and not frame.negated for lemma in frame.lemmas}
    for token in doc[start:end]:
        if token.pos_ == "VERB" and token.lemma_.lower() in table.helping.lemmas:
            return None
        words = (measure_index("state").get(token.lower_), measure_index("noun").get(token.lower_),
                 measure_index("noun").get(token.lemma_.lower()))
        measure = next((word for word in words if word), None)
        if measure is not None:
            return measure, token.i
        if token.pos_ == "VERB" and token.lemma_.lower() in subjects:
            return subjects[token.lemma_.lower()].measure, token.i
        rest = doc[token.i : token.i + 6].text.lower()
        for phrase, told in measure_index("after").items():
            if rest.startswith(phrase):
                return told, token.i + len(phrase.split()) - 1
    return None


def _number_of(doc: Doc, number: Number, *, revised: bool) -> Found | None:
    """ "The number of people known to have died … passed 2,000"."""
    for at in range(number.start - 1, doc[number.start].sent.start - 1, -1):
        counting = doc[at].lemma_.lower() in measure_table().counting.lemmas
        if counting and doc[at + 1].lower_ == "of":
            told = measure_of_people(doc, at + 2, number.start)
            return Found(told[0], told[1], "total revised" if revised else "total of people") if told else None
    return None


def _told(doc: Doc, number: Number, *, revised: bool) -> Found | None:
    for at in range(number.start - 1, doc[number.start].sent.start - 1, -1):
        token = doc[at]
        if token.lower_ in measure_index("total") and token.pos_ in ("NOUN", "ADJ", "PROPN", "VERB"):
            rule = "total revised" if revised else f"total {token.lower_}"
            return Found(measure_index("total")[token.lower_], at, rule)
        far = token.text == "," and number.start - at > _NEAR
        if token.text in (";", ":") or (far and not revised):
            return None
    return None


def _in_apposition(doc: Doc, number: Number) -> Found | None:
    """ "More than a fifth of the deaths, 205,031, have occurred …"."""
    parted = doc[number.start - 1].text in (",", "(") and doc[number.end : number.end + 1].text in (",", ")")
    if not parted or number.start < 2:
        return None
    noun = doc[number.start - 2]
    measure = measure_index("total").get(noun.lower_) if noun.pos_ == "NOUN" else None
    return Found(measure, noun.i, "total in apposition") if measure else None


def _is_revised(sentence: Span) -> bool:
    """Whether the sentence tells a new reckoning of the same thing, so that the old one was a figure too."""
    return any(token.lemma_.lower() in measure_table().revising.lemmas for token in sentence)

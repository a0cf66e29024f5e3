"""What a rule of measures finds, and what every such rule asks: the kind of thing that is counted, where it ends.

The rules stand in four rooms, since no file of them would be readable: :mod:`kg.extract.measures` for words beside
the number and the parse, :mod:`kg.extract.measure_states` for states after what is counted,
:mod:`kg.extract.measure_totals` for totals told by a verb, and :mod:`kg.extract.figure_chains` for numbers that
leave their measure to the words before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from kg.extract.lexicon import lexicon
from kg.extract.measure_words import Counted, Words, measure_table
from kg.extract.numbers import Number
from kg.extract.tokens import Doc
from kg.records import Measure

# "under five", "aged 65 and over" after a noun for people.
_AGED = re.compile(
    r"\s*,?\s*(?:(?:aged|under|over|below|above|of)\s+)+(?:the\s+age\s+of\s+)?(?:\d{1,3}|[a-z]+)"
    r"(?:\s+(?:and|or)\s+(?:over|under|above|older|younger))?\b", re.I)
_COORDINATED = 4  # tokens from one noun to the next in "climbers and mountain guides"


@dataclass(frozen=True, slots=True)
class Found:
    """The measure of a number, the token that told it and the rule it was told by.

    ``also`` is a further token that had to stand there: the *hungry* of "go hungry". ``change`` says whether the
    number is a rise or fall, where the rule knows.
    """

    measure: Measure
    trigger: int
    rule: str
    also: int | None = None
    change: bool | None = None


@cache
def measure_index(section: Literal["noun", "state", "after", "of", "total"]) -> dict[str, Measure]:
    """The measure of each word of a section of the table."""
    rows: tuple[Words, ...] = getattr(measure_table(), section)
    return {word: row.measure for row in rows for word in row.words}


def counted_kind(doc: Doc, number: Number) -> Counted:
    """What kind of thing the number counts."""
    if number.head is None:
        return "bare"
    noun, nouns = doc[number.head], measure_table().counted
    lemma = noun.lemma_.lower()
    if lemma in nouns.victims:
        return "victims" if _claims(doc, number) else "people"
    if lemma in nouns.lives:
        return "lives"
    if lemma in nouns.countries:
        return "countries"
    if lemma in nouns.buildings:
        return "buildings"
    if lemma in nouns.areas:
        return "areas"
    if lemma in nouns.land or (number.unit or "").lower().rstrip("s") in nouns.land:
        return "land"
    people = lexicon().is_people(lemma) or lemma in nouns.people or noun.ent_type_ == "NORP" or noun.tag_ == "NNPS"
    return "people" if people else "things"


def last_token(number: Number) -> int:
    """The last token of the number and the noun it counts."""
    return max(number.end - 1, number.head or 0)


def end_of_counted(doc: Doc, number: Number) -> int:
    """The token after all that is counted: a second noun ("climbers and guides") and an age are taken in."""
    last = last_token(number)
    if number.head is not None:
        seconds = (child.i for child in doc[number.head].children
                   if child.dep_ == "conj" and child.pos_ in ("NOUN", "PROPN") and child.i - last <= _COORDINATED
                   and not any(token.like_num for token in doc[last + 1 : child.i]))
        last = max(last, *seconds, last)
    end = last + 1
    aged = _AGED.match(doc.text, doc[last].idx + len(doc[last])) if number.head is not None else None
    if aged is None or not any(token.like_num for token in doc[end : end + 5]):
        return end
    span = doc.char_span(aged.start(), aged.end(), alignment_mode="expand")
    return span.end if span is not None else end


def _claims(doc: Doc, number: Number) -> bool:
    """Whether victims are claimed, that is, died; elsewhere victims are people."""
    return number.start > 0 and doc[number.start - 1].lemma_.lower() in ("claim", "take")

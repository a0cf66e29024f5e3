"""Whether a figure is a rise, a fall or a rate rather than a total.

A day's new cases and all cases so far must never be taken for one another, and only small words tell them apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extract.found import Found, last_token
from kg.extract.measure_words import measure_table
from kg.extract.numbers import Number
from kg.extract.tokens import Doc
from kg.records import Measure

_SPANS = ("under", "within", "in", "over", "of", "than")  # "in under a minute" is no rate
# Measures of what happens to so many a day.
_COUNTS: tuple[Measure, ...] = ("deaths", "cases", "recoveries", "displaced", "injured")


def is_change(doc: Doc, numbers: Sequence[Number], position: int, found: Found) -> bool:
    """Whether the number is a rise, a fall or a rate, not a total."""
    number, group = numbers[position], measure_table().increment
    if found.change is not None:
        return found.change
    if number.change or any(token.lower_ in group.words for token in doc[number.end : last_token(number)]):
        return True
    if doc[max(0, number.start - 1)].lower_ in group.words or (found.measure in _COUNTS and _is_rate(doc, number)):
        return True
    return found.measure in _COUNTS and not found.rule.startswith("total") and _is_of_a_span(doc, numbers, position)


def _is_of_a_span(doc: Doc, numbers: Sequence[Number], position: int) -> bool:
    """Whether "in the past 24 hours" is said of the number: before all numbers of the sentence, or after this one."""
    number = numbers[position]
    sentence = doc[number.start].sent
    low = sentence.text.lower()
    at = min((low.find(phrase) for phrase in measure_table().increment.phrases if phrase in low), default=-1)
    if at < 0:
        return False
    starts = [doc[one.start].idx - sentence.start_char for one in numbers
              if sentence.start <= one.start < sentence.end]
    return at > doc[number.start].idx - sentence.start_char or at < min(starts)


def _is_rate(doc: Doc, number: Number) -> bool:
    """ "2,000 refugees a day", "800 people die each day"; not "a day before"."""
    end = doc[last_token(number)].idx + len(doc[last_token(number)])
    rest = re.split(r"[,;:]|\d", doc.text[end : doc[number.start].sent.end_char], maxsplit=1)[0]
    units, before = "|".join(measure_table().rates.words), "|".join(measure_table().rates.before)
    ended = "".join(rf"(?<!{word} )" for word in _SPANS)
    told = rf"{ended}\b(?:{before})\s+(?:{units})\b(?!\s+(?:before|after|ago|earlier|later))|\bdaily\b"
    opening = doc.text[doc[number.start].sent.start_char : doc[number.start].idx]
    always = re.match(rf"\W*(?:each|every)\s+(?:{units})\b", opening, re.I) is not None
    return always or re.search(told, rest, re.I) is not None

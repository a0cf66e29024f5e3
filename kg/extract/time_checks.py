"""A rule of the date grammar, and checks by the parse that a pattern alone cannot make.

Patterns see characters: that "May" is a person, that 1973 is the number of a resolution, or that a verb stands
between "after" and the disaster, only the parse tells.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from kg.extract.lexicon import lexicon
from kg.extract.time_reader import Reader
from kg.extract.tokens import Doc, Token
from kg.records import PartialDate

_HEDGES = ("than", "about", "some", "nearly", "almost", "over")  # a number after one of these is no year


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and what it means. ``holds`` may reject a match by the parse around it.

    ``cue`` is a cheap pattern without which the text has no match: hedges and amounts match far more often than the
    units behind them.
    """

    pattern: re.Pattern[str]
    resolve: Callable[[Reader, re.Match[str], Token], PartialDate | None]
    relative: bool = False
    holds: Callable[[Doc, re.Match[str]], bool] | None = None
    cue: re.Pattern[str] | None = None


def is_no_count(doc: Doc, match: re.Match[str]) -> bool:
    """Whether the digits of "In March 12 planes landed" are a day rather than a count."""
    span = doc.char_span(match.start("day"), match.end("day"), alignment_mode="expand")
    if span is None or span.end == len(doc):
        return True
    following = doc[span.end]
    return not (match["day"].isdigit() and following.tag_ in ("NNS", "NNPS")) and following.lower_ != "people"


def is_month(doc: Doc, match: re.Match[str]) -> bool:
    """Whether the name of a month is not a person's: "said Theresa May", "told April Jones"."""
    span = doc.char_span(match.start("month"), match.end("month"), alignment_mode="expand")
    return span is not None and span.root.ent_type_ != "PERSON"


def is_year(doc: Doc, match: re.Match[str]) -> bool:
    """Whether four digits are a year: not a count of things, not a label ("Resolution 1973")."""
    span = doc.char_span(*match.span(), alignment_mode="expand")
    if span is None or span.text != match[0]:
        return False
    before = doc[span.start - 1] if span.start else None
    if before is not None and (before.lower_ in lexicon().labels or before.lower_ in _HEDGES):
        return False
    following = doc[span.end] if span.end < len(doc) else None
    counted = following is not None and (following.tag_ == "NNS" or following.lower_ == "people")
    dated = before is not None and before.lower_ in ("in", "since", "the", "until", "during", "early", "late")
    return dated or not counted


def is_ordinal_day(doc: Doc, match: re.Match[str]) -> bool:
    """Whether an ordinal stands alone as a day: "on the twelfth", not "on the twelfth floor" or "the sixth of them"."""
    span = doc.char_span(*match.span("ordinal"), alignment_mode="expand")
    if span is None or span.end == len(doc):
        return span is not None
    following = doc[span.end]
    return following.pos_ not in ("NOUN", "ADJ", "NUM", "PROPN") and following.lower_ not in ("of", "-", "to")


def is_free(doc: Doc, match: re.Match[str]) -> bool:
    """Whether "two days before" stands alone: no noun phrase, gerund or clause follows it."""
    rest = doc.text[match.end() :].lstrip(" ")
    if not rest or rest[0] in '.,;:)—–-\n”"':
        return True
    span = doc.char_span(match.start(), match.end(), alignment_mode="expand")
    following = doc[span.end] if span is not None and span.end < len(doc) else None
    return following is not None and following.pos_ in ("ADP", "CCONJ") and following.lower_ != "of"


def reaches_blow(doc: Doc, match: re.Match[str]) -> bool:
    """Whether only the noun phrase of the disaster stands between "after" and its name."""
    between = doc.char_span(match.end("way"), match.start("blow"), alignment_mode="contract")
    blow = doc.char_span(*match.span("blow"), alignment_mode="expand")
    if blow is None or (blow.end < len(doc) and doc[blow.end].pos_ == "NOUN"):
        return False  # "two days after the flood victims were moved"
    words = between if between is not None else ()
    return not any(token.pos_ in ("VERB", "AUX", "SCONJ") and token.tag_ != "VBN" for token in words)

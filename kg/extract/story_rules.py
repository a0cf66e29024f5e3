"""The grammar of dates that are counted from others: from the story told so far, or from the day of the disaster.

They stand apart from :mod:`kg.extract.time_rules` because they need more than the article's own date, and because
what is counted from must be told from what is not: "two days after the quake" has a date, "two days after the
accountants had left" has none.
"""

from __future__ import annotations

import re

from kg.extract.candidates import name_words
from kg.extract.time_checks import Rule, is_free, is_ordinal_day, reaches_blow
from kg.extract.time_reader import Reader
from kg.extract.time_words import time_table

_LOOSE = re.IGNORECASE
_HEDGE = (
    r"(?:(?P<hedge>about|some|around|roughly|nearly|almost|barely|hardly|under|(?:more|less|fewer)\s+than"
    r"|(?:just\s+|well\s+)?over|at\s+least|not\s+quite)\s+)?"
)
_NUMBERS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|eighteen"
    "|twenty|thirty|forty|fifty"
)
_AMOUNT = rf"(?P<amount>an?\s+(?:few|couple\s+of)|several|some|many|an?|{_NUMBERS}|\d{{1,3}})"
_UNIT = r"(?P<unit>day|week|fortnight|month|year|decade)s?"
_CUE = re.compile(_UNIT, _LOOSE)
# "In the two weeks after the quake" is a spell, not a day.
_NO_SPELL = "".join(rf"(?<!\b{word} )" for word in ("the", "for", "first", "within", "over", "these", "those"))
_SOON = r"(?P<unit>hour|day|week)s?"


def _blow() -> str:
    """Words for the disaster, by name or otherwise, and the way to them from "after": at most four words."""
    table = time_table().onset
    names = [word for word, kind in name_words().disasters.items() if kind in table.sudden]
    nouns = "|".join(sorted({*names, *table.nouns}, key=len, reverse=True))
    return rf"(?:[\w.’'-]+\s+){{0,4}}?(?P<blow>{nouns})\b(?!-)"


def onset_rules() -> tuple[Rule, ...]:
    """Dates counted from the day of the disaster. Before all others: the disaster's words may hold a date."""
    blow, ordinals = _blow(), "|".join(("first", "second", "third", *time_table().ordinals))
    parts = "|".join((*time_table().parts.words, "week"))
    behind = rf"\s+(?P<way>after|of|since|following|from)\s+{blow}"
    return (
        Rule(re.compile(rf"{_NO_SPELL}\b{_HEDGE}{_AMOUNT}\s+{_UNIT}\s+(?P<way>after|before|into|following)\s+{blow}",
                        _LOOSE), Reader.from_onset, relative=True, holds=reaches_blow, cue=_CUE),
        Rule(re.compile(rf"\b(?:the\s+(?:very\s+)?)(?P<unit>{parts})\s+(?:immediately\s+)?(?P<way>after|before|of|following)\s+{blow}",
                        _LOOSE), Reader.day_from_onset, relative=True, holds=reaches_blow),
        Rule(re.compile(rf"\b(?:within|in(?:\s+the\s+(?:first|opening|early|initial|immediate))?(?:\s+(?:few|couple\s+of))?|only|just|a\s+few)\s+"
                        rf"{_SOON}{behind}", _LOOSE), Reader.soon_after_onset, relative=True, holds=reaches_blow),
        Rule(re.compile(rf"(?<![\w-]\s)\b{_SOON}\s+(?P<way>after)\s+{blow}", _LOOSE), Reader.soon_after_onset,
             relative=True, holds=reaches_blow),
        Rule(re.compile(rf"\b(?:in|within|during|over)\s+the\s+(?:very\s+)?(?:first|opening|early|initial)\s+(?:few\s+|couple\s+of\s+)?"
                        rf"{_SOON}\b(?!\s+(?:of|after))", _LOOSE), Reader.soon_after_onset, relative=True),
        Rule(re.compile(rf"\b(?:on|by|until|before)\s+the\s+(?P<ordinal>{ordinals})\s+day\b(?!\s+of)", _LOOSE),
             Reader.nth_day, relative=True),
    )  # fmt: skip


def story_rules(names: str) -> tuple[Rule, ...]:
    """Dates counted from the last one told; ``names`` are months and weekdays as an alternative of a pattern."""
    parts, ordinals = "|".join(time_table().parts.words), "|".join(time_table().ordinals)
    units = rf"(?P<unit>{parts}|week|month|year)"
    return (
        Rule(re.compile(rf"\b{_HEDGE}{_AMOUNT}\s+{_UNIT}\s+ago\b(?P<sharp>\s+(?:to\s+the\s+day|today))?", _LOOSE),
             Reader.ago, relative=True, cue=_CUE),
        Rule(re.compile(rf"\b{_HEDGE}{_AMOUNT}\s+{_UNIT}\s+(?P<way>later|earlier|afterwards|previously)\b", _LOOSE),
             Reader.later, relative=True, cue=_CUE),
        Rule(re.compile(rf"\b{_HEDGE}{_AMOUNT}\s+{_UNIT}\s+(?P<way>before|after)\s+(?:that|this|then)\b(?=\s*[,.;])",
                        _LOOSE), Reader.later, relative=True, cue=_CUE),
        Rule(re.compile(rf"\b{_HEDGE}{_AMOUNT}\s+{_UNIT}\s+(?P<way>before|after|on)\b(?=\s*[,.;)])", _LOOSE),
             Reader.later, relative=True, cue=_CUE),
        Rule(re.compile(rf"\bthe\s+{units}\s+(?P<way>before|after)\b", _LOOSE), Reader.day_beside, relative=True,
             holds=is_free),
        Rule(re.compile(rf"\b(?:(?i:the)\s+)?(?P<which>(?i:previous|following|preceding|same|that|(?<=the )next))\s+"
                        rf"(?P<name>{names})\b"), Reader.beside, relative=True),
        Rule(re.compile(rf"\b(?:the\s+(?:very\s+)?)?(?P<which>next|following|previous|preceding|same)\s+{units}\b",
                        _LOOSE), Reader.next_day, relative=True),
        Rule(re.compile(rf"\b(?P<which>that)\s+(?:same\s+|very\s+)?{units}\b(?<!that month)(?<!that year)", _LOOSE),
             Reader.next_day, relative=True),
        Rule(re.compile(r"\b(?:in|during|later|earlier|late|early)\s+(?P<which>that)\s+(?:same\s+)?(?P<unit>month|year)\b",
                        _LOOSE), Reader.next_day, relative=True),
        Rule(re.compile(r"\bbefore\s+(?:the|that)\s+(?P<unit>month|year)\s+(?:was|had|is)\s+(?:half\s+)?(?:out|over|ended|done)\b",
                        _LOOSE), Reader.end_of, relative=True),
        Rule(re.compile(rf"\bwithin\s+(?:a\s+(?:few|couple\s+of)\s+)?{_SOON}\b(?!\s+(?:of|after|from))", _LOOSE),
             Reader.within, relative=True),
        Rule(re.compile(rf"\b(?:on|by|until|since|of|from)\s+the\s+(?P<ordinal>{ordinals}|(?:3[01]|[12]\d|[1-9])(?:st|nd|rd|th))\b",
                        _LOOSE), Reader.ordinal, relative=True, holds=is_ordinal_day),
    )  # fmt: skip

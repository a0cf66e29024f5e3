"""The grammar of dates: which words make a date, and how each kind is resolved.

A table of patterns in order of precedence, each with the function that turns a match into a partial date.
Months and weekdays are matched with their capital, so that the verbs "may" and "march" are no dates.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

import msgspec
from spacy.tokens import Doc, Token

from kg.extract.calendars import Anchor, Tense, Unit, complete, of_day, partial, shifted, week, weekday
from kg.extract.clauses import governing_verb
from kg.extract.lexicon import lexicon
from kg.extract.memo import text_of
from kg.extract.numerals import find_numerals
from kg.extract.tables import load_table
from kg.records import PartialDate

_SHIFT = {"last": -1, "past": -1, "previous": -1, "this": 0, "current": 0, "next": 1, "coming": 1}
_DAYS = {"yesterday": -1, "last night": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}
_STEPS = {"next": 1, "following": 1, "previous": -1, "preceding": -1}
_PAST_AUXILIARIES = frozenset(("has", "have", "had", "was", "were", "did", "been", "'ve", "’ve"))
_HEDGES = ("than", "about", "some", "nearly", "almost", "over")  # a number after one of these is no year


class Tenses(msgspec.Struct, frozen=True):
    """Verbs and modals that look ahead, verbs of telling, and words that make a date a bound."""

    ahead: tuple[str, ...]
    modals: tuple[str, ...]
    telling: tuple[str, ...]
    bounds: tuple[str, ...]
    example: str


class TimeTable(msgspec.Struct, frozen=True):
    """``data/times.toml``."""

    months: dict[str, int]
    weekdays: dict[str, int]
    tense: Tenses


@cache
def time_table() -> TimeTable:
    return load_table("times", TimeTable)


class Reader:
    """Resolves matches in text order, remembering the last date of the text."""

    def __init__(self, anchor: Anchor) -> None:
        self.anchor = anchor
        self.latest: PartialDate | None = None
        self.sentence = -1

    def iso(self, match: re.Match[str], root: Token) -> PartialDate | None:
        return partial(int(match["year"]), int(match["month"]), int(match["day"]))

    def digits(self, match: re.Match[str], root: Token) -> PartialDate | None:
        """21/03/2020; 3/4/2020 only if both readings agree."""
        first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
        if first > 12 or first == second:
            return partial(year, second, first)
        return partial(year, first, second) if second > 12 else None

    def month(self, match: re.Match[str], root: Token) -> PartialDate | None:
        """A month or a day of a month, with or without its year."""
        named = match.groupdict()
        month = _month(match["month"])
        day = int(re.sub(r"\D", "", named["day"])) if named.get("day") else None
        if named.get("year"):
            return partial(int(named["year"]), month, day)
        if self.latest is not None and self.sentence == root.sent.start and not named.get("which"):
            return partial(self.latest.parts[0], month, day)
        anchor = self.anchor.date
        if anchor is None:
            return None
        which = (named.get("which") or "").lower()
        if which and "year" in which:
            return partial(anchor.parts[0] + _SHIFT[which.split()[0]], month, day)
        tense: Tense = "past" if which == "last" else "ahead" if which == "next" else tense_of(root)
        return complete(month, day, anchor, tense)

    def year(self, match: re.Match[str], root: Token) -> PartialDate | None:
        return partial(int(match["year"]))

    def nothing(self, match: re.Match[str], root: Token) -> None:
        return None

    def weekday(self, match: re.Match[str], root: Token) -> PartialDate | None:
        day = self.anchor.day
        number = time_table().weekdays[match["weekday"].lower()]
        return weekday(number, day, tense_of(root), (match["which"] or "").lower()) if day else None

    def today(self, match: re.Match[str], root: Token) -> PartialDate | None:
        day = self.anchor.day
        return of_day(day + datetime.timedelta(_DAYS.get(" ".join(match[0].lower().split()), 0))) if day else None

    def span(self, match: re.Match[str], root: Token) -> PartialDate | None:
        """ "Last week", "this month", "next year"."""
        shift, unit = _SHIFT[match["which"].lower()], match["unit"].lower()
        if unit == "week":
            return week(self.anchor.day, shift) if self.anchor.day else None
        return shifted(self.anchor.date, shift, _unit(unit)) if self.anchor.date else None

    def ago(self, match: re.Match[str], root: Token) -> PartialDate | None:
        amount, unit = _amount(match["amount"]), _unit(match["unit"])
        return shifted(self.anchor.date, -amount, unit) if self.anchor.date else None

    def later(self, match: re.Match[str], root: Token) -> PartialDate | None:
        """ "Three days later", "a day earlier": from the last date of the text."""
        amount, unit = _amount(match["amount"]), _unit(match["unit"])
        sign = 1 if match["way"].lower() in ("later", "after") else -1
        return shifted(self.latest, sign * amount, unit) if self.latest else None

    def next_day(self, match: re.Match[str], root: Token) -> PartialDate | None:
        """ "The next day", "the following year", "that month"."""
        step = _STEPS.get(match["which"].lower(), 0)
        return shifted(self.latest, step, _unit(match["unit"])) if self.latest else None


def tense_of(token: Token) -> Tense:
    """Whether the verb above a date tells the past, looks ahead, or leaves it open."""
    verb, table = governing_verb(token), time_table().tense
    if verb is None:
        return "open"
    auxiliaries = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    planned = "to" in auxiliaries and verb.head.lemma_.lower() in table.ahead
    due = verb.lemma_.lower() in table.ahead and verb.tag_ == "VBN" and not auxiliaries & {"has", "have", "had"}
    if planned or due or auxiliaries & set(table.modals) or any(child.lower_ == "due" for child in verb.children):
        return "ahead"
    if verb.lemma_.lower() in table.telling or verb.tag_ in ("VBD", "VBN") or auxiliaries & _PAST_AUXILIARIES:
        return "past"
    return "ahead" if verb.tag_ in ("VBZ", "VBP", "VBG") and verb.dep_ in ("ROOT", "ccomp", "conj") else "open"


def _month(name: str) -> int:
    return time_table().months[name.lower().rstrip(".")]


def _unit(word: str) -> Unit:
    units: dict[str, Unit] = {"day": "day", "week": "week", "month": "month", "year": "year"}
    return units[word.lower().removesuffix("s")]


def _amount(words: str) -> int:
    """How many: "a" is one, "three" three."""
    numerals = find_numerals(words)
    return int(numerals[0].low) if numerals else 1


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and what it means. ``holds`` may reject a match by the parse around it."""

    pattern: re.Pattern[str]
    resolve: Callable[[Reader, re.Match[str], Token], PartialDate | None]
    relative: bool = False
    holds: Callable[[Doc, re.Match[str]], bool] | None = None


def find_matches(doc: Doc) -> tuple[tuple[Rule, re.Match[str]], ...]:
    """The matches of all rules in text order; where two overlap the earlier rule of the table holds."""
    taken: list[tuple[Rule, re.Match[str]]] = []
    covered = bytearray(len(text_of(doc)))
    for rule in _rules():
        for match in rule.pattern.finditer(text_of(doc)):
            if any(covered[match.start() : match.end()]) or (rule.holds and not rule.holds(doc, match)):
                continue
            taken.append((rule, match))
            covered[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    return tuple(sorted(taken, key=lambda pair: pair[1].start()))


def _is_no_count(doc: Doc, match: re.Match[str]) -> bool:
    """Whether the digits of "In March 12 planes landed" are a day rather than a count."""
    span = doc.char_span(match.start("day"), match.end("day"), alignment_mode="expand")
    if span is None or span.end == len(doc):
        return True
    following = doc[span.end]
    return not (match["day"].isdigit() and following.tag_ in ("NNS", "NNPS")) and following.lower_ != "people"


def _is_month(doc: Doc, match: re.Match[str]) -> bool:
    """Whether the name of a month is not a person's: "said Theresa May", "told April Jones"."""
    span = doc.char_span(match.start("month"), match.end("month"), alignment_mode="expand")
    return span is not None and span.root.ent_type_ != "PERSON"


def _is_year(doc: Doc, match: re.Match[str]) -> bool:
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


def _named(words: Iterable[str]) -> str:
    """A pattern for names with their capital or in capitals only, longest first."""
    forms = [form for word in words for form in (word.capitalize(), word.upper())]
    return "|".join(sorted(forms, key=len, reverse=True))


@cache
def _rules() -> tuple[Rule, ...]:
    month = rf"(?P<month>{_named(time_table().months)})\b\.?"
    named_day = rf"(?:(?:{_named(time_table().weekdays)})\b,?\s+(?:the\s+)?)?"
    day, year = r"(?P<day>(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?)", r"(?P<year>(?:1[5-9]|20)\d\d)"
    number = r"(?:3[01]|[12]\d|[1-9])(?:st|nd|rd|th)?"
    to = r"(?:\s?[-–—/]\s?|\s+(?:to|and|or|until)\s+)"
    amount = r"(?P<amount>an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,3})"
    unit = r"(?P<unit>day|week|month|year)s?"
    which_year = r"(?P<which>(?i:last|this|next|previous)\s+year)"
    part = r"(?:(?i:early|late|mid|the\s+(?:start|beginning|end|middle)\s+of)[\s-]+)?"
    before_month = (r"(?:\b(?i:in|since|by|until|till|during|of|from|to|and|through|before|after|between|around)\s+"
                    r"|\b(?P<which>(?i:last|next|this|early|late|mid))[\s-]+)")
    loose = re.IGNORECASE
    return (
        Rule(re.compile(rf"\b{year}-(?P<month>0[1-9]|1[0-2])-(?P<day>[0-3]\d)\b"), Reader.iso),
        Rule(re.compile(rf"(?<![\d/.])(?P<first>\d{{1,2}})[/.](?P<second>\d{{1,2}})[/.]{year}\b"), Reader.digits),
        Rule(re.compile(rf"\b{number}{to}{number}\s+(?:of\s+)?{month}(?:,?\s+{year}\b)?"), Reader.month),
        Rule(re.compile(rf"\b{month}\s+{number}{to}{number}(?![\d,])(?:,?\s+{year}\b)?"), Reader.month),
        Rule(re.compile(rf"\b{named_day}{day}\s+(?:of\s+)?{month}(?:,?\s+(?:in\s+)?{year}\b)?"), Reader.month),
        Rule(re.compile(rf"\b{named_day}{month}\s+(?:the\s+)?{day}(?![\w/%-]|[,.:]\d)(?:,?\s+{year}\b)?"), Reader.month,
             holds=_is_no_count),
        Rule(re.compile(rf"\b(?:{_named(time_table().months)}){to}{month}\s+(?:of\s+)?{year}\b"), Reader.year),
        Rule(re.compile(rf"\b{part}{month},?\s+(?:of\s+|in\s+)?{year}\b"), Reader.month),
        Rule(re.compile(rf"\b{part}{month}\s+(?:of\s+)?{which_year}\b"), Reader.month, relative=True),
        Rule(re.compile(rf"{before_month}{part}{month}(?![\w’'])"), Reader.month, holds=_is_month),
        Rule(re.compile(r"\b(?:early|late|mid)?[\s-]?(?:1[5-9]|20)\d0['’]?s\b|['’]\d0s\b", loose), Reader.nothing),
        Rule(re.compile(r"\b(?:1[5-9]|20)\d\d\s?[-–—/]\s?(?:(?:1[5-9]|20)\d\d|\d\d)(?![\d-])"), Reader.nothing),
        Rule(re.compile(rf"(?<![\w$€£¥.,/:+-]){year}(?![\w%/:]|-(?!\D)|[.,]\d)"), Reader.year, holds=_is_year),
        Rule(re.compile(r"\b(?:the day before yesterday|yesterday|the day after tomorrow|tomorrow|today|tonight"
                        r"|last night|this (?:morning|afternoon|evening))\b", loose), Reader.today, relative=True),
        Rule(re.compile(rf"\b(?:(?P<which>last|next|this|past|coming)\s+)?(?P<weekday>{_named(time_table().weekdays)})\b"),
             Reader.weekday, relative=True),
        Rule(re.compile(r"\b(?P<which>last|this|next|previous|current|coming)\s+(?P<unit>week|month|year)\b", loose),
             Reader.span, relative=True),
        Rule(re.compile(rf"\b{amount}\s+{unit}\s+ago\b", loose), Reader.ago, relative=True),
        Rule(re.compile(rf"\b{amount}\s+{unit}\s+(?P<way>later|earlier)\b", loose), Reader.later, relative=True),
        Rule(re.compile(r"\bthe\s+(?P<which>next|following|previous|preceding|same)\s+(?P<unit>day|month|year)\b",
                        loose), Reader.next_day, relative=True),
    )

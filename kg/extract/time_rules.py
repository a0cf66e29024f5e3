"""The grammar of dates: which words make a date, and how each kind is resolved.

A table of patterns in order of precedence, each with the method of :class:`kg.extract.time_reader.Reader` that turns
a match into a partial date. Months and weekdays are matched with their capital, so that the verbs "may" and "march"
are no dates. Dates that are counted from other dates stand in :mod:`kg.extract.story_rules`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from kg.extract.memo import once_a_doc
from kg.extract.story_rules import onset_rules, story_rules
from kg.extract.time_checks import Rule, is_month, is_no_count, is_year
from kg.extract.time_reader import Reader
from kg.extract.time_words import time_table
from kg.extract.tokens import Doc


@once_a_doc
def find_matches(doc: Doc, /) -> tuple[tuple[Rule, re.Match[str]], ...]:
    """The matches of all rules in text order; where two overlap the earlier rule of the table holds."""
    taken: list[tuple[Rule, re.Match[str]]] = []
    text = doc.text
    covered = bytearray(len(text))
    cues: dict[re.Pattern[str], bool] = {}
    for rule in _rules():
        if rule.cue and rule.cue not in cues:
            cues[rule.cue] = rule.cue.search(text) is not None
        if rule.cue and not cues[rule.cue]:
            continue
        for match in rule.pattern.finditer(text):
            if any(covered[match.start() : match.end()]) or (rule.holds and not rule.holds(doc, match)):
                continue
            taken.append((rule, match))
            covered[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    return tuple(sorted(taken, key=lambda pair: pair[1].start()))


def _named(words: Iterable[str]) -> str:
    """A pattern for names with their capital or in capitals only, longest first."""
    forms = [form for word in words for form in (word.capitalize(), word.upper())]
    return "|".join(sorted(forms, key=len, reverse=True))


@cache
def _rules() -> tuple[Rule, ...]:
    return (*onset_rules(), *_calendar_rules(), *_article_rules(), *story_rules(_names()))


def _names() -> str:
    """Months and weekdays, as "the previous September" and "the following Monday" name them."""
    return rf"{_named(time_table().months)}|{_named(time_table().weekdays)}"


def _calendar_rules() -> tuple[Rule, ...]:
    """Dates by month, day and year."""
    month = rf"(?P<month>{_named(time_table().months)})\b\.?"
    named_day = rf"(?:(?:{_named(time_table().weekdays)})\b,?\s+(?:the\s+)?)?"
    day, year = r"(?P<day>(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?)", r"(?P<year>(?:1[5-9]|20)\d\d)"
    number = r"(?:3[01]|[12]\d|[1-9])(?:st|nd|rd|th)?"
    to = r"(?:\s?[-–—/]\s?|\s+(?:to|and|or|until)\s+)"
    which_year = r"(?P<which>(?i:last|this|next|previous)\s+year)"
    part = r"(?:(?i:early|late|mid|the\s+(?:start|beginning|end|middle)\s+of)[\s-]+)?"
    before_month = (r"(?:\b(?i:in|since|by|until|till|during|of|from|to|and|through|before|after|between|around)\s+"
                    r"|\b(?P<which>(?i:last|next|this|early|late|mid))[\s-]+)")  # fmt: skip
    loose = re.IGNORECASE
    return (
        Rule(re.compile(rf"\b{year}-(?P<month>0[1-9]|1[0-2])-(?P<day>[0-3]\d)\b"), Reader.iso),
        Rule(re.compile(rf"(?<![\d/.])(?P<first>\d{{1,2}})[/.](?P<second>\d{{1,2}})[/.]{year}\b"), Reader.digits),
        Rule(re.compile(rf"\b{number}{to}{number}\s+(?:of\s+)?{month}(?:,?\s+{year}\b)?"), Reader.month),
        Rule(re.compile(rf"\b{month}\s+{number}{to}{number}(?![\d,])(?:,?\s+{year}\b)?"), Reader.month),
        Rule(re.compile(rf"\b{named_day}{day}\s+(?:of\s+)?{month}(?:,?\s+(?:in\s+)?{year}\b)?"), Reader.month),
        Rule(re.compile(rf"\b{named_day}{month}\s+(?:the\s+)?{day}(?![\w/%-]|[,.:]\d)(?:,?\s+{year}\b)?"), Reader.month,
             holds=is_no_count),
        Rule(re.compile(rf"\b(?:{_named(time_table().months)}){to}{month}\s+(?:of\s+)?{year}\b"), Reader.year),
        Rule(re.compile(rf"\b{part}{month},?\s+(?:of\s+|in\s+)?{year}\b"), Reader.month),
        Rule(re.compile(rf"\b{part}{month}\s+(?:of\s+)?{which_year}\b"), Reader.month, relative=True),
        Rule(re.compile(rf"{before_month}{part}{month}(?![\w’'])"), Reader.month, holds=is_month),
        Rule(re.compile(r"\b(?:early|late|mid)?[\s-]?(?:1[5-9]|20)\d0['’]?s\b|['’]\d0s\b", loose), Reader.nothing),
        Rule(re.compile(r"\b(?:1[5-9]|20)\d\d\s?[-–—/]\s?(?:(?:1[5-9]|20)\d\d|\d\d)(?![\d-])"), Reader.nothing),
        Rule(re.compile(rf"(?<![\w$€£¥.,/:+-]){year}(?![\w%/:]|-(?!\D)|[.,]\d)"), Reader.year, holds=is_year),
    )  # fmt: skip


def _article_rules() -> tuple[Rule, ...]:
    """Dates that are counted from the article's own: "yesterday", "last week", "two days ago"."""
    weekday = rf"(?P<weekday>{_named(time_table().weekdays)})\b"
    feasts = "|".join(time_table().feasts)
    months = _named(time_table().months)
    loose = re.IGNORECASE
    return (
        Rule(re.compile(r"\b(?:the day before yesterday|yesterday|the day after tomorrow|to-?morrow|to-?day|to-?night"
                        r"|last night|this (?:morning|afternoon|evening))\b", loose), Reader.today, relative=True),
        Rule(re.compile(rf"\b(?i:{feasts})\b(?!,?\s+(?:\d|{months}))"), Reader.feast),
        Rule(re.compile(rf"\b{weekday}(?:,?\s+(?:of\s+)?)(?P<which>last|this|next)\s+week\b"), Reader.weekday_of_week,
             relative=True),
        Rule(re.compile(rf"\b(?P<which>last|this|next)\s+week\s+on\s+{weekday}"), Reader.weekday_of_week,
             relative=True),
        Rule(re.compile(rf"\b(?:(?P<which>last|next|this|past|coming)\s+)?(?<!he previous )(?<!he following )"
                        rf"(?<!he next ){weekday}(?:\s+(?P<behind>last|next))?"), Reader.weekday, relative=True),
        Rule(re.compile(r"\b(?:(?:at|on|over|during)\s+)?(?P<which>the|last|this|next|past)\s+weekend\b", loose),
             Reader.weekend, relative=True),
        Rule(re.compile(r"\b(?P<which>last|this|next|previous|current|coming)\s+(?P<unit>week|month|year)\b"
                        r"(?<!he next year)(?<!he next month)(?<!he next week)"
                        r"(?<!he previous year)(?<!he previous month)(?<!he previous week)", loose),
             Reader.span, relative=True),
        Rule(re.compile(r"\b(?:the\s+)?(?P<number>\d{1,2}(?:st|nd|rd|th)?)\s+(?P<which>inst|instant|ult|ultimo)\b",
                        loose), Reader.instant, relative=True),
    )  # fmt: skip

"""Dates of a parsed paragraph as partial dates, relative ones resolved against the article's own date.

A small grammar of our own, because ``dateparser`` over-triggers on running text: with its 1.5.0 "On Saturday the
army may send 12" gives a date for *may*, "a plane load of 40 in May" gives 2040, "mid-April 2020" the day of the
run, and "in late December 2019" an invented day. Here a date is as exact as its words, and never guessed: no
anchor, no date. Decades and ranges of years give none, since no partial date says them; a range of days or
months gives the month or year that holds it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.extract.calendars import Anchor as Anchor
from kg.extract.clauses import clause_of
from kg.extract.memo import once_a_doc
from kg.extract.time_reader import Reader
from kg.extract.time_rules import find_matches
from kg.extract.time_words import time_table
from kg.extract.tokens import Doc
from kg.records import PartialDate


@dataclass(frozen=True, slots=True)
class Time:
    """A date as tokens ``start`` to ``end`` (exclusive). ``relative``: it depends on another date."""

    start: int
    end: int
    date: PartialDate
    relative: bool


@once_a_doc
def find_times(doc: Doc, anchor: Anchor, /) -> tuple[Time, ...]:
    """The dates of a paragraph by itself, in order; those that cannot be resolved are left out."""
    return read_times(doc, Reader(anchor))


def read_times(doc: Doc, reader: Reader) -> tuple[Time, ...]:
    """As :func:`find_times`, going on with the story that the reader has reached."""
    reader.story.open_paragraph()
    times: list[Time] = []
    for rule, match in find_matches(doc):
        span = doc.char_span(*match.span(), alignment_mode="expand")
        if span is None:
            continue
        date = rule.resolve(reader, match, span.root)
        if date is not None:
            times.append(Time(span.start, span.end, date, rule.relative))
            if not _is_aside(doc, times[-1]):
                reader.story.tell(date, span.sent.start)
    return tuple(times)


def _is_aside(doc: Doc, time: Time) -> bool:
    """A date that compares, limits or names, and moves no story on: "than in 2010", "until May", "the war of 1953"."""
    words = before(doc, time)
    if not words.isdisjoint(("than", "compared", "unlike", "until", "till", "through")):
        return True
    return len(time.date.iso) == 4 and "of" in words


def time_at(times: Iterable[Time], doc: Doc, token: int) -> Time | None:
    """The date that governs a token: of its clause, else of the clauses above it, else the nearest of its sentence.

    Dates after "since", "until" and "compared to" are none: they bound or compare. For figures; acts of giving are
    dated more strictly, by :mod:`kg.extract.dating`.
    """
    sentence = doc[token].sent
    here = [time for time in times if sentence.start <= time.start < sentence.end and not _is_bound(doc, time)]
    clause = clause_of(doc[token])
    while True:
        same = [time for time in here if clause_of(doc[time.start : time.end].root) == clause]
        if same:
            return min(same, key=lambda time: abs(time.start - token))
        if clause.head == clause:
            return min(here, key=lambda time: abs(time.start - token), default=None)
        clause = clause_of(clause.head)


def _is_bound(doc: Doc, time: Time) -> bool:
    return not before(doc, time).isdisjoint(time_table().tense.bounds)


def before(doc: Doc, time: Time) -> set[str]:
    """The words that lead to a date, in lower case: its preposition, and the one before an article or "to"."""
    words, index = {doc[time.start].lower_}, time.start - 1
    while index >= 0 and (doc[index].pos_ in ("DET", "ADJ", "ADV") or doc[index].lower_ in ("to", "with", "in")):
        words.add(doc[index].lower_)
        index -= 1
    return words | ({doc[index].lower_} if index >= 0 else set())

"""How each kind of date is resolved: against the article's own date, the story told so far, or the day of disaster.

One method a kind; :mod:`kg.extract.time_rules` says which words are of which kind. A method answers ``None`` where
nothing told is exact enough: a date is never guessed.
"""

from __future__ import annotations

import datetime
import re

from kg.extract.calendars import (
    Anchor,
    Tense,
    complete,
    day_of_month,
    full_day,
    month_beside,
    of_day,
    partial,
    same_month,
    shifted,
    week,
    weekday,
    weekday_of_week,
    weekend,
)
from kg.extract.numerals import find_numerals
from kg.extract.story import Story
from kg.extract.tenses import tense_of
from kg.extract.time_units import BACK, grain_of, month_of, moved_by, of_week, side_of, soon_after, unit_of
from kg.extract.time_words import time_table
from kg.extract.tokens import Token
from kg.records import PartialDate

_SHIFT = {"last": -1, "past": -1, "previous": -1, "this": 0, "current": 0, "next": 1, "coming": 1}
_DAYS = {"yesterday": -1, "last night": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}
_STEPS = {"next": 1, "following": 1, "previous": -1, "preceding": -1}
_OLD_STORY = 2  # years: a story that long past keeps its own year for the months it goes on to name


class Reader:
    """Resolves matches in text order, remembering the dates of the text."""

    def __init__(self, anchor: Anchor, story: Story | None = None) -> None:
        self.anchor = anchor
        self.story = story or Story()

    # -------------------------------------------------------- dates that need no other

    def iso(self, match: re.Match[str], root: Token) -> PartialDate | None:
        return partial(int(match["year"]), int(match["month"]), int(match["day"]))

    def digits(self, match: re.Match[str], root: Token) -> PartialDate | None:
        """21/03/2020; 3/4/2020 only if both readings agree."""
        first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
        if first > 12 or first == second:
            return partial(year, second, first)
        return partial(year, first, second) if second > 12 else None

    def year(self, match: re.Match[str], root: Token) -> PartialDate | None:
        return partial(int(match["year"]))

    def nothing(self, match: re.Match[str], root: Token) -> None:
        return None

    # -------------------------------------------------------- against the article's own date

    def month(self, match: re.Match[str], root: Token) -> PartialDate | None:
        """A month or a day of a month, with or without its year."""
        named = match.groupdict()
        month = month_of(match["month"])
        day = int(re.sub(r"\D", "", named["day"])) if named.get("day") else None
        if named.get("year"):
            return partial(int(named["year"]), month, day)
        which = (named.get("which") or "").lower()
        if not which and (story := self._lends_year(root)) is not None:
            return partial(story.parts[0], month, day)
        if not which and (story := self._old_story(root)) is not None:
            return month_beside(month, day, story, 0)
        anchor = self.anchor.date
        if anchor is None:
            return None
        if which and "year" in which:
            return partial(anchor.parts[0] + _SHIFT[which.split()[0]], month, day)
        tense: Tense = "past" if which == "last" else "ahead" if which == "next" else tense_of(root)
        return complete(month, day, anchor, tense)

    def feast(self, match: re.Match[str], root: Token) -> PartialDate | None:
        """ "On Christmas Day"."""
        month, day = time_table().feasts[" ".join(match[0].lower().split())]
        anchor = self.anchor.date
        return complete(month, day, anchor, tense_of(root)) if anchor else None

    def weekday(self, match: re.Match[str], root: Token) -> PartialDate | None:
        day, which = self.anchor.day, (match["which"] or match["behind"] or "").lower()
        number = time_table().weekdays[match["weekday"].lower()]
        return weekday(number, day, tense_of(root), which) if day else None

    def weekday_of_week(self, match: re.Match[str], root: Token) -> PartialDate | None:
        day, number = self.anchor.day, time_table().weekdays[match["weekday"].lower()]
        return weekday_of_week(number, day, _SHIFT[match["which"].lower()]) if day else None

    def weekend(self, match: re.Match[str], root: Token) -> PartialDate | None:
        day = self.anchor.day
        return weekend(day, ahead=tense_of(root) == "ahead" or match["which"].lower() == "next") if day else None

    def today(self, match: re.Match[str], root: Token) -> PartialDate | None:
        day = self.anchor.day
        words = " ".join(match[0].lower().replace("to-", "to").split())
        return of_day(day + datetime.timedelta(_DAYS.get(words, 0))) if day else None

    def span(self, match: re.Match[str], root: Token) -> PartialDate | None:
        """ "Last week", "this month", "next year"."""
        shift, unit = _SHIFT[match["which"].lower()], match["unit"].lower()
        if unit == "week":
            return week(self.anchor.day, shift) if self.anchor.day else None
        return shifted(self.anchor.date, shift, unit_of(unit)) if self.anchor.date else None

    def instant(self, match: re.Match[str], root: Token) -> PartialDate | None:
        """ "The 4th inst." is of this month, "the 28th ult." of the last, as letters and cables had it."""
        anchor, number = self.anchor.date, int(re.sub(r"\D", "", match["number"]))
        near = shifted(anchor, -1 if match["which"].lower().startswith("ult") else 0, "month") if anchor else None
        return day_of_month(number, near) if near else None

    def ago(self, match: re.Match[str], root: Token) -> PartialDate | None:
        """ "Three weeks ago"; "a year ago to the day" is as exact as the article's own date."""
        if match["sharp"] and grain_of(match["unit"]) == 1 and (day := self.anchor.day):
            amount = find_numerals(match["amount"])
            return partial(day.year - (int(amount[0].low) if amount else 1), day.month, day.day)
        return moved_by(self.anchor.date, match, -1)

    # -------------------------------------------------------- against the story told so far

    def later(self, match: re.Match[str], root: Token) -> PartialDate | None:
        """ "Three days later", "a day earlier", "four years before that"."""
        return moved_by(self.story.last(grain_of(match["unit"])), match, -1 if match["way"].lower() in BACK else 1)

    def day_beside(self, match: re.Match[str], root: Token) -> PartialDate | None:
        """ "The day before", "the year after"."""
        unit = unit_of(match["unit"])
        moved = shifted(story, side_of(match), unit) if (story := self.story.last(grain_of(match["unit"]))) else None
        return of_week(moved) if unit == "week" else moved

    def next_day(self, match: re.Match[str], root: Token) -> PartialDate | None:
        """ "The next morning", "the following year", "that month", "the same evening"."""
        unit, which = match["unit"].lower(), match["which"].lower().split()[0]
        story = self.story.last(3 if unit in time_table().parts.words else grain_of(unit))
        moved = shifted(story, _STEPS.get(which, 0), unit_of(unit)) if story else None
        return of_week(moved) if unit == "week" else moved

    def beside(self, match: re.Match[str], root: Token) -> PartialDate | None:
        """ "The previous September", "the following Monday", "that December"."""
        step, name = _STEPS.get(match["which"].lower(), 0), match["name"]
        if name.lower() in time_table().weekdays:
            day = full_day(self.story.last(3)) or self.anchor.day
            which = "next" if step > 0 else "last"
            return weekday(time_table().weekdays[name.lower()], day, "open", which) if day and step else None
        story = self.story.last() or self.anchor.date
        return month_beside(month_of(name), None, story, step) if story else None

    def ordinal(self, match: re.Match[str], root: Token) -> PartialDate | None:
        """ "On the twelfth": of the month that the story has reached, else the last such day before the article."""
        words = match["ordinal"].lower()
        number = time_table().ordinals.get(words) or int(re.sub(r"\D", "", words))
        story = self.story.last(2)
        if story is not None:
            return day_of_month(number, story)
        day = self.anchor.day
        before = partial(day.year, day.month) if day else None
        if day and before and number > day.day:
            before = shifted(before, -1, "month")
        return day_of_month(number, before) if before else None

    def end_of(self, match: re.Match[str], root: Token) -> PartialDate | None:
        """ "Before the month was out"."""
        story = self.story.last(grain_of(match["unit"]))
        return shifted(story, 0, unit_of(match["unit"])) if story else None

    def within(self, match: re.Match[str], root: Token) -> PartialDate | None:
        """ "Within days": the story's month, if it surely lasts that long."""
        return soon_after(self.story.last(3), match["unit"])

    # -------------------------------------------------------- against the day of the disaster

    def from_onset(self, match: re.Match[str], root: Token) -> PartialDate | None:
        """ "Two days after the quake"."""
        return moved_by(self.story.onset(root), match, -1 if match["way"].lower() in BACK else 1)

    def day_from_onset(self, match: re.Match[str], root: Token) -> PartialDate | None:
        """ "The day after the quake", "on the night of the disaster"."""
        onset, unit = self.story.onset(root), match["unit"].lower()
        moved = (
            shifted(onset, side_of(match), "week" if unit == "week" else "day") if full_day(onset) and onset else None
        )
        return of_week(moved) if unit == "week" else moved

    def soon_after_onset(self, match: re.Match[str], root: Token) -> PartialDate | None:
        """ "Within hours of the quake", "in the first days"."""
        return soon_after(self.story.onset(root), match["unit"])

    def nth_day(self, match: re.Match[str], root: Token) -> PartialDate | None:
        """ "On the fourth day": writers count from the blow or from the day behind it, so only the month is sure."""
        onset, words = full_day(self.story.onset(root)), match["ordinal"].lower()
        number = {"first": 1, "second": 2, "third": 3}.get(words) or time_table().ordinals[words]
        return same_month(onset + datetime.timedelta(number - 1), onset + datetime.timedelta(number)) if onset else None

    # -------------------------------------------------------- helpers

    def _lends_year(self, root: Token) -> PartialDate | None:
        """The date told before in the same sentence: "on 1 October 1999 and 5 November"."""
        return self.story.told[-1] if self.story.told and self.story.sentence == root.sent.start else None

    def _old_story(self, root: Token) -> PartialDate | None:
        """The date that a tale of the past has reached, if a month goes on with it rather than with the news."""
        story, anchor = self.story.last(), self.anchor.date
        if story is None or tense_of(root) == "ahead":
            return None
        if anchor is None:
            return story
        return story if self.story.here and anchor.parts[0] - story.parts[0] >= _OLD_STORY else None

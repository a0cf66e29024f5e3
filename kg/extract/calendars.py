"""Calendar arithmetic for dates that a text leaves incomplete. Knows no grammar and no parse.

Every function returns ``None`` where the article's own date does not say enough: a date is never guessed.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from kg.records import PartialDate

Tense = Literal["past", "ahead", "open"]
Unit = Literal["day", "week", "month", "year"]

_ONE_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Anchor:
    """The article's own dates, which relative ones are measured from. The dateline is the day of writing."""

    published: PartialDate | None
    dateline: PartialDate | None

    @property
    def date(self) -> PartialDate | None:
        """The more exact of the two; the dateline's if both are days."""
        if full_day(self.dateline) or self.published is None:
            return self.dateline
        return self.published

    @property
    def day(self) -> datetime.date | None:
        """The day to count from, or ``None`` if the article is not dated to the day."""
        return full_day(self.date)


def partial(year: int, month: int | None = None, day: int | None = None) -> PartialDate | None:
    """A partial date, or ``None`` where no such day exists."""
    parts = [f"{year:04d}"] + [f"{part:02d}" for part in (month, day) if part is not None]
    try:
        return PartialDate("-".join(parts))
    except ValueError:
        return None


def of_day(day: datetime.date) -> PartialDate:
    """The partial date of a full day."""
    return PartialDate(day.isoformat())


def full_day(date: PartialDate | None) -> datetime.date | None:
    """The day of a date that is known to the day."""
    return date.first if date is not None and len(date.parts) == 3 else None


def complete(month: int, day: int | None, anchor: PartialDate, tense: Tense) -> PartialDate | None:
    """Give a month, or a day of a month, the year that the article's date and the tense point to.

    Past: the last such date not after the article (a day of grace for time zones). Ahead: the first not before it.
    Open: the nearest. An article dated by year only lends that year.
    """
    year = anchor.parts[0]
    if len(anchor.parts) == 1:
        return partial(year, month, day)
    candidates = [date for date in (partial(year + shift, month, day) for shift in (-1, 0, 1)) if date is not None]
    past = [date for date in candidates if date.first <= anchor.last + _ONE_DAY]
    ahead = [date for date in candidates if date.last >= anchor.first - _ONE_DAY]
    if tense == "past":
        return past[-1] if past else None
    if tense == "ahead":
        return ahead[0] if ahead else None
    return _nearest(candidates, anchor)


def _nearest(candidates: Iterable[PartialDate], anchor: PartialDate) -> PartialDate | None:
    return min(candidates, key=lambda date: abs((date.first - anchor.last).days), default=None)


def weekday(number: int, anchor: datetime.date, tense: Tense, which: str = "") -> PartialDate:
    """The day of a weekday (ISO number, Monday is 1): on or before the article's day, or after it if ahead.

    ``which`` is "last" (never the article's own day), "next" (never the article's own day, always ahead) or empty.
    """
    if which in ("next", "coming") or (tense == "ahead" and which not in ("last", "past")):
        days = (number - anchor.isoweekday()) % 7
        return of_day(anchor + datetime.timedelta(days or (7 if which == "next" else 0)))
    days = (anchor.isoweekday() - number) % 7
    return of_day(anchor - datetime.timedelta(days or (7 if which in ("last", "past") else 0)))


def week(anchor: datetime.date, shift: int) -> PartialDate | None:
    """The month that the ISO week so many weeks away lies in, or ``None`` if it straddles two."""
    monday = anchor - datetime.timedelta(anchor.isoweekday() - 1 - 7 * shift)
    sunday = monday + datetime.timedelta(6)
    return partial(monday.year, monday.month) if monday.month == sunday.month else None


def shifted(start: PartialDate, amount: int, unit: Unit) -> PartialDate | None:
    """The date so many units away, as exact as the unit: a day for days and weeks, a month for months, a year.

    A start that is less exact than the unit gives ``None``.
    """
    day = full_day(start)
    if unit in ("day", "week"):
        if day is None:
            return None
        there = day + datetime.timedelta(amount * (7 if unit == "week" else 1))
        return of_day(there)
    if unit == "month":
        if len(start.parts) < 2:
            return None
        months = start.parts[0] * 12 + start.parts[1] - 1 + amount
        return partial(months // 12, months % 12 + 1)
    return partial(start.parts[0] + amount)


def weekday_of_week(number: int, anchor: datetime.date, shift: int) -> PartialDate:
    """A weekday (ISO number) of the ISO week so many weeks away: "Tuesday of last week"."""
    monday = anchor - datetime.timedelta(anchor.isoweekday() - 1 - 7 * shift)
    return of_day(monday + datetime.timedelta(number - 1))


def weekend(anchor: datetime.date, *, ahead: bool) -> PartialDate | None:
    """The month of the weekend that last began by the article's day, or comes next; ``None`` if in two months."""
    saturday = anchor - datetime.timedelta((anchor.isoweekday() + 1) % 7)
    saturday += datetime.timedelta(7 if ahead and saturday <= anchor else 0)
    return same_month(saturday, saturday + _ONE_DAY)


def same_month(first: datetime.date, last: datetime.date) -> PartialDate | None:
    """The month that holds both days, or ``None``."""
    return partial(first.year, first.month) if (first.year, first.month) == (last.year, last.month) else None


def about(start: PartialDate, amount: int, unit: Unit) -> PartialDate | None:
    """As :func:`shifted` for "about three days": a step less exact, the month that surely holds the day.

    A day of grace for each day or two days for each week told; ``None`` for months and years.
    """
    day = full_day(start)
    if day is None or unit not in ("day", "week"):
        return None
    grace = abs(amount) * (1 if unit == "day" else 2)
    there = day + datetime.timedelta(amount * (7 if unit == "week" else 1))
    return same_month(there - datetime.timedelta(grace), there + datetime.timedelta(grace))


def month_beside(month: int, day: int | None, story: PartialDate, step: int) -> PartialDate | None:
    """The next (``step`` 1) or previous (-1) such month beside a date of the story; 0: the one the story goes on to.

    A story goes forward, or back by a quarter of a year at most.
    """
    year = story.parts[0]
    if len(story.parts) == 1:
        return partial(year + step, month, day) if step >= 0 else None
    months = month - story.parts[1]
    if step < 0:
        return partial(year if months < 0 else year - 1, month, day)
    if step == 0:
        return partial(year if months >= -3 else year + 1, month, day)
    return partial(year if months > 0 else year + 1, month, day)


def day_of_month(number: int, near: PartialDate) -> PartialDate | None:
    """The day with this number in the month of a date: "on the twelfth"."""
    return partial(near.parts[0], near.parts[1], number) if len(near.parts) > 1 else None

"""The year of a dateline that prints a day and a month only, as agency stories do.

Why not the current year: archives are read years later. What the page itself says decides, and where
it says nothing the date stays unknown.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

from kg.read.dates import WEEKDAYS, FoundDate, find_dates
from kg.records import PartialDate

NEAR_PAGE_DATE = 62
"""Days. How far a story's own day may lie from the date that the page gives elsewhere (often a month only)."""
NEAR_TEXT_DATE = 31
"""Days. How long after the last day named in its text a story may have been filed."""
YEARS_TRIED = 5
"""A day of the year falls on one weekday at most once in five successive years."""
TEXT_READ = 50_000
"""Code points at either end of the text that are searched for years and days."""

_AHEAD = "".join(
    rf"(?<!\b{word} )" for word in ("by", "until", "through", "before", "till")
)  # a year to come: "by 2030"
_MONTH_BEFORE = r"January|February|March|April|May|June|July|August|September|October|November|December"
_YEAR = re.compile(
    rf"{_AHEAD}(?:\b(?:in|since|of|during|year|early|mid|late|and|from|for|{_MONTH_BEFORE}|\d{{1,2}},|(?:19|20)\d\d[-–])|\()"
    r"[ -]?((?:1[6-9]|20)\d\d)\b(?![.,]\d|%| (?:tons?|tonnes|people|tents|families)\b)"
)
_OTHER_WEEK = "".join(
    rf"(?<!\b{word} )" for word in ("last", "next", "since", "until", "by", "to", "from", "every", "than")
)
_WEEKDAY = re.compile(rf"{_OTHER_WEEK}\b({'|'.join(WEEKDAYS)})\b")


def choose_year(day: FoundDate, *, page_dates: Iterable[PartialDate], lead: str, text: str) -> PartialDate | None:
    """The full date of a day without a year, by the first of these rules that decides.

    1. A date that the page gives elsewhere (a byline, "First published in April 2020", a copyright
       year): the year that puts the day within :data:`NEAR_PAGE_DATE` days of it; for a year alone,
       that year, unless the weekday contradicts.
    2. A weekday in the lead ("on Saturday") together with the latest past year that the text names
       ("late December 2019"): the nearest year from that one on in which the day is that weekday, of
       :data:`YEARS_TRIED`; else the nearest of two in which the day before is (filed after midnight).
    3. The last full date that the text names: its year, where the day is at most
       :data:`NEAR_TEXT_DATE` days later.

    Args:
        day: what the dateline prints, without a year.
        page_dates: dates that the page gives outside its text, most telling first.
        lead: the paragraphs in which the weekday of filing is looked for.
        text: the whole article.
    """
    text = text if len(text) <= 2 * TEXT_READ else f"{text[:TEXT_READ]}\n{text[-TEXT_READ:]}"
    weekday = next((WEEKDAYS.index(match[1]) for match in _WEEKDAY.finditer(lead)), None)
    for page in page_dates:
        if date := _near_page(day, page, weekday):
            return date
    return _by_weekday(day, weekday, text) or _after_text(day, text)


def latest_year(text: str) -> int | None:
    """The latest year that the text names as past or present; goals to come ("by 2030") are left out."""
    return max((int(match[1]) for match in _YEAR.finditer(text)), default=None)


def _near_page(day: FoundDate, page: PartialDate, weekday: int | None) -> PartialDate | None:
    if len(page.parts) == 1:
        date = day.in_year(page.parts[0])
        return date if date and _fits(date, weekday) else None
    margin = datetime.timedelta(NEAR_PAGE_DATE)
    dates = [date for year in range(page.parts[0] - 1, page.parts[0] + 2) if (date := day.in_year(year))]
    near = [date for date in dates if page.first - margin <= date.first <= page.last + margin]
    return min(near, key=lambda date: abs(date.first - page.first), default=None)


def _fits(date: PartialDate, weekday: int | None) -> bool:
    return weekday is None or (date.first.weekday() - weekday) % 7 <= 1


def _by_weekday(day: FoundDate, weekday: int | None, text: str) -> PartialDate | None:
    first = latest_year(text)
    if weekday is None or first is None:
        return None
    dates = [date for year in range(first, first + YEARS_TRIED) if (date := day.in_year(year))]
    same = [date for date in dates if date.first.weekday() == weekday]
    after = [date for date in dates[:2] if (date.first.weekday() - weekday) % 7 == 1]
    return next(iter([*same, *after]), None)


def _after_text(day: FoundDate, text: str) -> PartialDate | None:
    named = [date.partial.last for date in find_dates(text) if date.day and date.partial]
    if not named:
        return None
    last = max(named)
    for date in (day.in_year(last.year), day.in_year(last.year + 1)):
        if date and 0 <= (date.first - last).days <= NEAR_TEXT_DATE:
            return date
    return None

"""Calendar dates as pages print them: in bylines, datelines and notes.

Why not a date-parsing library: the loose ones read a date into nearly any words ("may", "Sun"), take
today's year where none is printed, and lose where the words stood. Here a date is one of a few
forms, a missing year stays missing, and 3/5/2011 is not guessed at.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.records import PartialDate, Span

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_LEAP_YEAR = 2000  # a day without a year may be 29 February
_FORMS = [form for name in [*MONTHS, "Sept"] for short in (name, name[:3]) for form in (short, short.upper())]
_MONTH = rf"(?P<month>{'|'.join(sorted(set(_FORMS) | {'Sept', 'SEPT'}, key=len, reverse=True))})\b\.?"
_DAY = r"\b(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[6-9]|20)\d\d)\b"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_DAY}[\s-]{{1,2}}(?:of\s)?{_MONTH}[\s,-]{{1,3}}{_YEAR}",
        rf"\b{_MONTH}\s{{1,2}}{_DAY}\b[\s,]{{1,3}}{_YEAR}",
        rf"\b{_YEAR}[-/](?P<month>[01]\d)[-/](?P<day>[0-3]\d)(?!\d)",
        rf"{_DAY}\.(?P<month>[01]?\d)\.{_YEAR}",
        rf"\b(?P<day>[0-3]?\d)/(?P<month>[01]?\d)/{_YEAR}",
        rf"\b(?P<month>[01]?\d)/(?P<day>[0-3]?\d)/{_YEAR}",
        rf"\b{_MONTH}[\s,]{{1,3}}{_YEAR}",
        rf"{_DAY}\s{{1,2}}(?:of\s)?{_MONTH}",
        rf"\b{_MONTH}\s{{1,2}}{_DAY}\b(?![,.]\d)",
    )
)
_DAY_NAME = rf"(?:{'|'.join(f'{name}|{name[:3]}' for name in WEEKDAYS)})\b\.?"
_CLOCK = r"(?:at\s)?\d{1,2}(?:[:.h]\d\d){1,2}\s?(?:[ap]\.?m\.?)?|\d{1,2}\s?[ap]\.?m\.?|[0-2]\d[0-5]\d\b"
_ZONE = r"\(?(?:[A-Z]{2,5}|local time|hours)(?:[+-]\d{1,4})?\)?"
_AROUND = re.compile(
    rf"[\s,|@/–—-]*(?:on\s)?(?:{_DAY_NAME})?[\s,|@/–—-]*(?:{_CLOCK})?\s*(?:{_ZONE})?[\s,.|@/–—)-]*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text; ``year`` or ``day`` may be missing, the month is always there."""

    span: Span
    year: int | None
    month: int
    day: int | None

    def in_year(self, year: int) -> PartialDate | None:
        """The date in ``year``; None where it does not exist (29 February)."""
        iso = f"{year:04d}-{self.month:02d}" + (f"-{self.day:02d}" if self.day else "")
        try:
            return PartialDate(iso)
        except ValueError:
            return None

    @property
    def partial(self) -> PartialDate | None:
        """The date as far as it is printed; None without a year."""
        return self.in_year(self.year) if self.year else None


def find_dates(text: str) -> list[FoundDate]:
    """All dates in text order; where two forms overlap, the one that says more is taken.

    A numeric date with slashes is taken only where day and month cannot be confused.
    """
    found: list[FoundDate] = []
    taken: list[Span] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            span = Span(*match.span())
            if any(span.start < other.end and other.start < span.end for other in taken):
                continue
            found.extend(_read(match, span))
            taken.append(span)
    return sorted(found, key=lambda date: date.span)


def parse_stamp(text: str) -> FoundDate | None:
    """The date of a text that holds a date, a time and a weekday at most; None for anything else."""
    dates = find_dates(text)
    if len(dates) != 1:
        return None
    before, after = text[: dates[0].span.start], text[dates[0].span.end :]
    return dates[0] if _AROUND.fullmatch(before) and _AROUND.fullmatch(after) else None


def is_weekday(text: str) -> bool:
    """Whether the text is the name of a day of the week, also abbreviated."""
    return re.fullmatch(_DAY_NAME, text.strip(), re.IGNORECASE) is not None


def _read(match: re.Match[str], span: Span) -> Iterator[FoundDate]:
    groups = match.groupdict()
    month, day, year = _month(groups["month"]), groups.get("day"), groups.get("year")
    if "/" in match[0] and not match[0][:4].isdigit() and day and int(day) <= 12 and month <= 12:
        return  # 3/5/2011 is a day in March or in May
    try:
        datetime.date(int(year or _LEAP_YEAR), month, int(day or 1))
    except ValueError:
        return
    yield FoundDate(span, int(year) if year else None, month, int(day) if day else None)


def _month(name: str) -> int:
    if name.isdigit():
        return int(name)
    return 1 + next(number for number, month in enumerate(MONTHS) if month[:3].lower() == name[:3].lower())

"""Days as numbers, for any year: Python's own dates end at the year 1, and the graph's do not.

Years are astronomical as in XML Schema 1.1 and ISO 8601: the year 0 is 1 BCE, -43 is 44 BCE. The calendar is the
Gregorian one throughout. The conversion is Howard Hinnant's ``days_from_civil`` and ``civil_from_days``
(https://howardhinnant.github.io/date_algorithms.html).
"""

from __future__ import annotations

import re
from calendar import month_abbr
from functools import lru_cache

_ISO = re.compile(r"(-?\d{4,})(?:-(\d{2})(?:-(\d{2}))?)?")
_ERA = 146_097
"""Days of four hundred years."""


def day_number(year: int, month: int = 1, day: int = 1) -> int:
    """Days since 1 March of the year 0."""
    year -= month <= 2
    era, of_era = divmod(year, 400)
    of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    return era * _ERA + of_era * 365 + of_era // 4 - of_era // 100 + of_year


def civil(day: int) -> tuple[int, int, int]:
    """Year, month and day of a day number; the inverse of :func:`day_number`."""
    era, of_era = divmod(day, _ERA)
    years = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146_096) // 365
    of_year = of_era - (365 * years + years // 4 - years // 100)
    part = (5 * of_year + 2) // 153
    month = (part + 2) % 12 + 1
    return era * 400 + years + (month <= 2), month, of_year - (153 * part + 2) // 5 + 1


@lru_cache(maxsize=8192)
def days_of(iso: str | None) -> tuple[int, int] | None:
    """The first and the last day that a date may mean: of ``2020-03`` the first and the last of March.

    None for what is no date; a month or day that does not exist makes it none.
    """
    match = _ISO.fullmatch(iso or "")
    if match is None:
        return None
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    if not month:
        return (day_number(year), day_number(year + 1) - 1) if match[2] is None else None
    if month > 12:
        return None
    first, after = day_number(year, month), day_number(year + month // 12, month % 12 + 1)
    if match[3] is None:
        return first, after - 1
    return (first + day - 1, first + day - 1) if 0 < day <= after - first else None


def year_words(year: int) -> str:
    """``2020``; ``79 CE``, since a small number alone is no year to see; ``44 BCE`` for the year -43."""
    return str(year) if year > 999 else f"{year} CE" if year > 0 else f"{1 - year} BCE"


def month_words(year: int, month: int) -> str:
    """``Mar 2020``."""
    return f"{month_abbr[month]} {year_words(year)}"


def iso_day(day: int) -> str:
    """A day number as ``2020-03-21``."""
    year, month, of_month = civil(day)
    return f"{'-' if year < 0 else ''}{abs(year):04d}-{month:02d}-{of_month:02d}"

"""Amounts and units of time as a match of the date grammar has them: "about three weeks", "the day before".

Kept apart from :mod:`kg.extract.time_reader` so that what counts from what stays readable there.
"""

from __future__ import annotations

import datetime
import re

from kg.extract.calendars import Unit, about, full_day, same_month, shifted, week
from kg.extract.numerals import find_numerals
from kg.extract.time_words import time_table
from kg.records import PartialDate

BACK = ("earlier", "before", "previously")
_VAGUE = ("few", "several", "couple", "some", "many")
_LOOSE_DAYS = {"hour": 0, "day": 6, "week": 20}  # how far "within days" may reach; weeks stay short of a month


def moved_by(start: PartialDate | None, match: re.Match[str], sign: int) -> PartialDate | None:
    """So many units from a date; with "about" before the number as much less exact."""
    words, unit = match["amount"].lower(), unit_of(match["unit"])
    if start is None or any(word in words.split() for word in _VAGUE):
        return None
    numerals = find_numerals(words)
    amount = sign * (int(numerals[0].low) if numerals else 1)
    if match["unit"].lower().startswith("fortnight"):
        amount *= 2
    if match["unit"].lower().startswith("decade"):
        amount *= 10
    return about(start, amount, unit) if match["hedge"] else shifted(start, amount, unit)


def soon_after(start: PartialDate | None, unit: str) -> PartialDate | None:
    day, reach = full_day(start), _LOOSE_DAYS[unit.lower().removesuffix("s")]
    if day is None:
        return None
    return same_month(day, day + datetime.timedelta(reach)) if reach else start


def of_week(moved: PartialDate | None) -> PartialDate | None:
    """The month of a week told as a whole, if it is one month."""
    day = full_day(moved)
    return week(day, 0) if day else None


def side_of(match: re.Match[str]) -> int:
    way = match["way"].lower()
    return -1 if way in BACK else 0 if way == "of" else 1


def month_of(name: str) -> int:
    return time_table().months[name.lower().rstrip(".")]


def unit_of(word: str) -> Unit:
    units: dict[str, Unit] = {"week": "week", "fortnight": "week", "month": "month", "year": "year", "decade": "year"}
    return units.get(word.lower().removesuffix("s"), "day")


def grain_of(word: str) -> int:
    """How exact a date must be to count these units from it: 3 for days and weeks, 2 for months, 1 for years."""
    return {"month": 2, "year": 1}.get(unit_of(word), 3)

"""Dates, numbers and names of things in plain English, as pure functions from what the graph holds.

A date keeps its precision (a month stays a month), a number its hedge (``over 6,000``): a page that
rounded either away would say more than the article did.
"""

from __future__ import annotations

import datetime
import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal

from server.locales import DEFAULT

_HEDGES = {"over": "over", "at-least": "at least", "about": "about", "up-to": "up to"}


@lru_cache(maxsize=4096)
def date_words(iso: str, locale: Locale = DEFAULT) -> str:
    """``2020-03-21`` as ``21 March 2020``, ``2020-03`` as ``March 2020``; anything else unchanged."""
    match = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", iso)
    if match is None or match[2] is None:
        return iso.lstrip("0") if match and iso.strip("0") else iso
    try:
        day = datetime.date(int(match[1]), int(match[2]), int(match[3] or 1))
    except ValueError:
        return iso
    return format_date(day, "long", locale) if match[3] else str(format_skeleton("yMMMM", day, locale=locale))


@lru_cache(maxsize=4096)
def number_words(lexical: str, locale: Locale = DEFAULT) -> str:
    """``42681`` as ``42,681``, as the locale groups it; what is no number unchanged."""
    try:
        number = Decimal(lexical)
    except InvalidOperation:
        return lexical
    return str(format_decimal(number, locale=locale, decimal_quantization=False)) if number.is_finite() else lexical


def quantity_words(
    value: str | None, minimum: str | None, maximum: str | None, *,
    qualifier: str | None = None, unit: str | None = None, currency: str | None = None, locale: Locale = DEFAULT,
) -> str:  # fmt: skip
    """A quantity as the article hedges it: ``over 6,000 people``, ``17,000,000–50,000,000``, ``EUR 3,000,000``.

    Args:
        value, minimum, maximum: lexical forms of numbers.
        qualifier: the concept's name in ``scheme/qualifier``.
    """
    if minimum and maximum and minimum != maximum:
        number = f"{number_words(minimum, locale)}–{number_words(maximum, locale)}"
    else:
        number = number_words(value or minimum or maximum or "", locale)
    hedge = _HEDGES.get(qualifier or "") or _bound(value, minimum, maximum)
    return " ".join(part for part in (hedge, currency, number, unit) if part)


def _bound(value: str | None, minimum: str | None, maximum: str | None) -> str | None:
    """The hedge of a figure that has one bound and nothing else."""
    if value or (minimum and maximum):
        return None
    return "at least" if minimum else "up to" if maximum else None

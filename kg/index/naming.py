"""Names as lists need them: the key to sort by, words for what has no name, and the kind that an IRI tells.

They are functions of SQL as well (:mod:`kg.index.build`), so that the tables can be filled by statements.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from kg.formats import shorten
from kg.index.schema import ENTITY_KINDS
from kg.records import PartialDate

_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_OWN: Final = re.compile(rf"/id/(event|article|{'|'.join(ENTITY_KINDS)})/[^#?]+\Z")
_DAY: Final = re.compile(r"(\d{4}(?:-\d\d){0,2})(?:T.*|Z|[+-]\d\d:\d\d)?\Z", re.DOTALL | re.ASCII)
"""A day, month or year, also with the time or the time zone that XML Schema allows."""


def sort_key(name: str) -> str:
    """A name as people look for it: in small letters without accents. Of what is nothing but accents they stay."""
    if name.isascii():
        return name.strip().casefold() or name
    plain = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    return (plain.strip() or name).casefold()


def readable(iri: str) -> str:
    """A name for what has none: ``…/id/place/lower-town`` as ``lower town``, ``wd:Q38`` for what has a prefix."""
    if _OWN.search(iri):
        return humanise(iri)
    return shorten(iri)


def humanise(iri: str) -> str:
    """The last part of an IRI as words: ``…#statedDonor`` as ``stated donor``."""
    local = re.split(r"[/#]", iri.rstrip("/#"))[-1]
    return re.sub(r"[-_]+", " ", _CAMEL.sub(" ", local)).strip().lower() or iri


def path_kind(iri: str) -> str | None:
    """The kind that an IRI made by the builder tells, whatever its base: ``country`` for ``…/id/country/italy``."""
    found = _OWN.search(iri)
    return found[1] if found else None


@lru_cache(maxsize=8192)
def first_day(told: str | None) -> str | None:
    """The first full day that a date may mean; None for what is no date."""
    date = _date(told)
    return date.first.isoformat() if date else None


@lru_cache(maxsize=8192)
def last_day(told: str | None) -> str | None:
    """The last full day that a date may mean; None for what is no date."""
    date = _date(told)
    return date.last.isoformat() if date else None


def degrees(told: str | None, limit: float) -> float | None:
    """A latitude (``limit`` 90) or longitude (180) from its lexical form; None for what is none."""
    try:
        number = float(told or "")
    except ValueError:
        return None
    return number if abs(number) <= limit else None


def _date(told: str | None) -> PartialDate | None:
    found = _DAY.match(told or "")
    try:
        return PartialDate(found[1]) if found else None
    except ValueError:
        return None


def fragment(iri: str) -> str:
    """What stands behind the ``#`` of an IRI, or nothing."""
    return iri.partition("#")[2]

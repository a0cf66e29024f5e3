"""What is said of an article outside its prose: by a page's embedded data, its meta tags, or a line of JSON.

Why one record: whoever says it, it is checked the same way and beats what is guessed from the text. Sources of
metadata are asked in an order of trust, and for each field the first that says something usable is taken.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any

from kg.read.dates import parse_stamp
from kg.read.licences import find_licence
from kg.read.names import is_person, parse_names
from kg.records import Article, Genre, PartialDate

LONGEST = 400
"""Code points. A longer headline, name or address is no such thing."""

_ISO = re.compile(r"(?P<date>\d{4}(?:-\d\d(?:-\d\d)?)?)(?:[T ]\d\d.*)?")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?\d{4,6}.*)?")  # 20100303, as old tags have it
_NEITHER_NAME = re.compile(r"https?:|www\.|@|/|\d{3}", re.IGNORECASE)
_BY = re.compile(r"by\b[\s:]*", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_OVERLAID = ("publisher", "authors", "published", "license", "url", "genre")


@dataclass(frozen=True, slots=True)
class Given:
    """Metadata from one source; a field is empty where it says nothing. Meanings are those of :class:`Article`."""

    headline: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: PartialDate | None = None
    language: str | None = None
    license: str | None = None
    url: str | None = None
    genre: Genre | None = None


def first_given(ranked: Iterable[Given]) -> Given:
    """For each field what the first source says that says anything."""
    sources = list(ranked)
    chosen: dict[str, Any] = {}
    for field in fields(Given):
        said = (getattr(source, field.name) for source in sources)
        chosen[field.name] = next((value for value in said if value), field.default)
    return Given(**chosen)


def overlay(article: Article, given: Given) -> Article:
    """The article with what is given in place of what was guessed; headline and language are the caller's."""
    said = {name: value for name in _OVERLAID if (value := getattr(given, name))}
    return replace(article, **said)


def clean(value: str) -> str | None:
    """Words of a tag as they are read: references resolved (pages often escape twice), white space made single."""
    words = _SPACE.sub(" ", html.unescape(html.unescape(value))).strip()
    return words if words and len(words) <= LONGEST and any(map(str.isalnum, words)) else None


def read_date(value: str) -> PartialDate | None:
    """A date of a tag: ISO 8601 with or without a time (the day as it is written), 20100303, or as pages print it."""
    value = value.strip()
    if compact := _COMPACT.fullmatch(value):
        value = "-".join(compact.groups())
    if match := _ISO.fullmatch(value):
        try:
            return PartialDate(match["date"])
        except ValueError:
            return None
    found = parse_stamp(value) if len(value) <= LONGEST else None
    return found.partial if found else None


def read_authors(values: Iterable[str], *, publisher: str | None) -> tuple[str, ...]:
    """Names of persons, each once. Outlets, addresses, offices ("Press Office") and accounts ("admin") are none."""
    found: list[str] = []
    for value in filter(None, map(clean, values)):
        name = _BY.sub("", value, count=1)
        if not name or _NEITHER_NAME.search(name):
            continue
        names = parse_names(name)
        last, comma, first = name.partition(", ")
        turned = f"{first} {last}" if comma else name  # library catalogues write "Lund, Kari"
        found += names.authors if names else [turned] if is_person(turned) else []
    outlet = (publisher or "").casefold()
    return tuple(dict.fromkeys(name for name in found if name.casefold() != outlet))


def read_licence(value: str) -> str | None:
    """The licence's own address where it names one, else the web address that it is; None for other words."""
    return find_licence(value) or read_url(value)


def read_url(value: str) -> str | None:
    """An absolute web address."""
    value = value.strip()
    fits = re.fullmatch(r"https?://[^\s/<>\"{}|\\^`]+(?:/[^\s<>\"{}|\\^`]*)?", value, re.IGNORECASE)
    return value if fits and len(value) <= 5 * LONGEST else None

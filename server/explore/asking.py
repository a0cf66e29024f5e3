"""What the address of a list asks for, as a pure function of its parameters, and the address of it again.

Every selection has one canonical address: parameters in a fixed order, values sorted, nothing that goes without
saying. An unknown parameter is refused and not passed over: the list would show more than was asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import quote, urlencode

from kg.records import PartialDate
from server.explore.filters import Filter, Listing
from server.problems import BadRequest

LATEST: Final = "-date"
"""How lists are sorted unless something else is asked for: by date, the latest first."""

MOST_VALUES: Final = 50
"""Values of one filter in one address; more is no question that somebody has."""

_PAGE: Final = re.compile(r"[1-9][0-9]{0,6}", re.ASCII)
_SAFE: Final = "/:"  # a query may hold them as they are (RFC 3986 §3.4), and people read them


@dataclass(frozen=True, slots=True)
class Dates:
    """From when to when, each a day, month, year or nothing, as told."""

    since: PartialDate | None = None
    until: PartialDate | None = None

    def __bool__(self) -> bool:
        return bool(self.since or self.until)

    @property
    def first(self) -> str | None:
        """The first full day."""
        return self.since.first.isoformat() if self.since else None

    @property
    def last(self) -> str | None:
        """The last full day."""
        return self.until.last.isoformat() if self.until else None


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for. ``values``: any of these, by the name of their filter; ``show``: facets shown at length."""

    listing: Listing
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    dates: Dates = Dates()
    sort: str = LATEST
    show: tuple[str, ...] = ()
    page: int = 1

    @property
    def is_filtered(self) -> bool:
        """Whether some things are left out."""
        return bool(self.values or self.dates)

    @property
    def is_plain(self) -> bool:
        """Whether this is the list as it is found first: everything, in the usual order."""
        return not (self.is_filtered or self.show or self.sort != LATEST)

    def toggled(self, name: str, value: str) -> Asked:
        """The same with one value more, or without it; from the first page on."""
        chosen = self.values.get(name, ())
        left = tuple(one for one in chosen if one != value)
        return self.with_values(name, left if value in chosen else (*chosen, value))

    def with_values(self, name: str, values: Sequence[str]) -> Asked:
        """The same with just these values of a filter; from the first page on."""
        kept = {one: chosen for one, chosen in self.values.items() if one != name}
        return replace(self, values=kept | ({name: tuple(sorted(values))} if values else {}), page=1)

    def selection(self) -> Asked:
        """What the things listed and their order depend on, and nothing else."""
        return replace(self, show=(), page=1)

    def parameters(self) -> list[tuple[str, str]]:
        """The parameters of the canonical address."""
        given = [(one.name, value) for one in self.listing.filters for value in self.values.get(one.name, ())]
        dates = [("from", self.dates.since), ("to", self.dates.until)]
        given += [(name, date.iso) for name, date in dates if date]
        given += [("sort", self.sort)] if self.sort != LATEST else []
        given += [("show", name) for name in self.show]
        return given + ([("page", str(self.page))] if self.page > 1 else [])

    def query_string(self) -> str:
        """The canonical address behind the ``?``, which may be nothing."""
        return urlencode(self.parameters(), safe=_SAFE, quote_via=quote)

    def href(self, ending: str = "") -> str:
        """The canonical address; ``ending`` is that of an export: ``csv``."""
        query = self.query_string()
        return f"{self.listing.path}{'.' if ending else ''}{ending}{'?' if query else ''}{query}"


def parse_asked(parameters: Iterable[tuple[str, str]], listing: Listing) -> Asked:
    """What decoded parameters ask for. Empty ones are passed over: a form sends its empty fields.

    Raises:
        BadRequest: a parameter is unknown, or its value is none that it can have.
    """
    given = split_parameters(parameters, [*listing.by_name, "from", "to", "sort", "show", "page"], listing.path)
    values = {one.name: _values(one, given.get(one.name, [])) for one in listing.filters if given.get(one.name)}
    return Asked(
        listing, values, _dates(single(given, "from"), single(given, "to")),
        sort=one_of(single(given, "sort") or LATEST, _sorts(listing), "sort"),
        show=tuple(sorted(one_of(name, listing.by_name, "show") for name in given.get("show", []))),
        page=page_number(single(given, "page") or "1"),
    )  # fmt: skip


def split_parameters(
    parameters: Iterable[tuple[str, str]], known: Sequence[str], path: str
) -> dict[str, list[str]]:  # fmt: skip
    """The values of each parameter, each once, those that are empty left out.

    Raises:
        BadRequest: a parameter is unknown.
    """
    given: dict[str, list[str]] = {}
    for name, value in parameters:
        if name not in known:
            raise BadRequest(f"There is no parameter {name!r}; the parameters of {path} are {', '.join(known)}.")
        if value and value not in given.setdefault(name, []):
            given[name].append(value)
    return given


def single(given: Mapping[str, Sequence[str]], name: str) -> str | None:
    """The value of a parameter that can be given once; None if it is not given.

    Raises:
        BadRequest: it is given several times.
    """
    values = given.get(name, [])
    if len(values) > 1:
        raise BadRequest(f"{name} is given {len(values)} times; it can be given once.")
    return values[0] if values else None


def one_of(value: str, known: Iterable[str], name: str) -> str:
    """``value``, if it is known.

    Raises:
        BadRequest: it is not.
    """
    values = list(known)
    if value not in values:
        raise BadRequest(f"{name} is {value!r}; it can be {', '.join(values)}.")
    return value


def page_number(text: str) -> int:
    """The number of a page, from 1.

    Raises:
        BadRequest: it is none.
    """
    if _PAGE.fullmatch(text) is None:
        raise BadRequest(f"page is {text!r}; pages are numbered from 1.")
    return int(text)


def _sorts(listing: Listing) -> list[str]:
    return [f"{sign}{name}" for name in listing.sorts for sign in ("", "-")]


def _values(entry: Filter, given: Sequence[str]) -> tuple[str, ...]:
    if len(given) > MOST_VALUES:
        raise BadRequest(f"{entry.name} is given {len(given)} times; it can be given {MOST_VALUES} times.")
    return tuple(sorted(one_of(value, entry.fixed, entry.name) if entry.fixed else value for value in given))


def _dates(since: str | None, until: str | None) -> Dates:
    dates = Dates(_date("from", since), _date("to", until))
    if dates.first and dates.last and dates.first > dates.last:
        raise BadRequest(f"from ({since}) is later than to ({until}).")
    return dates


def _date(name: str, text: str | None) -> PartialDate | None:
    try:
        if text and not text.isascii():
            raise ValueError("digits of other scripts are no dates in SQL")
        return PartialDate(text) if text else None
    except ValueError:
        raise BadRequest(f"{name} is {text!r}; it can be a year, month or day: 2020, 2020-03 or 2020-03-21.") from None

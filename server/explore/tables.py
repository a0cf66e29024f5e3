"""The pages of events and articles: the variables of their templates, filled from a selection."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import quote

from babel import Locale

from server.addresses import Addresses
from server.explore.asking import Asked, Dates
from server.explore.choosing import Selection
from server.explore.exports import FILE_LABELS, FILE_OFFERS, MOST
from server.explore.facets import Chip, Facet, read_chips, read_facets
from server.explore.filters import ARTICLES, EVENTS
from server.explore.query import write_query
from server.explore.rows import Row, read_article_rows, read_event_rows
from server.views.page import Alternate, Head, Pager
from server.views.words import date_words

ReadRows = Callable[[sqlite3.Connection, Addresses, Sequence[int]], Iterator[Row]]

READ_ROWS: Final[dict[str, ReadRows]] = {EVENTS.name: read_event_rows, ARTICLES.name: read_article_rows}

_TITLES: Final = {EVENTS.name: "Aid events", ARTICLES.name: "Articles"}
_DESCRIPTIONS: Final = {
    EVENTS.name: "Who gave what to whom, when and how far it came: all aid events, to be filtered and downloaded.",
    ARTICLES.name: "The news articles that were read: by publisher, crisis, date and by whom they name.",
}
_FALLING_FIRST: Final = ("date", "articles", "events")
"""Columns whose greatest values are of most interest: they are sorted downwards at the first click."""


@dataclass(frozen=True, slots=True)
class Sort:
    """A column that can be sorted by. ``direction``: as ``aria-sort`` has it, nothing if it is not sorted by it."""

    label: str
    href: str
    direction: str


@dataclass(frozen=True, slots=True)
class DateForm:
    """The form for the span of dates. ``hidden``: the parameters of the rest of the selection."""

    action: str
    since: str
    until: str
    hidden: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TablePage:
    """The variables of ``events.html`` and ``articles.html``. ``everything``: the address without any filter;
    ``too_large``: the forms of files that cannot hold as much, each with what it can hold."""

    head: Head
    pager: Pager
    rows: tuple[Row, ...]
    facets: tuple[Facet, ...]
    steps: Facet | None
    chips: tuple[Chip, ...]
    everything: str
    sorts: dict[str, Sort]
    dates: DateForm
    exports: tuple[Alternate, ...]
    too_large: tuple[tuple[str, int], ...]
    query_href: str


def table_pager(selection: Selection) -> Pager:
    """Where one is in the list."""
    return Pager(selection.asked.page, selection.total, keep=replace(selection.asked, page=1).query_string())


def read_table(
    index: sqlite3.Connection, addresses: Addresses, selection: Selection, pager: Pager, locale: Locale
) -> TablePage:
    """One page of events or articles."""
    asked = selection.asked
    ids = list(selection.ids(pager.offset, pager.size))
    exports = file_links(asked.selection().href, pager.total)
    facets = read_facets(index, addresses, selection)
    query = write_query(asked, selection.choices, addresses.base)
    return TablePage(
        _head(asked, exports), pager, tuple(READ_ROWS[asked.listing.name](index, addresses, ids)), facets,
        steps=next((facet for facet in facets if asked.listing.by_name[facet.name].steps), None),
        chips=read_chips(selection, span_words(asked.dates, locale)),
        everything=Asked(asked.listing, sort=asked.sort).href(),
        sorts={name: _sort(asked, name, label) for name, label in asked.listing.sorts.items()},
        dates=_date_form(asked), exports=exports, too_large=too_large(pager.total),
        query_href=f"/sparql?query={quote(query, safe='')}",
    )  # fmt: skip


def file_links(href: Callable[[str], str], total: int) -> tuple[Alternate, ...]:
    """The files that a selection can be had as; those that cannot hold as much are :func:`too_large`."""
    offers = [offer for offer in FILE_OFFERS if total <= MOST[offer.name]]
    return tuple(Alternate(href(offer.name), offer.media_type, FILE_LABELS[offer.name]) for offer in offers)


def too_large(total: int) -> tuple[tuple[str, int], ...]:
    """The forms that cannot hold a selection, each with the number of things that it can hold."""
    return tuple((FILE_LABELS[name], most) for name, most in MOST.items() if total > most)


def span_words(dates: Dates, locale: Locale) -> str:
    """A span of dates as people say it."""
    since = date_words(dates.since.iso, locale) if dates.since else ""
    until = date_words(dates.until.iso, locale) if dates.until else ""
    if since and until:
        return since if dates.since == dates.until else f"{since} – {until}"
    return f"from {since}" if since else f"until {until}"


def _head(asked: Asked, exports: tuple[Alternate, ...]) -> Head:
    name = asked.listing.name
    return Head(
        _TITLES[name], _DESCRIPTIONS[name], alternates=exports, canonical=replace(asked, show=()).href(),
        noindex=not asked.is_plain,
    )  # fmt: skip


def _sort(asked: Asked, name: str, label: str) -> Sort:
    falling, rising = f"-{name}", name
    first, second = (falling, rising) if name in _FALLING_FIRST else (rising, falling)
    target = second if asked.sort == first else first
    direction = {falling: "descending", rising: "ascending"}.get(asked.sort, "")
    return Sort(label, replace(asked, sort=target, page=1).href(), direction)


def _date_form(asked: Asked) -> DateForm:
    hidden = replace(asked, dates=Dates(), page=1).parameters()
    since, until = asked.dates.since, asked.dates.until
    return DateForm(asked.listing.path, since.iso if since else "", until.iso if until else "", tuple(hidden))

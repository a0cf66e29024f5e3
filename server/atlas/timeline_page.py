"""The variables of ``timeline.html`` and its rows as CSV: crises as bands, their events on them, reports below."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from babel import Locale

from kg.records import PartialDate
from server.addresses import Addresses
from server.atlas.asking import Form, events_href, read_form
from server.atlas.tellings import Tellings
from server.drawing import Band, Mark, TimelineDrawing, draw_timeline
from server.explore.asking import Asked, Dates
from server.explore.choosing import Selection, value_of
from server.explore.columns import Mask
from server.explore.filters import ARTICLES, EVENTS
from server.explore.links import links_of
from server.views.page import Alternate, Head, Pager
from server.views.reader import Link
from server.views.words import date_words

TITLE: Final = "Timeline: crises and the help in them"
SENTENCE: Final = "Crises as bands in time, the aid events in them as dots, and below how many articles told of these."
CSV_COLUMNS: Final = ("crisis", "crisis name", "first day", "last day", "events")
SCRIPT: Final = "ui/drawing.js"
MOST_BANDS: Final = 60
"""Crises that are drawn: those with most events."""
_FEW_DAYS: Final = 400
"""Days with events up to which each day has a dot of its own; beyond, each month."""

PagerOf = Callable[[int], Pager]


@dataclass(frozen=True, slots=True)
class CrisisRow:
    """A line of the table. ``key`` joins it to its band; dates are full days, empty if not known."""

    key: str
    link: Link
    first: str
    last: str
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """The variables of ``timeline.html``. ``loose`` events name no crisis, ``undated`` ones have no date."""

    head: Head
    form: Form
    drawing: TimelineDrawing
    total: int
    loose: int
    undated: int
    articles: int
    bands: int
    rows: tuple[CrisisRow, ...]
    pager: Pager
    csv: str
    events: str


def read_timeline(
    index: sqlite3.Connection, addresses: Addresses, tellings: Tellings, selection: Selection, pager_of: PagerOf,
    *, locale: Locale,
) -> TimelinePage:  # fmt: skip
    """Fill the page of the timeline. ``pager_of`` makes the pager of so many rows."""
    asked, mask = selection.asked, selection.mask
    rows = _rows(index, addresses, selection)
    pager = pager_of(len(rows))
    drawn = sorted(rows, key=lambda row: (-row.count, row.key))[:MOST_BANDS]
    in_crises = selection.columns.mask(selection.columns.places["crisis"].values())
    marks = _marks(selection, drawn, in_crises, locale)
    published = tellings.published(mask)
    csv = asked.selection().href("csv")
    firsts = selection.columns.days[0]
    return TimelinePage(
        head=Head(
            TITLE, SENTENCE, alternates=(Alternate(csv, "text/csv", "CSV"),), canonical=asked.listing.path,
            noindex=asked.is_filtered, scripts=(SCRIPT,),
        ),
        form=read_form(index, addresses, selection),
        drawing=draw_timeline(
            [Band(row.link, row.first, row.last, _count_words(row.count), row.key) for row in drawn],
            [*marks, *_reports(published, locale)],
            since=asked.dates.first, until=asked.dates.last,
            between=_Between(asked, addresses, {row.key: row.link for row in drawn}),
        ),
        total=selection.total,
        loose=sum(1 for chosen, has_crisis in zip(mask, in_crises, strict=True) if chosen and not has_crisis),
        undated=sum(1 for chosen, day in zip(mask, firsts, strict=True) if chosen and not day),
        articles=len(published),
        bands=len(drawn),
        rows=tuple(pager.slice(rows)),
        pager=pager,
        csv=csv,
        events=events_href(asked, {}),
    )  # fmt: skip


def csv_lines(index: sqlite3.Connection, addresses: Addresses, selection: Selection) -> Iterator[tuple[str | int, ...]]:
    """The crises of a selection, as :data:`CSV_COLUMNS` says."""
    for row in _rows(index, addresses, selection):
        yield row.link.iri or "", row.link.label, row.first, row.last, row.count


def _rows(index: sqlite3.Connection, addresses: Addresses, selection: Selection) -> list[CrisisRow]:
    """The crises that the events of a selection name, the latest first, those without a date last."""
    mask = selection.mask
    counts = {
        crisis: count
        for crisis, events in selection.columns.places["crisis"].items()
        if (count := sum(map(mask.__getitem__, events)))
    }
    links = links_of(index, addresses, counts)
    dates = {row["id"]: (row["first"] or "", row["last"] or "") for row in index.execute("SELECT * FROM crisis")}
    entry = EVENTS.by_name["crisis"]
    rows = [
        CrisisRow(
            str(crisis), link, *dates.get(crisis, ("", "")), counts[crisis],
            events_href(selection.asked, {"crisis": [value_of(entry, link.iri or "", addresses)]}),
        )
        for crisis, link in links.items()
    ]  # fmt: skip
    return sorted(rows, key=lambda row: row.last or row.first, reverse=True)


def _marks(selection: Selection, drawn: Sequence[CrisisRow], in_crises: Mask, locale: Locale) -> Iterator[Mark]:
    """The events on each band and on none, joined by day or month."""
    columns, mask = selection.columns, selection.mask
    firsts, lasts = columns.days
    on_band = [(row.key, event) for row in drawn for event in columns.places["crisis"][int(row.key)]]
    on_none = [("", event) for event, has_crisis in enumerate(in_crises) if not has_crisis]
    chosen = [(band, event) for band, event in (*on_band, *on_none) if mask[event] and firsts[event]]
    length = 10 if len({firsts[event] for _, event in chosen}) <= _FEW_DAYS else 7
    counts = Counter((band, *_joined(firsts[event], lasts[event], length)) for band, event in chosen)
    for (band, first, last), count in sorted(counts.items()):
        yield Mark(first, last, f"{_span_words(first, last, locale)}: {_count_words(count)}", count, band)


def _reports(published: Sequence[tuple[str, str]], locale: Locale) -> Iterator[Mark]:
    counts = Counter(_joined(first, last, 7) for first, last in published if first)
    for (first, last), count in sorted(counts.items()):
        words = f"{_span_words(first, last, locale)}: {count:,} {'article' if count == 1 else 'articles'}"
        yield Mark(first, last, words, count, kind="report")


def _joined(first: str, last: str, length: int) -> tuple[str, str]:
    """A stretch of full days as the day or month that it lies in, else as it is."""
    return (first[:length], first[:length]) if first[:length] == last[:length] else (first, last)


def _span_words(first: str, last: str, locale: Locale) -> str:
    begin, end = date_words(first, locale), date_words(last, locale)
    return begin if begin == end else f"{begin} to {end}"


def _count_words(count: int) -> str:
    return f"{count:,} {'event' if count == 1 else 'events'}"


@dataclass(frozen=True, slots=True)
class _Between:
    """Where the events on a band, or the reports, of some days are listed."""

    asked: Asked
    addresses: Addresses
    crises: Mapping[str, Link]

    def __call__(self, mark: Mark, first: str, last: str) -> str | None:
        dates = Dates(PartialDate(first), PartialDate(last))
        if mark.kind == "report":
            crises = self.asked.values.get("crisis")
            return Asked(ARTICLES, {"crisis": crises} if crises else {}, dates).href()
        crisis = self.crises.get(mark.band)
        if crisis is None:
            return None
        value = value_of(EVENTS.by_name["crisis"], crisis.iri or "", self.addresses)
        return events_href(self.asked, {"crisis": [value]}, dates)

"""The variables of ``timeline.html`` and its rows as CSV: crises as bands, their events on them, reports below."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from babel import Locale

from server.addresses import Addresses
from server.atlas.asking import EventLists, Form, Select, read_form
from server.atlas.tellings import Stretch, Tellings, in_month
from server.drawing import Band, Mark, TimelineDrawing, draw_timeline
from server.explore.asking import Asked
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
MOST_BANDS: Final = 40
"""Crises that are drawn: those with most events."""
_MOST_MARKS: Final = 700
"""Times with events that are told apart: days if there are no more, else months, quarters or years."""

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
    index: sqlite3.Connection, addresses: Addresses, tellings: Tellings, selects: Sequence[Select],
    selection: Selection, pager_of: PagerOf, *, locale: Locale,
) -> TimelinePage:  # fmt: skip
    """Fill the page of the timeline. ``pager_of`` makes the pager of so many rows."""
    asked, mask = selection.asked, selection.mask
    rows = _rows(index, addresses, selection)
    pager = pager_of(len(rows))
    drawn = sorted(rows, key=lambda row: (-row.count, row.key))[:MOST_BANDS]
    in_crises = selection.columns.mask(selection.columns.places["crisis"].values())
    marks = _marks(tellings, selection, drawn, in_crises, locale)
    published = tellings.published(mask)
    csv = asked.selection().href("csv")
    firsts = selection.columns.days[0]
    return TimelinePage(
        head=Head(
            TITLE, SENTENCE, alternates=(Alternate(csv, "text/csv", "CSV"),), canonical=asked.listing.path,
            noindex=asked.is_filtered, scripts=(SCRIPT,),
        ),
        form=read_form(selects, selection),
        drawing=draw_timeline(
            [Band(row.link, row.first, row.last, _count_words(row.count), row.key) for row in drawn],
            [*marks, *_reports(published, locale)],
            since=asked.dates.first, until=asked.dates.last,
            between=_Between(asked, addresses, drawn),
        ),
        total=selection.total,
        loose=sum(1 for chosen, has_crisis in zip(mask, in_crises, strict=True) if chosen and not has_crisis),
        undated=sum(1 for chosen, day in zip(mask, firsts, strict=True) if chosen and not day),
        articles=len(published),
        bands=len(drawn),
        rows=tuple(pager.slice(rows)),
        pager=pager,
        csv=csv,
        events=EventLists(asked).href({}),
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
    entry, lists = EVENTS.by_name["crisis"], EventLists(selection.asked)
    rows = [
        CrisisRow(
            str(crisis), link, *dates.get(crisis, ("", "")), counts[crisis],
            lists.href({"crisis": [value_of(entry, link.iri or "", addresses)]}),
        )
        for crisis, link in links.items()
    ]  # fmt: skip
    return sorted(rows, key=lambda row: row.last or row.first, reverse=True)


def _marks(
    tellings: Tellings, selection: Selection, drawn: Sequence[CrisisRow], in_crises: Mask, locale: Locale
) -> Iterator[Mark]:
    """The events on each band and on none, those of one time joined."""
    columns, mask, firsts = selection.columns, selection.mask, selection.columns.days[0]
    on_bands = ((row.key, columns.places["crisis"][int(row.key)]) for row in drawn)
    on_none = ("", [event for event, has_crisis in enumerate(in_crises) if not has_crisis])
    bands, events = list[str](), list[int]()
    for band, places in (*on_bands, on_none):
        chosen = [event for event in places if mask[event] and firsts[event]]
        bands += [band] * len(chosen)
        events += chosen
    for (band, (first, last)), count in sorted(_counted(tellings, bands, events).items()):
        yield Mark(first, last, f"{_span_words(first, last, locale)}: {_count_words(count)}", count, band)


def _counted(tellings: Tellings, bands: Sequence[str], events: Sequence[int]) -> Mapping[tuple[str, Stretch], int]:
    """How many events there are on each band at each time, as finely as a page can tell."""
    counts = Counter[tuple[str, Stretch]]()
    for times in tellings.times:
        counts = Counter(zip(bands, map(times.__getitem__, events), strict=True))
        if len(counts) <= _MOST_MARKS:
            break
    return counts


def _reports(published: Sequence[tuple[str, str]], locale: Locale) -> Iterator[Mark]:
    counts = Counter(in_month(first, last) for first, last in published if first)
    for (first, last), count in sorted(counts.items()):
        words = f"{_span_words(first, last, locale)}: {count:,} {'article' if count == 1 else 'articles'}"
        yield Mark(first, last, words, count, kind="report")


def _span_words(first: str, last: str, locale: Locale) -> str:
    begin, end = date_words(first, locale), date_words(last, locale)
    return begin if begin == end else f"{begin} to {end}"


def _count_words(count: int) -> str:
    return f"{count:,} {'event' if count == 1 else 'events'}"


class _Between:
    """Where the events on a band, or the reports, of some days are listed."""

    def __init__(self, asked: Asked, addresses: Addresses, drawn: Sequence[CrisisRow]) -> None:
        crises, entry = asked.values.get("crisis"), EVENTS.by_name["crisis"]
        self._lists = EventLists(asked)
        self._crises = {row.key: value_of(entry, row.link.iri or "", addresses) for row in drawn}
        self._articles = Asked(ARTICLES, {"crisis": crises} if crises else {}).href()

    def __call__(self, mark: Mark, first: str, last: str) -> str | None:
        if mark.kind == "report":
            return f"{self._articles}{'&' if '?' in self._articles else '?'}from={first}&to={last}"
        crisis = self._crises.get(mark.band)
        return self._lists.href({"crisis": [crisis]}, (first, last)) if crisis is not None else None

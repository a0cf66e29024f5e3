"""When events were, and which articles tell them, in memory, once a version."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress

from server.explore.columns import Columns, Mask

Stretch = tuple[str, str]
"""A first and a last time as ISO dates: full days, months or years. Both are empty for no date."""


@dataclass(frozen=True, slots=True)
class Tellings:
    """``events`` and ``articles`` belong together: the place of an event, and the id of an article that tells it.

    ``days`` are of the articles; ``times`` of all events, ever wider: by day, month, quarter and year.
    """

    events: Sequence[int]
    articles: Sequence[int]
    days: Mapping[int, Stretch]
    times: tuple[Sequence[Stretch], ...]

    def published(self, mask: Mask) -> list[Stretch]:
        """When the articles that tell the events of a selection were published, each article once."""
        told = set(compress(self.articles, map(mask.__getitem__, self.events)))
        return [self.days[article] for article in told]


def load_tellings(index: sqlite3.Connection, columns: Columns) -> Tellings:
    """Read them from the index; ``columns`` are those of the list of events."""
    events, articles = array("I"), array("I")
    last = columns.start + columns.size - 1
    text = "SELECT source, target FROM link WHERE role = 'article' AND source BETWEEN ? AND ?"
    for event, article in index.execute(text, (columns.start, last)):
        events.append(event - columns.start)
        articles.append(article)
    days = {row["id"]: (row["first"] or "", row["last"] or "") for row in index.execute("SELECT * FROM article")}
    times = tuple(_times(columns, joined) for joined in (_in_day, in_month, _in_quarter, _in_year))
    return Tellings(events, articles, days, times)


def _times(columns: Columns, joined: Callable[[str, str], Stretch]) -> Sequence[Stretch]:
    """The time of each event; equal ones are one object, for they are many."""
    known = dict[Stretch, Stretch]()
    return [known.setdefault(time, time) for time in map(joined, *columns.days)]


def in_month(first: str, last: str) -> Stretch:
    """A stretch of full days as the month that it lies in, else as it is."""
    return (first[:7], first[:7]) if first[:7] == last[:7] else (first, last)


def _in_day(first: str, last: str) -> Stretch:
    """A day; a whole month as one; other stretches as they are."""
    is_month = first[8:] == "01" and last[8:] >= "28"
    return in_month(first, last) if is_month else (first, last)


def _in_quarter(first: str, last: str) -> Stretch:
    if not first or first[:4] != last[:4]:
        return first, last
    begin, end = ((int(day[5:7]) - 1) // 3 for day in (first, last))
    return (f"{first[:4]}-{3 * begin + 1:02d}", f"{first[:4]}-{3 * begin + 3:02d}") if begin == end else (first, last)


def _in_year(first: str, last: str) -> Stretch:
    return (first[:4], first[:4]) if first[:4] == last[:4] else (first, last)

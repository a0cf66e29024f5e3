"""Which articles tell which events, and when these were published, in memory, once a version."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import compress

from server.explore.columns import Columns, Mask

Days = tuple[str, str]
"""The first and the last full day that a date may mean; both empty for none."""


@dataclass(frozen=True, slots=True)
class Tellings:
    """``events`` and ``articles`` belong together: the place of an event, and the id of an article that tells it."""

    events: Sequence[int]
    articles: Sequence[int]
    days: Mapping[int, Days]

    def published(self, mask: Mask) -> list[Days]:
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
    return Tellings(events, articles, days)

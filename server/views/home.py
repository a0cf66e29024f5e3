"""The home page: what this is, how much there is, three questions with their answers, and the latest events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import quote

from kg.description.names import SENTENCE
from server.drawing import MapDrawing
from server.explore.rows import EventRow, read_event_rows
from server.views.page import Head
from server.views.reader import Link, Reader
from server.views.worked import Worked

LATEST = 10


@dataclass(frozen=True, slots=True)
class Count:
    """How much there is of something, and where to see it."""

    label: str
    number: int
    href: str


@dataclass(frozen=True, slots=True)
class Question:
    """A worked question. ``rows`` are cells by column; ``more`` is how many rows are not shown."""

    text: str
    href: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Link | None, ...], ...]
    more: int
    is_cut: bool


@dataclass(frozen=True, slots=True)
class HomePage:
    """The variables of ``home.html``. ``built`` is when the graph was last built or written to (ISO 8601)."""

    head: Head
    sentence: str
    counts: tuple[Count, ...]
    built: str
    drawing: MapDrawing
    questions: tuple[Question, ...]
    events: tuple[EventRow, ...]


_COUNTED: Final = {
    "articles": "/articles",
    "events": "/events",
    "parties": "/entities",
    "crises": "/entities?kind=crisis",
    "triples": "/dumps/",
}
"""Counts of the index, and where each leads."""


def read_home(
    reader: Reader, counts: dict[str, int], worked: Sequence[Worked], built: datetime, drawing: MapDrawing, head: Head
) -> HomePage:
    """Fill the home page.

    Args:
        counts: those of the index.
        built: when the snapshot was made.
        drawing: a small map of who helped whom.
    """
    return HomePage(
        head=head,
        sentence=SENTENCE,
        counts=tuple(Count(what, counts[what], href) for what, href in _COUNTED.items()),
        built=built.date().isoformat(),
        drawing=drawing,
        questions=tuple(_question(reader, one) for one in worked),
        events=_latest(reader),
    )


def _latest(reader: Reader) -> tuple[EventRow, ...]:
    rows = reader.index.execute("SELECT id FROM thing WHERE kind = 'event' ORDER BY id LIMIT ?", (LATEST,))
    return tuple(read_event_rows(reader.index, reader.addresses, [row["id"] for row in rows]))


def _question(reader: Reader, worked: Worked) -> Question:
    rows = tuple(tuple(reader.value(term) if term is not None else None for term in row) for row in worked.rows)
    href = f"/sparql?query={quote(worked.query)}"
    return Question(worked.question, href, worked.columns, rows, worked.total - len(rows), worked.is_cut)

"""The home page: what this is, how much there is, and the latest events."""

from __future__ import annotations

from dataclasses import dataclass

from server.catalogue import things_of
from server.views.page import Head
from server.views.parts import EventRow, read_event_row
from server.views.reader import Reader

SENTENCE = "Who gave what help to whom, as news articles told it, each fact with the words that prove it."
LATEST = 10


@dataclass(frozen=True, slots=True)
class Count:
    """How much there is of something, and where to see it."""

    label: str
    number: int
    href: str


@dataclass(frozen=True, slots=True)
class HomePage:
    """The variables of ``home.html``."""

    head: Head
    sentence: str
    counts: tuple[Count, ...]
    events: tuple[EventRow, ...]


_COUNTED = {
    "articles": "/articles",
    "events": "/events",
    "reports": "/ontology",
    "figures": "/scheme/measure",
    "quotations": "/articles",
    "triples": "/dumps/",
}


def read_home(reader: Reader, counts: dict[str, int], head: Head) -> HomePage:
    """Fill the home page. ``counts`` are those of the index."""
    return HomePage(
        head,
        SENTENCE,
        tuple(Count(what, counts[what], href) for what, href in _COUNTED.items()),
        tuple(read_event_row(reader, event) for event in things_of(reader.index, "event", limit=LATEST)),
    )

"""The rows of the two tables, read from the index for a few ids at a time.

A row of a page, and a line of the CSV, are the same record: what is seen is what is exported.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from server.addresses import Addresses
from server.explore.filters import PHASES
from server.explore.links import links_of
from server.views.reader import Link

_NOBODY: Final = Link("")


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event. ``step``: how far it came, from 1 to the number of phases, 0 if nobody says; ``later``: events that
    fulfil it, with their phases; ``articles``: how many tell it."""

    link: Link
    date: str
    donors: tuple[Link, ...]
    recipients: tuple[Link, ...]
    items: str
    phase: Link | None
    step: int
    later: tuple[tuple[Link, Link | None], ...]
    crises: tuple[Link, ...]
    articles: int

    def cells(self) -> tuple[str | int, ...]:
        """As in :data:`server.explore.filters.EVENTS`: the columns of the export."""
        return (
            self.link.iri or "", self.date, self.link.label, _names(self.donors), _names(self.recipients), self.items,
            self.phase.label if self.phase else "", _names(self.crises), self.articles,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One article. ``events``: how many it tells."""

    link: Link
    date: str
    publishers: tuple[Link, ...]
    crises: tuple[Link, ...]
    events: int

    def cells(self) -> tuple[str | int, ...]:
        """As in :data:`server.explore.filters.ARTICLES`: the columns of the export."""
        return (
            self.link.iri or "", self.date, self.link.label, _names(self.publishers), _names(self.crises), self.events,
        )  # fmt: skip


Row = EventRow | ArticleRow


def read_event_rows(index: sqlite3.Connection, addresses: Addresses, ids: Sequence[int]) -> Iterator[EventRow]:
    """A row for each event, in the same order."""
    wanted = json.dumps(ids)
    events = _by_id(index, "SELECT * FROM event WHERE id IN (SELECT value FROM json_each(?))", wanted)
    linked = _linked(index, wanted, ("donor", "recipient", "crisis"))
    later = _later(index, wanted)
    names = links_of(index, addresses, [
        *ids, *(key for keys in linked.values() for key in keys),
        *(row["phase"] for row in events.values() if row["phase"]),
        *(key for pairs in later.values() for pair in pairs for key in pair if key),
    ])  # fmt: skip
    for thing in ids:
        row = events[thing]
        phase = names.get(row["phase"] or 0)
        donors, recipients, crises = (_links(names, linked, thing, role) for role in ("donor", "recipient", "crisis"))
        yield EventRow(
            names[thing], row["date"] or "", donors, recipients, row["items"], phase, _step(phase),
            tuple((names[event], names.get(then or 0)) for event, then in later.get(thing, ())),
            crises, row["articles"],
        )  # fmt: skip


def read_article_rows(index: sqlite3.Connection, addresses: Addresses, ids: Sequence[int]) -> Iterator[ArticleRow]:
    """A row for each article, in the same order."""
    wanted = json.dumps(ids)
    articles = _by_id(index, "SELECT * FROM article WHERE id IN (SELECT value FROM json_each(?))", wanted)
    linked = _linked(index, wanted, ("publisher", "mentions"), kind="crisis")
    names = links_of(index, addresses, [*ids, *(key for keys in linked.values() for key in keys)])
    for thing in ids:
        publishers, crises = (_links(names, linked, thing, role) for role in ("publisher", "mentions"))
        yield ArticleRow(names[thing], articles[thing]["date"] or "", publishers, crises, articles[thing]["events"])


def _by_id(index: sqlite3.Connection, text: str, wanted: str) -> dict[int, sqlite3.Row]:
    return {row["id"]: row for row in index.execute(text, (wanted,))}


def _linked(
    index: sqlite3.Connection, wanted: str, roles: Sequence[str], *, kind: str | None = None
) -> dict[tuple[int, str], list[int]]:
    """What the things link to, by thing and role; of what is mentioned only things of one ``kind``."""
    text = f"""
        SELECT source, role, target FROM link WHERE source IN (SELECT value FROM json_each(?))
        AND role IN ({", ".join("?" * len(roles))})
        AND (role <> 'mentions' OR (SELECT thing.kind FROM thing WHERE id = target) = ?)
    """
    found: dict[tuple[int, str], list[int]] = {}
    for row in index.execute(text, (wanted, *roles, kind)):
        found.setdefault((row["source"], row["role"]), []).append(row["target"])
    return found


def _later(index: sqlite3.Connection, wanted: str) -> dict[int, list[tuple[int, int | None]]]:
    """The events that fulfil each, with their phases."""
    text = """
        SELECT target, source, phase FROM link JOIN event ON event.id = source
        WHERE role = 'fulfils' AND target IN (SELECT value FROM json_each(?)) ORDER BY source
    """
    found: dict[int, list[tuple[int, int | None]]] = {}
    for row in index.execute(text, (wanted,)):
        found.setdefault(row["target"], []).append((row["source"], row["phase"]))
    return found


def _links(
    names: Mapping[int, Link], linked: Mapping[tuple[int, str], Sequence[int]], thing: int, role: str
) -> tuple[Link, ...]:
    """In the order of the names."""
    return tuple(sorted((names[key] for key in linked.get((thing, role), ())), key=lambda link: link.order))


def _step(phase: Link | None) -> int:
    name = (phase.iri or "").rpartition("/")[2] if phase else ""
    return PHASES.index(name) + 1 if name in PHASES else 0


def _names(links: Sequence[Link]) -> str:
    return "; ".join(link.label for link in links)

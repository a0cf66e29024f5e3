"""What the map is drawn from: help that went from one party to another, those of one pair joined."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from server.drawing.palette import Family, leading
from server.drawing.shapes import XY, isolate, plural
from server.views.reader import Link


@dataclass(frozen=True, slots=True)
class Flow:
    """Events in which ``source`` gave to ``target``.

    Args:
        source_at, target_at: latitude and longitude in degrees.
        count: events.
        category: the last part of the category's IRI; empty where none is told.
        href: where the events are listed.
        kinds: events by category, where one flow stands for several; ``category`` is then left empty.
        key: joins the arc to a row of the table beneath.
        unit: what is counted, ``?n`` for what a column tells; if that is not events, there are no categories to tell.
    """

    source: Link
    target: Link
    source_at: XY
    target_at: XY
    count: int
    category: str = ""
    href: str | None = None
    kinds: tuple[tuple[str, int], ...] = ()
    key: str = ""
    unit: str = "event"

    @property
    def categories(self) -> tuple[tuple[str, int], ...]:
        """The events by category."""
        return self.kinds or ((self.category, self.count),)

    @property
    def family(self) -> Family:
        """What its colour tells: the family of most of it."""
        return leading(self.categories)

    @property
    def amount(self) -> str:
        """``12 events``."""
        return f"{self.count:,} {self.unit}" if self.unit.startswith("?") else plural(self.count, self.unit)

    @property
    def words(self) -> str:
        """``Russia to Italy: 12 events; medicine and protection``."""
        pair = f"{isolate(self.source.label)} to {isolate(self.target.label)}: {self.amount}"
        return f"{pair}; {self.family.words.lower()}" if self.unit == "event" else pair


def joined(flows: Iterable[Flow]) -> list[Flow]:
    """One flow a pair of parties, the largest first."""
    pairs: dict[tuple[Link, Link], Flow] = {}
    for flow in flows:
        pair = flow.source, flow.target
        known = pairs.get(pair)
        pairs[pair] = flow if known is None else _sum(known, flow)
    return sorted(pairs.values(), key=lambda flow: (-flow.count, flow.source.order, flow.target.order))


def _sum(one: Flow, other: Flow) -> Flow:
    return replace(
        one,
        count=one.count + other.count,
        category="",
        kinds=one.categories + other.categories,
        href=one.href if one.href == other.href else None,
    )

"""How far a giving came: asked for, promised, sent, handed over, as far as articles tell.

Each phase is an event of its own, and ``aid:fulfils`` leads from a later to an earlier one. The chain is walked both
ways from the event that a page shows, since a delivery may carry out a pledge that several deliveries carry out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, get_args

import pyoxigraph as ox

from kg.records import Phase
from server.views.backlinks import pointing
from server.views.reader import Link, Reader, term

LONGEST: Final = 30
"""Events that are looked at: only data of others can hold more, or a circle."""


@dataclass(frozen=True, slots=True)
class ChainEvent:
    """One event of the chain; ``is_current`` on its own page."""

    link: Link
    date: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Step:
    """A phase with the events that reached it: none if no article tells of one."""

    phase: Link
    events: tuple[ChainEvent, ...]

    @property
    def is_current(self) -> bool:
        """Whether the page is about an event of this step."""
        return any(event.is_current for event in self.events)


@dataclass(frozen=True, slots=True)
class Chain:
    """All phases in their order. ``is_cut``: there are more events than were looked at."""

    steps: tuple[Step, ...]
    is_cut: bool


def read_chain(reader: Reader, node: ox.NamedNode) -> Chain:
    """The chain that the event ``node`` is part of."""
    events, is_cut = _connected(reader, node)
    phases = {event: reader.node(event, "aid:phase") for event in events}
    usual = [term(f"phase:{name}") for name in get_args(Phase)]
    others = sorted({phase for phase in phases.values() if phase and phase not in usual}, key=str)
    steps = (
        Step(reader.link(phase), _at(reader, node, (event for event in events if phases[event] == phase)))
        for phase in (*usual, *others)
    )
    return Chain(tuple(steps), is_cut)


def _connected(reader: Reader, node: ox.NamedNode) -> tuple[list[ox.NamedNode], bool]:
    """``node`` and every event that fulfils leads to or from, the nearest first."""
    found, waiting = [node], [node]
    while waiting and len(found) < LONGEST:
        event = waiting.pop(0)
        fresh = [near for near in _beside(reader, event) if near not in found]
        found += fresh
        waiting += fresh
    return found[:LONGEST], len(found) > LONGEST or bool(waiting)


def _beside(reader: Reader, event: ox.NamedNode) -> Iterable[ox.NamedNode]:
    return dict.fromkeys([*reader.nodes(event, "aid:fulfils"), *pointing(reader, event, "aid:fulfils")])


def _at(reader: Reader, current: ox.NamedNode, events: Iterable[ox.NamedNode]) -> tuple[ChainEvent, ...]:
    """Events of one phase, the earliest first and those without a date last."""
    found = [
        ChainEvent(reader.link(event), reader.text(event, "schema:startDate") or "", event == current)
        for event in events
    ]
    return tuple(sorted(found, key=lambda event: (not event.date, event.date, event.link.order)))

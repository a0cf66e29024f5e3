"""What editors say of two tellings: that they are one giving, or that they are two. It goes before every rule.

Two tellings of different phases, or of different crises, cannot be one event however sure an editor is: an event has
one phase and one crisis. Such a judgement is refused and told; the reports have to be corrected first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.merge.event import Event, Telling


@dataclass(frozen=True, slots=True)
class Judged:
    """An editor's word on two tellings. ``position`` is that of the correction in the reading of ``one``'s article."""

    one: Telling
    other: Telling
    same: bool
    why: str
    place: str
    position: int

    @property
    def pair(self) -> frozenset[Telling]:
        return frozenset((self.one, self.other))


@dataclass(frozen=True, slots=True)
class Refused:
    """A judgement that could not be followed, and why."""

    judged: Judged
    problem: str


def join_judged(events: Iterable[Event], judged: Sequence[Judged]) -> tuple[list[Event], tuple[Refused, ...]]:
    """The events with those joined that editors say are one, and the judgements that could not be followed."""
    if not judged:
        return list(events), ()
    groups = {telling: event for event in events for telling in event.tellings}
    apart = kept_apart(judged)
    refused = []
    for one in sorted((one for one in judged if one.same), key=lambda one: (one.place, one.position)):
        mine, theirs = groups[one.one], groups[one.other]
        if mine == theirs:
            continue
        if problem := _objection(mine, theirs, apart):
            refused.append(Refused(one, problem))
            continue
        tellings = tuple(sorted((*mine.tellings, *theirs.tellings), key=repr))
        groups |= dict.fromkeys(tellings, Event("", tellings, f"an editor says so: {one.why}"))
    return list(dict.fromkeys(groups.values())), tuple(refused)


def in_order(refused: Iterable[Refused]) -> tuple[Refused, ...]:
    """Refused judgements of several units in the order of their corrections."""
    return tuple(sorted(refused, key=lambda one: (one.judged.place, one.judged.position)))


def kept_apart(judged: Iterable[Judged]) -> frozenset[frozenset[Telling]]:
    """The pairs of tellings that editors say are two givings."""
    return frozenset(one.pair for one in judged if not one.same)


def _objection(mine: Event, theirs: Event, apart: frozenset[frozenset[Telling]]) -> str:
    if mine.phase != theirs.phase:
        return f"one is {mine.phase}, the other {theirs.phase}; an event has one phase, so change one of them first"
    crises = {telling.report.crisis for telling in (*mine.tellings, *theirs.tellings) if telling.report.crisis}
    if len(crises) > 1:
        return f"they are told of {' and '.join(sorted(crises))}; an event has one crisis, so change one of them first"
    if any(frozenset((one, other)) in apart for one in mine.tellings for other in theirs.tellings):
        return "another correction says that they, or others joined with them, are different events"
    return ""

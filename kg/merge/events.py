"""The reports of all articles become events: same givings together, each with its name and its earlier phase.

Near-linear: reports are compared only inside a block of the same parties and phase, and there only with those
filed under their own date or amount. A report joins a group
only if it fits every member, and only if it fits one group alone; so what comes out does not hang on the
order in which the articles were given, and a vague report does not glue two precise ones together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import msgspec

from kg.merge.entities import EntityVotes
from kg.merge.event import Event, Telling
from kg.merge.fulfil import link_phases
from kg.merge.judged import Judged, Refused, join_judged, kept_apart
from kg.merge.naming import content_hash, event_slug
from kg.merge.same import amounts, blocking_key, compare
from kg.records import Entity, Reading


@dataclass(frozen=True)
class Merged:
    """What all articles say together. ``entities`` is by key and lacks unnamed parties.

    ``judged`` is what editors said of tellings, ``refused`` what of that could not be followed.
    """

    events: tuple[Event, ...]
    entities: Mapping[str, Entity]
    judged: tuple[Judged, ...] = ()
    refused: tuple[Refused, ...] = ()

    @cached_property
    def event_of(self) -> dict[Telling, Event]:
        """The event that each telling tells."""
        return {telling: event for event in self.events for telling in event.tellings}

    @cached_property
    def by_slug(self) -> dict[str, Event]:
        return {event.slug: event for event in self.events}


def merge_readings(readings: Iterable[Reading], judged: Sequence[Judged] = ()) -> Merged:
    """Merge what the articles say. Reads each reading once, and keeps only its reports and entities.

    Args:
        readings: of all articles.
        judged: what editors say of their tellings, which must be among them.
    """
    votes = EntityVotes()
    tellings: set[Telling] = set()
    for reading in readings:
        votes.add(reading.entities)
        tellings |= {
            Telling.of(reading.article.id, report) for report in reading.reports if report.modality == "asserted"
        }
    apart = kept_apart(judged)
    events = [group for block in _blocks(tellings) for group in _grouped(block, apart)]
    events, refused = join_judged(events, judged)
    return Merged(link_phases(_told_apart(events)), votes.chosen(), tuple(judged), refused)


def _blocks(tellings: Iterable[Telling]) -> Iterable[list[Telling]]:
    """Tellings that have to be compared with each other; one that stays alone is a block of its own."""
    blocks: defaultdict[tuple[str, ...] | Telling, list[Telling]] = defaultdict(list)
    for telling in tellings:
        blocks[blocking_key(telling.report) or telling].append(telling)
    return blocks.values()


def _grouped(block: list[Telling], apart: frozenset[frozenset[Telling]]) -> Iterable[Event]:
    """The block's tellings in groups of one giving each, precise dates first; no group has a pair that is apart."""
    groups: list[list[Telling]] = []
    reasons: list[str] = []
    index: defaultdict[Hashable, set[int]] = defaultdict(set)
    for telling in sorted(block, key=_precise_first):
        near = sorted({number for key in _wanted_keys(telling) for number in index[key]})
        fitting = [
            number
            for number in near
            if all(compare(telling, member).same and {telling, member} not in apart for member in groups[number])
        ]
        if len(fitting) == 1:
            reasons[fitting[0]] = compare(telling, groups[fitting[0]][0]).reason
            groups[fitting[0]].append(telling)
        else:
            fitting.append(len(groups))
            groups.append([telling])
            reasons.append("two other givings fit as well" if len(fitting) > 1 else "told by one article")
        for key in _given_keys(telling):
            index[key].add(fitting[-1])
    return [
        Event("", tuple(sorted(group, key=_sort_key)), reason) for group, reason in zip(groups, reasons, strict=True)
    ]


def _wanted_keys(telling: Telling) -> set[Hashable]:
    """What a group must have been filed under to be worth comparing: the same or a more precise date, which
    came before; without a date, the same amount (:mod:`kg.merge.same` asks for no less)."""
    date = telling.report.date
    return {date.iso} if date else set(amounts(telling.report.items))


def _given_keys(telling: Telling) -> set[Hashable]:
    """What a telling is filed under: its day, its month, its year, and its amounts."""
    date = telling.report.date
    parts = date.iso.split("-") if date else []
    return {"-".join(parts[: number + 1]) for number in range(len(parts))} | set(amounts(telling.report.items))


def _told_apart(events: Iterable[Event]) -> list[Event]:
    """Events with their slugs; all of those that share a slug get a suffix made from what they tell."""
    named = [(event_slug(event.tellings[0].report, event.date), event) for event in events]
    uses = Counter(slug for slug, _ in named)
    return sorted(
        (
            replace(event, slug=slug if uses[slug] == 1 else f"{slug}-{content_hash(_sort_key(event.tellings[0]))}")
            for slug, event in named
        ),
        key=lambda event: event.slug,
    )


def _precise_first(telling: Telling) -> tuple[int, str]:
    date = telling.report.date
    return -len(date.iso) if date else 0, _sort_key(telling)


def _sort_key(telling: Telling) -> str:
    """The article and all that it says in this report."""
    return f"{telling.article} {msgspec.json.encode(telling.report).decode()}"

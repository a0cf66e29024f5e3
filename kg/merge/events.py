"""The reports of all articles become events: same givings together, each with its name and its earlier phase.

This is the whole graph at once, all units in memory (:mod:`kg.merge.units`): how a few articles are merged, and what a
build that looks at some units only is tested against.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.merge.entities import EntityVotes
from kg.merge.event import Event, Telling
from kg.merge.judged import Judged, Refused, in_order
from kg.merge.told import Share, share_of
from kg.merge.units import final_events, joined_units, merge_unit, tellings_of, unit_of
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

    @cached_property
    def followed(self) -> tuple[Judged, ...]:
        """The judgements that were not refused."""
        refused = {one.judged for one in self.refused}
        return tuple(one for one in self.judged if one not in refused)

    def share(self, reading: Reading) -> Share:
        """What one of the articles has in this."""
        return share_of(reading, self.event_of.__getitem__, self.by_slug.__getitem__, self.followed)


def merge_readings(readings: Iterable[Reading], judged: Sequence[Judged] = ()) -> Merged:
    """Merge what the articles say. Reads each reading once, and keeps only its reports and entities.

    Args:
        readings: of all articles.
        judged: what editors say of their tellings, which must be among them.
    """
    votes, joined = EntityVotes(), joined_units(judged)
    units: defaultdict[str, set[Telling]] = defaultdict(set)
    for reading in readings:
        votes.add(reading.entities)
        for telling in tellings_of(reading):
            unit = unit_of(telling)
            units[joined.get(unit, unit)].add(telling)
    said: defaultdict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        unit = unit_of(one.one)
        said[joined.get(unit, unit)].append(one)
    merged = [merge_unit(tellings, said.get(unit, ())) for unit, tellings in units.items()]
    uses = Counter(one.event.slug for unit in merged for one in unit.events)
    events = (event for unit in merged for event in final_events(unit.events, uses))
    refused = in_order(refused for unit in merged for refused in unit.refused)
    return Merged(tuple(sorted(events, key=lambda event: event.slug)), votes.chosen(), tuple(judged), refused)

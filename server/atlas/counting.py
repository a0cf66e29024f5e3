"""The pairs of a selection with their events counted: what the map draws and its table says.

There may be thousands of pairs, of which a page shows two hundred: all are counted, and what is told of one is put
together when it is asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress

from server.atlas.givings import Givings, Pair
from server.drawing.palette import OTHER, Family, leading_family
from server.explore.columns import Mask
from server.explore.filters import PHASES


@dataclass(frozen=True, slots=True)
class Counted:
    """One pair. ``phases`` are its events by phase, in the order of :data:`PHASES`; one without a phase is in none."""

    pair: Pair
    count: int
    phases: tuple[int, ...]
    family: Family
    is_drawn: bool


@dataclass(frozen=True, slots=True)
class Sums:
    """A selection. ``pairs`` and those of them that are ``drawable`` are places in :attr:`Givings.pairs`, those with
    most events first. ``drawn``, ``placeless`` and ``one_sided`` events add up to ``events``: those with an arc, those
    of which no two parties have a place, and those that name only a donor or only a recipient."""

    pairs: Sequence[int]
    drawable: Sequence[int]
    events: int
    drawn: int
    placeless: int
    one_sided: int
    _givings: Givings
    _of_pair: dict[int, list[int]]

    def counted(self, number: int) -> Counted:
        """What there is to tell of a pair."""
        givings, events = self._givings, self._of_pair[number]
        phases = Counter(givings.phases[event] for event in events)
        kinds = Counter(kind for event in events for kind in givings.kinds[event])
        pair = givings.pairs[number]
        return Counted(
            pair,
            len(events),
            tuple(phases[place] for place in range(1, len(PHASES) + 1)),
            leading_family(kinds) if kinds else OTHER,
            givings.is_drawn(pair),
        )


def count_pairs(givings: Givings, mask: Mask) -> Sums:
    """Count the events of a selection by pair."""
    of_pair: dict[int, list[int]] = {}
    chosen = map(mask.__getitem__, givings.events)
    for number, event in compress(zip(givings.numbers, givings.events, strict=True), chosen):
        if number in of_pair:
            of_pair[number].append(event)
        else:
            of_pair[number] = [event]
    pairs = sorted(of_pair, key=lambda number: (-len(of_pair[number]), number))
    drawable = [number for number in pairs if givings.is_drawn(givings.pairs[number])]
    two_sided = set[int]().union(*of_pair.values())
    drawn = set[int]().union(*(of_pair[number] for number in drawable))
    total = mask.count(1)
    return Sums(
        pairs, drawable, total, len(drawn), len(two_sided) - len(drawn), total - len(two_sided), givings, of_pair
    )

"""The pairs of a selection with their events counted: what the map draws and its table says."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import compress

from server.atlas.givings import Givings, Pair
from server.drawing.palette import OTHER, Family, leading_family
from server.explore.columns import Mask
from server.explore.filters import PHASES


@dataclass(frozen=True, slots=True)
class Counted:
    """One pair. ``phases`` are its events by phase, in the order of :data:`PHASES`; an event of none is in neither."""

    pair: Pair
    count: int
    phases: tuple[int, ...]
    family: Family
    is_drawn: bool


@dataclass(frozen=True, slots=True)
class Sums:
    """A selection. ``drawn``, ``placeless`` and ``one_sided`` events add up to ``events``: those with an arc, those of
    which no two parties have a place, and those that name only a donor or only a recipient."""

    pairs: tuple[Counted, ...]
    events: int
    drawn: int
    placeless: int
    one_sided: int


def count_pairs(givings: Givings, mask: Mask) -> Sums:
    """Count the events of a selection by pair, most first."""
    chosen = list(compress(zip(givings.numbers, givings.events, strict=True), map(mask.__getitem__, givings.events)))
    counts = Counter(number for number, _ in chosen)
    phases = Counter((number, givings.phases[event]) for number, event in chosen)
    kinds: dict[int, Counter[str]] = {}
    for number, event in chosen:
        kinds.setdefault(number, Counter()).update(givings.kinds[event])
    is_drawn = [givings.is_drawn(pair) for pair in givings.pairs]
    pairs = [
        Counted(
            givings.pairs[number],
            count,
            tuple(phases[number, phase + 1] for phase in range(len(PHASES))),
            _family(kinds[number]),
            is_drawn[number],
        )
        for number, count in counts.items()
    ]
    two_sided = {event for _, event in chosen}
    drawn = {event for number, event in chosen if is_drawn[number]}
    total = mask.count(1)
    pairs.sort(key=lambda one: (-one.count, one.pair.source, one.pair.target))
    return Sums(tuple(pairs), total, len(drawn), len(two_sided) - len(drawn), total - len(two_sided))


def _family(kinds: Counter[str]) -> Family:
    return leading_family(kinds) if kinds else OTHER

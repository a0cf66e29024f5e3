"""The axis of time: years, months or days by how much there is to show, and long empty stretches taken out.

News of 1921 and of 2020 in one picture would leave a line with two dots. So a stretch in which nothing
happened becomes a break that is drawn as one; everywhere else a year is as wide as any other.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from server.drawing.dates import civil, day_number, month_words, year_words
from server.drawing.shapes import Text, text_width

Unit = Literal["year", "month", "day"]
BREAK: Final = 22.0
"""Units of length that a break takes."""
MOST_BREAKS: Final = 7
_LONG: Final = 0.3
"""What share of all that there is to see a gap has to be longer than, to be left out."""
_STEPS: Final[dict[Unit, tuple[int, ...]]] = {
    "year": (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000),
    "month": (1, 2, 3, 6, 12),
    "day": (1, 2, 7, 14, 31),
}
_FONT = 12.0
_ROOM: Final[dict[Unit, float]] = {"year": 40.0, "month": 58.0, "day": 62.0}
"""Length that a label of the axis needs."""

Days = tuple[int, int]
"""A stretch of days: its first one and the one after its last."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch without a break, and where it begins in the drawing."""

    first: int
    after: int
    left: float


def _first(segment: Segment) -> int:
    return segment.first


@dataclass(frozen=True, slots=True)
class Axis:
    """Where each day stands. ``scale`` is the length of a day."""

    segments: tuple[Segment, ...]
    scale: float
    unit: Unit
    left: float
    right: float

    def x(self, day: float) -> float:
        """The place of a day's beginning; what lies in a break or outside stands at the nearest edge."""
        segment = self.segments[max(0, bisect_right(self.segments, day, key=_first) - 1)]
        return segment.left + self.scale * (min(max(day, segment.first), segment.after) - segment.first)

    @property
    def breaks(self) -> tuple[float, ...]:
        """The middles of the breaks."""
        return tuple(segment.left - BREAK / 2 for segment in self.segments[1:])

    def ticks(self) -> tuple[tuple[float, str], ...]:
        """Where the axis is labelled, and with what."""
        found, free = list[tuple[float, str]](), self.left
        for segment in self.segments:
            edges = list(_units(segment.first, segment.after, self.unit))
            length = (segment.after - segment.first) * self.scale / max(1, len(edges))
            step = next(
                (step for step in _STEPS[self.unit] if step * length >= _ROOM[self.unit]), _STEPS[self.unit][-1]
            )
            labelled = [day for index, day in enumerate(edges) if index == 0 or _round(day, self.unit, step, index)]
            for day in labelled:
                x = self.x(day)
                words = _label(day, self.unit)
                if x >= free and x + text_width(words, _FONT) <= self.right + 4:
                    found.append((x, words))
                    free = x + text_width(words, _FONT) + 8
        return tuple(found)

    def labels(self, y: float) -> tuple[Text, ...]:
        """The labels of the axis on a baseline."""
        return tuple(Text(x + 3, y, words, "tick") for x, words in self.ticks())


def make_axis(stretches: Iterable[Days], left: float, right: float) -> Axis | None:
    """The axis that shows all stretches; None if there are none."""
    wanted = sorted(set(stretches))
    if not wanted:
        return None
    unit = _unit(wanted)
    kept = _without_gaps(_merged((_floor(first, unit), _ceiling(after, unit)) for first, after in wanted))
    length = right - left - BREAK * (len(kept) - 1)
    scale = length / sum(after - first for first, after in kept)
    segments, x = list[Segment](), left
    for first, after in kept:
        segments.append(Segment(first, after, x))
        x += (after - first) * scale + BREAK
    return Axis(tuple(segments), scale, unit, left, right)


def _unit(stretches: Sequence[Days]) -> Unit:
    """Days for up to two months with something in them, months for up to three years, else years."""
    months = _merged((_floor(first, "month"), _ceiling(after, "month")) for first, after in stretches)
    days = sum(after - first for first, after in months)
    return "day" if days <= 62 else "month" if days <= 3 * 366 else "year"


def _merged(stretches: Iterable[Days]) -> list[Days]:
    """Stretches that touch or overlap as one."""
    kept = list[Days]()
    for first, after in sorted(stretches):
        if kept and first <= kept[-1][1]:
            kept[-1] = kept[-1][0], max(after, kept[-1][1])
        else:
            kept.append((first, after))
    return kept


def _without_gaps(stretches: list[Days]) -> list[Days]:
    """Stretches between which the longest gaps are left out, if they are long beside what there is to see."""
    full = sum(after - first for first, after in stretches)
    gaps = [(second[0] - first[1], index) for index, (first, second) in enumerate(pairwise(stretches))]
    cuts = {index for gap, index in sorted(gaps, reverse=True)[:MOST_BREAKS] if gap > _LONG * full}
    kept = [stretches[0]]
    for index, (first, after) in enumerate(stretches[1:]):
        if index in cuts:
            kept.append((first, after))
        else:
            kept[-1] = kept[-1][0], after
    return kept


def _floor(day: int, unit: Unit) -> int:
    year, month, _ = civil(day)
    return day if unit == "day" else day_number(year, month) if unit == "month" else day_number(year)


def _next(day: int, unit: Unit) -> int:
    """The beginning of the unit after the one in which ``day`` lies."""
    year, month, _ = civil(day)
    if unit == "year":
        return day_number(year + 1)
    return day_number(year + month // 12, month % 12 + 1) if unit == "month" else day + 1


def _ceiling(after: int, unit: Unit) -> int:
    return after if _floor(after, unit) == after else _next(after, unit)


def _units(first: int, after: int, unit: Unit) -> Iterable[int]:
    """The beginnings of all units in a stretch."""
    day = first
    while day < after:
        yield day
        day = _next(day, unit)


def _round(day: int, unit: Unit, step: int, index: int) -> bool:
    """Whether a unit is one to be labelled: 2010, 2020; January, July; every second day."""
    year, month, _ = civil(day)
    return (index if unit == "day" else month - 1 if unit == "month" else year) % step == 0


def _label(day: int, unit: Unit) -> str:
    year, month, of_month = civil(day)
    if unit == "year":
        return year_words(year)
    return month_words(year, month) if unit == "month" else f"{of_month} {month_words(year, month)}"

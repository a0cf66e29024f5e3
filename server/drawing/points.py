"""Figures over time, each as certain as it was told: a dot, a range, a bound that is open above or below."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import log10
from typing import Final

from server.drawing.axis import make_axis
from server.drawing.dates import days_of
from server.drawing.scale import powers, round_steps, short
from server.drawing.shapes import MAX_LINKS, XY, Key, Mark, Text, circle, isolate, num, text_width

_WIDTH, _HEIGHT, _TOP, _FOOT = 640.0, 230.0, 14.0, 26.0
_WIDE = 300
"""How many times the smallest figure the largest may be; beyond that the axis counts in powers of ten."""
_HEDGES: Final = {
    "exact": "exact", "about": "about", "over": "more than", "at-least": "at least", "up-to": "up to", "range": "range",
}  # fmt: skip

__all__ = ["ChartDrawing", "Point", "draw_points"]


@dataclass(frozen=True, slots=True)
class Point:
    """A figure. ``date`` is an ISO date of any precision, ``qualifier`` a concept of ``scheme/qualifier`` by name.

    At least one of ``value``, ``low`` and ``high`` is given.
    """

    date: str | None
    value: float | None
    words: str
    low: float | None = None
    high: float | None = None
    qualifier: str = "exact"
    href: str | None = None

    @property
    def numbers(self) -> tuple[float, ...]:
        """The numbers that are told."""
        return tuple(number for number in (self.value, self.low, self.high) if number is not None)

    @property
    def middle(self) -> float:
        """Where its mark stands: at the value, or in the middle of its bounds."""
        return self.value if self.value is not None else sum(self.numbers) / len(self.numbers)


@dataclass(frozen=True, slots=True)
class ChartDrawing:
    """A chart of figures. ``undated`` counts those that have no date and stand only in the table."""

    title: str
    description: str
    width: float
    height: float
    points: tuple[Mark, ...]
    ranges: str
    texts: tuple[Text, ...]
    lines: str
    breaks: str
    legend: tuple[Key, ...]
    by_powers: bool = False
    undated: int = 0

    @property
    def tabbable(self) -> bool:
        """Whether its links are few enough to go through with the keyboard."""
        return len(self.points) <= MAX_LINKS


def draw_points(points: Sequence[Point], *, title: str) -> ChartDrawing:
    """A chart of figures over time. Negative numbers, which no measure of ours has, are left to the table."""
    dated = [(point, days) for point in points if (days := days_of(point.date)) and min(point.numbers, default=-1) >= 0]
    numbers = [number for point, _ in dated for number in point.numbers]
    steps, height_of, by_powers = _scale(numbers)
    left = 12 + max(text_width(short(step), 12) for step in steps)
    axis = make_axis([(first, last + 1) for _, (first, last) in dated], left, _WIDTH - 12)
    if axis is None:
        return ChartDrawing(
            title, "None of the figures has a date.", _WIDTH, 40, (), "", (), "", "", (), undated=len(points)
        )
    marks, ranges = list[Mark](), ""
    for point, (first, last) in dated:
        x, y = (axis.x(first) + axis.x(last + 1)) / 2, height_of(point.middle)
        css = f"point hedge-{point.qualifier if point.qualifier in _HEDGES else 'exact'}"
        marks.append(Mark(_shape(point.qualifier, (x, y)), css, isolate(point.words), point.href))
        if point.low is not None and point.high is not None:
            ranges += f"M{num(x)} {num(height_of(point.low))}V{num(height_of(point.high))}"
    bottom = _HEIGHT - _FOOT
    return ChartDrawing(
        title=title,
        description=f"{len(dated)} figures, from {short(min(numbers))} to {short(max(numbers))}.",
        width=_WIDTH,
        height=_HEIGHT,
        points=tuple(marks),
        ranges=ranges,
        texts=(
            *(Text(left - 6, height_of(step) + 4, short(step), "tick", "end") for step in steps),
            *axis.labels(_HEIGHT - 8),
        ),
        lines="".join(f"M{num(left)} {num(height_of(step))}H{num(_WIDTH)}" for step in steps)
        + "".join(f"M{num(x)} {num(bottom)}v6" for x, _ in axis.ticks()),
        breaks="".join(f"M{num(x - 3)} {_TOP}V{num(bottom)}m6 0V{_TOP}" for x in axis.breaks),
        legend=_legend(point for point, _ in dated),
        by_powers=by_powers,
        undated=len(points) - len(dated),
    )


def _scale(numbers: Sequence[float]) -> tuple[tuple[float, ...], Callable[[float], float], bool]:
    """Values to label, the height of any value, and whether the axis counts in powers of ten."""
    highest, room = max(numbers, default=1), _HEIGHT - _FOOT - _TOP
    lowest = min((number for number in numbers if number > 0), default=1)
    if highest / lowest <= _WIDE or min(numbers, default=0) == 0:
        steps = round_steps(highest)
        return steps, lambda value: _HEIGHT - _FOOT - room * value / steps[-1], False
    steps = powers(lowest, highest)
    span = log10(steps[-1] / steps[0])
    return steps, lambda value: _HEIGHT - _FOOT - room * log10(value / steps[0]) / span, True


def _shape(qualifier: str, centre: XY) -> str:
    """A dot; a triangle that points to where the true number may lie for a bound."""
    x, y = centre
    if qualifier in ("over", "at-least"):
        return f"M{num(x - 5)} {num(y)}h10l-5 -8z"
    if qualifier == "up-to":
        return f"M{num(x - 5)} {num(y)}h10l-5 8z"
    return circle(centre, 4.2)


def _legend(points: Iterable[Point]) -> tuple[Key, ...]:
    used = [point.qualifier for point in points]
    return tuple(
        Key(f"point hedge-{name}", words, used.count(name), _shape(name, (17, 6)), "")
        for name, words in _HEDGES.items()
        if name in used
    )

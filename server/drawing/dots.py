"""Events as dots and reports as columns, those that would cover each other joined."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from server.drawing.axis import Axis, Days
from server.drawing.dates import iso_day
from server.drawing.happenings import Between, Mark
from server.drawing.shapes import Mark as Shape
from server.drawing.shapes import circle, num, plural

COLUMNS: Final = 64.0
"""Height of the row of columns."""
MOST_DOTS: Final = 400
"""Dots in one picture; where there would be more, each stands for a longer time."""
_CELL, _WIDEST_CELL = 9.0, 100.0
"""Dots nearer than this are drawn as one."""
_COLUMN = 5.0


@dataclass(frozen=True, slots=True)
class _Dated:
    """A mark, where it stands, and the days that it means."""

    mark: Mark
    x: float
    days: Days


def draw_dots(
    events: Iterable[tuple[Mark, Days]], tops: dict[str, float], axis: Axis, unit: str, between: Between | None
) -> Iterable[Shape]:
    """Events as dots; those that would cover each other as one that is larger.

    Args:
        tops: how far down the dots of each band stand.
    """
    dated = [_Dated(mark, (axis.x(first) + axis.x(after)) / 2, (first, after)) for mark, (first, after) in events]
    cells = _cells(dated, tops)
    most = max((_sum(cell) for cell in cells.values()), default=1)
    for (top, _), cell in sorted(cells.items(), key=lambda item: item[0]):
        count = _sum(cell)
        x = sum(one.x * one.mark.count for one in cell) / count
        radius = 3 + 4.5 * sqrt((count - 1) / most)
        centre = x, top
        yield Shape(circle(centre, radius), "event", _words(cell, unit), _href(cell, between), cell[0].mark.band)


def _cells(dated: Sequence[_Dated], tops: dict[str, float]) -> dict[tuple[float, int], list[_Dated]]:
    """What stands in one place, in wider places where there would be too many."""
    width = _CELL
    while True:
        cells: dict[tuple[float, int], list[_Dated]] = {}
        for one in dated:
            cells.setdefault((tops[one.mark.band], int(one.x // width)), []).append(one)
        if len(cells) <= MOST_DOTS or width > _WIDEST_CELL:
            return cells
        width *= 1.5


def draw_columns(
    reports: Sequence[tuple[Mark, Days]], axis: Axis, bottom: float, between: Between | None
) -> Iterable[Shape]:
    """Reports as columns, as high as there are many."""
    cells: dict[int, list[_Dated]] = {}
    for mark, (first, after) in reports:
        x = (axis.x(first) + axis.x(after)) / 2
        cells.setdefault(int(x // (_COLUMN + 1)), []).append(_Dated(mark, x, (first, after)))
    most = max((_sum(cell) for cell in cells.values()), default=1)
    for index, cell in sorted(cells.items()):
        height = max(2.0, (COLUMNS - 20) * _sum(cell) / most)
        d = f"M{num(index * (_COLUMN + 1))} {num(bottom)}v-{num(height)}h{num(_COLUMN)}v{num(height)}z"
        yield Shape(d, "report", _words(cell, "report"), _href(cell, between))


def _sum(cell: Sequence[_Dated]) -> int:
    return sum(one.mark.count for one in cell)


def _words(cell: Sequence[_Dated], unit: str) -> str:
    if len(cell) == 1:
        return cell[0].mark.words
    told = "; ".join(one.mark.words for one in cell[:3])
    return f"{plural(_sum(cell), unit)}: {told}{'; …' if len(cell) > 3 else ''}"


def _href(cell: Sequence[_Dated], between: Between | None) -> str | None:
    """The address of all of them, or the one that they share."""
    if between is not None:
        first, after = min(one.days[0] for one in cell), max(one.days[1] for one in cell)
        return between(cell[0].mark, iso_day(first), iso_day(after - 1))
    hrefs = {one.mark.href for one in cell}
    return hrefs.pop() if len(hrefs) == 1 else None

"""An answer as a map: an arc for each row with two places, or a dot for each place of one column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import sqrt
from typing import Final

from server.drawing import Flow, MapDrawing, draw_map
from server.drawing.labels import Spot, place_labels
from server.drawing.projection import HEIGHT, WIDTH, project
from server.drawing.shapes import Box, Mark, circle, isolate, plural
from server.results.answer import Cell, Rows
from server.results.columns import number_of
from server.results.known import Knowledge, Place
from server.results.views import View
from server.views.words import number_words

_SMALLEST: Final = 3.0
_LARGEST: Final = 12.0
_FRAME: Final = Box(2, 2, WIDTH - 2, HEIGHT - 2)
_UNIT: Final = "row"


def draw_rows_map(view: View, rows: Rows, known: Knowledge) -> tuple[MapDrawing, int]:
    """The map that a view of this name promises, and how many rows are not on it for want of a place."""
    if view.get("place") is not None:
        found = list(_placed(view, rows, known))
        return _dots(found, counted=view.get("number") is not None), len(rows.rows) - len(found)
    flows = list(_flows(view, rows, known))
    return draw_map(flows, title="From where to where"), len(rows.rows) - len(flows)


def _flows(view: View, rows: Rows, known: Knowledge) -> Iterator[Flow]:
    """An arc for each row; the map joins those of one pair. A number in the row is how often it counts."""
    number = view.get("number")
    counts = [1] * len(rows.rows) if number is None else [_whole(cell) for cell in rows.column(number.name)]
    unit = _UNIT if number is None else f"?{number.name}"
    for source, target, count in zip(
        rows.column(view["source"].name), rows.column(view["target"].name), counts, strict=True
    ):
        start, end = known.place(source), known.place(target)
        if start is not None and end is not None and count > 0:
            yield Flow(start.link, end.link, start.at, end.at, count, unit=unit)


def _whole(cell: Cell | None) -> int:
    return round(number_of(cell) or 0) if cell is not None else 0


def _placed(view: View, rows: Rows, known: Knowledge) -> Iterator[tuple[Place, float]]:
    """The place of each row and its number, or 1 where rows are counted."""
    number = view.get("number")
    cells = [None] * len(rows.rows) if number is None else rows.column(number.name)
    for cell, amount in zip(rows.column(view["place"].name), cells, strict=True):
        place = known.place(cell)
        if place is not None:
            yield place, 1.0 if number is None else (number_of(amount) or 0.0) if amount is not None else 0.0


def _dots(found: list[tuple[Place, float]], *, counted: bool) -> MapDrawing:
    """A dot for each place, its area as its largest number or as many rows; the largest are named first.

    Numbers are not added up: they may be of different times, or one number told twice.
    """
    sizes: dict[Place, float] = {}
    for place, amount in found:
        sizes[place] = max(sizes.get(place, amount), amount) if counted else sizes.get(place, 0.0) + 1
    ordered = sorted(sizes.items(), key=lambda item: (-item[1], item[0].link.order))
    most = max(sizes.values(), default=0.0) or 1.0
    spots = [Spot(project(*place.at), place.link.label, place.link.lang) for place, _ in ordered]
    empty = draw_map([], title="Where it is")
    return replace(
        empty,
        description=f"{plural(len(ordered), 'place')}. {_largest(ordered, counted)}",
        dots=tuple(
            Mark(
                circle(project(*place.at), _radius(amount / most)),
                "dot sized",
                _words(place, amount, counted),
                place.link.href,
            )
            for place, amount in ordered
        ),
        labels=place_labels(spots, size=empty.font[0], frame=_FRAME, css="wide", most=28),
        small_labels=place_labels(spots, size=empty.font[1], frame=_FRAME, css="narrow", most=8),
    )


def _radius(share: float) -> float:
    return _SMALLEST + (_LARGEST - _SMALLEST) * sqrt(max(share, 0.0))


def _words(place: Place, amount: float, counted: bool) -> str:
    return f"{isolate(place.link.label)}: {number_words(f'{amount:g}') if counted else plural(round(amount), _UNIT)}"


def _largest(ordered: list[tuple[Place, float]], counted: bool) -> str:
    return (
        f"The largest: {'; '.join(_words(place, amount, counted) for place, amount in ordered[:3])}." if ordered else ""
    )

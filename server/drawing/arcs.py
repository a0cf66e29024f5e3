"""The shape of an arc: a curve from donor to recipient that swells into an arrow head.

A curve in the plane and not a great circle: on a flat map the reader follows it from place to place, and a great
circle from Washington to Beijing would leave by the pole. It bends to the left of its direction, so that what
two countries give each other runs on two sides.
"""

from __future__ import annotations

from math import hypot

from server.drawing.projection import from_middle, place
from server.drawing.shapes import XY, at, circle

_BEND = 0.19
"""How far a curve leaves the straight line, as a share of its length."""
_MOST_BEND, _LEAST_BEND = 62.0, 3.0
_AROUND = 200.0
"""Degrees of longitude beyond which an arc goes around by the edges: a little more than half of the globe, since
a line that stays on the map is followed more easily than one that leaves it."""
_CLEAR = 3.6
"""Units between a place's dot and where the arc begins and ends."""


def arcs(start: XY, end: XY, width: float) -> list[tuple[str, str]]:
    """The outline and the middle line of an arc between two points given as latitude and longitude.

    One pair, or two where the shorter way leaves the map at one edge and comes back at the other: whatever
    lies beyond the edges has to be clipped.
    """
    east = from_middle(start[1]), from_middle(end[1])
    apart = east[1] - east[0]
    turn = (360 if apart < 0 else -360) if abs(apart) > _AROUND else 0
    ways = {(0, turn), (-turn, 0)}
    return [_arc(place(start[0], east[0] + off), place(end[0], east[1] + on), width) for off, on in sorted(ways)]


def ring(centre: XY, width: float) -> str:
    """The outline of a ring around a place that helped itself; the path's inner circle is a hole."""
    radius = _CLEAR + 2 + width
    return circle(centre, radius) + circle(centre, radius - width)


def _arc(start: XY, end: XY, width: float) -> tuple[str, str]:
    control = _control(start, end)
    clear = min(_CLEAR, 0.12 * _distance(start, end))
    start, end = _towards(start, control, clear), _towards(end, control, clear)
    head = min(3 + 1.7 * width, 0.45 * _distance(start, end))
    neck = _towards(end, control, head)
    first, last, middle = _normal(start, control), _normal(control, end), _normal(start, end)
    thin, thick, wide = 0.12 + 0.16 * width, 0.5 * width, 0.5 * width + 0.42 * head
    between = (thin + thick) / 2
    outline = (
        f"M{at(_off(start, first, thin))}Q{at(_off(control, middle, between))} {at(_off(neck, last, thick))}"
        f"L{at(_off(neck, last, wide))}L{at(end)}L{at(_off(neck, last, -wide))}L{at(_off(neck, last, -thick))}"
        f"Q{at(_off(control, middle, -between))} {at(_off(start, first, -thin))}z"
    )
    return outline, f"M{at(start)}Q{at(control)} {at(neck)}"


def _control(start: XY, end: XY) -> XY:
    """The point that the curve bends towards: it comes half as near as that."""
    length = _distance(start, end)
    bend = min(_MOST_BEND, max(_LEAST_BEND, _BEND * length))
    middle = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    return _off(middle, _normal(start, end), 2 * bend)


def _distance(one: XY, other: XY) -> float:
    return hypot(other[0] - one[0], other[1] - one[1])


def _normal(one: XY, other: XY) -> XY:
    """The unit vector to the left of the way from one point to another, where y grows downwards."""
    length = _distance(one, other) or 1
    return (other[1] - one[1]) / length, (one[0] - other[0]) / length


def _off(point: XY, direction: XY, by: float) -> XY:
    return point[0] + by * direction[0], point[1] + by * direction[1]


def _towards(point: XY, goal: XY, by: float) -> XY:
    length = _distance(point, goal) or 1
    return point[0] + by * (goal[0] - point[0]) / length, point[1] + by * (goal[1] - point[1]) / length

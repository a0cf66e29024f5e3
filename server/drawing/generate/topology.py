"""Reads TopoJSON: borders once, as arcs that neighbours share, so that both are simplified alike.

The format is that of https://github.com/topojson/topojson-specification (quantised, delta-encoded arcs; a negative
number is the arc ``~n`` backwards).
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Any

from server.drawing.projection import from_middle, place
from server.drawing.shapes import XY

Ring = list[XY]


def degrees(topology: Mapping[str, Any]) -> list[Ring]:
    """All arcs as longitude and latitude in degrees."""
    (across, up), (west, south) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        xs, ys = accumulate(step[0] for step in arc), accumulate(step[1] for step in arc)
        arcs.append([(west + x * across, south + y * up) for x, y in zip(xs, ys, strict=True)])
    return arcs


def simplified(arc: Ring, area: float) -> Ring:
    """An arc without the points that matter least (Visvalingam and Whyatt 1993); its ends stay.

    Args:
        area: a point goes if the triangle with its neighbours is smaller, in square units of the map.
    """
    plane = list(_continuous(arc))
    before, after = list(range(-1, len(arc) - 1)), list(range(1, len(arc) + 1))
    heap = [(_triangle(plane[i - 1], plane[i], plane[i + 1]), i) for i in range(1, len(arc) - 1)]
    size = {index: size for size, index in heap}
    heapq.heapify(heap)
    while heap and heap[0][0] < area:
        smallest, index = heapq.heappop(heap)
        if size.get(index) != smallest:
            continue  # its neighbours have changed since
        del size[index]
        left, right = before[index], after[index]
        after[left], before[right] = right, left
        for other in (left, right):
            if other in size:
                size[other] = max(smallest, _triangle(plane[before[other]], plane[other], plane[after[other]]))
                heapq.heappush(heap, (size[other], other))
    return [point for index, point in enumerate(arc) if index in size or index in (0, len(arc) - 1)]


def polygons(geometry: Mapping[str, Any], arcs: Sequence[Ring]) -> Iterator[list[Ring]]:
    """The polygons of a geometry, each as its rings on the map: the outer one and the holes."""
    parts = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    for part in parts:
        rings = [list(_continuous(_joined(ring, arcs))) for ring in part]
        yield rings


def area_of(ring: Ring) -> float:
    """The area of a ring in square units of the map."""
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(one[0] * other[1] - other[0] * one[1] for one, other in pairs)) / 2


def _joined(numbers: Sequence[int], arcs: Sequence[Ring]) -> Ring:
    ring: Ring = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += arc[1:] if ring else arc
    return ring


def _continuous(points: Ring) -> Iterator[XY]:
    """Points on the map without a leap at its edge: all on the side where the middle of their longitudes lies."""
    easts = [from_middle(points[0][0])]
    for (before, _), (lon, _) in pairwise(points):
        easts.append(easts[-1] + (lon - before + 180) % 360 - 180)
    middle = (min(easts) + max(easts)) / 2
    turn = -360 if middle > 180 else 360 if middle < -180 else 0
    for east, (_, lat) in zip(easts, points, strict=True):
        yield place(lat, east + turn)


def _triangle(one: XY, two: XY, three: XY) -> float:
    return abs((two[0] - one[0]) * (three[1] - one[1]) - (three[0] - one[0]) * (two[1] - one[1])) / 2

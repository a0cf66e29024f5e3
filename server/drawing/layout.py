"""Where the nodes of a graph go: as far from each other as the shortest way between them is long.

Stress majorization (Gansner, Koren and North, "Graph Drawing by Stress Majorization", GD 2004), one node at a time and
from a fixed beginning: the same graph always gives the same picture, and nothing has to be drawn by lot as
in the usual spring layouts. Pure Python: sixty nodes take some milliseconds.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from math import cos, hypot, pi, sin

from server.drawing.shapes import XY

_ROUNDS = 40
_STILL = 0.004
"""Share of an edge's length that the nodes move on average when they may be left alone."""


def lay_out(keys: Sequence[str], pairs: Iterable[tuple[str, str]]) -> dict[str, XY]:
    """Places in units of an edge's length, for each key; ``pairs`` are the edges."""
    near: dict[str, dict[str, None]] = {key: {} for key in keys}
    for source, target in pairs:
        if source != target:
            near[source][target] = near[target][source] = None
    order = {key: index for index, key in enumerate(keys)}
    distances = [_distances(key, near, order) for key in keys]
    return dict(zip(keys, _settle(_start(keys, near), distances), strict=True))


def _distances(start: str, near: Mapping[str, Iterable[str]], order: Mapping[str, int]) -> list[float]:
    """Edges on the shortest way from a node to each; those not joined at all are a little beyond the others."""
    steps, waiting = {start: 0}, deque([start])
    while waiting:
        key = waiting.popleft()
        for other in near[key]:
            if other not in steps:
                steps[other] = steps[key] + 1
                waiting.append(other)
    far = len(order) ** 0.5 + 1
    return [float(steps.get(key, far)) for key in order]


def _start(keys: Sequence[str], near: Mapping[str, Iterable[str]]) -> list[XY]:
    """All nodes on a spiral, in the order in which a walk from the best joined one meets them."""
    met = dict[str, None]()
    for first in sorted(keys, key=lambda key: (-len(list(near[key])), key)):
        waiting = deque([first])
        while waiting:
            key = waiting.popleft()
            if key not in met:
                met[key] = None
                waiting.extend(near[key])
    turn = pi * (3 - 5**0.5)  # the golden angle: no two stand in one line from the middle
    places = {key: (index**0.5 * cos(index * turn), index**0.5 * sin(index * turn)) for index, key in enumerate(met)}
    return [places[key] for key in keys]


def _settle(places: list[XY], distances: Sequence[Sequence[float]]) -> list[XY]:
    for _ in range(_ROUNDS):
        moved = 0.0
        for index, wanted in enumerate(distances):
            place = _better(index, places, wanted)
            moved += hypot(place[0] - places[index][0], place[1] - places[index][1])
            places[index] = place
        if moved <= _STILL * len(places):
            break
    return places


def _better(index: int, places: Sequence[XY], wanted: Sequence[float]) -> XY:
    """Where one node had best stand while the others stay: the weighted mean of what each of them would like."""
    x, y = places[index]
    across = down = weights = 0.0
    for other, (distance, (ox, oy)) in enumerate(zip(wanted, places, strict=True)):
        if other == index:
            continue
        apart = hypot(x - ox, y - oy) or 1e-6
        weight = 1 / (distance * distance)
        across += weight * (ox + distance * (x - ox) / apart)
        down += weight * (oy + distance * (y - oy) / apart)
        weights += weight
    return (across / weights, down / weights) if weights else (x, y)

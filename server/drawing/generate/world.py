"""The outlines of all countries as one SVG: a path each, named as in our IRIs, specks as circles."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from babel.core import get_global

from server.drawing.generate.topology import Ring, area_of, degrees, polygons, simplified
from server.drawing.projection import HEIGHT, WIDTH, project

FINENESS: Final = 10
"""Steps of the drawing's numbers a unit of the map: whole numbers stay sharp when zoomed in six times."""
DETAIL: Final = 0.07
"""Triangles smaller than this are smoothed away, in square units of the map."""
SMALLEST_ISLAND: Final = 0.5
"""Polygons smaller than this (square units) go, unless they are all that a country has."""
SPECK: Final = 1.2
"""Countries smaller than this in all (square units) become a circle, which can be seen and hit."""
RADIUS: Final = 1.3
_NOTE: Final = "<!-- Natural Earth 1:50m, public domain, by world-atlas 2.0.2; python -m server.drawing.generate -->"

WITHOUT_CODE: Final[Mapping[str, str | None]] = {
    "Kosovo": "XK",
    "Somaliland": "SO",
    "N. Cyprus": "CY",
    "Siachen Glacier": None,
    "Indian Ocean Ter.": None,
}
"""What has no ISO code in Natural Earth, which draws who is in control. Drawn as part of the states that the United
Nations count them to; what belongs to nobody's table is land without a name."""
LEFT_OUT: Final = frozenset({"AQ"})
"""Antarctica lies below the map's edge."""

Row = Mapping[str, Any]


def world_svg(topology: Mapping[str, Any], countries: Sequence[Row]) -> str:
    """The drawing, with a group ``land`` of paths ``country-italy``, ``place-greenland``.

    Args:
        topology: ``countries-50m.json``.
        countries: the records of ``kg/link/data/countries.json``.

    Raises:
        ValueError: the topology has a country without code that is not in :data:`WITHOUT_CODE`.
    """
    shapes = dict(_shapes(topology))
    unnamed = "".join(map(_path, shapes.pop(None, [])))
    lines = [f'<path d="{unnamed}"/>'] if unnamed else []
    for row in countries:
        if row["iso2"] not in LEFT_OUT:
            lines.append(_element(row, shapes.get(row["iso2"], [])))
    width, height = round(WIDTH * FINENESS), round(HEIGHT * FINENESS)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" fill="#999" stroke="#fff">'
    return "\n".join([head, _NOTE, '<g id="land">', *lines, "</g>", "</svg>", ""])


def _shapes(topology: Mapping[str, Any]) -> Iterator[tuple[str | None, list[list[Ring]]]]:
    """The polygons of each code of two letters, without the smallest; those without a code under None."""
    arcs = [simplified(arc, DETAIL) for arc in degrees(topology)]
    found = defaultdict[str | None, list[list[Ring]]](list)
    for geometry in topology["objects"]["countries"]["geometries"]:
        found[_code(geometry)] += polygons(geometry, arcs)
    for code, shape in found.items():
        yield code, [polygon for polygon in shape if area_of(polygon[0]) >= SMALLEST_ISLAND]


def _code(geometry: Row) -> str | None:
    if "id" in geometry:
        (code,) = get_global("territory_aliases")[geometry["id"]]
        return str(code)
    name = geometry["properties"]["name"]
    if name not in WITHOUT_CODE:
        raise ValueError(f"{name} has no ISO code; say in WITHOUT_CODE what it belongs to")
    return WITHOUT_CODE[name]


def _element(row: Row, shape: Sequence[list[Ring]]) -> str:
    name = row["key"].replace("/", "-")
    if sum(area_of(polygon[0]) for polygon in shape) >= SPECK:
        return f'<path id="{name}" d="{"".join(map(_path, shape))}"/>'
    x, y = (round(value * FINENESS) for value in project(row["lat"], row["lon"]))
    return f'<circle id="{name}" cx="{x}" cy="{y}" r="{round(RADIUS * FINENESS)}"/>'


def _path(polygon: Sequence[Ring]) -> str:
    """The rings with each point told from the one before, in whole steps."""
    return "".join(map(_ring, polygon))


def _ring(ring: Ring) -> str:
    points = [(round(x * FINENESS), round(y * FINENESS)) for x, y in ring]
    steps = [(x - bx, y - by) for (bx, by), (x, y) in itertools.pairwise(points)]
    moves = [step for step in steps[:-1] if step != (0, 0)]  # the last one is drawn by z
    if len(moves) < 2:
        return ""
    return f"M{_pair(*points[0])}l{_short(moves)}z"


def _short(moves: Sequence[tuple[int, int]]) -> str:
    text = ""
    for x, y in moves:
        pair = _pair(x, y)
        text += pair if not text or pair.startswith("-") else f" {pair}"
    return text


def _pair(x: int, y: int) -> str:
    return f"{x}{y}" if y < 0 else f"{x} {y}"

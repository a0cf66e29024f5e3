"""From degrees to the plane: the Equal Earth projection, with the globe cut in the Bering Strait.

Equal in area, so that no country looks larger than it is. Formulas and coefficients: Šavrič, Patterson and Jenny,
"The Equal Earth map projection", International Journal of Geographical Information Science 33 (2019) 454–465,
https://doi.org/10.1080/13658816.2018.1504949; d3-geo's geoEqualEarth is the same. The middle meridian is
11° east: the edge at 169° west then cuts no country in two.
"""

from __future__ import annotations

from math import asin, cos, pi, radians, sin, sqrt
from typing import Final

from server.drawing.shapes import XY

WIDTH: Final = 960.0
"""Units from the left edge of the map to the right one."""
MIDDLE: Final = 11.0
"""The meridian in the middle of the map, in degrees east."""
NORTH: Final = 84.0
SOUTH: Final = -57.0
"""The parallels at the upper and the lower edge: all inhabited land, without Antarctica."""

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = sqrt(3) / 2
_SCALE: Final = WIDTH / (2 * pi / (_M * _A1))


def _raw(east: float, north: float) -> XY:
    """Equation 8 of the paper; both angles in radians, ``east`` from the middle meridian; y grows northwards."""
    theta = asin(_M * sin(north))
    square = theta * theta
    sixth = square * square * square
    x = east * cos(theta) / (_M * (_A1 + 3 * _A2 * square + sixth * (7 * _A3 + 9 * _A4 * square)))
    return x, theta * (_A1 + _A2 * square + sixth * (_A3 + _A4 * square))


_TOP: Final = _raw(0, radians(NORTH))[1]
HEIGHT: Final = (_TOP - _raw(0, radians(SOUTH))[1]) * _SCALE
"""Units from the upper edge of the map to the lower one."""


def from_middle(lon: float) -> float:
    """Degrees east of the middle meridian, from -180 to 180."""
    return (lon - MIDDLE + 180) % 360 - 180


def project(lat: float, lon: float) -> XY:
    """Where a point lies on the map. Latitude and longitude in degrees, north and east."""
    return place(lat, from_middle(lon))


def place(lat: float, east: float) -> XY:
    """Where a point lies that is so many degrees east of the middle meridian; beyond 180 it is off the map."""
    x, y = _raw(radians(east), radians(lat))
    return WIDTH / 2 + x * _SCALE, (_TOP - y) * _SCALE

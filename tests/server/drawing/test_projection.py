"""The projection: fixed points, equal areas, the edge in the Bering Strait."""

from math import cos, radians

import pytest

from server.drawing.projection import HEIGHT, WIDTH, from_middle, place, project


def test_projection_has_the_middle_meridian_in_the_middle() -> None:
    assert project(0, 11)[0] == pytest.approx(WIDTH / 2)


def test_projection_fills_its_frame() -> None:
    assert place(0, -180)[0] == pytest.approx(0)
    assert place(0, 180)[0] == pytest.approx(WIDTH)
    assert (project(84, 11)[1], project(-57, 11)[1]) == pytest.approx((0, HEIGHT))


@pytest.mark.parametrize("lat", [0.0, 30.0, 60.0, -50.0])
def test_projection_keeps_areas(lat: float) -> None:
    """A square degree anywhere covers what one on the equator does, less the shrinking of its parallel."""

    def area(at: float) -> float:
        (x0, y0), (x1, _), (_, y1) = place(at - 0.05, 0), place(at, 0.1), place(at + 0.05, 0)
        return (x1 - x0) * (y0 - y1)

    assert area(lat) / area(0) == pytest.approx(cos(radians(lat)), rel=2e-3)


@pytest.mark.parametrize(("lon", "expected"), [(11.0, 0.0), (-169.1, 179.9), (-168.9, -179.9), (191.0, 180.0 - 360)])
def test_longitudes_are_counted_from_the_middle(lon: float, expected: float) -> None:
    assert from_middle(lon) == pytest.approx(expected)

"""The outlines of the world: made from a topology of two squares, and as they are in the repository."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

import lxml.etree
import pytest

from server.drawing.generate.topology import area_of, simplified
from server.drawing.generate.world import LEFT_OUT, world_svg
from server.drawing.projection import HEIGHT, WIDTH

SVG = "{http://www.w3.org/2000/svg}"
COUNTRIES = json.loads(resources.files("kg.link").joinpath("data", "countries.json").read_text(encoding="utf-8"))
OURS = [
    {"key": "country/italy", "iso2": "IT", "lat": 42.8, "lon": 12.8},
    {"key": "country/tuvalu", "iso2": "TV", "lat": -8.0, "lon": 178.0},
    {"key": "place/antarctica", "iso2": "AQ", "lat": -90.0, "lon": 0.0},
]


def topology(name: str = "Italy", **identity: str) -> dict[str, Any]:
    """One square of 4 degrees, as one arc with steps of a degree."""
    ring = [[8, 40], *[[1, 0]] * 4, *[[0, 1]] * 4, *[[-1, 0]] * 4, *[[0, -1]] * 4]
    geometry = {"type": "Polygon", "arcs": [[0]], "properties": {"name": name}, **identity}
    return {
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "arcs": [ring],
        "objects": {"countries": {"geometries": [geometry]}},
    }


def test_country_is_a_path_under_its_name_and_a_speck_a_circle() -> None:
    root = lxml.etree.fromstring(world_svg(topology(id="380"), OURS).encode())
    assert [element.get("id") for element in root.iter(f"{SVG}path")] == ["country-italy"]
    assert [element.get("id") for element in root.iter(f"{SVG}circle")] == ["country-tuvalu"]


def test_country_without_a_code_has_to_be_decided() -> None:
    with pytest.raises(ValueError, match="Utopia has no ISO code"):
        world_svg(topology("Utopia"), OURS)


def test_straight_side_needs_two_points() -> None:
    side = [(float(lon), 0.0) for lon in range(10)]
    assert simplified(side, 0.1) == [side[0], side[-1]]


def test_corner_that_matters_stays() -> None:
    bent = [(0.0, 0.0), (5.0, 0.01), (10.0, 20.0), (15.0, 0.01), (20.0, 0.0)]
    assert (10.0, 20.0) in simplified(bent, 5)


def test_area_of_a_ring_is_that_of_its_plane() -> None:
    assert area_of([(0, 0), (2, 0), (2, 3), (0, 3)]) == 6


@pytest.fixture(scope="module")
def world() -> lxml.etree._Element:
    return lxml.etree.fromstring(resources.files("server").joinpath("static", "world.svg").read_bytes())


def test_every_country_is_in_the_drawing(world: lxml.etree._Element) -> None:
    names = {element.get("id") for element in world.iter(f"{SVG}path", f"{SVG}circle")}
    assert names - {None} == {row["key"].replace("/", "-") for row in COUNTRIES if row["iso2"] not in LEFT_OUT}


def test_drawing_has_the_frame_of_the_map(world: lxml.etree._Element) -> None:
    assert world.get("viewBox") == f"0 0 {WIDTH * 10:.0f} {HEIGHT * 10:.0f}"


def test_drawing_is_small_and_brings_nothing_along(world: lxml.etree._Element) -> None:
    text = resources.files("server").joinpath("static", "world.svg").read_text(encoding="utf-8")
    assert len(text) < 130_000
    assert not {"style", "script", "href"} & {name for element in world.iter() for name in element.attrib}
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")

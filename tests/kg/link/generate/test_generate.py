"""The parts of the generator that decide something; the tables themselves are tested as the gazetteer."""

import json
from pathlib import Path

import pytest

from kg.link.generate.countries import direction
from kg.link.generate.packages import read_json


@pytest.mark.parametrize(
    ("start", "end", "point"),
    [
        ([38, -97], [60, -95], "north"),
        ([38, -97], [23, -102], "south"),
        ([46, 2], [51, 9], "north-east"),
        ([39.5, -8], [40, -4], "east"),
        ([60, 170], [60, -170], "east"),  # across the date line
    ],
)
def test_direction_is_the_nearest_point_of_the_compass(start: list[float], end: list[float], point: str) -> None:
    assert direction(start, end) == point


def test_read_json_refuses_two_versions_of_a_package(tmp_path: Path) -> None:
    for version in ("1.0", "2.0"):
        (tmp_path / f"p-{version}").mkdir()
        (tmp_path / f"p-{version}" / "data.json").write_text(json.dumps({"version": version}))
    assert read_json(tmp_path, "p-2*/data.json") == {"version": "2.0"}
    with pytest.raises(FileNotFoundError, match="2 files, not one"):
        read_json(tmp_path, "p-*/data.json")

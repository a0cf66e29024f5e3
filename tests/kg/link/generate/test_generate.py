"""The parts of the generator that decide something; the tables themselves are tested as the gazetteer."""

import json
from pathlib import Path

import pytest

from kg.link.generate.countries import direction
from kg.link.generate.packages import read_json
from kg.link.generate.suggestions import Item, Place, provinces_by_code, towns


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


def _suggestions(folder: Path, items: list[dict[str, object]], known: dict[str, dict[str, str]]) -> None:
    dist = folder / "name-suggestion-index-1" / "package" / "dist"
    for name, content in (("json/nsi.json", {"nsi": {"x": {"items": items}}}), ("wikidata/wikidata.json", known)):
        (dist / name).parent.mkdir(parents=True, exist_ok=True)
        (dist / name).write_text(json.dumps(content if "nsi" in name else {"wikidata": known}))


def _operator(qid: str, *places: str) -> dict[str, object]:
    tags = {"operator": "x", "operator:wikidata": qid}
    return {"displayName": "x", "tags": tags, "locationSet": {"include": list(places)}}


def test_towns_are_found_by_label_and_place(tmp_path: Path) -> None:
    items = [_operator("Q1", "us-or.geojson"), _operator("Q2", "us-me.geojson"), _operator("Q3", "fr")]
    known = {qid: {"label": "Portland", "description": "city in the west"} for qid in ("Q1", "Q2", "Q3")}
    _suggestions(tmp_path, items, known)
    assert dict(towns(tmp_path)) == {
        (Place("us", "or"), "portland"): "Q1",
        (Place("us", "me"), "portland"): "Q2",
        (Place("fr", ""), "portland"): "Q3",
    }


@pytest.mark.parametrize(
    ("description", "is_town"),
    [
        ("city and municipality in the south", True),
        ("municipality around a city", False),
        ("capital of the province", True),
        ("capital region of the state", False),
        ("clothing retailer", False),
    ],
)
def test_item_is_a_town_only_by_the_first_word_of_its_kind(description: str, is_town: bool) -> None:
    assert Item("Q1", description=description).is_town is is_town


def test_provinces_are_found_by_the_code_of_a_regional_flag(tmp_path: Path) -> None:
    def flag(name: str, kind: str, qid: str) -> dict[str, object]:
        tags = {"flag:type": kind, "subject": "x", "subject:wikidata": qid}
        return {"displayName": name, "tags": tags, "locationSet": {"include": ["001"]}}

    flags = [flag("US-AR - Arkansas", "regional", "Q1"), flag("NL-NB - Eindhoven", "municipal", "Q2")]
    twice = [flag("CA-QC - Quebec", "regional", "Q3"), flag("CA-QC - Saguenay", "regional", "Q4")]
    _suggestions(tmp_path, [*flags, *twice], {})
    assert dict(provinces_by_code(tmp_path)) == {"US-AR": "Q1"}

"""What a build leaves in the data folder for whoever comes later."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import cli


def built(folder: Path, *names: str) -> dict[str, object]:
    result = CliRunner().invoke(cli, ["build", *names, "--data", str(folder / "data"), "--jobs", "1"])
    assert result.exit_code in (0, 1), result.output
    return json.loads((folder / "data" / "report.json").read_text())


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "story.txt"
    path.write_text("Tents for Fiji\n\nSUVA, May 3, 2012 (AP) - Norway sent 300 tents to Fiji on Monday.\n")
    return path


def test_the_report_tells_what_was_read_and_how_long_each_stage_took(tmp_path: Path, story: Path) -> None:
    report = built(tmp_path, str(story))
    assert report["articles"] == {"read": 1, "unchanged": 0, "removed": 0, "refused": 0}
    assert report["graph"]["articles"] == 1  # type: ignore[index]  # it is JSON
    assert "reading" in report["stages"]  # type: ignore[operator]  # it is JSON
    assert report["memory"]["main"] > 10  # type: ignore[index]  # it is JSON


def test_refused_articles_are_listed_and_the_list_goes_when_they_are_mended(tmp_path: Path, story: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"\xff\xfe\x00")
    built(tmp_path, str(story), str(bad))
    (line,) = (tmp_path / "data" / "refused.log").read_text().splitlines()
    assert line.startswith(f"{bad}: ")
    bad.unlink()
    built(tmp_path, str(story))
    assert not (tmp_path / "data" / "refused.log").exists()

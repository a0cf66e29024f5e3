"""Hidden folders go with whoever made them, and only then."""

from __future__ import annotations

from pathlib import Path

from kg.dumps.unfinished import clear_unfinished, unfinished


def test_folder_of_one_who_works_stays_and_that_of_one_who_was_killed_goes(tmp_path: Path) -> None:
    (left := tmp_path / ".unfinished-left").mkdir()
    (left / "file").touch()
    with unfinished(tmp_path) as mine:
        clear_unfinished(tmp_path)
        assert [*tmp_path.iterdir()] == [mine]
    assert [*tmp_path.iterdir()] == []

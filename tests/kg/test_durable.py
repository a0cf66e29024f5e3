"""That files and folders are synchronised, and that a missing one is told."""

import os
from pathlib import Path

import pytest

from kg import durable


def test_files_and_folders_are_synchronised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_text("x")
    seen: list[Path] = []
    monkeypatch.setattr(os, "fsync", lambda file: seen.append(Path(f"/proc/self/fd/{file}").readlink()))
    durable.sync(tmp_path / "a", tmp_path)
    assert seen == [tmp_path / "a", tmp_path]


def test_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        durable.sync(tmp_path / "gone")

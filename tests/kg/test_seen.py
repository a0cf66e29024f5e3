"""What files looked like when they were read: which of them are read again."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg.seen
from kg.errors import StoreError
from kg.read import Source, find_sources
from kg.readings import Origin
from kg.seen import Seen, open_seen


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "articles" / "a.txt"
    path.parent.mkdir()
    path.write_text("What was read")
    return path


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """All that is written in the test counts as long ago."""
    now = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: now() + 10**10)


@pytest.fixture
def unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    """No file is opened to look at its bytes."""

    def refuse(source: Source) -> bytes:
        pytest.fail(f"{source.name} was read")

    monkeypatch.setattr(kg.seen, "source_bytes", refuse)


@pytest.fixture
def seen(tmp_path: Path) -> Iterator[Seen]:
    with open_seen(tmp_path, tmp_path / "corrections") as opened:
        yield opened


def _source(path: Path) -> Source:
    return find_sources([path])[0]


def _origin(article: str = "made of it", rules: str = "1") -> Origin:
    return Origin("a", "a", "a.txt", "", article, rules)


def _note(seen: Seen, file: Path) -> None:
    source = _source(file)
    seen.look_at(source)
    seen.note(source, _origin(), hashlib.sha256(file.read_bytes()).hexdigest())


def _is_unchanged(tmp_path: Path, file: Path, known: Origin | None = None, rules: str = "1") -> bool:
    with open_seen(tmp_path, tmp_path / "corrections") as later:
        return later.is_unchanged(_source(file), known or _origin(), rules)


@pytest.mark.usefixtures("settled", "unreadable")
def test_file_that_looks_the_same_is_not_read(tmp_path: Path, seen: Seen, file: Path) -> None:
    _note(seen, file)
    assert _is_unchanged(tmp_path, file)


@pytest.mark.usefixtures("settled")
def test_file_of_same_size_and_time_but_other_words_is_told(tmp_path: Path, seen: Seen, file: Path) -> None:
    before = file.stat()
    _note(seen, file)
    file.write_text("What was said")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert not _is_unchanged(tmp_path, file)


@pytest.mark.usefixtures("settled")
def test_copy_with_the_same_bytes_is_unchanged(tmp_path: Path, seen: Seen, file: Path) -> None:
    _note(seen, file)
    shutil.copy(file, tmp_path / "a.txt")
    file.unlink()
    assert _is_unchanged(tmp_path, tmp_path / "a.txt")


def test_file_changed_just_now_is_known_by_its_bytes_alone(tmp_path: Path, seen: Seen, file: Path) -> None:
    _note(seen, file)
    assert _is_unchanged(tmp_path, file)
    file.write_text("What was said")
    assert not _is_unchanged(tmp_path, file)


@pytest.mark.parametrize(
    ("known", "rules"),
    [(_origin("another"), "1"), (_origin(), "2"), (_origin(rules="1corrected"), "1")],
    ids=["another article is kept", "other rules", "it was corrected"],
)
def test_same_file_is_read_for(known: Origin, rules: str, tmp_path: Path, seen: Seen, file: Path) -> None:
    _note(seen, file)
    assert not _is_unchanged(tmp_path, file, known, rules)


@pytest.mark.parametrize("folder", ["articles", "corrections"])
def test_article_with_corrections_is_read(folder: str, tmp_path: Path, seen: Seen, file: Path) -> None:
    _note(seen, file)
    (tmp_path / folder).mkdir(exist_ok=True)
    (tmp_path / folder / "a.corrections.yaml").write_text("by: an editor")
    assert not _is_unchanged(tmp_path, file)


def test_line_of_a_file_is_known_by_its_own_bytes(tmp_path: Path, seen: Seen) -> None:
    path = tmp_path / "all.jsonl"
    path.write_text('{"id": "a", "text": "One"}\n')
    source = _source(path)
    seen.look_at(source)
    seen.note(source, _origin(), hashlib.sha256(path.read_bytes().rstrip()).hexdigest())
    path.write_text('{"id": "0", "text": "New"}\n{"id": "a", "text": "One"}\n')
    with open_seen(tmp_path, tmp_path) as later:
        assert [later.is_unchanged(one, _origin(), "1") for one in find_sources([path])] == [False, True]


def test_removed_article_is_forgotten(tmp_path: Path, seen: Seen, file: Path) -> None:
    _note(seen, file)
    seen.forget(["a"])
    assert not _is_unchanged(tmp_path, file)


def test_damaged_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "seen.sqlite").write_bytes(b"no database, but long enough to be one" * 50)
    with pytest.raises(StoreError, match="made again"), open_seen(tmp_path, tmp_path):
        pass

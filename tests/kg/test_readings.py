"""Readings that are kept between builds."""

import sqlite3
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from kg.errors import StoreError
from kg.readings import Origin, kept_reading, open_readings
from kg.records import Article, Correction, Figure, PartialDate, Quantity, Reading, Span


def origin(identifier: str, **fields: str) -> Origin:
    return Origin(
        **({"id": identifier, "slug": identifier, "path": "p", "root": "r", "sha256": "s", "fingerprint": "f"} | fields)
    )


def reading(identifier: str) -> Reading:
    figure = Figure("cases", Quantity(Decimal("0.10")), Span(0, 1))
    return Reading(Article(identifier, "0" * 64, "text 😀", "text", ()), figures=(figure,))


def test_reading_comes_back_equal(tmp_path: Path) -> None:
    with open_readings(tmp_path) as readings:
        readings.put(origin("b"), reading("b"))
        readings.put(origin("a"), reading("a"))
    with open_readings(tmp_path) as readings:
        assert list(readings) == [reading("a"), reading("b")]
        assert readings.origins() == (origin("a"), origin("b"))
        assert len(readings) == 2


def test_gold_readings_survive_being_kept(tmp_path: Path, gold_readings: tuple[Reading, ...]) -> None:
    with open_readings(tmp_path) as readings:
        for one in gold_readings:
            readings.put(origin(one.article.id), one)
        assert tuple(readings) == gold_readings


def test_reading_is_replaced_moved_and_removed(tmp_path: Path) -> None:
    with open_readings(tmp_path) as readings:
        readings.put(origin("a"), reading("a"))
        readings.put(origin("a", sha256="t"), reading("a"))
        assert readings.origins() == (origin("a", sha256="t"),)
        readings.move(origin("a", path="q", root=""))
        assert readings.origins() == (origin("a", sha256="t", path="q", root=""),)
        assert readings.remove("a")
        assert not readings.remove("a")


def test_two_articles_cannot_share_a_slug(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="UNIQUE"), open_readings(tmp_path) as readings:
        readings.put(origin("a_b", slug="a-b"), reading("a_b"))
        readings.put(origin("a-b", slug="a-b"), reading("a-b"))


def test_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "readings.sqlite").write_bytes(b"no database, but long enough to be one" * 50)
    with pytest.raises(StoreError, match=r"delete it .* and build all sources again"), open_readings(tmp_path):
        pass


def test_kept_reading_is_read_beside_who_writes(tmp_path: Path) -> None:
    with open_readings(tmp_path) as readings:
        readings.put(origin("a"), reading("a"))
        assert kept_reading(tmp_path, "a") == reading("a")
    assert kept_reading(tmp_path, "a") == reading("a")
    assert kept_reading(tmp_path, "b") is None


def test_kept_reading_makes_no_file(tmp_path: Path) -> None:
    assert kept_reading(tmp_path, "a") is None
    assert list(tmp_path.iterdir()) == []


def test_kept_reading_of_a_damaged_file_says_which(tmp_path: Path) -> None:
    (tmp_path / "readings.sqlite").write_bytes(b"no database, and long enough not to be empty")
    with pytest.raises(StoreError, match=r"readings\.sqlite: cannot be read"):
        kept_reading(tmp_path, "a")


def test_what_is_put_or_removed_waits_until_it_is_settled(tmp_path: Path) -> None:
    with open_readings(tmp_path) as readings:
        for name in ("a", "b", "c"):
            readings.put(origin(name), reading(name))
        readings.settle("first")
        readings.put(origin("b", sha256="t"), reading("b"))
        readings.move(origin("c", path="q"))
        readings.remove("a")
    with open_readings(tmp_path) as readings:
        assert readings.settled() == "first"
        assert list(readings.waiting()) == ["a", "b"]
        readings.wait_all(["d"])
        assert list(readings.waiting()) == ["a", "b", "c", "d"]


def test_lines_are_used_only_with_the_rules_that_made_them(tmp_path: Path) -> None:
    with open_readings(tmp_path, "rules 1") as readings:
        readings.put_json(origin("a"), msgspec.json.encode(reading("a")), b"<s> <p> <o> .\n")
        readings.put(origin("b"), reading("b"))
        assert readings.with_lines("a") == (reading("a"), b"<s> <p> <o> .\n")
        assert readings.with_lines("b") == (reading("b"), None)
        assert readings.with_lines("c") is None
    with open_readings(tmp_path, "rules 2") as readings:
        assert readings.with_lines("a") == (reading("a"), None)


def test_file_of_version_0_5_is_brought_up_to_date(tmp_path: Path) -> None:
    note = Correction("unlink", "Desk", PartialDate("2024-05-02"), "why", "a:1")
    corrected = Reading(reading("b").article, corrections=(note,))
    with closing(sqlite3.connect(tmp_path / "readings.sqlite")) as old, old:
        old.execute(
            "CREATE TABLE reading (id TEXT PRIMARY KEY, slug TEXT NOT NULL UNIQUE, path TEXT NOT NULL, root TEXT NOT"
            " NULL, sha256 TEXT NOT NULL, fingerprint TEXT NOT NULL, content BLOB NOT NULL) STRICT"
        )
        for one in (reading("a"), corrected):
            row = (one.article.id, one.article.id, "p", "r", "s", "f", msgspec.json.encode(one))
            old.execute("INSERT INTO reading VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    assert kept_reading(tmp_path, "a") == reading("a")
    with open_readings(tmp_path) as readings:
        assert readings.origins() == (origin("a"), origin("b"))
        assert list(readings) == [reading("a"), corrected]
        assert list(readings.corrected()) == [corrected]
        assert list(readings.waiting()) == ["a", "b"]


def test_file_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "readings.sqlite")) as newer:
        newer.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreError, match="newer aidgraph"), open_readings(tmp_path):
        pass

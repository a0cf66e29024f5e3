"""Damaged files: each command says so in one line, or does without them; nothing that can be kept is lost."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import words
from kills import graph_of

import kg
from kg.backup import back_up
from kg.cli import cli, run
from kg.pipeline import build
from kg.restore import restore
from kg.settings import Settings

BASE = Settings().base
COMMANDS = {
    "build": ["build", "articles", "--jobs", "1"],
    "query": ["query", "SELECT * { ?s ?p ?o }", "--format", "csv"],
    "dump": ["dump", "--dump-formats", "nq"],
    "validate": ["validate"],
    "load": ["load", "others.nq"],
    "remove": ["remove", "article-001"],
    "backup": ["backup", "backup"],
    "publish": ["publish", "replica"],
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with articles, and a data folder that was built of them. Tests copy it."""
    folder = tmp_path_factory.mktemp("whole")
    words.write_articles(folder / "articles", 1, number=8)
    settings = Settings(data=folder / "data", jobs=1, dump_formats=("nq",))
    build([str(folder / "articles")], settings, words, progress=lambda *_: None, shacl=False)
    (folder / "others.nq").write_text('<http://x/s> <http://x/p> "other" .\n', encoding="ascii")
    return folder


@pytest.fixture
def folder(whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(whole, tmp_path / "copy", symlinks=True)
    monkeypatch.chdir(tmp_path / "copy")
    monkeypatch.setattr(kg, "understand", words, raising=False)
    return tmp_path / "copy"


def files(data: Path, pattern: str) -> list[Path]:
    """Files of the store, the largest first."""
    return sorted((data / "store").resolve().glob(pattern), key=lambda path: -path.stat().st_size)


def rewrite(path: Path, change: Callable[[bytes], bytes]) -> None:
    """Change a file that may be linked from elsewhere."""
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(change(content))


def cut_table(data: Path) -> None:
    rewrite(files(data, "*.sst")[0], lambda content: content[: len(content) // 2])


def cut_log_of_tables(data: Path) -> None:
    rewrite(files(data, "MANIFEST*")[0], lambda content: content[: len(content) // 2])


def spoil_blocks(data: Path) -> None:
    """The store can be opened and its blocks cannot be read."""
    for path in files(data, "*.sst"):
        rewrite(path, lambda content: bytes(100) + content[100:] if len(content) > 4000 else content)


def lose_current(data: Path) -> None:
    ((data / "store").resolve() / "CURRENT").unlink()


def lose_generation(data: Path) -> None:
    shutil.rmtree(data / "stores")


def lose_link(data: Path) -> None:
    (data / "store").unlink()
    (data / "store").mkdir()


def spoil_readings(data: Path) -> None:
    spoil_database(data / "readings.sqlite")


def spoil_ledger(data: Path) -> None:
    spoil_database(next((data / "ledger").glob("*.sqlite")))


def spoil_database(path: Path) -> None:
    for left in path.parent.glob(f"{path.name}-*"):
        left.unlink()
    path.write_bytes(b"SQLite format 3\0" + b"x" * 8000)


STORE_DAMAGES = (cut_table, cut_log_of_tables, spoil_blocks, lose_current, lose_generation, lose_link)
NOT_LOOKED_AT = {("spoil_blocks", "build"), ("spoil_blocks", "publish")}
"""Nothing has changed, or files are copied as they are: no block is read."""


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("damage", STORE_DAMAGES)
def test_damaged_store_is_told_in_one_line(
    folder: Path, capfd: pytest.CaptureFixture[str], command: str, damage: Callable[[Path], None]
) -> None:
    if (damage.__name__, command) in NOT_LOOKED_AT:
        pytest.skip("does not look at the store")
    damage(folder / "data")
    assert run(cli, COMMANDS[command]) == 1
    told = capfd.readouterr().err
    assert told.startswith("aidgraph: ")
    assert told.count("\n") == 1
    assert "delete" in told or "use another --data folder" in told or "restore" in told


@pytest.mark.parametrize("command", ["build", "remove", "backup"])
def test_damaged_readings_are_told_in_one_line(folder: Path, capfd: pytest.CaptureFixture[str], command: str) -> None:
    spoil_readings(folder / "data")
    assert run(cli, COMMANDS[command]) == 1
    told = capfd.readouterr().err
    assert told.startswith("aidgraph: data/readings.sqlite: ")
    assert "not a database" in told
    assert "backup" in told


@pytest.mark.parametrize("command", ["query", "dump", "validate", "load", "publish"])
def test_commands_that_need_no_readings_do_without_them(folder: Path, command: str) -> None:
    spoil_readings(folder / "data")
    spoil_ledger(folder / "data")
    assert run(cli, COMMANDS[command]) == 0


def test_damaged_ledger_is_made_anew_and_the_rest_stays(folder: Path) -> None:
    run(cli, COMMANDS["load"])
    before = graph_of(folder / "data")
    spoil_ledger(folder / "data")
    assert run(cli, COMMANDS["build"]) == 0
    assert graph_of(folder / "data") == before


def test_lost_store_is_made_anew_from_the_readings(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = graph_of(folder / "data")
    lose_current(folder / "data")
    shutil.rmtree(folder / "data" / "stores")  # as the message says
    (folder / "data" / "store").unlink()
    shutil.rmtree(folder / "articles")
    (folder / "articles").mkdir()  # nothing is read again
    (folder / "articles" / "new.txt").write_text("Of nothing\n\nNothing at all.\n", encoding="ascii")
    origins = readings_of(folder / "data")
    assert run(cli, ["build", "articles/new.txt", "--jobs", "1"]) == 0
    assert before <= graph_of(folder / "data")
    assert readings_of(folder / "data") == origins + 1


def readings_of(data: Path) -> int:
    with sqlite3.connect(data / "readings.sqlite") as connection:
        (number,) = connection.execute("SELECT count(*) FROM reading").fetchone()
    connection.close()
    return int(number)


@pytest.mark.parametrize("damage", [cut_table, lose_generation, spoil_readings, spoil_ledger])
def test_backup_takes_the_place_of_what_was_damaged(folder: Path, damage: Any) -> None:
    data = folder / "data"
    before = graph_of(data)
    back_up(data, folder / "backup", base=BASE)
    damage(data)
    restore(folder / "backup", data, over=True)
    assert graph_of(data) == before
    assert run(cli, COMMANDS["build"]) == 0
    assert graph_of(data) == before


def test_newer_readings_are_refused(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with sqlite3.connect(folder / "data" / "readings.sqlite") as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    assert run(cli, COMMANDS["build"]) == 1
    assert "written by a newer aidgraph" in capfd.readouterr().err

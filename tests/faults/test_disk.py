"""A full disk, a file system that cannot be written to, wrong clocks, and two builds at once."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import words
from kills import check_clean, dump_of, graph_of, killing

import kg
from kg.backup import back_up
from kg.cli import cli, run
from kg.errors import StoreError
from kg.settings import Settings
from kg.store import open_snapshot

BASE = Settings().base
YEAR = 365 * 86400
ROOM = (0, 100_000, 600_000, 1_200_000)
"""Bytes left on a disk on which a build of eight articles needs two and a half million more for a while."""


@pytest.fixture(autouse=True)
def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kg, "understand", words, raising=False)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True).returncode != 0:
        pytest.skip("mounting a small disk is not allowed here")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def make(data: Path, seed: int) -> int:
    articles = data.parent / "articles"
    words.write_articles(articles, seed, number=8)
    return run(cli, ["build", str(articles), "--jobs", "1", "--data", str(data), "--dump-formats", "nq"])


@pytest.mark.slow
def test_full_disk_leaves_the_old_graph_and_the_next_build_makes_the_new_one(
    disk: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for seed in (1, 2):
        assert make(tmp_path / f"fresh-{seed}" / "data", seed) == 0
    old, new = (graph_of(tmp_path / f"fresh-{seed}" / "data") for seed in (1, 2))
    data = disk / "data"
    assert make(data, 1) == 0
    for room in ROOM:
        words.write_articles(disk / "articles", 2, number=8)
        with (disk / "filling").open("wb") as file:
            file.write(bytes(shutil.disk_usage(disk).free - room))
        capfd.readouterr()
        assert make(data, 2) == 1, room
        told = capfd.readouterr().err
        assert told.startswith("aidgraph: ")
        assert told.count("\n") == 1
        assert "see to it that there is room" in told
        assert graph_of(data) == old
        (disk / "filling").unlink()
        assert make(data, 2) == 0
        assert graph_of(data) == new
        assert dump_of(data) == dump_of(tmp_path / "fresh-2" / "data")
        check_clean(data)
        assert make(data, 1) == 0


def test_backup_on_a_full_disk_leaves_nothing(disk: Path, tmp_path: Path) -> None:
    assert make(tmp_path / "data", 1) == 0
    with (disk / "filling").open("wb") as file:
        file.write(bytes(shutil.disk_usage(disk).free - 200_000))
    with pytest.raises(StoreError):
        back_up(tmp_path / "data", disk / "backup", base=BASE)
    assert [path.name for path in disk.iterdir()] == ["filling"]


@pytest.mark.parametrize("command", ["build", "load", "remove"])
def test_folder_that_cannot_be_written_to_is_told_in_one_line(
    disk: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], command: str
) -> None:
    assert make(disk / "data", 1) == 0
    (tmp_path / "others.nq").write_text('<http://x/s> <http://x/p> "other" .\n', encoding="ascii")
    given = {"build": str(disk / "articles"), "load": str(tmp_path / "others.nq"), "remove": "article-001"}
    before = graph_of(disk / "data")
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    capfd.readouterr()
    assert run(cli, [command, given[command], "--data", str(disk / "data")]) == 1
    told = capfd.readouterr().err
    assert told.startswith("aidgraph: ")
    assert told.count("\n") == 1
    assert "written" in told
    assert graph_of(disk / "data") == before
    assert run(cli, ["validate", "--data", str(disk / "data")]) == 0
    back_up(disk / "data", tmp_path / "backup", base=BASE)


@pytest.mark.slow
def test_clocks_that_jump_change_nothing(tmp_path: Path) -> None:
    with killing(tmp_path, 1) as found:
        for state, shift in enumerate((3 * YEAR, -3 * YEAR, 0, -1, 0)):
            words.write_articles(found.articles, state)
            found.finish(found.order(shift=float(shift)))
            assert graph_of(found.data) == found.graphs[state]
            assert dump_of(found.data) == found.dumps[state]


@pytest.mark.slow
def test_two_builds_at_once_are_one_and_a_refusal(tmp_path: Path) -> None:
    with killing(tmp_path, 1) as found:
        words.write_articles(found.articles, 3)
        orders = [found.order(notes=tmp_path / f"notes-{place}", jobs=1) for place in range(4)]
        processes = [found.start(order) for order in orders]
        found.wait(processes)
        ends = [found.notes(order)[-1][0].split()[0] for order in orders]
        assert ends.count("done") >= 1
        assert set(ends) <= {"done", "starting"}  # those that were refused did nothing
        assert graph_of(found.data) == found.graphs[3]


@pytest.mark.slow
def test_reader_always_sees_a_whole_graph_while_builds_are_killed(tmp_path: Path) -> None:
    with killing(tmp_path, 5) as found:
        words.write_articles(found.articles, 0)
        found.finish(found.order())
        known, wrong, done = set(found.graphs.values()), [], threading.Event()

        def look() -> None:
            while not done.is_set():
                if (seen := frozenset(graph_of(found.data))) not in known:
                    wrong.append(len(seen))

        reader = threading.Thread(target=look)
        reader.start()
        for state in (1, 2, 3, 4, 0, 1):
            words.write_articles(found.articles, state)
            found.kill(found.order(**found.options()))
        done.set()
        reader.join()
        assert wrong == []
        assert open_snapshot(found.data)

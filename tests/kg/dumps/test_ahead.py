"""What was sorted while the store was filled is what sorting the store gives, and a build does not hang on it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.background import command_of
from kg.confirm.files import NO_LINKS
from kg.dumps import ahead as module
from kg.dumps.ahead import Ahead
from kg.dumps.lines import sort_graph
from kg.ledger import filling
from kg.ledger.run import rules_stamp, update_graph
from kg.ledger.writing import Edit
from kg.lock import write_lock
from kg.readings import Origin, open_readings
from kg.records import Reading
from kg.settings import Settings
from kg.store import Snapshot, open_snapshot

BASE = Settings().base
EDITS = (
    Edit("http://x/two", b"<http://x/a> <http://x/p> <http://x/o> .\n<http://x/a> <http://x/p> \"1\" .\n", b""),
    Edit(None, b"<http://x/common> <http://x/p> \"a . b\" .\n", b""),
    Edit("http://x/one", b"<http://x/a> <http://x/p> <http://x/o> .\n", b""),
    Edit("http://x/two", b"<http://x/a> <http://x/p> \"0\" .\n", b""),
)  # fmt: skip


@pytest.fixture
def sorted_to(tmp_path: Path) -> Path:
    folder = tmp_path / "sorted"
    folder.mkdir()
    return folder


def build(data: Path, readings: tuple[Reading, ...], ahead: Ahead) -> Snapshot:
    with write_lock(data), open_readings(data, rules_stamp(BASE)) as kept:
        for reading in readings:
            name = reading.article.id
            kept.put(Origin(name, name, f"{name}.txt", "", "0", "f"), reading)
        update_graph(data, kept, BASE, NO_LINKS, lambda *_: None, ahead.copied)
    return open_snapshot(data)


def filled(edits: tuple[Edit, ...]) -> Snapshot:
    store = ox.Store()
    for edit in edits:
        for graph in {None, edit.graph}:
            store.load(edit.added, ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(graph) if graph else None)
    return Snapshot(store, "v", Path("/nonexistent/rocksdb"))


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def follower(monkeypatch: pytest.MonkeyPatch) -> None:
    """All dumps are of those who sort ahead."""

    def fail(*_: object) -> None:
        pytest.fail("the store was sorted")

    monkeypatch.setattr(module, "sort_graph", fail)


@pytest.mark.usefixtures("follower")
@pytest.mark.parametrize("step", [1, 50, module.STEP])
def test_edits_are_sorted_as_their_store_is(
    step: int, tmp_path: Path, sorted_to: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "STEP", step)
    snapshot, other = filled(EDITS), tmp_path / "other"
    other.mkdir()
    with Ahead(tmp_path / "dumps") as ahead:
        assert tuple(ahead.copied(EDITS)) == EDITS
        graph = ahead.sort(snapshot, sorted_to)
        assert (ahead.fault, graph.triples, graph.quads) == ("", 4, 8)
    expected = sort_graph(snapshot, other)
    assert (graph.version, files(sorted_to)) == (expected.version, files(other))
    assert [*(tmp_path / "dumps").iterdir()] == []


@pytest.mark.usefixtures("follower")
def test_first_build_is_sorted_as_its_store_is(
    tmp_path: Path, sorted_to: Path, gold_readings: tuple[Reading, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filling, "MANY", 1)
    other = tmp_path / "other"
    other.mkdir()
    with Ahead(tmp_path / "dumps") as ahead:
        snapshot = build(tmp_path / "data", gold_readings, ahead)
        graph = ahead.sort(snapshot, sorted_to)
    assert graph.version == sort_graph(snapshot, other).version
    assert files(sorted_to) == files(other)


def test_second_build_is_not_copied(
    tmp_path: Path, gold_readings: tuple[Reading, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filling, "MANY", 1)
    seen = list[Edit]()

    class Looking(Ahead):
        def copied(self, edits: Iterator[Edit]) -> Iterator[Edit]:
            for edit in edits:
                seen.append(edit)
                yield edit

    with Looking(tmp_path / "dumps") as ahead:
        build(tmp_path / "data", gold_readings[:1], ahead)
        first = len(seen)
        build(tmp_path / "data", gold_readings, ahead)
    assert first == len(seen) > 0


TO_ITS_END = "import os, sys; [line for line in iter(sys.stdin.readline, 'end\\n')]; "


@pytest.mark.parametrize(
    ("program", "fault"),
    [
        (TO_ITS_END + "sys.exit('no room')", "no room"),
        (TO_ITS_END + "os.kill(os.getpid(), 9)", "killed by SIGKILL"),
        ("raise SystemExit(3)", "exit code 3|Broken pipe"),
    ],
)
def test_process_that_fails_is_told_and_the_store_is_sorted(
    program: str, fault: str, tmp_path: Path, sorted_to: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "command_of", lambda *_: [sys.executable, "-c", program])
    with Ahead(tmp_path / "dumps") as ahead:
        assert tuple(ahead.copied(EDITS)) == EDITS
        assert ahead.sort(filled(EDITS), sorted_to).quads == 8
        assert re.search(fault, ahead.fault)
    assert [*(tmp_path / "dumps").iterdir()] == []


@pytest.mark.parametrize("what", ["a file in the place of the folder", "no program", "a disk that is full"])
def test_what_cannot_begin_is_told_and_the_store_is_sorted(
    what: str, tmp_path: Path, sorted_to: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "dumps"
    if what == "a file in the place of the folder":
        folder.touch()
    elif what == "no program":
        monkeypatch.setattr(module, "command_of", lambda *_: [str(tmp_path / "none")])
    else:
        monkeypatch.setattr(module, "_SPOOL", "/dev/full")
    with Ahead(folder) as ahead:
        assert tuple(ahead.copied(EDITS)) == EDITS
        assert ahead.sort(filled(EDITS), sorted_to).quads == 8
        assert ahead.fault


def test_store_that_was_not_empty_is_sorted_itself(tmp_path: Path, sorted_to: Path) -> None:
    edits = (*EDITS, Edit("http://x/one", b"", EDITS[2].added))
    with Ahead(tmp_path / "dumps") as ahead:
        assert tuple(ahead.copied(edits)) == edits
        assert ahead.sort(filled(EDITS[:2]), sorted_to).quads == 5
        assert ahead.fault == "the store was not empty"


def sort_in(folder: Path, told: bytes) -> subprocess.CompletedProcess[bytes]:
    command = command_of("kg.dumps.ahead", (str(folder),))
    return subprocess.run(command, input=told, capture_output=True, check=False)


def test_process_ends_with_who_started_it(tmp_path: Path) -> None:
    (tmp_path / "spool").write_bytes(b"")
    told = sort_in(tmp_path, b"0\n")
    assert (told.returncode, told.stdout, told.stderr) == (1, b"", b"")


def test_fault_of_the_process_is_one_line(tmp_path: Path) -> None:
    told = sort_in(tmp_path, b"end\n")
    assert told.returncode == 1
    assert b"No such file" in told.stderr
    assert told.stderr.count(b"\n") == 1

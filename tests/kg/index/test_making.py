"""Indexes made in processes of their own: once, one after the other, and never in the way of anybody."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.confirm.files import NO_LINKS
from kg.errors import StoreError
from kg.index import making
from kg.index.__main__ import main
from kg.index.build import FILE, build_index
from kg.index.older import is_behind, open_older
from kg.index.opened import counts_of, has_index, open_index
from kg.ledger.run import rules_stamp, update_graph
from kg.loading import load_files
from kg.lock import write_lock
from kg.quadfile import quad_lines
from kg.readings import open_readings
from kg.store import current_version, new_generation, open_snapshot
from kg.writing import DeleteGraph, Payload, PutGraph, Update, perform


def quad(number: int) -> ox.Quad:
    node = ox.NamedNode(f"http://example.org/{number}")
    return ox.Quad(node, node, ox.Literal(number))


def publish(data: Path, *numbers: int) -> Path:
    """Publish a generation without an index; its folder."""
    with write_lock(data), new_generation(data) as generation:
        generation.store.extend(quad(number) for number in numbers)
    return newest(data)


def newest(data: Path) -> Path:
    return data / "stores" / str(current_version(data))


def triples(folder: Path) -> int:
    index = open_index(folder)
    try:
        return counts_of(index)["triples"]
    finally:
        index.close()


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_builds_and_loads_are_published_with_their_index(tmp_path: Path) -> None:
    data, file = tmp_path / "data", tmp_path / "more.nq"
    base = "http://example.org/"
    with write_lock(data), open_readings(data, rules_stamp(base)) as readings:
        update_graph(data, readings, base, NO_LINKS, lambda *_: None)
    ontology = triples(newest(data))
    file.write_bytes(b"".join(quad_lines([quad(2)])))
    load_files(data, [file])
    assert triples(newest(data)) == ontology + 1


def test_writes_are_published_without(tmp_path: Path) -> None:
    publish(tmp_path, 1)
    perform(tmp_path, Update("INSERT DATA { <http://x/a> <http://x/b> <http://x/c> }", "http://x/"))
    assert not has_index(newest(tmp_path))


def test_writes_of_named_graphs_keep_the_index(tmp_path: Path) -> None:
    data, file = tmp_path / "data", tmp_path / "put.nt"
    file.write_bytes(b"".join(quad_lines([quad(9)])))
    making.make_index(publish(data, 1))
    for write in (PutGraph("http://x/g", (Payload(file, "nt"),), True, "http://x/"), DeleteGraph("http://x/g")):
        perform(data, write)
        assert triples(newest(data)) == 1
    perform(data, PutGraph(None, (Payload(file, "nt"),), False, "http://x/"))
    assert not has_index(newest(data))


def test_process_makes_the_index_of_a_generation_once(tmp_path: Path) -> None:
    folder = publish(tmp_path, 1, 2)
    with making.start_making(folder) as maker:
        assert maker.wait(60) == 0
    assert triples(folder) == 2
    made = (folder / FILE).stat()
    assert main([str(folder)]) == 0
    assert (folder / FILE).stat() == made


def test_index_is_not_made_while_another_is(tmp_path: Path) -> None:
    folder = publish(tmp_path, 1)
    lock = os.open(tmp_path / "index.lock", os.O_RDWR | os.O_CREAT)
    fcntl.flock(lock, fcntl.LOCK_EX)
    with making.start_making(folder) as maker:
        time.sleep(1)
        assert maker.poll() is None
        assert not has_index(folder)
        os.close(lock)
        assert maker.wait(60) == 0
    assert has_index(folder)


def test_killed_maker_leaves_its_place_to_the_next(tmp_path: Path) -> None:
    folder = publish(tmp_path, 1)
    lock = os.open(tmp_path / "index.lock", os.O_RDWR | os.O_CREAT)
    fcntl.flock(lock, fcntl.LOCK_EX)
    with making.start_making(folder) as maker:
        maker.send_signal(signal.SIGKILL)
    os.close(lock)
    (folder / f"{FILE}.0000").write_bytes(b"half")  # what one leaves that was killed later
    making.make_index(folder)
    assert triples(folder) == 1


def test_only_one_waits_for_its_turn_and_makes_the_newest(tmp_path: Path) -> None:
    old = publish(tmp_path, 1)
    first = making.start_newest(tmp_path)
    assert first is not None
    assert making.start_newest(tmp_path) is None
    folder = publish(tmp_path, 2)
    with first:
        assert first.wait(60) == 0
    assert triples(folder) == 2
    assert not has_index(old)


def test_index_that_is_outdated_when_it_is_whole_stands_in_for_the_newest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(tmp_path, 1)

    def build(store: ox.Store, made: Path) -> None:
        publish(tmp_path, 2)
        build_index(store, made)

    monkeypatch.setattr(making, "build_index", build)
    making.make_newest(tmp_path, os.open(tmp_path / "place", os.O_RDWR | os.O_CREAT))
    assert is_behind(newest(tmp_path))
    with closing(open_older(newest(tmp_path), ())) as older:
        assert older.version.startswith("000001-")


def test_generation_that_is_deleted_meanwhile_is_no_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = publish(tmp_path, 1)
    shutil.rmtree(folder)
    assert main([str(folder)]) == 0
    assert capsys.readouterr().err == ""


def test_generation_is_kept_while_its_index_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = publish(tmp_path, 1)

    def build(store: ox.Store, made: Path) -> None:
        for number in range(2, 6):
            publish(tmp_path, number)
        assert made.exists()
        assert len(store) == 1

    monkeypatch.setattr(making, "build_index", build)
    making.make_index(folder)


def test_failure_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = publish(tmp_path, 1)
    shutil.rmtree(folder / "rocksdb")
    assert main([str(folder)]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_folder_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="let this program write to it"):
        making.make_index(tmp_path / "missing" / "stores" / "1")


def test_small_stores_are_told_from_large_ones(tmp_path: Path) -> None:
    folder = publish(tmp_path, 1)
    assert making.is_small(folder)
    with (folder / "rocksdb" / "more.sst").open("wb") as file:
        file.truncate(making.SMALL)
    assert not making.is_small(folder)


def test_index_is_of_the_version_that_a_snapshot_reads(tmp_path: Path) -> None:
    folder = publish(tmp_path, 1)
    snapshot = open_snapshot(tmp_path)
    publish(tmp_path, 2)
    making.make_index(folder)
    assert triples(snapshot.path.parent) == len(snapshot.store) == 1


def test_index_later_makes_that_of_the_newest(tmp_path: Path) -> None:
    folder = publish(tmp_path, 1)
    making.index_later(tmp_path)
    until(lambda: has_index(folder))
    making.index_later(tmp_path)  # there is nothing left to do
    assert triples(folder) == 1


def test_index_later_says_in_its_log_why_not(tmp_path: Path) -> None:
    folder = publish(tmp_path, 1)
    (folder / FILE).mkdir()
    making.index_later(tmp_path)
    until(lambda: b"cannot be made" in (tmp_path / "index.log").read_bytes())


def test_index_later_needs_something_built(tmp_path: Path) -> None:
    making.index_later(tmp_path)
    assert list(tmp_path.iterdir()) == []

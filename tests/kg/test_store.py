"""Snapshots, the one writer, and what is left when it dies."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import lock, store
from kg.errors import LockedError, StoreError


def quad(number: int) -> ox.Quad:
    return ox.Quad(
        ox.NamedNode(f"http://example.org/{number}"), ox.NamedNode("http://example.org/p"), ox.Literal(number)
    )


def write(data: Path, *numbers: int) -> None:
    with lock.write_lock(data), store.new_generation(data) as generation:
        generation.store.extend(quad(number) for number in numbers)


def numbers(snapshot: store.Snapshot) -> set[int]:
    return {int(found.object.value) for found in snapshot.store}


def test_version_is_none_before_the_first_build(tmp_path: Path) -> None:
    assert store.current_version(tmp_path) is None
    with pytest.raises(StoreError, match="run `aidgraph build` first"):
        store.open_snapshot(tmp_path)


def test_snapshot_holds_what_was_written(tmp_path: Path) -> None:
    write(tmp_path, 1, 2)
    snapshot = store.open_snapshot(tmp_path)
    assert numbers(snapshot) == {1, 2}
    assert snapshot.version == store.current_version(tmp_path)
    assert snapshot.path == (tmp_path / "store").parent / (tmp_path / "store").readlink()


def test_generation_is_on_the_disk_before_its_link_leads_to_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, 1)
    before = store.current_version(tmp_path)
    synced: list[tuple[set[Path], str | None]] = []
    monkeypatch.setattr(store, "sync", lambda *paths: synced.append((set(paths), store.current_version(tmp_path))))
    write(tmp_path, 2)
    version = store.current_version(tmp_path)
    folder = tmp_path / "stores" / str(version)
    assert synced == [({*folder.rglob("*"), folder, folder.parent}, before), ({tmp_path}, version)]


def test_write_whose_store_goes_away_meanwhile_is_not_published(tmp_path: Path) -> None:
    write(tmp_path, 1)
    with (
        pytest.raises(StoreError, match="nothing was changed"),
        lock.write_lock(tmp_path),
        store.new_generation(tmp_path) as generation,
    ):
        generation.store.add(quad(2))
        (tmp_path / "store").rename(tmp_path / "away")
    assert store.current_version(tmp_path) is None
    (tmp_path / "away").rename(tmp_path / "store")
    assert numbers(store.open_snapshot(tmp_path)) == {1}


def test_open_snapshot_is_not_disturbed_by_writers(tmp_path: Path) -> None:
    write(tmp_path, *range(1000))
    before = store.open_snapshot(tmp_path)
    rows = iter(before.store)
    next(rows)
    for number in range(1000, 1004):
        write(tmp_path, number)
    assert sum(1 for _ in rows) == 999
    assert len(before.store) == 1000
    assert len(store.open_snapshot(tmp_path).store) == 1004


def test_generation_being_read_is_kept_and_then_deleted(tmp_path: Path) -> None:
    write(tmp_path, 1)
    snapshot = store.open_snapshot(tmp_path)
    first = tmp_path / "stores" / snapshot.version
    for number in range(2, 6):
        write(tmp_path, number)
    assert first.exists()
    assert len(list((tmp_path / "stores").iterdir())) == 3
    del snapshot
    write(tmp_path, 6)
    assert not first.exists()
    assert len(list((tmp_path / "stores").iterdir())) == 2


def test_open_generation_opens_older_ones_and_keeps_them(tmp_path: Path) -> None:
    write(tmp_path, 1)
    folder = tmp_path / "stores" / str(store.current_version(tmp_path))
    old = store.open_generation(folder)
    for number in range(2, 6):
        write(tmp_path, number)
    assert (old.version, numbers(old)) == (folder.name, {1})
    assert folder.exists()
    with pytest.raises(StoreError, match="cannot be opened"):
        store.open_generation(tmp_path / "stores" / "gone")


def test_failed_write_changes_nothing(tmp_path: Path) -> None:
    write(tmp_path, 1)
    version = store.current_version(tmp_path)
    with pytest.raises(ZeroDivisionError), lock.write_lock(tmp_path), store.new_generation(tmp_path) as generation:
        generation.store.add(quad(2))
        _ = 1 / 0
    assert store.current_version(tmp_path) == version
    assert numbers(store.open_snapshot(tmp_path)) == {1}
    assert [path.name for path in (tmp_path / "stores").iterdir()] == [version]


def test_working_copy_is_closed_and_gone_once_it_is_published(tmp_path: Path) -> None:
    with lock.write_lock(tmp_path), store.new_generation(tmp_path) as generation:
        generation.store.add(quad(1))
    assert not hasattr(generation, "store")
    assert [path.name for path in (tmp_path / "stores").iterdir()] == [store.current_version(tmp_path)]


def test_write_that_is_still_open_is_not_in_the_way_of_the_next(tmp_path: Path) -> None:
    write(tmp_path, 1)
    with lock.write_lock(tmp_path), store.new_generation(tmp_path) as generation:
        held = generation.store
        held.extend(quad(number) for number in range(2, 1000))
    write(tmp_path, 1000)
    assert len(held) == 999
    assert len(numbers(store.open_snapshot(tmp_path))) == 1000


KILLED_WRITER = """
import os, signal, sys
from pathlib import Path
import pyoxigraph as ox
from kg import lock, store
data = Path(sys.argv[1])
with lock.write_lock(data), store.new_generation(data) as generation:
    term = ox.NamedNode("http://example.org/x")
    generation.store.add(ox.Quad(term, term, term))
    generation.store.flush()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_killed_writer_leaves_the_old_store_and_the_next_one_cleans_up(tmp_path: Path) -> None:
    write(tmp_path, 1)
    version = store.current_version(tmp_path)
    done = subprocess.run([sys.executable, "-c", KILLED_WRITER, str(tmp_path)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert store.current_version(tmp_path) == version
    assert len(list((tmp_path / "stores").iterdir())) == 3
    write(tmp_path, 2)
    assert numbers(store.open_snapshot(tmp_path)) == {1, 2}
    assert len(list((tmp_path / "stores").iterdir())) == 2


def test_second_writer_is_refused(tmp_path: Path) -> None:
    with (
        lock.write_lock(tmp_path),
        pytest.raises(StoreError, match="another aidgraph is writing"),
        lock.write_lock(tmp_path),
    ):
        pass
    with lock.write_lock(tmp_path):
        pass


def test_second_writer_may_wait(tmp_path: Path) -> None:
    began = time.monotonic()
    with (
        lock.write_lock(tmp_path),
        pytest.raises(LockedError),
        lock.write_lock(tmp_path, patience=0.2),
    ):
        pass
    assert 0.2 <= time.monotonic() - began < 5


def test_foreign_store_is_refused(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    with pytest.raises(StoreError, match="not a store made by aidgraph"):
        store.open_snapshot(tmp_path)


def test_damaged_store_says_what_to_do(tmp_path: Path) -> None:
    write(tmp_path, 1)
    for table in (tmp_path / "store").glob("*.sst"):
        table.unlink()
        table.write_bytes(b"no table")
    with pytest.raises(StoreError, match=r"cannot be opened .* run `aidgraph build` again"):
        store.open_snapshot(tmp_path)


def test_built_file_belongs_to_its_generation(tmp_path: Path) -> None:
    with lock.write_lock(tmp_path), store.new_generation(tmp_path) as generation:
        assert generation.previous is None
        generation.built.write_bytes(b"built")
    with lock.write_lock(tmp_path), store.new_generation(tmp_path) as generation:
        store.keep_built(generation)
    path = store.built_file(tmp_path)
    assert path is not None
    assert path.read_bytes() == b"built"
    assert path.parent.name == store.current_version(tmp_path)

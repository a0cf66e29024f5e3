"""Copies of the newest generation for replicas: whole, durable, and gone when nobody reads them."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import os
from pathlib import Path

import pyoxigraph as ox
import pytest

import kg.publish
from kg.errors import LockedError, ReplicaError, StoreError
from kg.index.build import build_index
from kg.index.opened import has_index
from kg.lock import write_lock
from kg.publish import publish
from kg.store import current_version, new_generation, open_snapshot
from kg.writing import Update, perform

NAME = ox.NamedNode("http://schema.org/name")


def write(data: Path, name: str, *, index: bool = True) -> None:
    """Publish a generation of one quad, with an index unless it is to be made later."""
    with write_lock(data), new_generation(data) as generation:
        generation.store.clear()
        generation.store.add(ox.Quad(ox.NamedNode("http://example.org/a"), NAME, ox.Literal(name)))
    if index:
        snapshot = open_snapshot(data)
        build_index(snapshot.store, snapshot.path.parent)


def write_dumps(data: Path, text: str) -> None:
    folder = data / "dumps"
    folder.mkdir(exist_ok=True)
    for name, content in (
        ("aidgraph.nt.gz", text),
        ("SHA256SUMS", hashlib.sha256(text.encode()).hexdigest()),
        ("build.json", json.dumps({"version": current_version(data)})),
    ):
        new = folder / f"{name}.new"
        new.write_text(content)
        new.replace(folder / name)


def names(data: Path) -> list[str]:
    return [quad.object.value for quad in open_snapshot(data).store.quads_for_pattern(None, None, None)]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    write(tmp_path / "data", "first")
    return tmp_path / "data"


@pytest.fixture
def to(tmp_path: Path) -> Path:
    return tmp_path / "to" / "replica"


@pytest.fixture(params=["links", "copies"])
def any_disk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """One file system, and two."""
    link = os.link

    def refuse(source: Path, target: Path) -> None:
        if "replica" in str(target):
            raise OSError(errno.EXDEV, "another file system")
        link(source, target)

    if request.param == "copies":
        monkeypatch.setattr(kg.publish.os, "link", refuse)


@pytest.mark.usefixtures("any_disk")
def test_published_folder_holds_the_same_graph_index_and_version(data: Path, to: Path) -> None:
    done = publish(data, to)
    assert (done.is_new, bool(done.linked), bool(done.copied)) in [(True, True, False), (True, False, True)]
    assert (names(to), current_version(to)) == (["first"], current_version(data))
    assert has_index(to / "stores" / done.version)


def test_index_that_is_not_there_yet_is_made(tmp_path: Path, to: Path) -> None:
    write(tmp_path / "data", "first", index=False)
    assert has_index(to / "stores" / publish(tmp_path / "data", to).version)


def test_time_of_the_version_is_the_same_everywhere(data: Path, to: Path) -> None:
    version = publish(data, to).version
    times = {(folder / "stores" / version / "readers").stat().st_mtime_ns for folder in (data, to)}
    assert len(times) == 1


def test_version_that_is_there_is_not_copied_again(data: Path, to: Path) -> None:
    publish(data, to)
    done = publish(data, to)
    assert (done.is_new, done.linked, done.copied) == (False, 0, 0)


@pytest.mark.usefixtures("any_disk")
def test_dumps_are_swapped_with_the_store_and_later_ones_alone(data: Path, to: Path) -> None:
    write_dumps(data, "one")
    assert publish(data, to).has_dumps
    write(data, "second")
    write_dumps(data, "two")
    assert (to / "dumps" / "aidgraph.nt.gz").read_text() == "one"
    publish(data, to)
    assert (to / "dumps" / "aidgraph.nt.gz").read_text() == "two"
    write_dumps(data, "three")
    publish(data, to)
    assert (to / "dumps" / "aidgraph.nt.gz").read_text() == "three"


def test_dumps_that_are_being_replaced_are_not_copied(data: Path, to: Path) -> None:
    write_dumps(data, "one")
    (data / "dumps" / "build.json").unlink()  # goes first and comes last
    assert not publish(data, to).has_dumps
    assert not (to / "dumps").exists()


def test_replaced_dumps_go_one_publishing_later(data: Path, to: Path) -> None:
    for text in ("one", "two", "three"):
        write_dumps(data, text)
        version = publish(data, to).version
    kept = {(one / "aidgraph.nt.gz").read_text() for one in (to / "stores" / version).glob("dumps-*")}
    assert kept == {"two", "three"}


def test_old_versions_go_but_for_the_last_and_those_that_are_read(data: Path, to: Path) -> None:
    publish(data, to)
    held, versions = open_snapshot(to), [current_version(to)]
    for name in ("second", "third", "fourth"):
        write(data, name)
        versions.append(publish(data, to).version)
    assert {one.name for one in (to / "stores").iterdir()} == {versions[0], *versions[2:]}
    assert next(iter(held.store)).object.value == "first"
    del held
    assert publish(data, to).removed == (versions[0],)


def test_reader_of_a_copy_does_not_hold_the_original(data: Path, to: Path) -> None:
    publish(data, to)
    held = open_snapshot(to)
    for name in ("second", "third"):
        write(data, name)
    assert not (data / "stores" / held.version).exists()


def test_replica_refuses_writers(data: Path, to: Path) -> None:
    publish(data, to)
    with pytest.raises(ReplicaError, match="only reads"):
        perform(to, Update("INSERT DATA { <http://a> <http://b> 1 }", ""))
    assert names(to) == ["first"]


def test_replica_can_be_published_from(data: Path, to: Path, tmp_path: Path) -> None:
    write_dumps(data, "one")
    publish(data, to)
    publish(to, tmp_path / "next")
    assert names(tmp_path / "next") == ["first"]
    assert (tmp_path / "next" / "dumps" / "aidgraph.nt.gz").read_text() == "one"


@pytest.mark.parametrize("place", ["data", "other", "file"])
def test_folder_that_holds_something_else_is_refused(data: Path, tmp_path: Path, place: str) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.txt").write_text("Dear")
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match=r"another one|not empty"):
        publish(data, tmp_path / place)
    assert (tmp_path / "other" / "letter.txt").read_text() == "Dear"


def test_two_do_not_publish_at_once(data: Path, to: Path) -> None:
    publish(data, to)
    with (to / "lock").open("r+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(LockedError):
            publish(data, to)


@pytest.mark.parametrize("step", range(12))
def test_fault_at_any_step_leaves_the_old_version_and_the_next_try_works(
    data: Path, to: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    publish(data, to)
    write(data, "second")
    write_dumps(data, "two")
    left, real = step, os.fsync

    def fail(file: int) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(file)

    with monkeypatch.context() as patched:
        patched.setattr(kg.publish.os, "fsync", fail)
        with pytest.raises(StoreError, match="No space left"):
            publish(data, to)
    assert names(to) == ["first"]
    publish(data, to)
    assert (names(to), list((to / "stores").rglob("part-*"))) == (["second"], [])
    assert (to / "dumps" / "aidgraph.nt.gz").read_text() == "two"

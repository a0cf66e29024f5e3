"""Ledger and store when a build dies between the two, when the ledger is lost, and in a folder of version 0.5."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec
import pyoxigraph as ox
import pytest

from kg import store as stores
from kg.confirm.files import NO_LINKS
from kg.ledger.opened import read_mark
from kg.ledger.run import Updated, update_graph
from kg.lock import write_lock
from kg.merge.events import merge_readings
from kg.quadfile import quad_lines, sorted_lines, write_lines
from kg.rdf.iris import Iris
from kg.rdf.quads import common_quads, reading_quads
from kg.readings import Origin, open_readings
from kg.records import Article, Entity, Reading, Report, Span
from kg.store import built_file, current_version, keep_built, new_generation, open_snapshot

BASE = "http://example.org/"
OTHER = ox.Quad(ox.NamedNode("http://x/a"), ox.NamedNode("http://x/b"), ox.BlankNode("c"), ox.NamedNode("http://x/g"))


class KilledError(BaseException):
    """Stands for SIGKILL: nothing that the build would still do in Python is done, as each test sees to."""


def reading(identifier: str, donor: str, recipient: str) -> Reading:
    keys = (f"country/{donor}", f"country/{recipient}")
    report = Report("pledged", "asserted", (Span(0, 5),), keys[:1], keys[1:])
    entities = tuple(Entity(key, "country", key[8:].title()) for key in keys)
    return Reading(Article(identifier, "0" * 64, "text of it", "text", ()), entities=entities, reports=(report,))


ONE, TWO, CHANGED = reading("one", "a", "b"), reading("two", "a", "b"), reading("one", "c", "b")


def build(data: Path, *put: Reading, remove: str | None = None) -> Updated:
    with write_lock(data), open_readings(data, "rules") as readings:
        for one in put:
            readings.put(Origin(one.article.id, one.article.id, "p", "", "s", "f"), one)
        if remove:
            readings.remove(remove)
        return update_graph(data, readings, BASE, NO_LINKS, lambda *_: None)


def wanted(*readings: Reading) -> set[ox.Quad]:
    """What a build from nothing stands for."""
    merged, iris = merge_readings(readings), Iris(BASE)
    return {*common_quads(merged, iris), *(quad for one in readings for quad in reading_quads(one, merged, iris))}


def stored(data: Path) -> set[ox.Quad]:
    return set(open_snapshot(data).store)


def write_beside(data: Path, *added: ox.Quad, removed: ox.Quad | None = None) -> None:
    with write_lock(data), new_generation(data) as generation:
        generation.store.extend(added)
        if removed:
            generation.store.remove(removed)
        keep_built(generation)


def ledgers(data: Path) -> list[Path]:
    return sorted((data / "ledger").glob("*.sqlite"))


def die(*_: object) -> None:
    raise KilledError


def test_build_that_died_before_publishing_is_taken_back_and_done_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path, ONE, TWO)
    monkeypatch.setattr(stores, "_publish", die)
    with pytest.raises(KilledError):
        build(tmp_path, CHANGED, remove="two")
    assert stored(tmp_path) == wanted(ONE, TWO)
    monkeypatch.undo()
    write_beside(tmp_path, OTHER)
    build(tmp_path, reading("three", "a", "b"))
    assert stored(tmp_path) == wanted(CHANGED, reading("three", "a", "b")) | {OTHER}
    build(tmp_path, TWO, remove="three")
    assert stored(tmp_path) == wanted(CHANGED, TWO) | {OTHER}


def test_first_build_that_died_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stores, "_publish", die)
    with pytest.raises(KilledError):
        build(tmp_path, ONE)
    assert current_version(tmp_path) is None
    monkeypatch.undo()
    build(tmp_path)
    assert stored(tmp_path) == wanted(ONE)
    assert len(ledgers(tmp_path)) == 1


def test_build_that_died_after_publishing_does_nothing_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(tmp_path, ONE)
    monkeypatch.setattr("kg.readings.Readings.settle", die)
    with pytest.raises(KilledError):
        build(tmp_path, TWO)
    assert stored(tmp_path) == wanted(ONE, TWO)
    monkeypatch.undo()
    version = current_version(tmp_path)
    assert not build(tmp_path).change
    assert current_version(tmp_path) == version


@pytest.mark.parametrize("stage", ["merge_units", "name_events", "choose_entities"])
def test_build_that_died_while_merging_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    build(tmp_path, ONE, TWO)
    monkeypatch.setattr(f"kg.ledger.run.{stage}", die)
    with pytest.raises(KilledError):
        build(tmp_path, CHANGED)
    monkeypatch.undo()
    build(tmp_path)
    assert stored(tmp_path) == wanted(CHANGED, TWO)


@pytest.mark.parametrize("fault", ["gone", "damaged", "of another state"])
def test_ledger_that_is_no_use_is_made_anew_and_what_others_wrote_stays(tmp_path: Path, fault: str) -> None:
    build(tmp_path, ONE, TWO)
    (old,) = ledgers(tmp_path)
    kept = tmp_path / "kept"
    shutil.copy(old, kept)
    build(tmp_path, CHANGED)
    write_beside(tmp_path, OTHER)
    if fault == "gone":
        old.unlink()
    elif fault == "damaged":
        old.write_bytes(b"no database at all, but long enough to be one" * 99)
    else:
        shutil.copy(kept, old)
    build(tmp_path, remove="two")
    assert without_blank_names(stored(tmp_path)) == without_blank_names(wanted(CHANGED) | {OTHER})
    build(tmp_path, TWO)
    assert stored(tmp_path) >= wanted(CHANGED, TWO)


def without_blank_names(quads: set[ox.Quad]) -> set[str]:
    return {str(quad) if not isinstance(quad.object, ox.BlankNode) else str(quad.subject) for quad in quads}


def test_state_of_a_store_that_was_put_back_is_seen(tmp_path: Path) -> None:
    """The whole data folder as it was, but for the ledger, which has gone on."""
    build(tmp_path, ONE)
    for name in ("stores", "readings.sqlite"):
        (shutil.copytree if name == "stores" else shutil.copy)(tmp_path / name, tmp_path / f"old-{name}")
    target = (tmp_path / "store").readlink()
    build(tmp_path, TWO)
    build(tmp_path, CHANGED)
    shutil.rmtree(tmp_path / "stores")
    (tmp_path / "old-stores").rename(tmp_path / "stores")
    (tmp_path / "old-readings.sqlite").replace(tmp_path / "readings.sqlite")
    (tmp_path / "store").unlink()
    (tmp_path / "store").symlink_to(target)
    build(tmp_path)
    assert stored(tmp_path) == wanted(ONE)


def make_folder_of_version_0_5(data: Path, *readings: Reading, alone: bool) -> None:
    """What version 0.5 left: readings in one table without lines, and beside the store what the builder wrote."""
    with write_lock(data), new_generation(data) as generation:
        generation.store.extend(wanted(*readings))
        write_lines(generation.built.with_name("built.nq.gz"), sorted_lines(quad_lines(wanted(*readings))))
        if alone:
            stores.tell_alone(generation)
    with closing(sqlite3.connect(data / "readings.sqlite")) as old, old:
        old.execute(
            "CREATE TABLE reading (id TEXT PRIMARY KEY, slug TEXT NOT NULL UNIQUE, path TEXT NOT NULL, root TEXT NOT"
            " NULL, sha256 TEXT NOT NULL, fingerprint TEXT NOT NULL, content BLOB NOT NULL) STRICT"
        )
        for one in readings:
            row = (one.article.id, one.article.id, "p", "", "s", "f", msgspec.json.encode(one))
            old.execute("INSERT INTO reading VALUES (?, ?, ?, ?, ?, ?, ?)", row)


def test_folder_of_version_0_5_is_built_on_without_reading_again(tmp_path: Path) -> None:
    make_folder_of_version_0_5(tmp_path, ONE, TWO, alone=True)
    build(tmp_path, remove="two")
    assert stored(tmp_path) == wanted(ONE)
    assert read_mark(built_file(tmp_path)) is not None
    build(tmp_path, CHANGED)
    assert stored(tmp_path) == wanted(CHANGED)


def test_what_others_did_to_a_folder_of_version_0_5_stays(tmp_path: Path) -> None:
    make_folder_of_version_0_5(tmp_path, ONE, TWO, alone=False)
    in_a_graph_of_ours = ox.Quad(OTHER.subject, OTHER.predicate, OTHER.subject, ox.NamedNode(f"{BASE}id/article/one"))
    gone = min(wanted(ONE, TWO), key=str)
    write_beside(tmp_path, OTHER, in_a_graph_of_ours, removed=gone)
    with write_lock(tmp_path), new_generation(tmp_path) as generation:
        generation.store.add_graph(ox.NamedNode("http://x/empty"))
        keep_built(generation)
    build(tmp_path, CHANGED)
    kept = {OTHER, in_a_graph_of_ours}
    assert stored(tmp_path) == (wanted(CHANGED, TWO) | kept) - {gone}
    assert open_snapshot(tmp_path).store.contains_named_graph(ox.NamedNode("http://x/empty"))
    write_beside(tmp_path)
    build(tmp_path, remove="two")
    assert stored(tmp_path) == (wanted(CHANGED) | kept) - {gone}

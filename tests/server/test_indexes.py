"""The index of a request: made where it is missing, of the version that is read, and closed in time."""

from __future__ import annotations

import signal
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg.errors import MissingError, NotReadyError, StoreError
from kg.index import making
from kg.index.build import FILE
from kg.index.opened import counts_of, has_index
from kg.settings import Settings
from kg.store import Snapshot, open_snapshot
from kg.writing import Update, perform
from server import indexes as module
from server import makers, site
from server.app import create_app
from server.indexes import Indexes

HEADERS = {"Authorization": "Bearer secret", "Content-Type": "application/sparql-update"}


def insert(number: int) -> str:
    return f"INSERT DATA {{ <http://x/{number}> a <http://schema.org/Country> ; <http://schema.org/name> '{number}' }}"


def open_indexes(data: Path) -> int:
    """How many indexes of a data folder this process has open, deleted ones included."""
    found = (file.readlink() for file in Path("/proc/self/fd").iterdir() if file.is_symlink())
    return sum(path.is_relative_to(data) and path.name.startswith(FILE) for path in found)


@pytest.fixture
def snapshot(tmp_path: Path, publish: Any) -> Snapshot:
    publish(tmp_path)
    return open_snapshot(tmp_path)


@pytest.fixture
def indexes() -> Iterator[Indexes]:
    indexes = Indexes()
    yield indexes
    indexes.close()


def test_index_is_that_of_the_requests_snapshot(tmp_path: Path, publish: Any) -> None:
    publish(tmp_path)
    app = create_app(Settings(data=tmp_path))
    with app.app_context():
        before = site.counts()["triples"]
        assert site.index() is site.index()
        publish(tmp_path, ox.Quad(ox.NamedNode("http://x/a"), ox.NamedNode("http://x/b"), ox.Literal("new")))
        assert site.counts()["triples"] == before
    with app.app_context():
        assert site.counts()["triples"] == before + 1


def test_write_is_listed_at_once(tmp_path: Path, publish: Any) -> None:
    publish(tmp_path)
    client = create_app(Settings(data=tmp_path, token="secret")).test_client()
    client.get("/")
    assert client.post("/update", data=insert(1), headers=HEADERS).status_code == 204
    with client.application.app_context():
        names = site.index().execute("SELECT name FROM thing WHERE kind = 'country'").fetchall()
    assert "1" in {name for (name,) in names}


def test_connections_of_old_versions_are_closed(tmp_path: Path) -> None:
    app = create_app(Settings(data=tmp_path))
    for number in range(50):
        perform(tmp_path, Update(insert(number), "http://x/"))
        with app.app_context():
            assert site.counts()["countries"] == number + 1
    assert open_indexes(tmp_path) == 1


def test_connection_serves_one_request_at_a_time(indexes: Indexes, snapshot: Snapshot) -> None:
    first, second = indexes.take(snapshot), indexes.take(snapshot)
    assert first is not second
    indexes.give_back(snapshot, first)
    assert indexes.take(snapshot) is first
    indexes.give_back(snapshot, first)
    indexes.give_back(snapshot, second)


def test_connection_that_outlives_its_version_is_closed_when_given_back(
    indexes: Indexes, tmp_path: Path, publish: Any
) -> None:
    publish(tmp_path)
    old = open_snapshot(tmp_path)
    kept = indexes.take(old)
    publish(tmp_path, ox.Quad(ox.NamedNode("http://x/a"), ox.NamedNode("http://x/b"), ox.Literal("new")))
    new = open_snapshot(tmp_path)
    indexes.give_back(new, indexes.take(new))
    assert counts_of(indexes.take(new))["triples"] == counts_of(kept)["triples"] + 1
    indexes.give_back(old, kept)
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        kept.execute("SELECT 1")


def test_many_threads_have_one_index_made(
    indexes: Indexes, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Path] = []
    build = module.build_index
    monkeypatch.setattr(module, "build_index", lambda store, folder: (made.append(folder), build(store, folder)))
    threads = [
        threading.Thread(target=lambda: indexes.give_back(snapshot, indexes.take(snapshot)))
        for _ in range(module.WAITING)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1


def test_large_index_is_made_by_another_process(
    indexes: Indexes, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "SMALL", 0)
    monkeypatch.setattr(module, "build_index", lambda *_: pytest.fail("made here"))
    indexes.give_back(snapshot, indexes.take(snapshot))
    assert has_index(snapshot.path.parent)


def test_killed_maker_is_replaced(indexes: Indexes, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "SMALL", 0)
    started: list[int] = []

    def start(folder: Path) -> Any:
        maker = making.start_making(folder)
        if not started:
            maker.send_signal(signal.SIGKILL)
        started.append(maker.pid)
        return maker

    monkeypatch.setattr(makers, "start_making", start)
    indexes.give_back(snapshot, indexes.take(snapshot))
    assert len(started) == 2


def test_index_that_is_not_made_in_time_is_a_problem_for_now(
    tmp_path: Path, publish: Any, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    publish(tmp_path)
    monkeypatch.setattr(making, "SMALL", 0)
    monkeypatch.setattr(module, "PATIENCE", 0.0)
    app = create_app(Settings(data=tmp_path))
    request.addfinalizer(app.extensions["aidgraph"].indexes.close)
    response = app.test_client().get("/", headers={"Accept": "application/problem+json"})
    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
    assert "try again" in response.json["detail"]


def test_index_that_cannot_be_made_says_why(
    indexes: Indexes, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "SMALL", 0)
    (snapshot.path.parent / FILE).mkdir()
    with pytest.raises(StoreError, match="cannot be made") as raised:
        indexes.take(snapshot)
    assert not isinstance(raised.value, NotReadyError)


def test_index_of_a_graph_that_is_away_is_not_waited_for(
    indexes: Indexes, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "SMALL", 0)
    folder = snapshot.path.parent
    folder.rename(folder.with_name("away"))
    with pytest.raises(MissingError):
        indexes.take(snapshot)


def test_write_to_a_large_store_starts_the_making(
    tmp_path: Path, publish: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(tmp_path)
    monkeypatch.setattr(making, "SMALL", 0)
    started: list[Path] = []
    monkeypatch.setattr(makers, "start_newest", lambda data: started.append(data))
    client = create_app(Settings(data=tmp_path, token="secret")).test_client()
    client.post("/update", data=insert(1), headers=HEADERS)
    assert started == [tmp_path]
    client.delete("/graphs?graph=http://x/none", headers=HEADERS)
    assert started == [tmp_path]  # nothing was changed


def test_who_can_do_without_does_not_wait(
    indexes: Indexes, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "SMALL", 0)
    with pytest.raises(NotReadyError):
        indexes.take(snapshot, 0)
    indexes.give_back(snapshot, indexes.take(snapshot))  # it was started all the same


def test_some_threads_are_left_for_what_needs_no_index(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "SMALL", 0)
    monkeypatch.setattr(module, "WAITING", 1)
    begun, goes_on, indexes = threading.Event(), threading.Event(), Indexes()
    monkeypatch.setattr(makers.Makers, "wait", lambda *_: (begun.set(), goes_on.wait(60)))
    waiting = threading.Thread(target=indexes._ensure, args=(snapshot, 60.0))
    waiting.start()
    assert begun.wait(60)
    with pytest.raises(NotReadyError):
        indexes.take(snapshot)
    goes_on.set()
    waiting.join()

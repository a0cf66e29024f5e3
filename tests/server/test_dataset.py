"""One snapshot a process, replaced when a build publishes the next."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg.errors import StoreError
from kg.settings import Settings
from server.app import create_app
from server.dataset import Dataset

EXTRA = ox.Quad(ox.NamedNode("http://x/a"), ox.NamedNode("http://x/b"), ox.Literal("new"))


def test_snapshot_stays_the_same_until_a_build(tmp_path: Path, publish: Any) -> None:
    publish(tmp_path)
    dataset = Dataset(tmp_path)
    assert dataset.snapshot() is dataset.snapshot()


def test_snapshot_is_replaced_as_soon_as_there_is_a_new_one(tmp_path: Path, publish: Any) -> None:
    publish(tmp_path)
    dataset = Dataset(tmp_path)
    first = dataset.snapshot()
    publish(tmp_path, EXTRA)
    second = dataset.snapshot()
    assert second.version != first.version
    assert EXTRA in second.store
    assert EXTRA not in first.store  # a request that still runs keeps what it had


def test_snapshot_without_a_store_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="aidgraph build"):
        Dataset(tmp_path).snapshot()


def test_snapshot_of_a_store_that_is_away_is_none_until_it_is_back(tmp_path: Path, publish: Any) -> None:
    publish(tmp_path)
    dataset = Dataset(tmp_path)
    first = dataset.snapshot()
    (tmp_path / "store").rename(tmp_path / "away")
    with pytest.raises(StoreError, match="is not there"):
        dataset.snapshot()
    (tmp_path / "away").rename(tmp_path / "store")
    assert dataset.snapshot() is first


def test_snapshot_appears_once_it_is_built(tmp_path: Path, publish: Any) -> None:
    client = create_app(Settings(data=tmp_path)).test_client()
    assert client.get("/healthz").status_code == 503
    publish(tmp_path)
    assert client.get("/healthz").status_code == 200


def test_snapshot_is_opened_once_by_many_threads(tmp_path: Path, publish: Any) -> None:
    publish(tmp_path)
    dataset = Dataset(tmp_path)
    found: list[Any] = []
    threads = [threading.Thread(target=lambda: found.append(dataset.snapshot())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len({id(snapshot) for snapshot in found}) == 1


def test_remember_makes_once_a_version(tmp_path: Path, publish: Any) -> None:
    publish(tmp_path)
    made: list[int] = []
    dataset = Dataset(tmp_path)
    for _ in range(2):
        dataset.remember(dataset.snapshot(), "size", lambda snapshot: made.append(len(snapshot.store)))
    publish(tmp_path, EXTRA)
    dataset.remember(dataset.snapshot(), "size", lambda snapshot: made.append(len(snapshot.store)))
    assert len(made) == 2
    assert made[1] == made[0] + 1

"""Versions that are served no longer are let go: a store holds twenty files open, and writes make new ones all day."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from kg.settings import Settings
from server.app import create_app

ROUNDS = 3
PATHS = (
    "/", "/events", "/articles", "/entities", "/map", "/timeline", "/search?q=italy", "/search.json?q=italy", "/dumps/",
    "/page/country/italy", "/page/article/000-0888dd242fe82e2b", "/data/country/italy.ttl",
    "/data/country/italy.jsonld",
    "/fragments?subject=https://w3id.org/aidgraph/id/country/italy", "/graphs?default", "/page/scheme/phase/delivered",
    "/reconcile?queries=%7B%22q0%22%3A%7B%22query%22%3A%22Italy%22%7D%7D", "/feed.atom", "/.well-known/void",
)  # fmt: skip


def open_versions(data: Path) -> set[str]:
    """The generations of which this process has files of the store open."""
    found = set[str]()
    for entry in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # it was closed since, or is the folder itself
            target = entry.readlink()
            if target.is_relative_to(data) and target.parent.name == "rocksdb":
                found.add(target.parent.parent.name)
    return found


@pytest.fixture
def without_collector() -> Iterator[None]:
    """The server lets Python look for rings so seldom that a ring with a store in it is as good as a leak."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("without_collector")
@pytest.mark.parametrize("path", PATHS)
def test_page_keeps_no_store_but_the_newest_and_its_own(
    tmp_path: Path, publish: Callable[..., None], path: str
) -> None:
    client = create_app(Settings(data=tmp_path)).test_client()
    for _ in range(ROUNDS):
        publish(tmp_path)
        with client.get(path, headers={"Accept": "text/html, text/turtle;q=0.5, */*;q=0.1"}) as answer:
            assert answer.status_code == 200, answer.text
            assert answer.data
    assert 1 <= len(open_versions(tmp_path)) <= 2

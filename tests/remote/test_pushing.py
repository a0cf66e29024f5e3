"""A build is published in a store elsewhere: all of it, then differences, also after it was broken off."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest
from backends import PASSWORD, oxigraph, settings_for
from flaky import flaky

from kg.errors import BackendError
from kg.lock import write_lock
from kg.remote import plan, pushing
from kg.remote.pushing import push
from kg.settings import Settings
from kg.store import new_generation, open_snapshot

ARTICLE = ox.NamedNode("http://example.org/article")
QUADS = [
    ox.Quad(ox.NamedNode(f"http://example.org/{number}"), ARTICLE, ox.Literal(f'“{number}”\n\\ "'), graph)
    for number in range(40)
    for graph in (ox.DefaultGraph(), ox.NamedNode(f"http://example.org/g{number % 3}"))
]


def build(data: Path, quads: list[ox.Quad]) -> None:
    """A new generation of these quads and no others."""
    with write_lock(data), new_generation(data) as generation:
        generation.store.clear()
        generation.store.extend(quads)


def held(settings: Settings) -> set[ox.Quad]:
    """What the store elsewhere holds, without graphs of its own."""
    store = open_snapshot(settings.data / "remote").store
    return {quad for quad in store if "example.org" in str(quad)}


def test_build_is_published_whole_and_then_by_its_differences(empty: Settings) -> None:
    build(empty.data, QUADS)
    assert push(empty).added == len(QUADS)
    assert held(empty) == set(QUADS)
    build(empty.data, QUADS[10:])
    done = push(empty)
    assert (done.added, done.removed) == (0, 10)
    assert held(empty) == set(QUADS[10:])


def test_nothing_new_is_no_request_and_no_version(empty: Settings) -> None:
    build(empty.data, QUADS)
    push(empty)
    version = open_snapshot(empty.data / "remote").version
    assert push(empty).requests == 0
    assert open_snapshot(empty.data / "remote").version == version


def test_credentials_are_in_no_file(empty: Settings) -> None:
    build(empty.data, QUADS)
    push(empty)
    files = [path for path in empty.data.rglob("*") if path.is_file()]
    assert len(files) > 5
    assert not [path for path in files if PASSWORD.encode() in path.read_bytes()]


def test_push_that_was_broken_off_goes_on_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan, "LINES", 10)
    with oxigraph(tmp_path) as given, flaky(given["store"]) as proxy:
        address = f"http://127.0.0.1:{proxy.server_port}/query"
        settings = Settings(data=tmp_path / "data", store=address, store_retries=0)
        build(settings.data, QUADS)
        proxy.faults += ["ok", "ok", "reset"]
        with pytest.raises(BackendError):
            push(settings)
        proxy.seen.clear()
        build(settings.data, QUADS[:70])
        push(settings)
        assert held(settings) == set(QUADS[:70])


def test_reader_never_sees_half_an_article(tmp_path: Path, gold_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After each request an article's graph is there whole or not, and with it all of its facts."""
    monkeypatch.setattr(plan, "LINES", 100)
    data = tmp_path / "data"
    shutil.copytree(gold_data, data, symlinks=True)
    built = open_snapshot(data).store
    due = {graph: set(built.quads_for_pattern(None, None, None, graph)) for graph in built.named_graphs()}
    seen: list[int] = []
    model = ox.Store()

    def carry_out(self: object, text: str, *, may_repeat: bool) -> None:
        model.update(text)
        for graph, quads in due.items():
            there = set(model.quads_for_pattern(None, None, None, graph))
            assert there in (set(), quads)
            assert all(ox.Quad(*quad.triple, ox.DefaultGraph()) in model for quad in there)
        seen.append(len(model))

    monkeypatch.setattr(pushing.Client, "update", carry_out)
    monkeypatch.setattr(pushing, "look", lambda *_, **__: True)
    push(settings_for(data, {"store": "http://127.0.0.1:9/query"}))
    assert len(seen) > 3
    assert set(model) == set(built)


def test_what_others_wrote_is_left_alone(empty: Settings) -> None:
    other = ox.Quad(ARTICLE, ARTICLE, ox.Literal("other"), ox.NamedNode("http://example.org/other"))
    build(empty.data, [*QUADS, other])
    push(empty)
    shutil.rmtree(empty.data / "remote" / "pushed")
    build(empty.data, QUADS[:2])
    push(empty)
    assert held(empty) == {*QUADS, other}

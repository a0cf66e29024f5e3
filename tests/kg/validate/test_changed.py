"""What a build changed is validated the same in one process and in several."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg.errors import DataError
from kg.formats import prefixes_for
from kg.quadfile import quad_lines
from kg.settings import Settings
from kg.store import Snapshot, new_generation, open_snapshot
from kg.validate import changed, check, validate_changed, validate_graphs
from kg.workers import Lost

SPOILING = "DELETE {{ ?o aid:qualifier ?q }} WHERE {{ GRAPH <{0}> {{ ?o aid:qualifier ?q }} ?o aid:qualifier ?q }}"


@pytest.fixture
def snapshot(gold_quads: frozenset[ox.Quad], tmp_path: Path) -> Snapshot:
    """The seeds, published without something that each of their figures needs."""
    with new_generation(tmp_path) as generation:
        generation.store.bulk_load(b"".join(quad_lines(gold_quads)), ox.RdfFormat.N_QUADS)
        for graph in names(generation.store):
            for where in (f"WITH <{graph}> ", ""):
                generation.store.update(where + SPOILING.format(graph), prefixes=prefixes_for(Settings().base))
    return open_snapshot(tmp_path)


def names(store: ox.Store) -> list[str]:
    return [graph.value for graph in store.named_graphs() if isinstance(graph, ox.NamedNode)]


def test_findings_do_not_depend_on_processes_or_parts(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = validate_graphs(snapshot.store, names(snapshot.store))
    monkeypatch.setitem(check.ARTICLES_AT_ONCE, "fast", 1)
    told: list[tuple[int, int]] = []
    found = [
        validate_changed(snapshot, names(snapshot.store), jobs=jobs, tell=lambda *one: told.append(one))
        for jobs in (1, 2)
    ]
    assert found[0] == found[1]
    assert set(found[0]) == set(whole)
    assert len({finding.article for finding in whole}) == 2
    assert told == [(0, 2), (1, 2), (2, 2)] * 2


def test_graph_that_ends_its_process_is_named(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    def lose(chunks: Any, *_: object, **__: object) -> Iterator[tuple[Any, Lost]]:
        yield next(iter(chunks)), Lost("the process ended")

    monkeypatch.setattr(changed, "spread", lose)
    monkeypatch.setitem(check.ARTICLES_AT_ONCE, "fast", 1)
    with pytest.raises(DataError, match=r"id/article/000.*: cannot be validated: the process ended"):
        validate_changed(snapshot, names(snapshot.store), jobs=2, tell=lambda *_: None)


def test_nothing_changed_is_nothing_to_validate(snapshot: Snapshot) -> None:
    assert validate_changed(snapshot, [], jobs=2, tell=lambda *_: None) == ()

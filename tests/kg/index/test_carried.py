"""Which index a write leaves beside its generation: its own, or an older one until that is made."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.index.build import FILE, OLDER, build_index
from kg.store import current_version, open_snapshot
from kg.writing import DeleteGraph, Payload, PutGraph, Update, Write, perform

UPDATE = Update("INSERT DATA { <http://x/a> <http://x/b> 1 }", "http://x/")


def beside(data: Path) -> set[str]:
    """The indexes of the newest generation."""
    folder = data / "stores" / (current_version(data) or "")
    return {name for name in (FILE, OLDER) if (folder / name).exists()}


@pytest.fixture
def put(tmp_path: Path) -> PutGraph:
    (tmp_path / "graph.nt").write_text("<http://x/a> <http://x/b> <http://x/c> .\n")
    return PutGraph("http://x/g", (Payload(tmp_path / "graph.nt", "nt"),), replace=True, base_iri="http://x/")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder whose newest generation has its own index."""
    perform(tmp_path / "data", UPDATE)
    snapshot = open_snapshot(tmp_path / "data")
    build_index(snapshot.store, snapshot.path.parent)
    return tmp_path / "data"


def test_write_to_a_named_graph_keeps_the_index(data: Path, put: PutGraph) -> None:
    perform(data, put)
    assert beside(data) == {FILE}


@pytest.mark.parametrize("after", ["put", "delete", "update"])
def test_any_write_keeps_the_older_index_until_there_is_a_new_one(data: Path, put: PutGraph, after: str) -> None:
    writes: dict[str, tuple[Write, ...]] = {
        "put": (UPDATE, put, put), "delete": (UPDATE, put, DeleteGraph("http://x/g")), "update": (UPDATE, UPDATE),
    }  # fmt: skip
    for write in writes[after]:
        perform(data, write)
        if write is not writes[after][-1]:
            assert FILE not in beside(data)
    assert beside(data) == {OLDER}

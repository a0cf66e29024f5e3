"""What a build changes in the store, and what it leaves alone."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import changes
from kg.changes import write_difference
from kg.loading import load_files
from kg.quadfile import open_lines, quad_lines
from kg.store import current_version, open_snapshot, whole_file, write_lock


def quad(number: int, graph: str | None = None) -> ox.Quad:
    node = ox.NamedNode(f"http://example.org/{number}")
    return ox.Quad(node, node, ox.Literal(number), ox.NamedNode(f"http://example.org/{graph}") if graph else None)


def build(data: Path, *quads: ox.Quad) -> changes.Change:
    with write_lock(data):
        return write_difference(data, quad_lines(quads))


def stored(data: Path) -> set[ox.Quad]:
    return set(open_snapshot(data).store)


NUMBERS = st.frozensets(st.integers(0, 9))


@settings(max_examples=6, deadline=None)  # each makes several stores on disk
@given(builds=st.lists(NUMBERS, min_size=2, max_size=4), loaded=st.frozensets(st.integers(10, 13), min_size=1))
def test_last_build_and_what_was_loaded_is_what_stands(builds: list[frozenset[int]], loaded: frozenset[int]) -> None:
    with TemporaryDirectory() as folder:
        data = Path(folder, "data")
        build(data, *map(quad, builds[0]))
        file = Path(folder, "loaded.nq")
        file.write_bytes(b"".join(quad_lines(map(quad, loaded))))
        load_files(data, [file])
        for numbers in builds[1:]:
            build(data, *map(quad, numbers))
        assert stored(data) == {quad(number) for number in builds[-1] | loaded}


def test_same_quads_make_no_new_generation(tmp_path: Path) -> None:
    assert build(tmp_path, quad(1), quad(2))
    version = current_version(tmp_path)
    assert not build(tmp_path, quad(2), quad(1), quad(1))
    assert current_version(tmp_path) == version
    assert sorted(path.name for path in tmp_path.iterdir()) == ["lock", "store", "stores"]


def test_empty_build_still_makes_a_store(tmp_path: Path) -> None:
    build(tmp_path)
    assert stored(tmp_path) == set()


def test_change_says_what_it_did(tmp_path: Path) -> None:
    build(tmp_path, quad(1, "g"), quad(2, "h"), quad(3))
    change = build(tmp_path, quad(1, "g"), quad(4, "i"), quad(5, "i"), quad(3))
    assert (change.added, change.removed) == (2, 1)
    assert change.graphs == {"http://example.org/h", "http://example.org/i"}


def test_graph_without_quads_is_gone(tmp_path: Path) -> None:
    build(tmp_path, quad(1, "g"), quad(2, "h"))
    build(tmp_path, quad(1, "g"))
    assert [graph.value for graph in open_snapshot(tmp_path).store.named_graphs()] == ["http://example.org/g"]


def test_graph_that_others_write_to_stays(tmp_path: Path) -> None:
    build(tmp_path, quad(1, "g"))
    (tmp_path / "a.nq").write_bytes(b"".join(quad_lines([quad(2, "g")])))
    load_files(tmp_path, [tmp_path / "a.nq"])
    build(tmp_path)
    assert stored(tmp_path) == {quad(2, "g")}


def test_many_quads_go_in_in_bulk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "FEW_QUADS", 3)
    build(tmp_path, quad(0))
    assert build(tmp_path, *map(quad, range(10))).added == 9
    assert stored(tmp_path) == {quad(number) for number in range(10)}


def test_failed_build_leaves_no_files(tmp_path: Path) -> None:
    build(tmp_path, quad(1))
    with write_lock(tmp_path), pytest.raises(ZeroDivisionError):
        write_difference(tmp_path, (b"%d" % (1 // number) for number in (1, 0)))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["lock", "store", "stores"]
    assert stored(tmp_path) == {quad(1)}


def test_builders_file_is_the_whole_store_until_others_write(tmp_path: Path) -> None:
    build(tmp_path, quad(1, "g"), quad(2))
    build(tmp_path, quad(1, "g"), quad(3))
    kept = whole_file(open_snapshot(tmp_path))
    assert kept is not None
    with open_lines(kept) as lines:
        assert list(lines) == sorted(quad_lines(stored(tmp_path)))
    (tmp_path / "a.nq").write_bytes(b"".join(quad_lines([quad(4)])))
    load_files(tmp_path, [tmp_path / "a.nq"])
    build(tmp_path, quad(1, "g"))
    assert whole_file(open_snapshot(tmp_path)) is None

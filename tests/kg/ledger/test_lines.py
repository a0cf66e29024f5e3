"""The lines of a ledger are those of the store, as long as the builder alone wrote and the ledger stands as it did."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.confirm.files import NO_LINKS
from kg.dumps.lines import sort_graph, stored_pieces
from kg.ledger.lines import ledger_lines
from kg.ledger.run import rules_stamp, update_graph
from kg.lock import write_lock
from kg.quadfile import Piece
from kg.readings import Origin, open_readings
from kg.records import Reading
from kg.settings import Settings
from kg.store import Snapshot, open_snapshot
from kg.validate import changed, check, validate_changed
from kg.writing import Update, perform

BASE = Settings().base


def build(data: Path, readings: tuple[Reading, ...]) -> Snapshot:
    with write_lock(data), open_readings(data, rules_stamp(BASE)) as kept:
        for reading in readings:
            name = reading.article.id
            kept.put(Origin(name, name, f"{name}.txt", "", "0", "f"), reading)
        update_graph(data, kept, BASE, NO_LINKS, lambda *_: None)
    return open_snapshot(data)


def told(pieces: Iterable[Piece]) -> dict[str, set[bytes]]:
    graphs: dict[str, set[bytes]] = {}
    for piece in pieces:
        for graph in ("",) * piece.is_default + (piece.graph,) * (piece.graph is not None):
            graphs.setdefault(graph, set()).update(piece.lines.splitlines())
    return {graph: lines for graph, lines in graphs.items() if lines}


@pytest.fixture
def built(tmp_path: Path, gold_readings: tuple[Reading, ...]) -> Snapshot:
    return build(tmp_path / "data", gold_readings)


def test_lines_are_those_of_the_store(built: Snapshot) -> None:
    with ledger_lines(built) as kept:
        assert kept is not None
        assert told(kept.pieces()) == told(stored_pieces(built.store))
        assert kept.is_same()


def test_version_is_the_same_from_either(built: Snapshot, tmp_path: Path) -> None:
    of_ledger = sort_graph(built, tmp_path)
    of_store = sort_graph(replace(built, path=built.path.parent.parent / "none" / "rocksdb"), tmp_path)
    assert of_store == of_ledger


def test_ledger_cannot_tell_what_others_wrote(built: Snapshot) -> None:
    data = built.path.parents[2]
    perform(data, Update("INSERT DATA { <http://x/a> <http://x/b> 1 }", "http://x/"))
    with ledger_lines(open_snapshot(data)) as kept:
        assert kept is None


def test_ledger_that_went_on_is_noticed(built: Snapshot, gold_readings: tuple[Reading, ...]) -> None:
    data = built.path.parents[2]
    changed = replace(gold_readings[0], article=replace(gold_readings[0].article, headline="Another headline"))
    with ledger_lines(built) as kept:
        assert kept is not None
        build(data, (changed,))
        assert not kept.is_same()
    with ledger_lines(built) as kept:
        assert kept is None


@pytest.mark.parametrize(
    ("who", "from_store"), [("the builder alone", 0), ("others too", 2), ("a build in the middle of it", 1)]
)
def test_what_is_validated_is_read_from_the_ledger_where_that_tells_the_same(
    who: str, from_store: int, built: Snapshot, gold_readings: tuple[Reading, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    data, seen, stored = built.path.parents[2], list[bytes](), list[Sequence[str]]()

    def look(store: ox.Store) -> Callable[[Sequence[str]], bytes]:
        read = check.stored_lines(store)
        return lambda graphs: (stored.append(graphs), read(graphs))[1]

    def build_meanwhile(done: int, total: int) -> None:
        if who == "a build in the middle of it" and done == 1:
            article = replace(gold_readings[0].article, headline="Another headline")
            build(data, (replace(gold_readings[0], article=article),))

    monkeypatch.setattr(changed, "stored_lines", look)
    monkeypatch.setattr(changed, "validate_lines", lambda lines: seen.append(lines) or ())
    monkeypatch.setitem(check.ARTICLES_AT_ONCE, "fast", 1)
    if who == "others too":
        perform(data, Update("INSERT DATA { <http://x/a> <http://x/b> 1 }", "http://x/"))
    snapshot = open_snapshot(data)
    names = [graph.value for graph in snapshot.store.named_graphs() if "/id/article/" in str(graph)]
    assert validate_changed(snapshot, names, jobs=1, tell=build_meanwhile) == ()
    whole = [check.gather(snapshot.store, [name], check.stored_lines(snapshot.store)) for name in sorted(names)]
    assert [set(lines.splitlines()) for lines in seen] == [set(lines.splitlines()) for lines in whole]
    assert len(stored) == from_store

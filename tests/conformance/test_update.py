"""Update evaluation: after each of the suite's updates, all graphs are as expected."""

from __future__ import annotations

from pathlib import Path

from w3c.compare import difference
from w3c.data import Store, read_graphs
from w3c.manifest import Case, Graphs, published

ABOUT = "update"


def test_update_leaves_the_expected_graphs(case: Case, store: Store, suite: Path) -> None:
    assert case.request is not None
    assert isinstance(case.result, Graphs)
    store.hold(case.data)
    store.forget()
    update = f"BASE <{published(suite, case.request)}>\n".encode() + case.request.read_bytes()
    reply = store.target.change(update)
    assert 200 <= reply.status < 300, f"{update.decode()}\n{reply}"
    problem = difference(read_graphs(case.result, suite), store.read())
    assert not problem, f"{update.decode()}\n{problem}"

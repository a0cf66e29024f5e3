"""What a build changes in the store, and what it leaves alone."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

import pyoxigraph as ox
import pytest

from kg.changes import Changing
from kg.counts import Tally


class Edit(NamedTuple):
    """Lines that come and go."""

    graph: str | None
    added: bytes = b""
    removed: bytes = b""


class Said:
    """What the builder says whatever goes."""

    def __init__(self, *numbers: int) -> None:
        self._lines = set(map(line, numbers))

    def says(self, line: bytes, quad: ox.Quad, store: ox.Store) -> bool:
        return line in self._lines


def line(number: int) -> bytes:
    return f'<http://x/{number}> <http://x/p> "{number}" .\n'.encode()


def lines(*numbers: int) -> bytes:
    return b"".join(map(line, numbers))


def held(store: ox.Store, graph: str | None = None) -> set[int]:
    name = ox.DefaultGraph() if graph is None else ox.NamedNode(graph)
    found = store.quads_for_pattern(None, None, None, name)
    return {int(quad.object.value) for quad in found if isinstance(quad.object, ox.Literal)}


def change(
    store: ox.Store, *edits: Edit, said: Collection[int] = (), in_bulk: bool = False
) -> tuple[int, int, set[str]]:
    tally = Tally(store)
    graphs = Changing(store, tally).apply(edits, Said(*said), in_bulk=in_bulk)
    return tally.added, tally.removed, set(graphs)


@pytest.mark.parametrize("in_bulk", [False, True])
def test_lines_of_a_graph_stand_in_the_default_graph_too(in_bulk: bool) -> None:
    store = ox.Store()
    change(store, Edit("http://x/g", lines(1, 2)), Edit(None, lines(3)), in_bulk=in_bulk)
    assert held(store, "http://x/g") == {1, 2}
    assert held(store) == {1, 2, 3}


def test_change_counts_what_came_and_went_and_says_where() -> None:
    store = ox.Store()
    assert change(store, Edit("http://x/g", lines(1, 2))) == (4, 0, {"http://x/g"})
    assert change(store, Edit("http://x/g", lines(3), lines(2)), Edit("http://x/h", lines(1))) == (
        3, 2, {"http://x/g", "http://x/h"},
    )  # fmt: skip


def test_line_that_the_builder_still_says_stays_in_the_default_graph() -> None:
    store = ox.Store()
    change(store, Edit("http://x/g", lines(1, 2)))
    change(store, Edit("http://x/g", removed=lines(1, 2)), said=[2])
    assert held(store, "http://x/g") == set()
    assert held(store) == {2}


def test_graph_without_quads_is_gone_and_one_that_others_write_to_stays() -> None:
    store = ox.Store()
    change(store, Edit("http://x/g", lines(1)), Edit("http://x/h", lines(1)))
    store.add(
        ox.Quad(ox.NamedNode("http://x/9"), ox.NamedNode("http://x/p"), ox.Literal("9"), ox.NamedNode("http://x/h"))
    )
    change(store, Edit("http://x/g", removed=lines(1)), Edit("http://x/h", removed=lines(1)))
    assert [graph.value for graph in store.named_graphs() if isinstance(graph, ox.NamedNode)] == ["http://x/h"]
    assert held(store, "http://x/h") == {9}


def test_quads_that_are_there_already_are_not_counted() -> None:
    store = ox.Store()
    change(store, Edit(None, lines(1, 2)))
    assert change(store, Edit(None, lines(2, 3), lines(4))) == (1, 0, set())


def test_fault_in_the_making_of_lines_stops_a_load_in_bulk() -> None:
    def edits() -> Iterator[Edit]:
        yield Edit(None, lines(1))
        yield Edit(None, lines(1 // 0))

    with pytest.raises(ZeroDivisionError):
        Changing(store := ox.Store(), Tally(store)).apply(edits(), Said(), in_bulk=True)

"""Makes indexes of small graphs and opens them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import mkdtemp

import pyoxigraph as ox
import pytest

from kg.formats import PREFIXES
from kg.index.build import build_index
from kg.index.opened import open_index

Indexed = Callable[[str | ox.Store], sqlite3.Connection]
_HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items()) + "@prefix x: <http://x/> .\n"


@pytest.fixture
def indexed(tmp_path: Path) -> Iterator[Indexed]:
    """The index of a store, or of Turtle in which all our prefixes and ``x:`` are known."""
    opened: list[sqlite3.Connection] = []

    def make(graph: str | ox.Store) -> sqlite3.Connection:
        folder = Path(mkdtemp(dir=tmp_path))
        if isinstance(graph, str):
            store = ox.Store()
            store.load((_HEAD + graph).encode(), format=ox.RdfFormat.TURTLE)
        else:
            store = graph
        build_index(store, folder)
        opened.append(open_index(folder))
        return opened[-1]

    yield make
    for connection in opened:
        connection.close()

"""The quads of a store as sorted lines on disk, in the orders that the formats are written from.

Whatever is dumped is made from these files and never from the store itself, which would be read once for each format.
Their order makes dumps the same bytes whatever the order of loading, and groups Turtle by subject. Lines go through as
blocks, since a graph may have tens of millions: what costs a microsecond a line costs a minute.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, Protocol, cast

import pyoxigraph as ox

from kg.dumps.sorting import Sorter
from kg.ledger.lines import UNREADABLE, ledger_lines
from kg.store import Snapshot

_VERSION_DIGITS: Final = 16
_END: Final = b" .\n"


@dataclass(frozen=True, slots=True)
class SortedGraph:
    """Files of N-Quads lines: ``default`` of the default graph and ``every`` of all graphs, each in order; ``named`` of
    the named graphs, those of one graph together and in order. ``version`` is the beginning of the SHA-256 of all."""

    default: Path
    named: Path
    every: Path
    triples: int
    quads: int
    version: str


class Source(Protocol):
    """Where the lines of a whole store come from."""

    def default(self) -> Iterator[bytes]:
        """Lines of N-Triples in the default graph, some at a time, in any order; they may repeat."""
        ...

    def graphs(self) -> list[str]:
        """The named graphs as N-Quads writes them, in any order."""
        ...

    def lines(self, graph: str) -> bytes:
        """Lines of N-Triples in one of them, in any order."""
        ...


def sort_graph(snapshot: Snapshot, folder: Path) -> SortedGraph:
    """Sort all quads of a store into three files in a folder, whose they then are.

    The lines are those of the builder's ledger where that can tell them, and else those of the store.
    """
    with suppress(*UNREADABLE), ledger_lines(snapshot) as kept:  # the store tells the same, if more slowly
        if kept is not None:
            graph = _sort(kept, folder)
            if kept.is_same():  # else a build went on meanwhile
                return graph
    return _sort(StoreLines(snapshot.store), folder)


def _sort(source: Source, folder: Path) -> SortedGraph:
    """Sort into files, whatever they hold."""
    paths = folder / "default", folder / "named", folder / "every"
    with paths[0].open("w+b") as default, paths[1].open("wb") as named, paths[2].open("wb") as every:
        counted = _sort_into(source, default, named, every)
    return SortedGraph(*paths, *counted)


def _sort_into(source: Source, default: IO[bytes], named: IO[bytes], every: IO[bytes]) -> tuple[int, int, str]:
    """How many triples and quads there are, and their version."""
    digest, triples, quads = hashlib.sha256(), 0, 0
    with Sorter() as sorter:
        for lines in source.default():
            sorter.add(lines)
        for block in sorter.blocks():
            triples += len(block)
            default.write(b"".join(block))
    with Sorter() as sorter:
        for graph in sorted(source.graphs()):
            lines = _in_graph(source.lines(graph), graph)
            named.write(lines)
            sorter.add(lines)
        for block in sorter.blocks(default):
            quads += len(block)
            lines = b"".join(block)
            digest.update(lines)
            every.write(lines)
    return triples, quads, digest.hexdigest()[:_VERSION_DIGITS]


def _in_graph(lines: bytes, graph: str) -> bytes:
    """Lines of N-Triples in order, as lines of N-Quads; a line feed in a literal is written as an escape."""
    in_order = b"".join(dict.fromkeys(sorted(lines.splitlines(keepends=True))))
    return in_order.replace(_END, f" {graph}".encode() + _END)


class StoreLines:
    """The lines of a store. It looks each term up, some ten microseconds a quad, and more where it is not in memory."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._graphs = {str(graph): graph for graph in store.named_graphs()}

    def default(self) -> Iterator[bytes]:
        with tempfile.TemporaryFile() as file:
            self._store.dump(file, ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
            file.seek(0)
            while lines := file.read(1 << 20):
                yield lines + file.readline()

    def graphs(self) -> list[str]:
        return list(self._graphs)

    def lines(self, graph: str) -> bytes:
        return cast("bytes", self._store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=self._graphs[graph]))

"""The quads of a store as sorted lines on disk, in the orders that the formats are written from.

Whatever is dumped is made from these files and never from the store itself, which would be read once for each format.
Their order makes dumps the same bytes whatever the order of loading, and groups Turtle by subject. Lines go through as
blocks, since a graph may have tens of millions: what costs a microsecond a line costs a minute.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import cast

import pyoxigraph as ox

from kg.dumps.spool import SortedGraph, Sorting, write_piece
from kg.ledger.lines import UNREADABLE, ledger_lines
from kg.quadfile import Piece
from kg.store import Snapshot


def sort_graph(snapshot: Snapshot, folder: Path) -> SortedGraph:
    """Sort all quads of a store into three files in a folder, whose they then are.

    The lines are those of the builder's ledger where that can tell them, and else those of the store.
    """
    with suppress(*UNREADABLE), ledger_lines(snapshot) as kept:  # the store tells the same, if more slowly
        if kept is not None:
            graph = _sort(kept.pieces(), folder)
            if kept.is_same():  # else a build went on meanwhile
                return graph
    return _sort(stored_pieces(snapshot.store), folder)


def _sort(pieces: Iterable[Piece], folder: Path) -> SortedGraph:
    """Sort into files, whatever they hold."""
    with tempfile.TemporaryFile(dir=folder) as spool, Sorting(spool) as sorting:
        end = sum(write_piece(spool, piece) for piece in pieces)
        spool.seek(0)
        sorting.read(end)
        return sorting.finish(folder)


def stored_pieces(store: ox.Store) -> Iterator[Piece]:
    """The lines of a store. It looks each term up, some ten microseconds a quad, and more where it is not in memory."""
    with tempfile.TemporaryFile() as file:
        store.dump(file, ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
        file.seek(0)
        while lines := file.read(1 << 20):
            yield Piece(lines + file.readline())
    for graph in store.named_graphs():
        lines = cast("bytes", store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph))
        yield Piece(lines, str(graph), is_default=False)

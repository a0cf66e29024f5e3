"""Sorts a graph that is told piece by piece: pieces lie in a file, the *spool*, in the order in which they were told.

Whoever sorts may follow close behind whoever writes the spool (:mod:`kg.dumps.ahead`), or come when all is there. Each
piece has a line before it: its length, a digit, and its named graph, if it has one. What is in memory is a few blocks,
however many pieces there are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import IO, Final

from kg.dumps.sorting import Sorter
from kg.quadfile import Piece, in_graph

_VERSION_DIGITS: Final = 16


DEFAULT, NAMED, EVERY = FILES = ("default", "named", "every")
"""Names of the files of a sorted graph."""


@dataclass(frozen=True, slots=True)
class SortedGraph:
    """Files of N-Quads lines in a folder: ``default`` of the default graph and ``every`` of all graphs, each in order;
    ``named`` of the named graphs, those of one graph together and in order. ``version`` is the beginning of the SHA-256
    of all."""

    folder: Path
    triples: int
    quads: int
    version: str

    @property
    def default(self) -> Path:
        return self.folder / DEFAULT

    @property
    def named(self) -> Path:
        return self.folder / NAMED

    @property
    def every(self) -> Path:
        return self.folder / EVERY


def write_piece(spool: IO[bytes], piece: Piece) -> int:
    """Append a piece; how many bytes that is."""
    head = f"{len(piece.lines)} {piece.is_default:d} {piece.graph or ''}\n".encode()
    return spool.write(head) + spool.write(piece.lines)


class Sorting:
    """Sorts what is in a spool, from its beginning. Close it by the ``with`` statement."""

    def __init__(self, spool: IO[bytes]) -> None:
        self._spool = spool
        self._files = ExitStack()
        self._default, self._named, self._places = (self._files.enter_context(Sorter()) for _ in range(3))

    def __enter__(self) -> Sorting:
        return self

    def __exit__(self, *fault: object) -> None:
        self._files.close()

    def read(self, end: int) -> None:
        """Take the pieces up to a place at which one ends, in bytes from the beginning."""
        while self._spool.tell() < end:
            size, is_default, graph = self._spool.readline().decode().rstrip("\n").split(" ", 2)
            place, lines = self._spool.tell(), self._spool.read(int(size))
            if is_default == "1":
                self._default.add(lines)
            if graph and lines:
                self._named.add(in_graph(lines, graph))
                self._places.add(f"{graph} {place} {len(lines)}\n".encode())

    def finish(self, folder: Path) -> SortedGraph:
        """Write the sorted files when all was read."""
        digest, triples, quads = hashlib.sha256(), 0, 0
        with ExitStack() as files:
            default, named, every = (files.enter_context((folder / name).open("w+b")) for name in FILES)
            for block in self._default.blocks():
                triples += len(block)
                default.write(b"".join(block))
            for block in self._named.blocks(default):
                quads += len(block)
                lines = b"".join(block)
                digest.update(lines)
                every.write(lines)
            for graph, pieces in self._graphs():
                in_order = dict.fromkeys(sorted(pieces.splitlines(keepends=True)))
                named.write(in_graph(b"".join(in_order), graph))
        return SortedGraph(folder, triples, quads, digest.hexdigest()[:_VERSION_DIGITS])

    def _graphs(self) -> Iterator[tuple[str, bytes]]:
        """The named graphs in order, each with all its lines."""
        places = (place.decode().split(" ") for block in self._places.blocks() for place in block)
        for graph, found in groupby(places, key=itemgetter(0)):
            yield graph, b"".join(self._piece(int(place), int(size)) for _, place, size in found)

    def _piece(self, place: int, size: int) -> bytes:
        self._spool.seek(place)
        return self._spool.read(size)

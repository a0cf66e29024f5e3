"""The quads of a store as sorted lines on disk, in the orders that the formats are written from.

Whatever is dumped is made from these three files and never from the store itself, which would be read once for each
format. Their order makes dumps the same bytes whatever the order of loading, and groups Turtle by subject.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from typing import IO, Final

from kg.quadfile import graph_of, open_lines, quad_lines, sorted_lines
from kg.store import Snapshot, whole_file

_VERSION_DIGITS: Final = 16


@dataclass(frozen=True, slots=True)
class SortedGraph:
    """Files of N-Quads lines: of the default graph, of all graphs, and of all with those of one graph together (the
    default graph first). ``version`` is the beginning of the SHA-256 of all lines."""

    default: IO[bytes]
    every: IO[bytes]
    by_graph: IO[bytes]
    triples: int
    quads: int
    version: str


@contextmanager
def sort_graph(snapshot: Snapshot) -> Iterator[SortedGraph]:
    """Sort all quads of a store into files without a name, which are gone after the block."""
    with (
        tempfile.TemporaryFile() as default,
        tempfile.TemporaryFile() as every,
        tempfile.TemporaryFile() as by_graph,
        _whole_store(snapshot) as lines,
    ):
        yield _sort(lines, default, every, by_graph)


def _sort(lines: Iterable[bytes], default: IO[bytes], every: IO[bytes], by_graph: IO[bytes]) -> SortedGraph:
    digest = hashlib.sha256()
    triples = quads = 0

    def keyed() -> Iterator[bytes]:
        nonlocal triples, quads
        for line in lines:
            digest.update(line)
            every.write(line)
            quads += 1
            graph = graph_of(line)
            if graph is None:
                default.write(line)
                triples += 1
            else:
                yield graph + b"\t" + line

    named = sorted_lines(keyed())
    first = next(named, None)  # the sort has taken all lines now, so that those of the default graph are written
    default.seek(0)
    shutil.copyfileobj(default, by_graph)
    rest = chain([] if first is None else [first], named)
    by_graph.writelines(line.partition(b"\t")[2] for line in rest)
    return SortedGraph(default, every, by_graph, triples, quads, digest.hexdigest()[:_VERSION_DIGITS])


@contextmanager
def _whole_store(snapshot: Snapshot) -> Iterator[Iterable[bytes]]:
    """The sorted lines of all quads: those that the builder kept, where they are all."""
    kept = whole_file(snapshot)
    if kept is None:
        yield sorted_lines(quad_lines(snapshot.store))
        return
    with open_lines(kept) as file:
        yield file

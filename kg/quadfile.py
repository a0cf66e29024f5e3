"""Sorted files of N-Quads lines: how two whole graphs are compared without holding either in memory.

A build writes what it stands for as sorted lines; the difference to the file of the build before is all that
the store has to change. pyoxigraph can hold both as sets, at about 0.6 GB per million quads; sorted text
needs a constant amount, and it is what makes dumps the same bytes every time. Lines are UTF-8 bytes, whose
order is that of the code points and of ``LC_ALL=C sort``.
"""

from __future__ import annotations

import gzip
import heapq
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import groupby, islice
from pathlib import Path
from typing import IO, Final, NamedTuple, cast

import pyoxigraph as ox

LINES_IN_MEMORY: Final = 1_000_000  # about 200 MB; what is more goes through temporary files
_BATCH: Final = 10_000
_END: Final = b" .\n"
_NODE: Final = rb"(?:<[^>]*>|_:\S+)"
_LINE: Final = re.compile(
    rb"%b <[^>]*> (?:%b|\"(?:[^\"\\]|\\.)*\"(?:@[\w-]+|\^\^<[^>]*>)?)(?: (%b))? \.\n" % (_NODE, _NODE, _NODE), re.DOTALL
)


class Piece(NamedTuple):
    """Lines of N-Triples with their line ends, in any order. ``is_default``: they stand in the default graph; ``graph``
    is a named one in which they stand, if there is one, as N-Quads writes it."""

    lines: bytes
    graph: str | None = None
    is_default: bool = True


def in_graph(lines: bytes, graph: str) -> bytes:
    """Lines of N-Triples as lines of N-Quads in a named graph, given as N-Quads writes it.

    No literal has such an end in it, since a line feed there is written as an escape.
    """
    return lines.replace(_END, f" {graph} .\n".encode())


def quad_lines(quads: Iterable[ox.Quad]) -> Iterator[bytes]:
    """Quads as N-Quads lines with their line ends."""
    batches = iter(quads)
    while batch := list(islice(batches, _BATCH)):
        yield from cast("bytes", ox.serialize(batch, format=ox.RdfFormat.N_QUADS)).splitlines(keepends=True)


def graph_of(line: bytes) -> bytes | None:
    """The named graph of a line as it is written there, None for the default graph. Much faster than to parse it.

    Raises:
        ValueError: the line is none of :func:`quad_lines`.
    """
    found = _LINE.fullmatch(line)
    if found is None:
        raise ValueError(f"{line!r} is no N-Quads line in canonical form")
    return found[1]


def parse_lines(lines: Iterable[bytes]) -> Iterator[ox.Quad]:
    """The quads of N-Quads lines."""
    batches = iter(lines)
    while batch := list(islice(batches, _BATCH)):
        yield from ox.parse(b"".join(batch), ox.RdfFormat.N_QUADS)


def sorted_lines(lines: Iterable[bytes], *, in_memory: int = LINES_IN_MEMORY) -> Iterator[bytes]:
    """The lines in order, each once; more than ``in_memory`` of them are sorted through temporary files."""
    source = iter(lines)
    with ExitStack() as files:
        runs: list[Iterable[bytes]] = []
        chunk = sorted(set(islice(source, in_memory)))
        while len(chunk) and (following := list(islice(source, in_memory))):
            runs.append(files.enter_context(spilled(chunk)))
            chunk = sorted(set(following))
        for line, _ in groupby(heapq.merge(*runs, chunk)):
            yield line


@contextmanager
def spilled(lines: Iterable[bytes]) -> Iterator[IO[bytes]]:
    """A temporary file of lines, to be read from its beginning; gone after the block."""
    with tempfile.TemporaryFile() as file:
        file.writelines(lines)
        file.seek(0)
        del lines  # or they stay in memory as long as the file is open
        yield file


def write_lines(path: Path, lines: Iterable[bytes]) -> None:
    """Write lines to a compressed file. Level 1: this file is read once by the next build."""
    with gzip.open(path, "wb", compresslevel=1) as file:
        file.writelines(lines)


def open_lines(path: Path | None) -> IO[bytes]:
    """Open a compressed file of lines; no path is an empty file."""
    return cast("IO[bytes]", gzip.open(path)) if path else tempfile.TemporaryFile()


def difference(old: Iterable[bytes], new: Iterable[bytes]) -> Iterator[tuple[bool, bytes]]:
    """What has to change: ``(False, line)`` is only in ``old``, ``(True, line)`` only in ``new``. Both are sorted."""
    marked = heapq.merge(((line, False) for line in old), ((line, True) for line in new))
    for line, found in groupby(marked, key=lambda pair: pair[0]):
        sides = {side for _, side in found}
        if len(sides) == 1:
            yield sides.pop(), line

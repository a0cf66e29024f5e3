"""The formats of RDF that are packed: each is written once, through gzip and Zstandard at the same time.

pyoxigraph writes them from sorted quads, so that Turtle comes grouped by subject; rdflib's Turtle is some forty times
slower. Archives hold neither a time nor a name, and levels are fixed: the same lines give the same bytes.
"""

from __future__ import annotations

import gzip
import hashlib
import shutil
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from typing import IO, Final, cast

import pyoxigraph as ox
import zstandard

from kg.dumps.manifest import COMPRESSIONS, FORMATS, STEM, DumpFile
from kg.dumps.spool import SortedGraph
from kg.formats import GRAPH_FORMATS

_GZIP_LEVEL: Final = 6  # zlib's usual: level 9 took 1.7 times as long for 3 % less
_ZSTD_LEVEL: Final = 6  # level 9 took 1.5 times as long for 6 % less
_ORDERS: Final = {
    "ttl": ("default",), "nt": ("default",), "nq": ("every",), "trig": ("default", "named"),
    "jsonld": ("default", "named"),
}  # fmt: skip
"""Which files of the sorted graph make each dump."""
_AS_THEY_ARE: Final = frozenset({"nt", "nq"})
"""Formats of lines: a line of the default graph is the same in both."""


def write_packed(form: str, graph: SortedGraph, folder: Path, prefixes: Mapping[str, str]) -> tuple[DumpFile, ...]:
    """Write one format in all compressions; what was written.

    Args:
        form: ``ttl``, ``nt``, ``nq``, ``trig`` or ``jsonld``.
        prefixes: those of Turtle and TriG.
    """
    sources: list[Path] = [getattr(graph, name) for name in _ORDERS[form]]
    paths = {ending: folder / f"{STEM}.{form}.{ending}" for ending in COMPRESSIONS}
    with ExitStack() as files:
        opened = {ending: files.enter_context(path.open("wb")) for ending, path in paths.items()}
        packers = tuple(files.enter_context(_PACKERS[ending](file)) for ending, file in opened.items())
        lines = [files.enter_context(source.open("rb")) for source in sources]
        _write(form, lines, cast("IO[bytes]", _Both(packers)), dict(prefixes))
    statements = graph.triples if _ORDERS[form] == ("default",) else graph.quads
    return tuple(
        described(path, form, compression=COMPRESSIONS[ending], statements=statements) for ending, path in paths.items()
    )


def described(
    path: Path, form: str, *, compression: str | None = None, statements: int | None = None, rows: int | None = None
) -> DumpFile:
    """A finished file as the manifest lists it."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    size = path.stat().st_size
    return DumpFile(path.name, form, FORMATS[form].media_type, compression, size, digest, statements, rows)


def _write(form: str, sources: Sequence[IO[bytes]], output: IO[bytes], prefixes: dict[str, str]) -> None:
    if form in _AS_THEY_ARE:
        for source in sources:
            shutil.copyfileobj(source, output, 1 << 20)
    else:
        quads = chain.from_iterable(ox.parse(source, ox.RdfFormat.N_QUADS) for source in sources)
        ox.serialize(quads, output, GRAPH_FORMATS[form], prefixes=prefixes)


def _gzip(file: IO[bytes]) -> IO[bytes]:
    return cast("IO[bytes]", gzip.GzipFile("", "wb", _GZIP_LEVEL, file, mtime=0))


def _zstd(file: IO[bytes]) -> IO[bytes]:
    """One thread: with more, where frames are cut would hang on how many there are. The checksum finds damage."""
    packer = zstandard.ZstdCompressor(level=_ZSTD_LEVEL, write_checksum=True, write_content_size=False)
    return cast("IO[bytes]", packer.stream_writer(file, closefd=False))


_PACKERS: Final = {"gz": _gzip, "zst": _zstd}


class _Both:
    """As much of a file as a serialiser needs, which hands on what it is given to several."""

    def __init__(self, outputs: tuple[IO[bytes], ...]) -> None:
        self._outputs = outputs

    def write(self, data: bytes) -> int:
        for output in self._outputs:
            output.write(data)
        return len(data)

    def flush(self) -> None:
        """Nothing: a flush in between would cut the packed stream."""

"""Dumps of the whole graph for download: the same bytes whenever the store holds the same.

Every file is sorted, and packed without a time or a name in the gzip header. Turtle and N-Triples hold the
default graph, which has every fact once; N-Quads, TriG and JSON-LD hold the named graphs as well. They are
written by pyoxigraph from sorted quads, so that Turtle comes grouped by subject; rdflib's Turtle is some
forty times slower. Times and counts stand in ``build.json`` beside the dumps, never in them.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from itertools import chain
from pathlib import Path
from typing import IO, Any, Final, cast

import pyoxigraph as ox

from kg.formats import GRAPH_FORMATS, prefixes_for
from kg.quadfile import graph_of, open_lines, quad_lines, sorted_lines
from kg.store import Snapshot, whole_file

STEM: Final = "aidgraph"
CHECKSUMS: Final = "SHA256SUMS"
BUILD_NOTE: Final = "build.json"
DUMP_NAMES: Final = tuple(f"{STEM}.{ending}.gz" for ending in ("ttl", "nt", "nq", "trig", "jsonld"))
_LEVEL: Final = 6  # zlib's usual: level 9 took 1.7 times as long for 3 % less
_ORDERS: Final = {"ttl": "default", "nt": "default", "nq": "all", "trig": "by graph", "jsonld": "by graph"}
"""Which lines make each dump: those of the default graph, all of them, or all with those of one graph together."""
_AS_THEY_ARE: Final = frozenset({"nt", "nq"})
"""Formats of lines: a line of the default graph is the same in both."""


def write_dumps(snapshot: Snapshot, folder: Path, *, base: str, note: Mapping[str, Any]) -> None:
    """Write all dumps, their checksums and the note of the build; each appears whole or not at all.

    Args:
        base: for the prefixes of Turtle and TriG.
        note: what ``build.json`` says besides the store's version; it is written last.
    """
    folder.mkdir(parents=True, exist_ok=True)
    prefixes = prefixes_for(base)
    with ExitStack() as files:
        sources = _sort_lines(snapshot, lambda: files.enter_context(tempfile.TemporaryFile()))
        sums = {}
        for name in DUMP_NAMES:
            ending = name.split(".")[1]
            source = sources[_ORDERS[ending]]
            source.seek(0)
            sums[name] = _write(folder / name, _writer(ending, source, prefixes))
    sums_text = "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items()))
    _write_text(folder / CHECKSUMS, sums_text)
    _write_text(folder / BUILD_NOTE, json.dumps({"version": snapshot.version, **note}, indent=2) + "\n")


def dumped_version(folder: Path) -> str | None:
    """The version of the store that the dumps were made from, if they are all there."""
    try:
        note = json.loads((folder / BUILD_NOTE).read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return None
    whole = all((folder / name).is_file() for name in (*DUMP_NAMES, CHECKSUMS))
    return str(note.get("version")) if whole else None


def _sort_lines(snapshot: Snapshot, make_file: Callable[[], IO[bytes]]) -> dict[str, IO[bytes]]:
    """All quads as sorted lines in the three orders of :data:`_ORDERS`; by graph, the default graph comes first."""
    files = {order: make_file() for order in ("all", "default", "by graph")}

    def keyed(lines: Iterable[bytes]) -> Iterator[bytes]:
        for line in lines:
            graph = graph_of(line)
            files["all"].write(line)
            if graph is None:
                files["default"].write(line)
            else:
                yield graph + b"\t" + line

    with _whole_store(snapshot) as lines:
        named = sorted_lines(keyed(lines))
        first = next(named, None)  # the sort has taken all lines now, so that those of the default graph are written
        files["default"].seek(0)
        shutil.copyfileobj(files["default"], files["by graph"])
        rest = chain([] if first is None else [first], named)
        files["by graph"].writelines(line.partition(b"\t")[2] for line in rest)
    return files


@contextmanager
def _whole_store(snapshot: Snapshot) -> Iterator[Iterable[bytes]]:
    """The sorted lines of all quads: those that the builder kept, where they are all."""
    kept = whole_file(snapshot)
    if kept is None:
        yield sorted_lines(quad_lines(snapshot.store))
        return
    with open_lines(kept) as file:
        yield file


def _writer(ending: str, source: IO[bytes], prefixes: dict[str, str]) -> Callable[[IO[bytes]], None]:
    def write(output: IO[bytes]) -> None:
        if ending in _AS_THEY_ARE:
            shutil.copyfileobj(source, output)
        else:
            quads = ox.parse(source, ox.RdfFormat.N_QUADS)
            ox.serialize(quads, output, GRAPH_FORMATS[ending], prefixes=prefixes)

    return write


def _write(path: Path, write: Callable[[IO[bytes]], None]) -> str:
    """Write a compressed file under a temporary name and rename it; its SHA-256 in hexadecimal."""
    with _replacing(path) as temporary:
        with temporary.open("wb") as file, gzip.GzipFile("", "wb", _LEVEL, file, mtime=0) as packed:
            write(cast("IO[bytes]", packed))
        with temporary.open("rb") as written:
            return hashlib.file_digest(written, "sha256").hexdigest()


def _write_text(path: Path, text: str) -> None:
    with _replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8")


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """A temporary name beside ``path`` that takes its place if the block ends well."""
    temporary = path.with_name(f".{path.name}.new")
    try:
        yield temporary
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)

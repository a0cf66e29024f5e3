"""Dumps of the whole graph for download: the same bytes whenever the store holds the same.

Every file is sorted, and packed without a time or a name in the gzip header. Turtle and N-Triples hold the
default graph, which has every fact once; N-Quads, TriG and JSON-LD hold the named graphs as well. They are
written by pyoxigraph from sorted quads, so that Turtle comes grouped by subject; rdflib's Turtle is some
forty times slower. Times and counts stand in ``build.json`` beside the dumps, never in them.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, Final, cast

import pyoxigraph as ox

from kg.formats import GRAPH_FORMATS, prefixes_for
from kg.quadfile import parse_lines, parse_with_lines, quad_lines, sorted_lines
from kg.store import Snapshot

STEM: Final = "aidgraph"
CHECKSUMS: Final = "SHA256SUMS"
BUILD_NOTE: Final = "build.json"
DUMP_NAMES: Final = tuple(f"{STEM}.{ending}.gz" for ending in ("ttl", "nt", "nq", "trig", "jsonld"))
_LEVEL: Final = 6  # zlib's usual: level 9 took 1.7 times as long for 3 % less
_DEFAULT_ONLY: Final = frozenset({"ttl", "nt"})
_BY_GRAPH: Final = frozenset({"trig", "jsonld"})


def write_dumps(snapshot: Snapshot, folder: Path, *, base: str, note: Mapping[str, Any]) -> None:
    """Write all dumps, their checksums and the note of the build; each appears whole or not at all.

    Args:
        base: for the prefixes of Turtle and TriG.
        note: what ``build.json`` says besides the store's version; it is written last.
    """
    folder.mkdir(parents=True, exist_ok=True)
    prefixes = prefixes_for(base)
    with tempfile.TemporaryFile() as by_subject, tempfile.TemporaryFile() as by_graph:
        _sort_store(snapshot.store, by_subject, by_graph)
        sums = {}
        for name in DUMP_NAMES:
            ending = name.split(".")[1]
            source = by_graph if ending in _BY_GRAPH else by_subject
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


def _sort_store(store: ox.Store, by_subject: IO[bytes], by_graph: IO[bytes]) -> None:
    """All quads as lines in two orders: as they are, and with those of one graph together, the default graph first."""
    by_subject.writelines(sorted_lines(quad_lines(store)))
    by_subject.seek(0)
    keyed = (_graph_key(quad) + b"\t" + line for quad, line in parse_with_lines(by_subject))
    by_graph.writelines(line.partition(b"\t")[2] for line in sorted_lines(keyed))


def _graph_key(quad: ox.Quad) -> bytes:
    return b"" if isinstance(quad.graph_name, ox.DefaultGraph) else str(quad.graph_name).encode()


def _writer(ending: str, source: IO[bytes], prefixes: dict[str, str]) -> Callable[[IO[bytes]], None]:
    def write(output: IO[bytes]) -> None:
        quads = parse_lines(source)
        if ending in _DEFAULT_ONLY:
            triples = (quad.triple for quad in quads if isinstance(quad.graph_name, ox.DefaultGraph))
            ox.serialize(triples, output, GRAPH_FORMATS[ending], prefixes=prefixes)
        else:
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


@contextlib.contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """A temporary name beside ``path`` that takes its place if the block ends well."""
    temporary = path.with_name(f".{path.name}.new")
    try:
        yield temporary
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)

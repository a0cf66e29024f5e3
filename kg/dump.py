"""Dumps of the whole graph for download: the same bytes whenever the store holds the same.

All files are written below a hidden folder first and then take the places of the old ones, so that a dump that is
killed or finds the disk full leaves those whole. Turtle, N-Triples and HDT hold the default graph, which has every
fact once; N-Quads, TriG and JSON-LD hold the named graphs as well; the tables hold what most people ask for. Times and
counts stand in ``build.json`` beside the dumps, never in them.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kg.dumps.hdt import write_hdt
from kg.dumps.lines import sort_graph
from kg.dumps.manifest import (
    BUILD_NOTE,
    CHECKSUMS,
    FORMATS,
    MANIFEST,
    DumpFile,
    LeftOut,
    Manifest,
    checksums_text,
    file_names,
    manifest_text,
    read_manifest,
    read_note,
)
from kg.dumps.packed import write_packed
from kg.dumps.spool import SortedGraph
from kg.dumps.tables import write_tables
from kg.dumps.unfinished import clear_unfinished, unfinished
from kg.errors import DataError, StoreError
from kg.formats import written_prefixes
from kg.heap import give_back
from kg.settings import Settings
from kg.store import Snapshot
from kg.workers import Lost, spread

__all__ = [
    "BUILD_NOTE", "CHECKSUMS", "DUMP_NAMES", "FORMATS", "MANIFEST", "DumpFile", "LeftOut", "Manifest", "Sort",
    "dumped_version", "read_manifest", "write_dumps",
]  # fmt: skip

DUMP_NAMES: Final = file_names()
HDT_LIMIT: Final = Settings().hdt_limit
FEW: Final = 100_000
"""Quads up to which one process writes all formats, which takes it a second or two, and no memory is given back."""
_SLOWEST: Final = ("parquet", "jsonld", "trig", "ttl", "nq", "hdt", "nt")
"""All formats by the time that they take (``tests/benchmarks/dumps.py``): none of the slow ones is begun last."""
_LAST: Final = (CHECKSUMS, MANIFEST, BUILD_NOTE)
"""What tells of the others takes its place after them."""

Sort = Callable[[Snapshot, Path], SortedGraph]
"""Sorts a graph into files in a folder."""


def write_dumps(
    snapshot: Snapshot,
    folder: Path,
    *,
    base: str,
    note: Mapping[str, Any],
    formats: Sequence[str] = tuple(FORMATS),
    hdt_limit: int = HDT_LIMIT,
    jobs: int = 1,
    sort: Sort = sort_graph,
    beside: Callable[[Path, Manifest], None] | None = None,
    is_outdated: Callable[[], bool] = lambda: False,
) -> Manifest:
    """Write the dumps, their checksums, their manifest and the note of the build; all appear when all are whole.

    Args:
        base: the base IRI of the data, for the manifest and the prefixes of Turtle and TriG.
        note: what ``build.json`` says besides the store's version.
        formats: keys of :data:`FORMATS`; files of others that an earlier dump left are deleted.
        hdt_limit: triples beyond which there is no HDT; the manifest then says so.
        jobs: how many processes write the formats of a graph that is not small.
        sort: sorts the graph, into files in the folder that it is given.
        beside: writes what else is to appear with them, such as descriptions, to the folder that it is given.
        is_outdated: asked when nobody else writes to the folder any more: whether newer dumps are there by now. Then
            these stay, and it is their manifest that is returned.

    Raises:
        StoreError: the folder cannot be written to, or the disk is full; then the old files stand.
    """
    try:
        with _alone_in(folder):
            if is_outdated() and (newer := read_manifest(folder)) is not None:
                return newer
            with _replacing_all(folder) as (new, apart):
                make = _MakeWriter(sort(snapshot, apart), new, base, hdt_limit)
                manifest = _write_all(make, [form for form in FORMATS if form in formats], jobs)
                text = json.dumps({"version": snapshot.version, **note}, indent=2) + "\n"
                (new / BUILD_NOTE).write_text(text, encoding="utf-8")
                if beside is not None:
                    beside(new, manifest)
    except OSError as error:
        raise _unwritten(folder, error) from error
    return manifest


def _unwritten(folder: Path, reason: object) -> StoreError:
    return StoreError(f"{folder}: the dumps cannot be written ({reason}); the old ones were left")


def _write_all(make: _MakeWriter, formats: Sequence[str], jobs: int) -> Manifest:
    """Write the dumps, their checksums and their manifest."""
    graph, new = make.graph, make.folder
    is_spread = jobs > 1 and graph.quads > FEW
    made = _spread(make, formats, jobs) if is_spread else {form: make.write([form]) for form in formats}
    written = [one for form in formats for one in made[form]]
    files = tuple(one for one in written if isinstance(one, DumpFile))
    left_out = tuple(one for one in written if isinstance(one, LeftOut))
    manifest = Manifest(graph.version, make.base, graph.triples, graph.quads, files, left_out)
    (new / CHECKSUMS).write_text(checksums_text(manifest), encoding="utf-8")
    (new / MANIFEST).write_text(manifest_text(manifest), encoding="utf-8")
    return manifest


def _spread(make: _MakeWriter, formats: Sequence[str], jobs: int) -> dict[str, Sequence[DumpFile | LeftOut]]:
    """Write each format in one of so many processes, when this one has given back what it does not need meanwhile."""
    give_back()
    made = dict[str, Sequence[DumpFile | LeftOut]]()
    chunks = ([form] for form in sorted(formats, key=_SLOWEST.index))
    with closing(spread(chunks, make, jobs=min(jobs, len(formats)))) as results:
        for (form,), files in results:
            if isinstance(files, Lost):
                raise _unwritten(make.folder.parent, f"{form}: {files.reason}")
            made[form] = files
    return made


@dataclass(frozen=True, slots=True)
class _MakeWriter:
    """Makes, in another process too, what writes formats of a sorted graph to a folder."""

    graph: SortedGraph
    folder: Path
    base: str
    hdt_limit: int

    def __call__(self) -> Callable[[Sequence[str]], Sequence[DumpFile | LeftOut]]:
        return self._write_next

    def _write_next(self, formats: Sequence[str]) -> Sequence[DumpFile | LeftOut]:
        """Write formats where others were written before, whose memory is given back."""
        give_back()
        return self.write(formats)

    def write(self, formats: Sequence[str]) -> Sequence[DumpFile | LeftOut]:
        """Write formats, one after the other.

        Raises:
            StoreError: one cannot be written.
        """
        try:
            return [one for form in formats for one in self._written(form)]
        except OSError as error:
            raise _unwritten(self.folder.parent, error) from error

    def _written(self, form: str) -> Iterable[DumpFile | LeftOut]:
        """Write the files of one format."""
        if form == "parquet":
            return write_tables(self.graph, self.folder, base=self.base)
        if form == "hdt":
            return [write_hdt(self.graph, self.folder, base=self.base, limit=self.hdt_limit)]
        return write_packed(form, self.graph, self.folder, written_prefixes(self.base))


def dumped_version(folder: Path) -> str | None:
    """The version of the store that the dumps were made from, if all that the manifest lists are there."""
    try:
        manifest = read_manifest(folder)
    except DataError:
        return None
    names = [CHECKSUMS, *(file.name for file in manifest.files)] if manifest else []
    if not names or not all((folder / name).is_file() for name in names):
        return None
    version = read_note(folder).get("version")
    return None if version is None else str(version)


@contextmanager
def _replacing_all(folder: Path) -> Iterator[tuple[Path, Path]]:
    """A folder whose files take their places in ``folder`` if the block ends well, and one for what nobody keeps.

    The note goes first and comes last: whoever is killed in between leaves dumps that no version is told of, and the
    next build writes them again.
    """
    clear_unfinished(folder)
    with unfinished(folder) as new:
        with unfinished(folder) as apart:
            yield new, apart
        _take_places(new, folder)


def _take_places(new: Path, folder: Path) -> None:
    (folder / BUILD_NOTE).unlink(missing_ok=True)
    for name in {*DUMP_NAMES} - {path.name for path in new.iterdir()}:
        (folder / name).unlink(missing_ok=True)
    for path in sorted(new.iterdir(), key=lambda path: _LAST.index(path.name) if path.name in _LAST else -1):
        path.replace(folder / path.name)


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Make the folder, and wait until nobody else writes dumps to it. The system frees the lock of a killed process."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)

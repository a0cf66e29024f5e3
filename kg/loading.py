"""RDF files that a user brings: read for validation, or loaded into the store beside what the builder wrote."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final
from xml.parsers.expat import ExpatError

import pyoxigraph as ox

from kg.errors import DataError
from kg.formats import open_rdf, rdf_format_of
from kg.index.build import build_index
from kg.lock import write_lock
from kg.store import keep_built, new_generation
from kg.xmlcheck import check_xml

_FAULTS: Final = (SyntaxError, OSError, EOFError, zlib.error, ExpatError)
"""What files raise that are not what their endings say."""


def read_quads(path: Path) -> Iterator[ox.Quad]:
    """The quads of a file; relative IRIs are resolved against its own address.

    Raises:
        DataError: the file cannot be read, its ending is unknown, or it is not what its ending says.
    """
    with open_rdf(path) as file:
        try:
            _look_through(path)
            yield from ox.parse(file, rdf_format_of(path), base_iri=path.resolve().as_uri(), rename_blank_nodes=True)
        except _FAULTS as error:
            raise _unreadable(path, error) from error


def load_files(data: Path, paths: Sequence[Path]) -> int:
    """Load all files or none of them, in bulk; how many quads the store has more.

    Raises:
        DataError: see :func:`read_quads`.
        StoreError: another process is writing, or the data folder cannot be used.
    """
    formats = [rdf_format_of(path) for path in paths]
    with write_lock(data), new_generation(data) as generation:
        before = len(generation.store)
        for path, rdf_format in zip(paths, formats, strict=True):
            with open_rdf(path) as file:
                try:
                    _look_through(path)
                    generation.store.bulk_load(file, rdf_format, base_iri=path.resolve().as_uri())
                except _FAULTS as error:
                    raise _unreadable(path, error) from error
        keep_built(generation)
        build_index(generation.store, generation.built.parent)
        return len(generation.store) - before


def _look_through(path: Path) -> None:
    """See that XML is sound, and that its entities do not grow, before the engine reads it."""
    if rdf_format_of(path) == ox.RdfFormat.RDF_XML:
        with open_rdf(path) as file:
            check_xml(file)


def _unreadable(path: Path, error: Exception) -> DataError:
    return DataError(f"{path}: cannot be read as {rdf_format_of(path).name}: {error}")

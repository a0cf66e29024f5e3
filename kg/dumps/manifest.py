"""What files the dumps are: ``manifest.json``, ``SHA256SUMS`` and ``build.json``, read and written.

The manifest holds neither time nor place, so that it is the same bytes whenever the dumps are. Its version is made
from the graph's content; the version of the store, which is another after each write, stands in ``build.json``.
This module knows no format's library: the server reads manifests without loading what writes tables.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgspec

from kg.errors import DataError

STEM: Final = "aidgraph"
CHECKSUMS: Final = "SHA256SUMS"
BUILD_NOTE: Final = "build.json"
MANIFEST: Final = "manifest.json"
TABLES: Final = ("events", "items", "observations", "quotations")


@dataclass(frozen=True, slots=True)
class DumpFormat:
    """A format that dumps have. ``media_type`` is the registered one of the content, before any compression."""

    name: str
    title: str
    media_type: str
    is_packed: bool = False


FORMATS: Final = {
    kind.name: kind
    for kind in (
        DumpFormat("ttl", "Turtle", "text/turtle", is_packed=True),
        DumpFormat("nt", "N-Triples", "application/n-triples", is_packed=True),
        DumpFormat("nq", "N-Quads", "application/n-quads", is_packed=True),
        DumpFormat("trig", "TriG", "application/trig", is_packed=True),
        DumpFormat("jsonld", "JSON-LD", "application/ld+json", is_packed=True),
        DumpFormat("hdt", "HDT", "application/vnd.hdt"),
        DumpFormat("parquet", "Parquet", "application/vnd.apache.parquet"),
    )
}
"""By the name that a user asks for them with. Packed ones are there twice, as :data:`COMPRESSIONS` says."""

COMPRESSIONS: Final = {"gz": "application/gzip", "zst": "application/zstd"}
"""Media types of packed files by their ending."""


@dataclass(frozen=True, slots=True)
class DumpFile:
    """One file of the dumps.

    ``format`` is a key of :data:`FORMATS`; ``compression`` a media type of :data:`COMPRESSIONS`, None for a file that
    is compressed within or not at all. ``size`` is in bytes, ``sha256`` in hexadecimal. ``statements`` are its triples
    or quads, ``rows`` those of a table: a file has one of the two.
    """

    name: str
    format: str
    media_type: str
    compression: str | None
    size: int
    sha256: str
    statements: int | None = None
    rows: int | None = None

    @property
    def served_type(self) -> str:
        """The media type of the bytes: of the packed file where it is one."""
        return self.compression or self.media_type


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A format that was asked for and not written, and why."""

    format: str
    reason: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a folder of dumps holds.

    ``version`` is made from all quads (:func:`kg.dumps.lines.sort_graph`), ``base`` the base IRI of the data,
    ``triples`` the size of the default graph and ``quads`` that of all graphs together.
    """

    version: str
    base: str
    triples: int
    quads: int
    files: tuple[DumpFile, ...]
    left_out: tuple[LeftOut, ...] = ()


def file_names(formats: tuple[str, ...] = tuple(FORMATS)) -> tuple[str, ...]:
    """The names of all files that dumps in these formats are."""
    return tuple(name for form in formats for name in _names_of(form))


def _names_of(form: str) -> tuple[str, ...]:
    if form == "parquet":
        return tuple(f"{STEM}-{table}.parquet" for table in TABLES)
    return (
        tuple(f"{STEM}.{form}.{ending}" for ending in COMPRESSIONS) if FORMATS[form].is_packed else (f"{STEM}.{form}",)
    )


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of a folder of dumps; None if none was written there yet.

    Raises:
        DataError: the file is none of ours, or damaged.
    """
    path = folder / MANIFEST
    try:
        return msgspec.json.decode(path.read_bytes(), type=Manifest)
    except FileNotFoundError:
        return None
    except msgspec.DecodeError as error:
        raise DataError(f"{path}: is no manifest of dumps ({error}); delete it and run `aidgraph dump`") from error


def manifest_text(manifest: Manifest) -> str:
    """``manifest.json``: indented, its keys in the order of the fields."""
    return json.dumps(msgspec.to_builtins(manifest), indent=2, ensure_ascii=False) + "\n"


def checksums_text(manifest: Manifest) -> str:
    """``SHA256SUMS`` as ``sha256sum --check`` reads it."""
    return "".join(f"{file.sha256}  {file.name}\n" for file in sorted(manifest.files, key=lambda file: file.name))


def read_note(folder: Path) -> dict[str, Any]:
    """``build.json``: what the build noted of itself; empty if there is none that can be read."""
    try:
        note = json.loads((folder / BUILD_NOTE).read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return {}
    return note if isinstance(note, dict) else {}

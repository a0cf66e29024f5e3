"""The page of the data: its files, how to load them elsewhere, what may be done with them and what they do not say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.dumps.newer import NEWER, is_written, read_newer
from server.views.page import Head
from server.views.recipes import Recipe

_UNITS = ("bytes", "kB", "MB", "GB", "TB")

_ABOUT: Final = {
    "ttl": ("Turtle", "every fact once, grouped by what it is about; the easiest to read"),
    "nt": ("N-Triples", "every fact once, one a line; the easiest to stream"),
    "nq": ("N-Quads", "every fact once, and again with the article that tells it"),
    "trig": ("TriG", "as N-Quads, grouped as Turtle is"),
    "jsonld": ("JSON-LD", "as N-Quads, for who works with JSON"),
    "hdt": ("HDT", "every fact once, in a small file that HDT tools ask without unpacking it"),
    "aidgraph-events.parquet": ("Events", "a row for each giving, with who, what, when and the words that prove it"),
    "aidgraph-items.parquet": ("Items", "a row for each thing given or spoken of, with amounts"),
    "aidgraph-observations.parquet": ("Figures", "a row for each figure about a crisis"),
    "aidgraph-quotations.parquet": ("Quotations", "a row for each quotation, with its speaker"),
    "SHA256SUMS": ("", "SHA-256 of the dumps"),
    "manifest.json": ("", "the files with sizes, checksums and counts, for programs"),
    "void.ttl": ("VoID and DCAT", "the dataset described: counts, links, licences, files"),
    "provenance.ttl": ("PROV", "how the build came about: its inputs, its settings, its software"),
    "ro-crate-metadata.json": ("RO-Crate", "the files described for research archives"),
    "build.json": ("", "when and from what they were made, and of which version of the graph they are"),
    NEWER: ("", "that newer files are wanted and not there yet"),
}
"""What each file is, by its name or its format's ending."""

_GROUPS: Final = (
    ("RDF", "The whole graph, for triple stores and programs. Each is packed with gzip and, smaller, with Zstandard."),
    ("Tables", "For who has no triple store: Parquet, as pandas, DuckDB, Polars and R read it."),
    ("About the files", "What they are, where they come from, and how to check them."),
)


@dataclass(frozen=True, slots=True)
class DumpFile:
    """One file: its name, its size in bytes, when it was written (ISO 8601, UTC), its SHA-256 if that is known."""

    name: str
    size: int
    changed: str
    sha256: str = ""

    @property
    def size_words(self) -> str:
        """The size as people read it, in decimal units: ``1.2 MB``."""
        power = min((len(str(self.size)) - 1) // 3, len(_UNITS) - 1)
        return f"{self.size / 1000**power:.{min(power, 1)}f} {_UNITS[power]}"

    @property
    def form(self) -> str:
        """The format's name, or nothing for what is no dump."""
        return self._about[0]

    @property
    def holds(self) -> str:
        """What is in it, in words."""
        return self._about[1]

    @property
    def group(self) -> str:
        """Which of the groups of the page it belongs to."""
        if self.name.endswith(".parquet"):
            return "Tables"
        return "RDF" if self.name.startswith("aidgraph.") else "About the files"

    @property
    def _about(self) -> tuple[str, str]:
        if self.group == "RDF":
            return _ABOUT.get(self.name.split(".")[1], ("", ""))
        return _ABOUT.get(self.name, ("", ""))


@dataclass(frozen=True, slots=True)
class DumpGroup:
    """Files that are listed together."""

    title: str
    about: str
    files: tuple[DumpFile, ...]


def coming(folder: Path) -> str:
    """What is to be said of newer dumps of a folder; empty if none are wanted."""
    if is_written(folder):
        return "Newer files are being written."
    wanted = read_newer(folder)
    if wanted is None:
        return ""
    return (
        "Newer files could not be written; whoever runs this site has the reason."
        if wanted.reason
        else ("Newer files are to be written soon.")
    )


def grouped(files: Iterable[DumpFile]) -> tuple[DumpGroup, ...]:
    """The files in their groups, those without a file left out."""
    listed = tuple(files)
    groups = (DumpGroup(title, about, tuple(f for f in listed if f.group == title)) for title, about in _GROUPS)
    return tuple(group for group in groups if group.files)


@dataclass(frozen=True, slots=True)
class DumpsPage:
    """The variables of ``dumps.html``. ``root`` is the address of this server, ``base`` of the data's IRIs.

    ``version`` is that of the graph, ``of`` that of the dumps; ``coming`` of :func:`coming`.
    """

    head: Head
    groups: tuple[DumpGroup, ...]
    recipes: tuple[Recipe, ...]
    root: str
    version: str
    of: str
    coming: str
    made: str

    @property
    def stale(self) -> bool:
        """Whether the graph was written to since the dumps were made."""
        return bool(self.groups) and self.of != self.version

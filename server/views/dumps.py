"""The page of the data: its files, how to load them elsewhere, what may be done with them and what they do not say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from server.views.page import Head

_UNITS = ("bytes", "kB", "MB", "GB", "TB")

_ABOUT: Final = {
    "ttl": ("Turtle", "every fact once, grouped by what it is about; the easiest to read"),
    "nt": ("N-Triples", "every fact once, one a line; the easiest to stream"),
    "nq": ("N-Quads", "every fact once, and again with the article that tells it"),
    "trig": ("TriG", "as N-Quads, grouped as Turtle is"),
    "jsonld": ("JSON-LD", "as N-Quads, for who works with JSON"),
}
"""What each dump is, by its ending."""


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
    def _about(self) -> tuple[str, str]:
        ending = next(iter(self.name.split(".")[1:]), "")
        known = {"": ("", "SHA-256 of the dumps"), "json": ("", "when and from what they were made")}
        return _ABOUT.get(ending, known.get(ending, ("", "")))


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a dump is loaded into another store. ``is_run``: the tests of this project run it."""

    store: str
    commands: str
    is_run: bool


def recipes(root: str) -> tuple[Recipe, ...]:
    """The recipes with the address of this server, which ends with a slash."""
    dumps = f"{root}dumps"
    fetch = f"curl -O {dumps}/aidgraph.nq.gz"
    return (
        Recipe("Oxigraph", f"{fetch}\noxigraph load --location store --file aidgraph.nq.gz\n"
               "oxigraph serve --location store", is_run=True),
        Recipe("rdflib", f"{fetch}\npython -c 'import gzip, rdflib\n"
               "graph = rdflib.Dataset()\ngraph.parse(gzip.open(\"aidgraph.nq.gz\"), format=\"nquads\")\n"
               "print(len(graph))'", is_run=True),
        Recipe("Virtuoso 7", f"curl -O {dumps}/aidgraph.ttl.gz   # into a folder of DirsAllowed in virtuoso.ini\n"
               "isql 1111 dba PASSWORD exec=\"ld_dir('/path/to/folder', 'aidgraph.ttl.gz', "
               "'https://w3id.org/aidgraph/');\"\n"
               'isql 1111 dba PASSWORD exec="rdf_loader_run(); checkpoint;"', is_run=False),
        Recipe("Apache Jena", f"{fetch}\ntdb2.tdbloader --loc store aidgraph.nq.gz\n"
               "fuseki-server --tdb2 --loc store /aidgraph", is_run=False),
        Recipe("GraphDB", f"{fetch}\nimportrdf preload --force --id aidgraph aidgraph.nq.gz   "
               "# while GraphDB is stopped, into a repository made before", is_run=False),
        Recipe("QLever", f"{fetch}\n# Qleverfile: NAME = aidgraph, INPUT_FILES = aidgraph.nq.gz,\n"
               "#   CAT_INPUT_FILES = zcat aidgraph.nq.gz, FORMAT = nq\nqlever index && qlever start", is_run=False),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class DumpsPage:
    """The variables of ``dumps.html``. ``root`` is the address of this server, ``base`` of the data's IRIs.

    ``stale``: the graph was written to since the dumps were made.
    """

    head: Head
    files: tuple[DumpFile, ...]
    recipes: tuple[Recipe, ...]
    root: str
    version: str
    stale: bool
    made: str

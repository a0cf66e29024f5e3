"""The rooms of the code and who may enter which, read from the imports and never by importing."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
COMMON = frozenset({"kg.records", "kg.durable", "kg.errors", "kg.settings", "kg.slugs"})
"""What every room may import: records to hand on, and what knows nothing of any stage."""

ROOMS = {
    "kg.read": COMMON | {"kg.storage"},  # what it reads may lie on storage that machines share
    "kg.extract": COMMON | {"kg.packing"},  # parses are kept packed
    "kg.link": COMMON,
    "kg.merge": COMMON,
    "kg.rdf": COMMON | {"kg.merge", "kg.formats"},  # writes what the articles agreed on, with the common prefixes
    "kg.index": COMMON | {"kg.background", "kg.formats", "kg.store"},  # reads any graph, not knowing how one is made
}
DOORS: dict[str, str | tuple[str, ...]] = {
    "spacy": "kg.extract",
    "en_core_web_sm": "kg.extract",
    "flask": "server",
    "werkzeug": "server",
    "jinja2": "server",
    "uvicorn": "server",
    "a2wsgi": "server.front.start",
    "zstandard": (
        "server.engine.sink", "kg.dumps.packed", "kg.unzstd", "kg.cluster.shards", "kg.packing", "kg.backupfiles",
    ),
    "pyarrow": "kg.dumps.tables",
    "pandas": "kg.analysis",
    "mcp": "server.assistant",
    "brotli": "server.engine.sink",
    "fsspec": "kg.storage",
    "distributed": "kg.cluster",
    "py3langid": "kg.read.language",
    "trafilatura": "kg.read.page",
    "lxml": "kg.read",
    "yaml": "kg.corrections.trees",
    "prometheus_client": "server.watch.metrics",
    "pyld": "server.jsonld",
    "rapidfuzz": ("server.search.near", "server.reconcile.names", "kg.link.alike"),
    "pyshacl": "kg.validate.reference",
    "shacl": "kg.validate.fast",
}
"""Where each heavy library may be imported: a package, or one module; two where rooms need it that share nothing."""

COMMAND_LINES = {"kg.cli", "server.cli"}
"""They load a command's modules inside the command, so that ``aidgraph dump`` does not load spaCy."""


@dataclass(frozen=True)
class Import:
    """One import: ``importer`` and ``imported`` are dotted names, ``place`` is for messages."""

    importer: str
    imported: str
    place: str
    hidden: bool


@cache
def modules() -> dict[str, Path]:
    files = sorted(file for package in ("kg", "server", "ontology") for file in (ROOT / package).rglob("*.py"))
    return {".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): file for file in files}


@cache
def imports() -> tuple[Import, ...]:
    return tuple(one for name, file in modules().items() for one in _imports_of(name, file))


def _imports_of(name: str, file: Path) -> Iterator[Import]:
    tree = ast.parse(file.read_bytes())
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    hidden = {id(node) for function in functions for node in ast.walk(function)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            place = f"{file.relative_to(ROOT)}:{node.lineno}"
            for imported in _names(node):
                yield Import(name, imported, place, id(node) in hidden)


def _names(node: ast.Import | ast.ImportFrom) -> set[str]:
    """``from kg import store`` imports ``kg.store``; ``from kg.store import Snapshot`` imports ``kg.store``."""
    if isinstance(node, ast.Import):
        return {alias.name for alias in node.names}
    assert node.level == 0, "relative imports hide which room they enter"
    parts = {f"{node.module}.{alias.name}" for alias in node.names}
    return {part if part in modules() else str(node.module) for part in parts}


def _is_in(module: str, room: str) -> bool:
    return module == room or module.startswith(f"{room}.")


def test_imports_are_found() -> None:
    """The tests below would pass on an empty list."""
    assert {"kg.pipeline", "server.app", "kg.extract.nlp", "kg.rdf"} <= modules().keys()
    found = {(one.importer, one.imported) for one in imports()}
    assert {("kg.pipeline", "kg.store"), ("server.app", "flask"), ("kg.cli", "kg.understand")} <= found


def test_kg_never_imports_server() -> None:
    assert [one.place for one in imports() if _is_in(one.importer, "kg") and _is_in(one.imported, "server")] == []


@pytest.mark.parametrize("room", ROOMS)
def test_room_imports_only_itself_and_what_all_share(room: str) -> None:
    inside = [one for one in imports() if _is_in(one.importer, room) and _is_in(one.imported, "kg")]
    allowed = {room, *ROOMS[room]}
    wrong = [one for one in inside if not any(_is_in(one.imported, name) for name in allowed)]
    assert [f"{one.place} imports {one.imported}" for one in wrong] == []
    assert inside


def test_records_import_nothing_of_ours() -> None:
    assert [one for one in imports() if one.importer == "kg.records" and _is_in(one.imported, "kg")] == []


@pytest.mark.parametrize("library", DOORS)
def test_library_has_one_door(library: str) -> None:
    through = [one for one in imports() if _is_in(one.imported, library)]
    known = DOORS[library]
    doors = (known,) if isinstance(known, str) else known
    assert [one.place for one in through if not any(_is_in(one.importer, door) for door in doors)] == []


def test_no_import_hides_in_a_function() -> None:
    assert [one.place for one in imports() if one.hidden and one.importer not in COMMAND_LINES] == []


def test_imports_make_no_ring() -> None:
    edges: dict[str, set[str]] = {name: set() for name in modules()}
    for one in imports():
        if one.imported in edges:
            edges[one.importer].add(one.imported)
    try:
        TopologicalSorter(edges).prepare()
    except CycleError as error:
        pytest.fail(f"modules import each other: {' -> '.join(reversed(error.args[1]))}")

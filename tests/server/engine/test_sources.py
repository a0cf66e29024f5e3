"""Where a worker answers from, and that what a query may call comes from the folder of the same version."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

import server.engine.sources as sources_module
from kg.search.functions import TextFunctions
from kg.store import current_version
from server.engine.answer import answer
from server.engine.sources import Copied, Sources
from server.engine.wire import QueryJob

NAME = ox.NamedNode("http://example.org/function/folder")


def job(text: str, **rest: Any) -> QueryJob:
    return QueryJob(text, "http://localhost/sparql", 10.0, **rest)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders that functions were made for; the one that there is tells its folder."""
    folders: list[Path] = []

    def functions_for(folder: Path) -> TextFunctions:
        folders.append(folder)
        functions = TextFunctions(lambda: sqlite3.connect(":memory:"))
        functions.table[NAME] = lambda *_: ox.Literal(folder.name)
        return functions

    monkeypatch.setattr(sources_module, "functions_for", functions_for)
    return folders


def test_functions_read_the_folder_of_the_store_that_answers(data: Path, asked: list[Path]) -> None:
    sources = Sources(data, None)
    assert asked == []
    ask = job(f"SELECT ({NAME}() AS ?n) {{}} LIMIT 1")
    for _ in range(2):
        frames = answer(sources.store_for(ask), ask, lambda _: None, sources.functions.table)
        assert f'"value":"{current_version(data)}"'.encode() in frames
    assert asked == [data / "stores" / str(current_version(data))]


def test_functions_of_a_copy_read_the_folder_of_its_version(data: Path, asked: list[Path]) -> None:
    assert NAME in Sources(data, Copied(ox.Store(), "000007-ab")).functions.table
    assert asked == [data / "stores" / "000007-ab"]


@pytest.mark.parametrize(
    ("ask", "is_copied"),
    [
        (job("SELECT * { ?s ?p ?o }"), True),
        (job("SELECT * { ?s <https://w3id.org/aidgraph/ontology#item> ?o }"), True),
        (job("SELECT * { GRAPH ?g { ?s ?p ?o } }"), False),
        (job("SELECT * FROM <http://x/> { ?s ?p ?o }"), False),
        (job("SELECT * { ?s ?p ?o }", named_graphs=("http://x/",)), False),
    ],
)
def test_a_copy_answers_what_asks_for_the_default_graph_alone(data: Path, ask: QueryJob, is_copied: bool) -> None:
    copied = Copied(ox.Store(), str(current_version(data)))
    assert (Sources(data, copied).store_for(ask) is copied.store) == is_copied

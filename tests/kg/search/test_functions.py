"""The functions for SPARQL: what they find, what they refuse, and that a fault of the index is told."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg.errors import StoreError
from kg.index.build import build_index
from kg.lock import write_lock
from kg.search.functions import MATCHES, PREFIX, SCORE, TextFunctions, index_of
from kg.store import current_version, new_generation, open_snapshot

GRAPH = """
@prefix schema: <http://schema.org/> . @prefix aid: <https://w3id.org/aidgraph/ontology#> .
@prefix oa: <http://www.w3.org/ns/oa#> . @prefix prov: <http://www.w3.org/ns/prov#> .
@prefix e: <https://w3id.org/aidgraph/id/event/> . @prefix a: <https://w3id.org/aidgraph/id/article/told#> .
@prefix c: <https://w3id.org/aidgraph/id/country/> .
c:italy a schema:Country ; schema:name "Italy" ; schema:alternateName "Italian Republic" .
c:chad a schema:Country ; schema:name "Chad" .
e:one a aid:AidEvent ; schema:name "Chad sends masks to Italy" ; aid:item a:item ; aid:recipient c:italy .
e:two a aid:AidEvent ; schema:name "Chad delivers tents" .
a:item a aid:AidItem ; schema:name "masks" .
<https://w3id.org/aidgraph/id/article/told> a schema:NewsArticle ; schema:headline "Help from Africa" .
a:char-0-9 a aid:EvidenceSpan ; oa:exact "Chad sent masks." ;
    prov:wasQuotedFrom <https://w3id.org/aidgraph/id/article/told> .
"""
WORDS = ox.Literal("masks")
ITALY = ox.NamedNode("https://w3id.org/aidgraph/id/country/italy")


@pytest.fixture(scope="module")
def store() -> ox.Store:
    store = ox.Store()
    store.load(GRAPH.encode(), format=ox.RdfFormat.TURTLE)
    return store


@pytest.fixture(scope="module")
def functions(store: ox.Store, tmp_path_factory: pytest.TempPathFactory) -> TextFunctions:
    folder = tmp_path_factory.mktemp("generation")
    build_index(store, folder)
    return TextFunctions(lambda: index_of(folder))


@pytest.fixture
def ask(store: ox.Store, functions: TextFunctions) -> Callable[[str], list[str]]:
    """The last parts of the IRIs that a pattern binds to ?x."""

    def run(pattern: str) -> list[str]:
        text = f"PREFIX schema: <http://schema.org/> SELECT ?x {{ {pattern} }} ORDER BY ?x"
        rows: Any = store.query(text, prefixes=PREFIX, custom_functions=functions.table)
        return [row["x"].value.rpartition("/")[2] for row in rows]

    return run


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("masks", ["told#char-0-9", "told#item", "one"]),
        ("mask", ["told#char-0-9", "told#item", "one"]),
        ("Chad -masks", ["chad", "two"]),
        ('\\"sent masks\\"', ["told#char-0-9"]),
        ("tent*", ["two"]),
        ("ten", []),
        ("italian", ["italy"]),
        ("help AFRICA", ["told"]),
    ],
)
def test_things_of_every_kind_are_found_by_their_words(
    ask: Callable[[str], list[str]], words: str, found: list[str]
) -> None:
    assert ask(f'?x a ?type FILTER(text:matches(?x, "{words}"))') == found


def test_score_is_a_double_that_is_higher_for_what_fits_better(store: ox.Store, functions: TextFunctions) -> None:
    text = 'SELECT ?x (text:score(?x, "Chad") AS ?s) { ?x a ?type } ORDER BY DESC(?s) ?x'
    rows: Any = store.query(text, prefixes=PREFIX, custom_functions=functions.table)
    scored = {row["x"].value.rpartition("/")[2]: row["s"] for row in rows}
    assert {score.datatype.value.rpartition("#")[2] for score in scored.values()} == {"double"}
    values = {name: float(score.value) for name, score in scored.items()}
    assert values["chad"] > values["one"] > values["told#item"] == values["italy"] == 0


@pytest.mark.parametrize(
    "arguments",
    ["?none, 'masks'", "'Italy', 'masks'", "1, 'masks'", "?x, 7", "?x, ?none", "?x, ?x", "?x", "?x, 'a', 'b'", "",
     "?x, '!?'", "?x, ''", "?x, '-masks'", "_:b, 'masks'"],
)  # fmt: skip
@pytest.mark.parametrize("function", ["matches", "score"])
def test_odd_arguments_have_no_value(ask: Callable[[str], list[str]], function: str, arguments: str) -> None:
    if arguments == "_:b, 'masks'":
        arguments = "BNODE(), 'masks'"
    assert ask(f"?x schema:name 'Chad' BIND(text:{function}({arguments}) AS ?value) FILTER(BOUND(?value))") == []
    assert ask(f"?x schema:name 'Chad' BIND(text:{function}({arguments}) AS ?value)") == ["chad"]


def test_word_with_a_language_tag_is_one(ask: Callable[[str], list[str]]) -> None:
    assert ask('?x a ?type FILTER(text:matches(?x, "tents"@en))') == ["two"]


def test_index_is_asked_once_for_each_text(functions: TextFunctions) -> None:
    asked: list[str] = []
    counted = TextFunctions(lambda: _traced(functions, asked))
    for _ in range(3):
        assert counted.matches(ITALY, WORDS) == ox.Literal(False)
        assert counted.matches(ITALY, WORDS) == ox.Literal(False)
    assert sum("bm25" in statement for statement in asked) == 1


def _traced(functions: TextFunctions, asked: list[str]) -> sqlite3.Connection:
    connection = functions._open()
    connection.set_trace_callback(asked.append)
    return connection


def test_fault_of_the_index_is_told_once_and_tried_again(tmp_path: Path) -> None:
    functions = TextFunctions(lambda: index_of(tmp_path / "gone"))
    for _ in range(2):
        assert functions.matches(ITALY, WORDS) is None
        assert functions.score(ITALY, WORDS) is None
        with pytest.raises(StoreError, match="full text"):
            functions.check()
        functions.check()


def test_index_that_is_missing_is_made(tmp_path: Path) -> None:
    with write_lock(tmp_path), new_generation(tmp_path) as generation:
        generation.store.load(GRAPH.encode(), format=ox.RdfFormat.TURTLE)
    folder = tmp_path / "stores" / str(current_version(tmp_path))
    assert open_snapshot(tmp_path).path.parent == folder
    functions = TextFunctions(lambda: index_of(folder))
    assert functions.matches(ITALY, ox.Literal("italy")) == ox.Literal(True)


def test_functions_have_the_names_that_are_documented(functions: TextFunctions) -> None:
    assert [name.value for name in functions.table] == [
        "https://w3id.org/aidgraph/function#matches", "https://w3id.org/aidgraph/function#score",
    ]  # fmt: skip
    assert set(functions.table) == {MATCHES, SCORE}

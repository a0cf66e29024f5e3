"""The protocol's dataset as USING in an update: which operations get it, and that the engine then obeys."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from server.problems import BadRequest
from server.syntax.dataset import with_using

A, B = "http://x/a", "http://x/b"
DATA = """INSERT DATA {
  <http://x/s> <http://x/p> 0 . GRAPH <http://x/a> { <http://x/s> <http://x/p> 1 }
  GRAPH <http://x/b> { <http://x/s> <http://x/p> 2 } }"""


@pytest.mark.parametrize(
    ("update", "expected"),
    [
        ("DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "DELETE { ?s ?p ?o } USING <http://x/a> WHERE { ?s ?p ?o }"),
        ("INSERT{?s a ?o}WHERE{{SELECT*WHERE{?s ?p ?o}}}", "USING <http://x/a> WHERE{{SELECT*WHERE{?s ?p ?o}}}"),
        ("DELETE {} INSERT {} # WHERE\nWHERE {}", "DELETE {} INSERT {} # WHERE\n USING <http://x/a> WHERE {}"),
        ("DELETE WHERE { ?s ?p ';' }", "DELETE { ?s ?p ';' } USING <http://x/a> WHERE { ?s ?p ';' }"),
        ("delete{?s ?p 1;?q 2}where{};clear all", "delete{?s ?p 1;?q 2} USING <http://x/a> where{};clear all"),
    ],
)
def test_with_using_writes_it_before_where(update: str, expected: str) -> None:
    written = " ".join(with_using(update, [A], []).split())
    assert " ".join(expected.split()) in written


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <a:a> <b:b> 'WHERE {}' }",
        "DELETE DATA { <a:a> <b:b> 1 } ; LOAD <http://x/> ; CLEAR DEFAULT ; COPY <a:a> TO <b:b> ;",
        "PREFIX where: <a:> INSERT DATA { where:a where:b where:c }",
        "",
    ],
)
def test_with_using_leaves_the_rest_alone(update: str) -> None:
    assert with_using(update, [A], [B]) == update


def test_with_using_writes_it_into_each_operation() -> None:
    written = with_using("DELETE {} WHERE {} ; INSERT DATA {} ; INSERT {} WHERE {}", [A, B], [A])
    assert written.count(" USING <http://x/a> USING <http://x/b> USING NAMED <http://x/a> WHERE {}") == 2


def test_with_using_does_nothing_without_a_dataset() -> None:
    assert with_using("WITH <a:a> DELETE {} WHERE {} {{{", [], []) == "WITH <a:a> DELETE {} WHERE {} {{{"


@pytest.mark.parametrize(
    ("update", "iri"),
    [
        ("DELETE {} USING <a:a> WHERE {}", A),
        ("INSERT DATA {} ; WITH <a:a> DELETE {} WHERE {}", A),
        ("DELETE {} USING NAMED <a:a> WHERE {}", A),
        ("DELETE {} WHERE {", A),
        ("DELETE {} WHERE { ?s a1 }", A),
        ("DELETE {} WHERE {}", "a"),
        ("DELETE {} WHERE {}", "http://x/> WHERE {} ; CLEAR ALL #"),
    ],
)
def test_with_using_refuses_two_datasets_and_what_it_cannot_read(update: str, iri: str) -> None:
    with pytest.raises(BadRequest):
        with_using(update, [iri], [])


@pytest.mark.parametrize(
    ("update", "using", "named", "left"),
    [
        ("DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }", [], [A], {0, 2}),
        ("DELETE { ?s ?p 0 } WHERE { ?s ?p 2 }", [A], [], {0, 1, 2}),
        ("DELETE { ?s ?p 0 } WHERE { ?s ?p 2 }", [A, B], [], {1, 2}),
        ("DELETE WHERE { ?s ?p 0 }", [A], [], {0, 1, 2}),
        ("DELETE WHERE { GRAPH <http://x/a> { ?s ?p ?o } }", [], [B], {0, 1, 2}),
        ("DELETE WHERE { GRAPH <http://x/a> { ?s ?p ?o } }", [], [A], {0, 2}),
    ],
)
def test_with_using_is_what_the_engine_reads(update: str, using: list[str], named: list[str], left: set[int]) -> None:
    store = ox.Store()
    store.update(DATA)
    store.update(with_using(update, using, named))
    assert {int(quad.object.value) for quad in store if isinstance(quad.object, ox.Literal)} == left

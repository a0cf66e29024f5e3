"""Solutions of queries, read from the suite's files of expected results and from replies of the server.

One shape for both: a table of rows, or true or false. A graph is a table of ``s``, ``p`` and ``o``, each row once.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from w3c.client import Reply
from w3c.values import XSD, Term

RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
"""The vocabulary of result sets written as RDF, of the suite's first years."""

CSV = "text/csv"
TABLES = {
    ".srx": "application/sparql-results+xml",
    ".srj": "application/sparql-results+json",
    ".tsv": "text/tab-separated-values",
    ".csv": CSV,
}
"""The media type to ask for, so that the answer is in the format of the file with what is expected."""

GRAPHS = {".ttl": "text/turtle", ".rdf": "application/rdf+xml", ".nt": "application/n-triples"}

Node = ox.NamedNode | ox.BlankNode | ox.Triple
NUMBER = re.compile(r"[+-]?\d+(\.\d*)?(E[+-]?\d+)?", re.I)
DOUBLE = ox.NamedNode(f"{XSD}double")


@dataclass(frozen=True, slots=True)
class Solutions:
    """A table. A variable that a row leaves unbound is missing there."""

    variables: frozenset[str]
    rows: tuple[dict[str, Term], ...]


@dataclass(frozen=True, slots=True)
class Expected:
    """What a file expects, and the media type to ask the server for."""

    value: Solutions | bool
    media_type: str


def read_expected(file: Path, base: str) -> Expected:
    """The expected result that ``file`` holds; ``base`` is its published IRI."""
    if media_type := TABLES.get(file.suffix):
        return Expected(read_table(file.read_bytes(), media_type), media_type)
    graph = ox.Dataset(ox.parse(path=file, format=ox.RdfFormat.from_media_type(GRAPHS[file.suffix]), base_iri=base))
    for quad in graph.quads_for_object(ox.NamedNode(f"{RS}ResultSet")):
        return Expected(_result_set(graph, quad.subject), TABLES[".srj"])
    return Expected(_triples(graph), GRAPHS[file.suffix])


def read_reply(reply: Reply) -> Solutions | bool:
    """What the server answered to a query."""
    if reply.media_type in TABLES.values():
        return read_table(reply.body, reply.media_type)
    form = ox.RdfFormat.from_media_type(reply.media_type)
    assert form is not None, f"neither solutions nor RDF: {reply}"
    return _triples(ox.Dataset(ox.parse(reply.body, format=form)))


def read_graph(turtle: str | bytes, base: str) -> Solutions:
    return _triples(ox.Dataset(ox.parse(turtle, format=ox.RdfFormat.TURTLE, base_iri=base)))


def read_table(body: bytes, media_type: str) -> Solutions | bool:
    """Solutions, or true or false, in one of the formats for them."""
    if media_type == CSV:
        return _csv(body.decode())
    form = ox.QueryResultsFormat.from_media_type(media_type)
    assert form is not None, f"no format of solutions: {media_type}"
    found = ox.parse_query_results(body, format=form)
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    variables = [variable.value for variable in found.variables]
    return Solutions(frozenset(variables), tuple(_bound(variables, solution) for solution in found))


def _bound(variables: list[str], solution: ox.QuerySolution) -> dict[str, Term]:
    return {variable: solution[variable] for variable in variables if solution[variable] is not None}


def _csv(text: str) -> Solutions:
    """CSV has no types: a value is a blank node, a number or text, and empty text may stand for nothing."""
    header, *lines = csv.reader(text.splitlines(keepends=True))
    return Solutions(
        frozenset(header), tuple({k: _cell(v) for k, v in zip(header, line, strict=True)} for line in lines)
    )


def _cell(text: str) -> Term:
    if text.startswith("_:"):
        return ox.BlankNode(text[2:])
    return ox.Literal(text, datatype=DOUBLE) if NUMBER.fullmatch(text) else ox.Literal(text)


def _triples(graph: ox.Dataset) -> Solutions:
    rows = ({"s": quad.subject, "p": quad.predicate, "o": quad.object} for quad in graph)
    return Solutions(frozenset("spo"), tuple(rows))


def _result_set(graph: ox.Dataset, node: Node) -> Solutions | bool:
    for value in _objects(graph, node, "boolean"):
        return value == ox.Literal(True)
    variables = frozenset(name.value for name in _objects(graph, node, "resultVariable"))
    solutions = list(_objects(graph, node, "solution"))
    indices = {solution: int(index.value) for solution in solutions for index in _objects(graph, solution, "index")}
    solutions.sort(key=lambda solution: indices.get(solution, 0))
    return Solutions(variables, tuple(_solution(graph, node) for node in solutions))


def _solution(graph: ox.Dataset, node: Node) -> dict[str, Term]:
    row = {}
    for binding in _objects(graph, node, "binding"):
        (variable,), (value,) = _objects(graph, binding, "variable"), _objects(graph, binding, "value")
        row[variable.value] = value
    return row


def _objects(graph: ox.Dataset, subject: Node, name: str) -> Iterator[Any]:
    """What ``subject`` has as ``rs:name``: nodes or literals, as the vocabulary says."""
    predicate = ox.NamedNode(RS + name)
    return (quad.object for quad in graph.quads_for_subject(subject) if quad.predicate == predicate)

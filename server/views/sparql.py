"""The page to write a query on, with example questions, and the table of its answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from server.addresses import Addresses
from server.views.page import Alternate, Head
from server.views.reader import Link, shorten

SHOWN_ROWS = 1000
"""Rows of an answer that the page shows; all are in its downloads."""

START = """PREFIX aid: <https://w3id.org/aidgraph/ontology#>
PREFIX schema: <http://schema.org/>

SELECT ?day ?donor ?recipient ?phase WHERE {
  ?event a aid:AidEvent ; schema:startDate ?day ; aid:phase ?phase ;
         aid:donor/schema:name ?donor ; aid:recipient/schema:name ?recipient .
} ORDER BY ?day LIMIT 100
"""


@dataclass(frozen=True, slots=True)
class Question:
    """A question that the graph answers, and the query that asks it."""

    name: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class ResultTable:
    """A SELECT result as cells; ``answer`` is that of ASK instead. ``total`` counts the rows not shown too."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Link | None, ...], ...]
    total: int
    answer: bool | None = None


@dataclass(frozen=True, slots=True)
class Download:
    """The same answer in a form for programs."""

    name: str
    href: str


@dataclass(frozen=True, slots=True)
class SparqlPage:
    """The variables of ``sparql.html``. Before a query is asked there is neither table nor graph."""

    head: Head
    endpoint: str
    query: str
    questions: tuple[Question, ...]
    table: ResultTable | None = None
    graph: str | None = None
    downloads: tuple[Download, ...] = ()


def sparql_page(
    endpoint: str, query: str | None = None, *, example: str | None = None,
    table: ResultTable | None = None, graph: str | None = None, downloads: tuple[Download, ...] = (),
) -> SparqlPage:  # fmt: skip
    """The page with a query in it: the one that was asked, an example by its name, or one to start from."""
    chosen = next((question.text for question in questions() if question.name == example), START)
    description = Alternate("/sparql?format=ttl", "text/turtle", "Service description")
    head = Head("Query the graph (SPARQL)", alternates=(description,))
    return SparqlPage(head, endpoint, chosen if query is None else query, questions(), table, graph, downloads)


@cache
def questions() -> tuple[Question, ...]:
    """The competency questions of the ontology, by number."""
    files = sorted(resources.files("ontology").joinpath("questions").iterdir(), key=lambda file: file.name)
    texts = {file.name.removesuffix(".rq"): file.read_text(encoding="utf-8") for file in files if ".rq" in file.name}
    return tuple(Question(name, _title(text), text) for name, text in texts.items())


def _title(text: str) -> str:
    """The question in the first comment, without its number and its expected answer."""
    first = text.partition("\n")[0]
    return re.sub(r"^#\s*\w+\s+|\s*\([^()]*\)\s*$", "", first).strip()


def read_results(results: Mapping[str, Any], addresses: Addresses) -> ResultTable:
    """Results in SPARQL JSON as a table; ours are linked to their pages, known prefixes shorten the rest."""
    if "boolean" in results:
        return ResultTable((), (), 1, results["boolean"])
    columns, bindings = tuple(results["head"]["vars"]), results["results"]["bindings"]
    rows = tuple(
        tuple(_cell(binding[name], addresses) if name in binding else None for name in columns)
        for binding in bindings[:SHOWN_ROWS]
    )
    return ResultTable(columns, rows, len(bindings))


def _cell(term: Mapping[str, Any], addresses: Addresses) -> Link:
    value = term["value"]
    if term["type"] == "uri":
        return Link(_short(value, addresses.base), addresses.page_of(value), iri=value)
    return Link(value if isinstance(value, str) else str(value), lang=term.get("xml:lang"))


def _short(iri: str, base: str) -> str:
    if iri.startswith(f"{base}id/"):
        return iri.removeprefix(f"{base}id/")
    return shorten(iri)

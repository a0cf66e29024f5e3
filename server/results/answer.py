"""An answer as cells: the rows of a SELECT in SPARQL JSON, or the triples of a CONSTRUCT as rows of three.

Only so many rows are kept as a page shows. All pictures are of these, so that a table and the picture beside it say
the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

import pyoxigraph as ox

SHOWN_ROWS: Final = 1000
"""Rows of an answer that the page shows; all are in its downloads."""

TRIPLE: Final = ("subject", "predicate", "object")
_XSD_STRING: Final = "http://www.w3.org/2001/XMLSchema#string"


@dataclass(frozen=True, slots=True)
class Cell:
    """One term. ``datatype`` and ``lang`` are those of a literal; plain strings have neither."""

    value: str
    is_iri: bool = False
    datatype: str | None = None
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """The first rows of an answer, as many as are shown; ``total`` counts all."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell | None, ...], ...]
    total: int

    def column(self, name: str) -> list[Cell | None]:
        """The cells of a column, from top to bottom."""
        place = self.columns.index(name)
        return [row[place] for row in self.rows]


def read_rows(results: Mapping[str, Any]) -> Rows:
    """A SELECT result in SPARQL 1.1 JSON."""
    columns, bindings = tuple(results["head"]["vars"]), results["results"]["bindings"]
    rows = (
        tuple(_cell(binding[name]) if name in binding else None for name in columns)
        for binding in bindings[:SHOWN_ROWS]
    )
    return Rows(columns, tuple(rows), len(bindings))


def _cell(term: Mapping[str, Any]) -> Cell:
    value = term["value"]
    text = value if isinstance(value, str) else str(value)  # a triple as a term (RDF 1.2)
    return Cell(text, term["type"] == "uri", term.get("datatype"), term.get("xml:lang"))


def read_triples(triples: Iterable[ox.Triple | ox.Quad]) -> Rows:
    """A graph. Counting goes on behind what is kept."""
    left = iter(triples)
    rows = tuple((_term(one.subject), _term(one.predicate), _term(one.object)) for one in islice(left, SHOWN_ROWS))
    return Rows(TRIPLE, rows, len(rows) + sum(1 for _ in left))


def _term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Cell:
    if isinstance(term, ox.Literal):
        datatype = term.datatype.value
        plain = term.language is not None or datatype == _XSD_STRING
        return Cell(term.value, datatype=None if plain else datatype, lang=term.language)
    return Cell(term.value, is_iri=True) if isinstance(term, ox.NamedNode) else Cell(str(term))

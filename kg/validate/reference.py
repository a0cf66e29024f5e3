"""The reference: pySHACL, the validator that the others are measured by. The one module that knows it.

It is slow (7 s for 40 articles, 70 times as long as :mod:`kg.validate.fast`), and works on rdflib's graphs.
"""

from __future__ import annotations

from functools import lru_cache
from typing import cast

import pyoxigraph as ox
import pyshacl
import rdflib
from pyshacl.errors import ReportableRuntimeError, ValidationFailure

from kg.errors import DataError


def validate(data: bytes, shapes: bytes) -> bytes:
    """Validate N-Quads, graph names left out of account, against shapes in Turtle; the report as N-Triples.

    Raises:
        DataError: pySHACL gives up, as on a nameless node where an order is asked for.
    """
    try:
        _, report, _ = pyshacl.validate(_merged(data), shacl_graph=_parsed(shapes), inplace=True)
    except (ReportableRuntimeError, RecursionError) as error:  # the latter is rdflib's, on numbers that are none
        raise DataError(f"pySHACL cannot validate the graph ({error}); try --engine fast") from error
    if isinstance(report, ValidationFailure):
        raise DataError(f"pySHACL cannot validate the graph ({report.message}); try --engine fast") from report
    return cast("rdflib.Graph", report).serialize(format="nt", encoding="utf-8")


def _merged(data: bytes) -> rdflib.Graph:
    """The graph without the graph names, and with literals as they are written: rdflib's parser would mend them."""
    graph = rdflib.Graph()
    for quad in ox.parse(data, ox.RdfFormat.N_QUADS):
        graph.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    return graph


def _term(term: object) -> rdflib.term.Node:
    match term:
        case ox.NamedNode():
            return rdflib.URIRef(term.value)
        case ox.BlankNode():
            return rdflib.BNode(term.value)
        case ox.Literal(language=None):
            return rdflib.Literal(term.value, datatype=_datatype(term), normalize=False)
        case ox.Literal():
            return rdflib.Literal(term.value, lang=term.language)
    raise DataError(f"pySHACL cannot validate a graph with {term}: it knows RDF 1.1 only")


def _datatype(literal: ox.Literal) -> rdflib.URIRef | None:
    """None for a plain text, which in rdflib is another term than the same text with its datatype."""
    return None if literal.datatype.value == str(rdflib.XSD.string) else rdflib.URIRef(literal.datatype.value)


@lru_cache(maxsize=4)
def _parsed(shapes: bytes) -> rdflib.Graph:
    return rdflib.Graph().parse(data=shapes, format="turtle")

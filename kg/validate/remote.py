"""A graph that somebody else serves, fetched over SPARQL 1.1 to be validated here.

Validators want the whole graph, and endpoints limit how much they answer at once, so it comes in pages. The pages are
not ordered: an endpoint would sort the whole graph for each of them, and some die of sorting IRIs and texts
together. That an endpoint keeps an order of its own is seen from their sum, which has to be the whole.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Final
from urllib.parse import urlsplit

import pyoxigraph as ox

from kg.errors import DataError

TRIPLES_AT_ONCE: Final = 10_000
"""What large public endpoints answer at most."""
_COUNT: Final = "SELECT (COUNT(*) AS ?all) WHERE { SELECT DISTINCT ?s ?p ?o WHERE { ?s ?p ?o } }"
_PAGE: Final = "CONSTRUCT { ?s ?p ?o } WHERE { SELECT DISTINCT ?s ?p ?o WHERE { ?s ?p ?o } LIMIT %d OFFSET %d }"
_ACCEPT: Final = "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.8"

Ask = Callable[[str, str], tuple[str, bytes]]
"""Sends a query, with the media types that are wanted, and gives the answer's media type and the answer."""


def is_address(source: str) -> bool:
    """Whether it is the address of an endpoint and not the name of a file."""
    return urlsplit(source).scheme in {"http", "https"}


def fetch_quads(address: str, ask: Ask, *, at_once: int = TRIPLES_AT_ONCE) -> Iterator[ox.Quad]:
    """Everything that the endpoint has in its default graph.

    Raises:
        DataError: the endpoint fails, its pages are not the whole, or they hold blank nodes, which pages tear apart.
    """
    count, seen = _count(address, ask), set()
    for start in range(0, count, at_once):
        for triple in _parsed(address, *ask(_PAGE % (at_once, start), _ACCEPT)):
            if count > at_once and ox.BlankNode in {type(triple.subject), type(triple.object)}:
                raise DataError(
                    f"{address}: has blank nodes, which cannot be told apart in pages; validate a dump of it"
                )
            seen.add(triple)
    if len(seen) != count:
        raise DataError(
            f"{address}: has {count:,} triples, but its pages held {len(seen):,}; it changed meanwhile, cuts answers "
            "short or does not keep their order: validate a dump of it"
        )
    yield from (ox.Quad(triple.subject, triple.predicate, triple.object) for triple in seen)


def _count(address: str, ask: Ask) -> int:
    media_type, body = ask(_COUNT, "application/sparql-results+json")
    try:
        return int(json.loads(body)["results"]["bindings"][0]["all"]["value"])
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise DataError(f"{address}: answers a SELECT with {media_type}, which is no SPARQL result in JSON") from error


def _parsed(address: str, media_type: str, body: bytes) -> Iterator[ox.Triple]:
    form = ox.RdfFormat.from_media_type(media_type)
    if form is None:
        raise DataError(f"{address}: answers a CONSTRUCT with {media_type}, which is no RDF")
    try:
        yield from (quad.triple for quad in ox.parse(body, form, base_iri=address))
    except SyntaxError as error:
        raise DataError(f"{address}: answers with {media_type} that cannot be read: {error}") from error

"""One query on one store, from text to bytes: refused, evaluated and serialised before any status is sent.

Nothing here knows Flask, and what goes in and comes out can be sent between processes, so that evaluation
can move out of the web server's process without a change to its callers. pyoxigraph writes every result
itself; no row or triple becomes a Python object.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pyoxigraph as ox

from kg.formats import GRAPH_FORMATS, RESULT_FORMATS
from server.media import BOOLEAN_OFFERS, GRAPH_NAMES, GRAPH_OFFERS, HTML_OFFER, RESULT_OFFERS
from server.negotiate import Offer, choose, named
from server.problems import BadRequest, NotAcceptable, NotEvaluated
from server.protocol import QueryRequest
from server.syntax.allowed import Allowed
from server.syntax.network import guard_query

Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

_POSITION = re.compile(r"error at (?P<line>\d+):(?P<column>\d+): (?P<rest>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Answer:
    """A serialised result in the form of ``offer``; for HTML ``body`` is JSON or Turtle to make the page from."""

    body: bytes
    offer: Offer
    is_graph: bool


def evaluate(store: ox.Store, query: QueryRequest, *, base_iri: str, accept: str | None) -> Answer:
    """Answer ``query`` in the form that ``?format=`` or else the Accept header asks for.

    Raises:
        Refused: the query would reach for the network.
        BadRequest: it has a syntax error, or a graph name that is no IRI.
        NotAcceptable: none of the forms suits.
        NotEvaluated: the engine cannot answer it.
    """
    query = replace(query, text=guard_query(query.text, Allowed()))
    try:
        results = _start(store, query, base_iri)
        offer = _choose_form(results, query.format, accept)
        return _serialize(results, offer)
    except SyntaxError as error:
        raise _syntax_problem(str(error)) from error
    except (RuntimeError, ValueError) as error:
        raise NotEvaluated(f"The query cannot be answered: {error}.") from error


def _start(store: ox.Store, query: QueryRequest, base_iri: str) -> Results:
    """Parse and plan. The protocol's dataset overrides FROM; with named graphs only, the default graph is empty."""
    if not query.default_graphs and not query.named_graphs:
        return store.query(query.text, base_iri=base_iri)
    return store.query(
        query.text,
        base_iri=base_iri,
        default_graph=[*_graph_names(query.default_graphs)],
        named_graphs=[*_graph_names(query.named_graphs)],
    )


def _graph_names(iris: Sequence[str]) -> list[ox.NamedNode]:
    try:
        return [ox.NamedNode(iri) for iri in iris]
    except ValueError as error:
        raise BadRequest(f"A graph is named by something that is no absolute IRI: {error}.") from error


def _choose_form(results: Results, format_name: str | None, accept: str | None) -> Offer:
    offers: tuple[Offer, ...]
    if isinstance(results, ox.QueryTriples):
        offers = (*GRAPH_OFFERS, HTML_OFFER)
        format_name = format_name and GRAPH_NAMES.get(format_name.lower(), format_name)
    else:
        offers = (*(BOOLEAN_OFFERS if isinstance(results, ox.QueryBoolean) else RESULT_OFFERS), HTML_OFFER)
    found = named(offers, format_name) if format_name else choose(offers, accept)
    if found is None:
        raise NotAcceptable(offers, wanted=format_name or accept or "")
    return found


def _serialize(results: Results, offer: Offer) -> Answer:
    if isinstance(results, ox.QueryTriples):
        body = results.serialize(format=GRAPH_FORMATS["ttl" if offer == HTML_OFFER else offer.name])
    else:
        body = results.serialize(format=RESULT_FORMATS["json" if offer == HTML_OFFER else offer.name])
    return Answer(body or b"", offer, isinstance(results, ox.QueryTriples))


def _syntax_problem(message: str) -> BadRequest:
    """Problem details of a syntax error, with line and column where the engine's message gives them."""
    match = _POSITION.match(message)
    if match is None:
        return BadRequest(f"The query has a syntax error: {message}.")
    line, column = int(match["line"]), int(match["column"])
    detail = f"The query has a syntax error at line {line}, column {column}: {match['rest']}."
    return BadRequest(detail, extra={"line": line, "column": column})

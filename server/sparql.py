"""``/sparql``: the SPARQL 1.1 Protocol for queries, and what the endpoint says of itself.

Without a query a browser gets a form to write one, an RDF client the service description.
"""

from __future__ import annotations

import json
from urllib.parse import urlencode
from zlib import crc32

from flask import Blueprint, Response, request

from server.caching import revalidated
from server.description import describe_service
from server.evaluate import Answer, evaluate
from server.media import GRAPH_NAMES, GRAPH_OFFERS, HTML_OFFER, content_type
from server.negotiate import Offer, choose, named
from server.problems import NotAcceptable
from server.protocol import QueryRequest, parse_get, parse_parameters, parse_post, values
from server.rendering import render
from server.serialize import serialize_triples
from server.site import site, snapshot
from server.tokens import is_volatile
from server.views.sparql import Download, SparqlPage, read_results, sparql_page

sparql = Blueprint("sparql", __name__)


@sparql.get("/sparql")
def query_by_get() -> Response:
    """A query in the address, or none at all. Flask answers HEAD with it."""
    query = parse_get(request.query_string)
    if query is None:
        return _endpoint_itself()
    form = query.format or request.headers.get("Accept", "")
    if is_volatile(query.text) or "html" in form:
        return _answer(query)
    response = revalidated(f"{snapshot().version}/{crc32(form.encode()):08x}", lambda: _answer(query))
    response.vary.add("Accept")
    return response


@sparql.post("/sparql")
def query_by_post() -> Response:
    """A query as a form or as the body."""
    query = parse_post(request.query_string, request.headers.get("Content-Type"), request.get_data())
    return _answer(query)


def _answer(query: QueryRequest) -> Response:
    accept = request.headers.get("Accept")
    answer = evaluate(snapshot().store, query, base_iri=request.base_url, accept=accept)
    if answer.offer == HTML_OFFER:
        response = render("sparql.html", _results_page(query, answer))
    else:
        response = Response(answer.body, content_type=content_type(answer.offer.media_type))
    response.vary.add("Accept")
    return response


def _results_page(query: QueryRequest, answer: Answer) -> SparqlPage:
    graph = answer.body.decode() if answer.is_graph else None
    table = None if answer.is_graph else read_results(json.loads(answer.body), site().addresses)
    names = ("ttl", "jsonld", "nt", "rdf") if answer.is_graph else ("csv", "tsv", "json", "xml")
    kept = [("query", query.text)] + [("default-graph-uri", iri) for iri in query.default_graphs]
    kept += [("named-graph-uri", iri) for iri in query.named_graphs]
    downloads = tuple(Download(name, f"/sparql?{urlencode([*kept, ('format', name)])}") for name in names)
    return sparql_page(request.base_url, query.text, table=table, graph=graph, downloads=downloads)


def _endpoint_itself() -> Response:
    parameters = parse_parameters(request.query_string)
    offers: tuple[Offer, ...] = (*GRAPH_OFFERS, HTML_OFFER)
    wanted = values(parameters, "format")
    accept = request.headers.get("Accept")
    offer = named(offers, GRAPH_NAMES.get(wanted[-1], wanted[-1])) if wanted else choose(offers, accept)
    if offer is None:
        raise NotAcceptable(offers, wanted=wanted[-1] if wanted else accept or "")
    if offer == HTML_OFFER:
        example = values(parameters, "example")
        response = render("sparql.html", sparql_page(request.base_url, example=example[-1] if example else None))
    else:
        body = serialize_triples(describe_service(request.base_url), offer.name)
        response = Response(body, content_type=content_type(offer.media_type))
    response.vary.add("Accept")
    return response

"""``/sparql`` as a page, and what the endpoint says of itself; queries themselves are answered by :mod:`server.front`.

Without a query a browser gets a form to write one, an RDF client the service description. Results that a browser
asked for come from the front as JSON or Turtle, and are put into a page here.
"""

from __future__ import annotations

import json
from urllib.parse import urlencode

from flask import Blueprint, Response, request

from server.description import describe_service
from server.engine.reply import Reply
from server.front.exchange import HANDED
from server.front.queries import METHODS, Handed
from server.media import GRAPH_NAMES, GRAPH_OFFERS, HTML_OFFER, content_type
from server.negotiate import Offer, choose, named
from server.problems import NotAcceptable, Unavailable
from server.protocol import QueryRequest, parse_parameters, values
from server.rendering import render
from server.serialize import serialize_triples
from server.site import site
from server.views.sparql import Download, SparqlPage, read_results, sparql_page

sparql = Blueprint("sparql", __name__)


@sparql.route("/sparql", methods=[method for method in METHODS if method != "OPTIONS"])
def endpoint() -> Response:
    """What the front hands on: results for a page, or a request without a query."""
    handed: Handed = request.environ.get("asgi.scope", {}).get(HANDED) or Handed()
    if handed.query is not None and handed.reply is not None:
        response = render("sparql.html", _results_page(handed.query, handed.reply))
    elif values(parse_parameters(request.query_string), "query") or request.method not in ("GET", "HEAD"):
        raise Unavailable("Queries are answered by the server that `aidgraph serve` starts, not by this application.")
    else:
        response = _endpoint_itself()
    response.vary.add("Accept")
    return response


def _results_page(query: QueryRequest, reply: Reply) -> SparqlPage:
    is_graph = reply.head.is_graph
    graph = reply.body.decode() if is_graph else None
    table = None if is_graph else read_results(json.loads(reply.body), site().addresses)
    names = ("ttl", "jsonld", "nt", "rdf") if is_graph else ("csv", "tsv", "json", "xml")
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
        return render("sparql.html", sparql_page(request.base_url, example=example[-1] if example else None))
    body = serialize_triples(describe_service(request.base_url), offer.name)
    return Response(body, content_type=content_type(offer.media_type))

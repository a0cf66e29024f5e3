"""``/sparql`` as a page, and what the endpoint says of itself; queries themselves are answered by :mod:`server.front`.

Without a query a browser gets a form to write one, an RDF client the service description. Results that a browser
asked for come from the front as JSON or Turtle, and are put into a page here; so are the faults of its queries, with
the query to go on with.
"""

from __future__ import annotations

import json
from http import HTTPStatus

import pyoxigraph as ox
from flask import Blueprint, Response, render_template, request

from kg.description.names import Names
from kg.errors import NotReadyError
from server.caching import revalidated
from server.description import describe_service
from server.engine.reply import Reply
from server.errors import error_response
from server.front.exchange import HANDED
from server.front.queries import METHODS, Handed
from server.media import GRAPH_NAMES, GRAPH_OFFERS, HTML_OFFER, content_type
from server.negotiate import HTML, Offer, choose, named
from server.problems import BadRequest, NotAcceptable, Problem, Unavailable
from server.protocol import Parameters, QueryRequest, parse_parameters, values
from server.rendering import render
from server.results.answer import Rows, read_rows, read_triples
from server.results.known import Knowledge, look_up
from server.serialize import serialize_triples
from server.site import index, site, snapshot
from server.views.sparql import (
    Answer,
    Asked,
    fault_of,
    graph_answer,
    rows_answer,
    sparql_page,
    verdict_answer,
)
from server.vocabulary import vocabulary

sparql = Blueprint("sparql", __name__)

_PATIENCE = 0.5
"""Seconds that an answer waits for the index, which it can do without."""

_DATASET = ("default-graph-uri", "named-graph-uri")


@sparql.route("/sparql", methods=[method for method in METHODS if method != "OPTIONS"])
def endpoint() -> Response:
    """What the front hands on: results for a page, or a request without a query."""
    handed = _handed()
    if handed.query is not None and handed.reply is not None:
        asked = _asked(handed.query)
        response = render("sparql.html", sparql_page(request.base_url, asked, answer=_answer(asked, handed.reply)))
    elif values(_parameters(), "query") or request.method not in ("GET", "HEAD"):
        raise Unavailable("Queries are answered by the server that `aidgraph serve` starts, not by this application.")
    else:
        response = _endpoint_itself()
    response.vary.add("Accept")
    return response


@sparql.get("/sparql/terms.json")
def terms() -> Response:
    """What an editor completes."""

    def make() -> Response:
        found = site().dataset.remember(snapshot(), "vocabulary", lambda now: vocabulary(now.store, base))
        return Response(json.dumps(found, ensure_ascii=False), content_type="application/json")

    base = site().addresses.base
    return revalidated(snapshot().version, make)


@sparql.errorhandler(Problem)
def problem_page(problem: Problem) -> Response:
    """A browser gets its query back, with the fault marked in it; everybody else gets what all errors are."""
    response = error_response(problem.status, problem.detail, problem.extra)
    try:
        parameters = _parameters()
    except BadRequest:
        return response  # an address that cannot be read holds no query to bring back
    text = _handed().text or "".join(values(parameters, "query")[:1])
    if response.mimetype == HTML and text:
        fault = fault_of(problem, HTTPStatus(problem.status).phrase, text)
        dataset = tuple((name, iri) for name, iri in parameters if name in _DATASET)
        page = sparql_page(request.base_url, Asked(text, dataset), fault=fault)
        response.set_data(render_template("sparql.html", page=page))
    return response


def _handed() -> Handed:
    handed: Handed = request.environ.get("asgi.scope", {}).get(HANDED) or Handed()
    return handed


def _parameters() -> Parameters:
    return parse_parameters(request.query_string)


def _asked(query: QueryRequest) -> Asked:
    graphs = zip(_DATASET, (query.default_graphs, query.named_graphs), strict=True)
    return Asked(query.text, tuple((name, iri) for name, iris in graphs for iri in iris))


def _answer(asked: Asked, reply: Reply) -> Answer:
    """The answer as the page shows it: in the view that the address names, or in the first."""
    wanted = values(_parameters(), "view")[-1:]
    view, at = "".join(wanted), request.base_url
    if reply.head.is_graph:
        rows = read_triples(ox.parse(reply.body, format=ox.RdfFormat.TURTLE))
        return graph_answer(asked, at, reply.body.decode(), rows, view, _known(rows), site().addresses)
    results = json.loads(reply.body)
    if "boolean" in results:
        return verdict_answer(asked, at, results["boolean"])
    rows = read_rows(results)
    return rows_answer(asked, at, rows, view, _known(rows), site().addresses)


def _known(rows: Rows) -> Knowledge:
    """What the index knows of an answer; nothing while it is being made, since the answer itself needs none."""
    cells = [cell for row in rows.rows for cell in row if cell is not None]
    try:
        return look_up(index(patience=_PATIENCE), cells, site().addresses)
    except NotReadyError:
        return Knowledge({}, is_ready=False)


def _endpoint_itself() -> Response:
    parameters = _parameters()
    offers: tuple[Offer, ...] = (*GRAPH_OFFERS, HTML_OFFER)
    wanted = values(parameters, "format")
    accept = request.headers.get("Accept")
    offer = named(offers, GRAPH_NAMES.get(wanted[-1], wanted[-1])) if wanted else choose(offers, accept)
    if offer is None:
        raise NotAcceptable(offers, wanted=wanted[-1] if wanted else accept or "")
    if offer == HTML_OFFER:
        example = values(parameters, "example")
        return render("sparql.html", sparql_page(request.base_url, example=example[-1] if example else None))
    settings = site().settings
    about = describe_service(request.base_url, Names(settings.base), snapshot(), federates=bool(settings.services))
    response = Response(serialize_triples(about, offer.name), content_type=content_type(offer.media_type))
    response.headers["Link"] = '</.well-known/void>; rel="describedby"'
    return response

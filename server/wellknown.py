"""What programs look for at fixed places: the health of the server, rules for robots, the dataset's description."""

from __future__ import annotations

import json

import pyoxigraph as ox
from flask import Blueprint, Response, request

from kg.errors import StoreError
from server.description import describe_dataset
from server.dumps import dump_files
from server.media import GRAPH_NAMES, GRAPH_OFFERS, content_type
from server.negotiate import choose, named
from server.openapi.document import MEDIA_TYPE as OPENAPI
from server.openapi.document import openapi_text
from server.problems import NotAcceptable, Unavailable
from server.queries import select
from server.serialize import serialize_triples
from server.site import counts, site, snapshot

wellknown = Blueprint("wellknown", __name__)

_ROBOTS = "User-agent: *\nDisallow: /sparql\nDisallow: /data/\nDisallow: /*?\n"
_OFFERS = tuple(offer for offer in GRAPH_OFFERS if offer.name not in ("trig", "nq"))


@wellknown.get("/healthz")
def health() -> Response:
    """200 when a query was really answered, else 503."""
    try:
        current = snapshot()
        answered = current.store.query("ASK { ?s ?p ?o }")
    except (StoreError, OSError) as error:
        return _health_response(503, {"status": "unavailable", "detail": str(error)})
    return _health_response(200, {"status": "ok", "version": current.version, "empty": not answered})


def _health_response(status: int, body: dict[str, object]) -> Response:
    return Response(json.dumps(body) + "\n", status, {"Cache-Control": "no-store"}, content_type="application/json")


@wellknown.get("/metrics")
def metrics() -> Response:
    """What the front answers itself: only it knows the numbers."""
    raise Unavailable("Numbers are told by the server that `aidgraph serve` starts, not by this application.")


@wellknown.get("/openapi.json")
def openapi() -> Response:
    """What routes there are and how to use them, for programs."""
    response = Response(openapi_text(), content_type=OPENAPI)
    response.add_etag()
    response.headers["Cache-Control"] = "public, max-age=3600"
    response.make_conditional(request)
    return response


@wellknown.get("/robots.txt")
def robots() -> Response:
    """Crawlers are kept off the endpoint and the filtered lists; every page has one plain address."""
    return Response(_ROBOTS, content_type="text/plain; charset=utf-8")


@wellknown.get("/.well-known/void")
def void() -> Response:
    """The dataset in VoID."""
    wanted, accept = request.args.get("format"), request.headers.get("Accept")
    offer = named(_OFFERS, GRAPH_NAMES.get(wanted, wanted)) if wanted else choose(_OFFERS, accept)
    if offer is None:
        raise NotAcceptable(_OFFERS, wanted=wanted or accept or "")
    examples = site().dataset.remember(snapshot(), "examples", lambda current: _examples(current.store))
    description = describe_dataset(
        request.url_root,
        base=site().settings.base,
        counts=counts(),
        examples=examples,
        dumps=[file.path.name for file in dump_files(site().settings.data) if file.path.suffix == ".gz"],
    )
    response = Response(serialize_triples(description, offer.name), content_type=content_type(offer.media_type))
    response.vary.add("Accept")
    return response


def _examples(store: ox.Store) -> list[ox.NamedNode]:
    found = [row["example"] for row in select(store, "examples")]
    return [example for example in found if isinstance(example, ox.NamedNode)]

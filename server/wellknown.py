"""What programs look for at fixed places: the health of the server, rules for robots, the dataset's description."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from urllib.parse import urljoin

from flask import Blueprint, Response, request

from kg.description.dcat import State
from kg.description.facts import read_facts
from kg.description.names import Names, told, words
from kg.errors import StoreError
from kg.index.opened import has_index
from kg.remote.health import Breaker
from server.caching import revalidated
from server.description import LICENCE, TITLE, describe_dataset, read_dumps
from server.feed import Entry, dump_feed, newest_events
from server.media import GRAPH_NAMES, GRAPH_OFFERS, content_type
from server.negotiate import choose, named
from server.openapi.document import MEDIA_TYPE as OPENAPI
from server.openapi.document import openapi_text
from server.problems import NotAcceptable, NotFound, Unavailable, log_reason, problem_of, unusable
from server.serialize import serialize_triples
from server.site import index, modified, remember_lists, site, snapshot
from server.sitemap import count_parts, dump_sitemap, dump_sitemaps
from server.views.dumps import coming

wellknown = Blueprint("wellknown", __name__)

_ROBOTS = "User-agent: *\nDisallow: /sparql?\nDisallow: /data/\nDisallow: /*?\n" + "".join(
    f"Disallow: /{name}.\n"
    for name in ("articles", "entities", "events")  # whole lists as files
)
_XML = "application/xml; charset=utf-8"
_OFFERS = tuple(offer for offer in GRAPH_OFFERS if offer.name not in ("trig", "nq"))


@wellknown.get("/healthz")
def health() -> Response:
    """200 when a query was really answered, else 503. ``ready``: pages need not wait for their index either."""
    try:
        current = snapshot()
        answered = current.store.query("ASK { ?s ?p ?o }")
    except (StoreError, OSError) as error:
        problem = log_reason(problem_of(error) if isinstance(error, StoreError) else unusable(str(error)))
        return _health_response(503, {"status": "unavailable", "detail": problem.detail})
    ready = has_index(current.path.parent)
    return _health_response(200, {"status": "ok", "version": current.version, "ready": ready, "empty": not answered})


def _health_response(status: int, body: dict[str, object]) -> Response:
    text = json.dumps(body | _backend()) + "\n"
    return Response(text, status, {"Cache-Control": "no-store"}, content_type="application/json")


def _backend() -> dict[str, object]:
    """What is known of a store elsewhere: whether it is asked (the state of the circuit breaker), its last failure."""
    settings = site().settings
    if not settings.store:
        return {}
    health = Breaker(settings.data).read()
    failed_at = datetime.fromtimestamp(health.failed_at, UTC).isoformat(timespec="seconds") if health.error else None
    state = {"state": health.state(time.time()), "failures": health.failures}
    return {"backend": state | {"last_error": health.error or None, "last_error_at": failed_at}}


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
    return Response(f"{_ROBOTS}Sitemap: {request.url_root}sitemap.xml\n", content_type="text/plain; charset=utf-8")


@wellknown.get("/sitemap.xml")
def sitemap() -> Response:
    """Where the parts of the sitemap are."""
    text = dump_sitemaps(request.url_root, count_parts(index()), modified())
    return _versioned("sitemap", lambda: Response(text, content_type=_XML))


@wellknown.get("/sitemaps/<int:number>.xml")
def sitemap_part(number: int) -> Response:
    """One part of the sitemap."""
    parts = count_parts(index())
    if not 1 <= number <= parts:
        raise NotFound(f"There is no part {number} of the sitemap; the last one is {parts}.")
    written = partial(dump_sitemap, index(), site().addresses, request.url_root, number, modified())
    return _versioned(f"sitemap/{number}", lambda: Response("".join(written()), content_type=_XML))


@wellknown.get("/feed.atom")
def feed() -> Response:
    """The newest events, for readers of feeds."""
    return _versioned("feed", _feed_response)


def _feed_response() -> Response:
    body = dump_feed(
        [(entry, _page_of(entry)) for entry in newest_events(index())],
        root=request.url_root,
        base=site().addresses.base,
        title=f"{TITLE}: new events",
        rights=LICENCE,
    )
    return Response(body, content_type="application/atom+xml; charset=utf-8")


def _page_of(entry: Entry) -> str:
    return urljoin(request.url_root, site().addresses.page_of(entry.iri) or "")


def _versioned(name: str, make: Callable[[], Response]) -> Response:
    """What changes with the data alone, and with the name of the server."""
    return revalidated(f"{snapshot().version}/{name}/{request.host}", make, modified=modified())


@wellknown.get("/.well-known/void")
def void() -> Response:
    """The dataset in VoID and DCAT."""
    wanted, accept = request.args.get("format"), request.headers.get("Accept")
    offer = named(_OFFERS, GRAPH_NAMES.get(wanted, wanted)) if wanted else choose(_OFFERS, accept)
    if offer is None:
        raise NotAcceptable(_OFFERS, wanted=wanted or accept or "")
    root, settings, current = request.url_root, site().settings, snapshot()
    dumps, newer = read_dumps(settings.data, root), coming(settings.data / "dumps")

    def make() -> Response:
        facts = remember_lists("facts", lambda: read_facts(index()))
        state = State(current.version, modified())
        names = Names(settings.base)
        description = chain(
            describe_dataset(root, names, facts, state, dumps),
            told(names.dataset, ("rdfs:comment", words(newer))) if newer else (),
        )
        return Response(serialize_triples(description, offer.name), content_type=content_type(offer.media_type))

    made = dumps.made.isoformat() if dumps and dumps.made else ""
    dumped = f"{dumps.manifest.version}/{made}/{newer}" if dumps else newer
    response = revalidated(f"{current.version}/void/{request.host}/{offer.media_type}/{dumped}", make)
    response.vary.add("Accept")
    return response

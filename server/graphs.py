"""``/graphs``: the SPARQL 1.1 Graph Store HTTP Protocol. Reading is open, writing is for whoever has the token.

A graph is named by ``?graph=IRI``, by ``?default``, or by being asked for below ``/graphs/``: then its IRI is the
address itself. https://www.w3.org/TR/sparql11-http-rdf-update/
"""

from __future__ import annotations

import uuid
from pathlib import Path
from tempfile import SpooledTemporaryFile, TemporaryDirectory
from typing import Final
from urllib.parse import quote
from zlib import crc32

import pyoxigraph as ox
from flask import Blueprint, Response, request
from werkzeug.urls import iri_to_uri
from werkzeug.wsgi import FileWrapper

from kg.formats import GRAPH_FORMATS, written_prefixes
from kg.writing import DeleteGraph, PutGraph
from server.caching import revalidated
from server.media import GRAPH_NAMES, content_type
from server.negotiate import Offer, choose, named
from server.problems import BadRequest, NotAcceptable, NotFound
from server.protocol import parse_parameters, values
from server.site import site, snapshot
from server.uploads import receive
from server.writes import UPLOADS, Target, check_token, parse_target

graphs = Blueprint("graphs", __name__)

_OFFERS: Final = (*UPLOADS, Offer("application/json", "jsonld"), Offer("application/xml", "rdf"))
_IN_PATHS: Final = "/!$&'()*+,;=:@~"  # what a path need not escape (RFC 3986 §3.3)
_IN_MEMORY: Final = 1 << 20  # bytes of a graph that are not worth a file
_CHUNK: Final = 1 << 18  # bytes that are handed on at a time; each takes a turn of the event loop


@graphs.get("/graphs")
@graphs.get("/graphs/<path:name>")
def read_graph(name: str = "") -> Response:
    """The triples of a graph. Flask answers HEAD with it."""
    target = _graph_of(name)
    offer = _choose_form()
    if target.graph is not None and not snapshot().store.contains_named_graph(ox.NamedNode(target.graph)):
        raise _absent(target)
    tag = f"{snapshot().version}/{offer.name}/{crc32((target.graph or '').encode()):08x}"
    response = revalidated(tag, lambda: _graph_response(target, offer))
    response.vary.add("Accept")
    return response


@graphs.put("/graphs")
@graphs.put("/graphs/<path:name>")
def replace_graph(name: str = "") -> Response:
    """Let a graph hold what is sent, and nothing else."""
    _check_token()
    return _write(_graph_of(name), replace=True)


@graphs.post("/graphs")
@graphs.post("/graphs/<path:name>")
def add_to_graph(name: str = "") -> Response:
    """Add what is sent to a graph; where none is named, to a new one, which the answer names."""
    _check_token()
    target = _target(name)
    if target is not None:
        return _write(target, replace=False)
    place = f"{_root()}/graphs/{uuid.uuid4()}"
    response = _write(Target(place), replace=False)
    response.headers["Location"] = place
    return response


@graphs.delete("/graphs")
@graphs.delete("/graphs/<path:name>")
def delete_graph(name: str = "") -> Response:
    """Delete a graph; the default graph becomes empty."""
    _check_token()
    target = _graph_of(name)
    if not site().perform(DeleteGraph(target.graph)).existed:
        raise _absent(target)
    return Response(status=204)


def _check_token() -> None:
    check_token(request.headers.get("Authorization"), site().settings.token)


def _graph_of(name: str) -> Target:
    """The graph that the request names; a request that names none is refused."""
    target = _target(name)
    if target is None:
        raise BadRequest("Name a graph: ?graph=IRI, ?default, or an address below /graphs/.")
    return target


def _target(name: str) -> Target | None:
    """The graph that the request names. ``name`` is what stands behind ``/graphs/``."""
    target = parse_target(request.query_string)
    if not name:
        return target
    if target is not None:
        raise BadRequest("The address names a graph, and so do its parameters; leave one of them out.")
    # Not ``request.base_url``: Werkzeug takes %2531 for %31 there.
    return Target(_root() + quote(request.environ["PATH_INFO"].encode("latin-1"), safe=_IN_PATHS))


def _root() -> str:
    """The address of the server without a path, as a client writes it."""
    if not request.host:  # Werkzeug's word for a Host header that is none
        raise BadRequest("The Host header names no host, and graphs are named by it here; use ?graph=IRI.")
    return iri_to_uri(request.root_url).rstrip("/")


def _choose_form() -> Offer:
    wanted = values(parse_parameters(request.query_string), "format")
    accept = request.headers.get("Accept")
    offer = named(_OFFERS, GRAPH_NAMES.get(wanted[-1], wanted[-1])) if wanted else choose(_OFFERS, accept)
    if offer is None:
        raise NotAcceptable(_OFFERS, wanted=wanted[-1] if wanted else accept or "")
    return offer


def _absent(target: Target) -> NotFound:
    return NotFound(f"There is no graph {target.graph}.")


def _graph_response(target: Target, offer: Offer) -> Response:
    """The graph from a file, since it may be larger than what memory there is; for HEAD it is not even read."""
    media_type = content_type(offer.media_type)
    if request.method == "HEAD":
        return Response(iter(()), content_type=media_type)  # no tuple: its length would be sent as that of the graph
    file = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  a large one is closed with the response
    snapshot().store.dump(
        file,
        GRAPH_FORMATS[offer.name],
        from_graph=ox.DefaultGraph() if target.graph is None else ox.NamedNode(target.graph),
        prefixes=written_prefixes(site().settings.base),
    )
    size = file.tell()
    file.seek(0)
    if size > _IN_MEMORY:
        return Response(FileWrapper(file, _CHUNK), content_type=media_type, headers={"Content-Length": str(size)})
    with file:
        return Response(file.read(), content_type=media_type)


def _write(target: Target, *, replace: bool) -> Response:
    """201 for a new graph, else 204. Relative IRIs in what is sent are resolved against the graph's own."""
    limit = site().settings.upload_limit << 20
    request.max_content_length = limit
    with TemporaryDirectory(prefix="aidgraph-") as folder:
        payloads = receive(
            request.stream,
            Path(folder),
            content_type=request.headers.get("Content-Type"),
            content_encoding=request.headers.get("Content-Encoding"),
            limit=limit,
        )
        base = target.graph or request.base_url
        written = site().perform(PutGraph(target.graph, payloads, replace, base))
    return Response(status=204 if written.existed else 201)

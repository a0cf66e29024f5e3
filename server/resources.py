"""Dereferencing: an IRI's path leads by 303 to its page or to its data, whichever the client asks for.

A 303 and not a 200, because the IRI of Italy is not the IRI of a page about Italy
(https://www.w3.org/TR/cooluris/#r303gendocument). Fragments never reach a server, so the data of an
article holds its reports, figures, quotations and spans.
"""

from __future__ import annotations

from urllib.parse import quote

import pyoxigraph as ox
from flask import Blueprint, Response, request

from kg.formats import GRAPH_FORMATS
from server.caching import revalidated
from server.gather import serialize_resource, triples_of
from server.jsonld import FRAMES, context_text, dump_jsonld, frame_name, frame_text
from server.media import FORM_TYPES, GRAPH_NAMES, GRAPH_OFFERS, HTML_OFFER, TABLE_OFFER, content_type
from server.negotiate import choose, named
from server.problems import NotAcceptable, NotFound
from server.profiles import NAMESPACE, asked_profile, media_type
from server.queries import knows
from server.reading import reader
from server.rendering import taste
from server.site import modified, site, snapshot
from server.table import MEDIA_TYPE, dump_table

resources = Blueprint("resources", __name__)

_OFFERS = (*GRAPH_OFFERS, TABLE_OFFER, HTML_OFFER)

FORMS = (*GRAPH_FORMATS, TABLE_OFFER.name)
"""The endings of the data of a resource."""


@resources.get("/id/<path:resource>")
def entity(resource: str) -> Response:
    """An article, event or entity."""
    return see_other(resource)


@resources.get("/scheme/<path:resource>")
def concept(resource: str) -> Response:
    """A concept scheme, or a concept."""
    return see_other(f"scheme/{resource}")


@resources.get("/ontology")
def ontology() -> Response:
    """The ontology with all its terms."""
    return see_other("ontology")


def see_other(resource: str) -> Response:
    """303 to the page or the data."""
    known_node(resource)
    wanted, accept = request.args.get("format"), request.headers.get("Accept")
    offer = named(_OFFERS, GRAPH_NAMES.get(wanted, wanted)) if wanted else choose(_OFFERS, accept)
    if offer is None:
        raise NotAcceptable(_OFFERS, wanted=wanted or accept or "")
    place = f"/page/{quote(resource)}" if offer == HTML_OFFER else f"/data/{quote(resource)}.{offer.name}"
    if offer.name == "jsonld" and (profile := asked_profile(accept, request.args.get("profile"))):
        place += f"?profile={profile}"
    response = Response(f"See {place}\n", 303, {"Location": place}, content_type="text/plain; charset=utf-8")
    response.vary.add("Accept")
    return response


def known_node(resource: str) -> ox.NamedNode:
    """The IRI of a resource path.

    Raises:
        NotFound: the graph says nothing of it.
    """
    node = site().addresses.iri_of(resource)
    if node is None or not knows(snapshot().store, node):
        raise NotFound(f"The graph knows nothing of {node.value if node else repr(resource)}.")
    return node


@resources.get("/data/<path:file>")
def data(file: str) -> Response:
    """The data of a resource; the ending of the address says in which form."""
    resource, _, name = file.rpartition(".")
    if name not in FORMS:
        raise NotFound(f"There is no {file!r}; the forms are {', '.join(f'.{ending}' for ending in FORMS)}.")
    node = known_node(resource)
    version = snapshot().version
    if name == "jsonld":
        profile = asked_profile(request.headers.get("Accept"), request.args.get("profile"))
        response = revalidated(
            f"{version}/{profile}", lambda: _jsonld_response(resource, node, profile), modified=modified()
        )
        response.vary.add("Accept")
        return response
    if name == "csv":
        response = revalidated(f"{version}/csv/{taste()}", lambda: _table_response(resource, node), modified=modified())
        response.vary.add("Accept-Language")
        return response
    return revalidated(f"{version}/{name}", lambda: _data_response(resource, node, name), modified=modified())


def _table_response(resource: str, node: ox.NamedNode) -> Response:
    triples = triples_of(snapshot().store, resource, node)
    return Response(dump_table(reader(), triples), content_type=MEDIA_TYPE)


def _jsonld_response(resource: str, node: ox.NamedNode, profile: str | None) -> Response:
    context = f"{request.url_root}context.jsonld"
    triples = triples_of(snapshot().store, resource, node)
    body = dump_jsonld(triples, resource, node.value, context, profile=profile)
    response = Response(body, content_type=media_type(profile))
    frame = frame_name(resource)
    if profile in (None, "framed") and frame:
        response.headers.add("Link", f'</frames/{frame}.jsonld>; rel="{NAMESPACE}frame"; type="application/ld+json"')
    return response


def _data_response(resource: str, node: ox.NamedNode, name: str) -> Response:
    body = serialize_resource(snapshot().store, resource, node, name, site().addresses.base)
    return Response(body, content_type=content_type(FORM_TYPES[name]))


@resources.get("/context.jsonld")
def context() -> Response:
    """The JSON-LD context that every JSON-LD view refers to."""
    return _lasting(context_text(), "application/ld+json")


@resources.get("/frames/<name>.jsonld")
def frame(name: str) -> Response:
    """A frame: the shape that a JSON-LD view of that kind has."""
    if name not in FRAMES:
        raise NotFound(f"There is no frame {name!r}; the frames are {', '.join(FRAMES)}.")
    return _lasting(frame_text(name), media_type("frame"))


def _lasting(text: str, form: str) -> Response:
    """A document that changes with the software and not with the data."""
    response = Response(text, content_type=form)
    response.add_etag()
    response.headers["Cache-Control"] = "public, max-age=3600"
    response.make_conditional(request)
    return response

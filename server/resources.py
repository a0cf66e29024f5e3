"""Dereferencing: an IRI's path leads by 303 to its page or to its data, whichever the client asks for.

A 303 and not a 200, because the IRI of Italy is not the IRI of a page about Italy
(https://www.w3.org/TR/cooluris/#r303gendocument). Fragments never reach a server, so the data of an
article holds its reports, figures, quotations and spans.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pyoxigraph as ox
from flask import Blueprint, Response, request

from kg.formats import GRAPH_FORMATS
from server.caching import revalidated
from server.gather import serialize_resource, triples_of
from server.jsonld import (
    CONTEXT_VERSION,
    CONTEXT_VERSIONS,
    FRAMES,
    Form,
    context_text,
    dump_jsonld,
    frame_name,
    frame_text,
    schema_text,
)
from server.media import FORM_TYPES, GRAPH_NAMES, GRAPH_OFFERS, HTML_OFFER, TABLE_OFFER, content_type
from server.negotiate import choose, named
from server.ontologies import Version, dump_version, version_at, versions
from server.problems import NotAcceptable, NotFound
from server.profiles import NAMESPACE, Wanted, media_type, wanted_form
from server.queries import knows
from server.reading import reader
from server.rendering import taste
from server.site import index, modified, site, snapshot
from server.table import MEDIA_TYPE, dump_table
from server.views.reader import Reader

resources = Blueprint("resources", __name__)

_OFFERS = (*GRAPH_OFFERS, TABLE_OFFER, HTML_OFFER)

_SCHEMA = "application/schema+json"
_HOUR, _FOREVER = "max-age=3600", "max-age=31536000, immutable"

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


@resources.get("/ontology/<version>")
def ontology_version(version: str) -> Response:
    """A version of the ontology, under the IRI that it names itself by."""
    if version_at(f"ontology/{version}") is None:
        raise NotFound(f"{version!r} is no version of the ontology; there are {', '.join(versions())}.")
    return see_other(f"ontology/{version}")


def see_other(resource: str) -> Response:
    """303 to the page or the data."""
    known_node(resource)
    wanted, accept = request.args.get("format"), request.headers.get("Accept")
    offer = named(_OFFERS, GRAPH_NAMES.get(wanted, wanted)) if wanted else choose(_OFFERS, accept)
    if offer is None:
        raise NotAcceptable(_OFFERS, wanted=wanted or accept or "")
    place = f"/page/{quote(resource)}" if offer == HTML_OFFER else f"/data/{quote(resource)}.{offer.name}"
    if offer.name == "jsonld":
        place += _wanted().query()
    response = Response(f"See {place}\n", 303, {"Location": place}, content_type="text/plain; charset=utf-8")
    response.vary.update(("Accept", "Link") if offer.name == "jsonld" else ("Accept",))
    return response


def _wanted() -> Wanted:
    """Which of the JSON-LD documents the request asks for."""
    link = ", ".join(request.headers.getlist("Link"))
    return wanted_form(request.args, request.headers.get("Accept"), link, request.url)


def known_node(resource: str) -> ox.NamedNode:
    """The IRI of a resource path.

    Raises:
        NotFound: the graph says nothing of it, and it is no version of the ontology.
    """
    if version := version_at(resource):
        return version.node
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
    if told := version_at(resource):
        return _version_response(told, name)
    node = known_node(resource)
    version = snapshot().version
    if name == "jsonld":
        wanted = _wanted()
        tag = f"{version}/{wanted.query()}"
        response = revalidated(tag, lambda: _jsonld_response(resource, node, wanted), modified=modified())
        response.vary.update(("Accept", "Link"))
        return response
    if name == "csv":
        response = revalidated(f"{version}/csv/{taste()}", lambda: _table_response(resource, node), modified=modified())
        response.vary.add("Accept-Language")
        return response
    return revalidated(f"{version}/{name}", lambda: _data_response(resource, node, name), modified=modified())


def _version_response(version: Version, name: str) -> Response:
    """A version of the ontology; one that has a successor never changes, so its names are the same for all readers."""
    if name == "csv":
        plain = Reader(version.store, site().addresses, index)
        body = dump_table(plain, sorted({quad.triple for quad in version.store}, key=str))
        response = Response(body, content_type=MEDIA_TYPE)
    else:
        response = Response(dump_version(version, name), content_type=content_type(FORM_TYPES[name]))
    response.add_etag()
    response.headers["Cache-Control"] = _FOREVER if version.old else "no-cache"
    response.make_conditional(request)
    return response


def _table_response(resource: str, node: ox.NamedNode) -> Response:
    triples = triples_of(snapshot().store, resource, node)
    return Response(dump_table(reader(), triples), content_type=MEDIA_TYPE)


def _jsonld_response(resource: str, node: ox.NamedNode, wanted: Wanted) -> Response:
    version = f"/{wanted.context}" if wanted.context else ""
    form = Form(wanted.profile, frame_name(resource), wanted.frame, wanted.context or CONTEXT_VERSION)
    triples = triples_of(snapshot().store, resource, node)
    body = dump_jsonld(triples, node.value, f"{request.url_root}context{version}.jsonld", form)
    response = Response(body, content_type=media_type(wanted.profile))
    response.headers.extend([("Link", link) for link in _links(resource, wanted)])
    return response


def _links(resource: str, wanted: Wanted) -> Iterator[str]:
    """What belongs to a JSON-LD document: its profile (RFC 6906), its frame, the schema that describes it (JSON Schema
    2020-12 §9.5.1.1), its other forms. No context: JSON-LD 1.1 §6.1 has it ignored for this media type."""
    if wanted.profile:
        yield f'<{NAMESPACE}{wanted.profile}>; rel="profile"'
    frame = wanted.frame or frame_name(resource)
    if wanted.profile in (None, "framed") and frame:
        yield f'</frames/{frame}.jsonld>; rel="{NAMESPACE}frame"; type="application/ld+json"'
        yield f'</schemas/{frame}.json>; rel="describedby"; type="{_SCHEMA}"'
    place = quote(resource)
    yield f'</page/{place}>; rel="alternate"; type="text/html"'
    for name in ("ttl", "nt", "rdf"):
        yield f'</data/{place}.{name}>; rel="alternate"; type="{FORM_TYPES[name]}"'


def _data_response(resource: str, node: ox.NamedNode, name: str) -> Response:
    body = serialize_resource(snapshot().store, resource, node, name, site().addresses.base)
    return Response(body, content_type=content_type(FORM_TYPES[name]))


@resources.get("/context.jsonld")
def context() -> Response:
    """The newest version of the JSON-LD context. Every JSON-LD view refers to it that was asked for no other."""
    response = _context(CONTEXT_VERSION, _HOUR)
    response.headers["Content-Location"] = f"/context/{CONTEXT_VERSION}.jsonld"
    return response


@resources.get("/context/<version>.jsonld")
def context_version(version: str) -> Response:
    """A version of the context, which never changes."""
    if version not in CONTEXT_VERSIONS:
        raise NotFound(f"There is no version {version!r} of the context; there are {', '.join(CONTEXT_VERSIONS)}.")
    response = _context(version, _FOREVER)
    response.headers.add("Link", '</context.jsonld>; rel="latest-version"')
    return response


def _context(version: str, caching: str) -> Response:
    """Without a profile in its media type, which some processors compare as a whole; a link says it (RFC 6906 §3)."""
    response = _lasting(context_text(version), media_type(None), caching)
    response.headers.add("Link", f'<{NAMESPACE}context>; rel="profile"')
    return response


@resources.get("/frames/<name>.jsonld")
def frame(name: str) -> Response:
    """A frame: the shape that a JSON-LD view of that kind has."""
    if name not in FRAMES:
        raise NotFound(f"There is no frame {name!r}; the frames are {', '.join(FRAMES)}.")
    response = _lasting(frame_text(name), media_type("frame"), _HOUR)
    response.headers.add("Link", f'</schemas/{name}.json>; rel="related"; type="{_SCHEMA}"')
    return response


@resources.get("/schemas/<name>.json")
def schema(name: str) -> Response:
    """The JSON Schema of what a frame makes."""
    if name not in FRAMES:
        raise NotFound(f"There is no schema {name!r}; the schemas are {', '.join(FRAMES)}.")
    return _lasting(schema_text(name), _SCHEMA, _HOUR)


def _lasting(text: str, form: str, caching: str) -> Response:
    """A document that changes with the software and not with the data."""
    response = Response(text, content_type=form)
    response.add_etag()
    response.headers["Cache-Control"] = f"public, {caching}"
    response.make_conditional(request)
    return response

"""What a request to write asks for, without HTTP: the parts of a request in, what is to be written or a refusal out.

SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/#update-operation), SPARQL 1.1 Graph Store HTTP
Protocol (https://www.w3.org/TR/sparql11-http-rdf-update/) and bearer tokens (RFC 6750).
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox
from werkzeug.http import parse_options_header

from server.negotiate import Offer
from server.problems import BadRequest, Refused, Unauthorized, UnsupportedMedia
from server.protocol import is_utf8, only_value, parse_parameters, posted_parameters, values

DIRECT: Final = "application/sparql-update"
MULTIPART: Final = "multipart/form-data"

UPLOADS: Final = (
    Offer("text/turtle", "ttl"),
    Offer("application/n-triples", "nt"),
    Offer("application/rdf+xml", "rdf"),
    Offer("application/ld+json", "jsonld"),
)
"""Forms in which a graph is taken and given. TriG and N-Quads are not among them: they hold several graphs, and
what is put at the address of one (its *RDF payload*) is one; which of them it is, nobody could tell."""

_ENCODINGS: Final = {"": False, "identity": False, "gzip": True, "x-gzip": True}


def check_token(authorization: str | None, token: str) -> None:
    """Let who shows ``token`` pass. To be asked before anything else, so that nobody else learns what there is.

    Args:
        authorization: the header of that name.
        token: the setting; empty if nobody may write.

    Raises:
        Refused: nobody may write.
        Unauthorized: no token was shown, or another one.
    """
    if not token:
        raise Refused("Nobody may write here: whoever runs this server has set no token (AIDGRAPH_TOKEN).")
    scheme, _, shown = (authorization or "").strip().partition(" ")
    if scheme.lower() != "bearer":
        raise Unauthorized("Writing needs the token of this server, as `Authorization: Bearer TOKEN`.")
    if not hmac.compare_digest(shown.strip().encode(), token.encode()):
        raise Unauthorized("This is not the token of this server.", error="invalid_token")


@dataclass(frozen=True, slots=True)
class UpdateRequest:
    """One update as it came: its text, and the dataset that the protocol gives to its WHERE clauses."""

    text: str
    using: tuple[str, ...] = ()
    using_named: tuple[str, ...] = ()


def parse_update(query_string: bytes, content_type: str | None, body: bytes) -> UpdateRequest:
    """The update of a POST request, as a form or as the body itself. The dataset is read from the address too.

    Raises:
        BadRequest: no update, several, or bytes that are not UTF-8.
        UnsupportedMedia: another Content-Type, or none.
    """
    parameters = posted_parameters(query_string, content_type, body, name="update", direct=DIRECT)
    text = only_value(parameters, "update")
    return UpdateRequest(text, values(parameters, "using-graph-uri"), values(parameters, "using-named-graph-uri"))


@dataclass(frozen=True, slots=True)
class Target:
    """A graph of the store: its IRI, None for the default graph."""

    graph: str | None


def parse_target(query_string: bytes) -> Target | None:
    """The graph that ``?graph=IRI`` or ``?default`` names; None where there is neither.

    Raises:
        BadRequest: both, several, or a name that is no absolute IRI.
    """
    parameters = parse_parameters(query_string)
    graphs, defaults = values(parameters, "graph"), values(parameters, "default")
    if len(graphs) + len(defaults) > 1:
        raise BadRequest("Name one graph: either ?graph=IRI or ?default, and once.")
    if graphs:
        return Target(_iri(graphs[0]))
    return Target(None) if defaults else None


def _iri(text: str) -> str:
    try:
        return ox.NamedNode(text).value
    except ValueError as error:
        raise BadRequest(f"A graph is named {text!r}, which is no absolute IRI: {error}.") from error


def upload_format(content_type: str | None) -> str:
    """The name of the format in which a graph is sent, a key of :data:`kg.formats.GRAPH_FORMATS`.

    Raises:
        UnsupportedMedia: it is none of :data:`UPLOADS`, or not in UTF-8.
    """
    media_type, options = parse_options_header(content_type)
    found = next((offer.name for offer in UPLOADS if offer.media_type == media_type.lower()), None)
    if found is None or not is_utf8(options):
        taken = ", ".join(offer.media_type for offer in UPLOADS)
        raise UnsupportedMedia(f"Content-Type is {content_type!r}; send a graph as {taken}, in UTF-8.")
    return found


def is_multipart(content_type: str | None) -> bool:
    """Whether the body is a form that holds files."""
    return parse_options_header(content_type)[0].lower() == MULTIPART


def is_packed(content_encoding: str | None) -> bool:
    """Whether the body is packed with gzip.

    Raises:
        UnsupportedMedia: it is packed with something else, or more than once.
    """
    packed = _ENCODINGS.get((content_encoding or "").strip().lower())
    if packed is None:
        raise UnsupportedMedia(f"Content-Encoding is {content_encoding!r}; send the body as it is, or with gzip.")
    return packed

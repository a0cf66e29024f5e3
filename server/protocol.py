"""SPARQL 1.1 Protocol without HTTP: the parts of a request in, a query request or a clear refusal out.

Flask's own parsing replaces broken UTF-8 and takes the first of two ``query`` parameters; the protocol
wants both refused (https://www.w3.org/TR/sparql11-protocol/#query-operation).
"""

from __future__ import annotations

import re
from binascii import a2b_qp
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from werkzeug.http import parse_options_header

from server.problems import BadRequest, UnsupportedMedia

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
MAX_PARAMETERS = 1000

_BROKEN_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")

Parameters = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class QueryRequest:
    """One query as it came: its text, the dataset that the protocol gives it, and the format asked for by name.

    ``timeout``: seconds that the client gives it, None for as long as the server allows.
    """

    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format: str | None = None
    timeout: float | None = None


def parse_get(query_string: bytes) -> QueryRequest | None:
    """The query of a GET or HEAD request; None where there is none, which asks for the endpoint itself."""
    parameters = parse_parameters(query_string)
    return _from_parameters(parameters) if any(name == "query" for name, _ in parameters) else None


def parse_post(query_string: bytes, content_type: str | None, body: bytes) -> QueryRequest:
    """The query of a POST request, as a form or as the body itself. The dataset is read from the address too.

    Raises:
        BadRequest: no query, several, or bytes that are not UTF-8.
        UnsupportedMedia: another Content-Type, or none.
    """
    return _from_parameters(posted_parameters(query_string, content_type, body, name="query", direct=DIRECT))


def _from_parameters(parameters: Parameters) -> QueryRequest:
    if len(parameters) == 1 and parameters[0][0] == "query":  # as nearly all are
        return QueryRequest(parameters[0][1])
    formats = values(parameters, "format")
    return QueryRequest(
        only_value(parameters, "query"),
        values(parameters, "default-graph-uri"),
        values(parameters, "named-graph-uri"),
        formats[-1] if formats and formats[-1] else None,
        _timeout(values(parameters, "timeout")),
    )


def _timeout(given: tuple[str, ...]) -> float | None:
    if not given or not given[-1]:
        return None
    try:
        seconds = float(given[-1])
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise BadRequest(f"timeout is {given[-1]!r}; give the seconds that the query may take, more than 0.")
    return seconds


def posted_parameters(
    query_string: bytes, content_type: str | None, body: bytes, *, name: str, direct: str
) -> Parameters:
    """The parameters of a POST request: those of the address, then those of the body.

    Args:
        name: the parameter that a body of the media type ``direct`` is, whole.

    Raises:
        BadRequest: they cannot be read.
        UnsupportedMedia: the body is neither a form nor ``direct``, or not in UTF-8.
    """
    media_type, options = parse_options_header(content_type)
    if media_type.lower() not in (FORM, direct) or not is_utf8(options):
        raise UnsupportedMedia(f"Content-Type is {content_type!r}; send {FORM} or {direct}, in UTF-8.")
    address = parse_parameters(query_string)
    return address + (parse_parameters(body) if media_type.lower() == FORM else ((name, decode(body)),))


def is_utf8(options: Mapping[str, str]) -> bool:
    """Whether the options of a Content-Type leave the body in UTF-8, which is what it is where none is named."""
    return options.get("charset", "utf-8").lower() in ("utf-8", "utf8")


def only_value(parameters: Parameters, name: str) -> str:
    """The value of the parameter ``name``.

    Raises:
        BadRequest: there is none, or several.
    """
    found = values(parameters, name)
    if len(found) != 1:
        raise BadRequest(f"There are {len(found)} {name} parameters; send exactly one.")
    return found[0]


def values(parameters: Parameters, name: str) -> tuple[str, ...]:
    """All values of the parameter ``name``, in order."""
    return tuple(value for key, value in parameters if key == name)


def parse_parameters(encoded: bytes) -> Parameters:
    """Form or address parameters. Percent-encoded bytes that are not UTF-8 are refused, not replaced.

    Raises:
        BadRequest: they are not UTF-8, or more than :data:`MAX_PARAMETERS`.
    """
    if encoded.count(b"&") >= MAX_PARAMETERS:
        raise BadRequest(f"There are more than {MAX_PARAMETERS} parameters.")
    pairs = (pair.partition(b"=") for pair in encoded.split(b"&") if pair)
    return tuple((decode(unescape(name)), decode(unescape(value))) for name, _, value in pairs)


def unescape(value: bytes) -> bytes:
    """A name or value of a form as it was before it was percent-encoded (URL Standard, §5.1); broken escapes stay.

    The standard library decodes escape by escape in Python, too slowly for what every query has to go through.
    Quoted-printable is the same with another sign, and decoded in C.
    """
    value = value.replace(b"+", b" ")
    if b"%" not in value:
        return value
    if _BROKEN_ESCAPE.search(value):
        return unquote_to_bytes(value)
    return a2b_qp(value.replace(b"=", b"=3D").replace(b"%", b"="))


def decode(raw: bytes) -> str:
    """Bytes as text.

    Raises:
        BadRequest: they are not UTF-8.
    """
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRequest(f"Byte {error.start} is not UTF-8; send the query in UTF-8.") from error

"""SPARQL 1.1 Protocol without HTTP: the parts of a request in, a query request or a clear refusal out.

Flask's own parsing replaces broken UTF-8 and takes the first of two ``query`` parameters; the protocol
wants both refused (https://www.w3.org/TR/sparql11-protocol/#query-operation).
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl

from werkzeug.http import parse_options_header

from server.problems import BadRequest, UnsupportedMedia

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
MAX_PARAMETERS = 1000

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
    return _from_parameters(parameters) if values(parameters, "query") else None


def parse_post(query_string: bytes, content_type: str | None, body: bytes) -> QueryRequest:
    """The query of a POST request, as a form or as the body itself. The dataset is read from the address too.

    Raises:
        BadRequest: no query, several, or bytes that are not UTF-8.
        UnsupportedMedia: another Content-Type, or none.
    """
    media_type, options = parse_options_header(content_type)
    charset = options.get("charset", "utf-8").lower()
    if media_type.lower() not in (FORM, DIRECT) or charset not in ("utf-8", "utf8"):
        raise UnsupportedMedia(f"Content-Type is {content_type!r}; send {FORM} or {DIRECT}, in UTF-8.")
    address = parse_parameters(query_string)
    if media_type.lower() == FORM:
        return _from_parameters(address + parse_parameters(body))
    return _from_parameters((*address, ("query", decode(body))))


def _from_parameters(parameters: Parameters) -> QueryRequest:
    queries, formats = values(parameters, "query"), values(parameters, "format")
    if len(queries) != 1:
        raise BadRequest(f"There are {len(queries)} query parameters; send exactly one.")
    return QueryRequest(
        queries[0],
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


def values(parameters: Parameters, name: str) -> tuple[str, ...]:
    """All values of the parameter ``name``, in order."""
    return tuple(value for key, value in parameters if key == name)


def parse_parameters(encoded: bytes) -> Parameters:
    """Form or address parameters. Percent-encoded bytes that are not UTF-8 are refused, not replaced."""
    try:
        pairs = parse_qsl(encoded.decode("latin-1"), True, encoding="latin-1", max_num_fields=MAX_PARAMETERS)
    except ValueError as error:
        raise BadRequest(f"The parameters cannot be read: {error}.") from error
    return tuple((decode(key.encode("latin-1")), decode(value.encode("latin-1"))) for key, value in pairs)


def decode(raw: bytes) -> str:
    """Bytes as text.

    Raises:
        BadRequest: they are not UTF-8.
    """
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRequest(f"Byte {error.start} is not UTF-8; send the query in UTF-8.") from error

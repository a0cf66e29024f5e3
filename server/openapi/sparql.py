"""The routes of the SPARQL 1.1 protocols: queries, updates, and whole graphs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from server.front.queries import MAX_QUERY
from server.media import GRAPH_OFFERS, HTML_OFFER, RESULT_OFFERS
from server.negotiate import Offer
from server.openapi.parts import (
    JSON_LD,
    MERGED,
    TEXT,
    UNCHANGED,
    Json,
    bare,
    contents,
    errors,
    format_parameter,
    found,
    iri_list,
    operation,
    path_parameter,
    query_parameter,
)
from server.protocol import DIRECT, FORM
from server.update import MAX_UPDATE
from server.writes import DIRECT as DIRECT_UPDATE
from server.writes import MULTIPART, UPLOADS

RESULTS: Final[Json] = {
    "type": "object",
    "description": "SPARQL 1.1 Query Results in JSON.",
    "required": ["head"],
    "properties": {
        "head": {"type": "object", "properties": {"vars": {"type": "array", "items": {"type": "string"}}}},
        "results": {
            "type": "object",
            "required": ["bindings"],
            "properties": {"bindings": {"type": "array", "items": {"type": "object"}}},
        },
        "boolean": {"type": "boolean"},
    },
    "oneOf": [{"required": ["results"]}, {"required": ["boolean"]}],
}

_WRITER: Final[list[Json]] = [{"token": []}]
_ANY_ANSWER: Final = {
    **contents((*GRAPH_OFFERS, HTML_OFFER), JSON_LD),
    **contents(RESULT_OFFERS),
    "application/sparql-results+json": {"schema": {"$ref": "#/components/schemas/Results"}},
    "application/json": {"schema": {"type": ["object", "array"]}},
}
_FORMAT: Final = format_parameter((*RESULT_OFFERS, *GRAPH_OFFERS, HTML_OFFER))
_DATASET: Final = (
    iri_list("default-graph-uri", "Graphs that make up the default graph; these two override FROM."),
    iri_list("named-graph-uri", "Graphs that the query may name."),
)
_TIMEOUT: Final = query_parameter(
    "timeout",
    "Seconds that the query may take, if fewer than what the server allows.",
    {"type": "number", "exclusiveMinimum": 0},
)
_ANSWERS: Final = {
    "200": found(_ANY_ANSWER, "ETag", "Vary", "Server-Timing", description="Results, a graph, or a page of these."),
    **UNCHANGED,
    **errors(400, 403, 406, 422, 503, 504),
}
_QUERY_FORM: Final = {
    "type": "object",
    "required": ["query"],
    "properties": {
        "query": {"type": "string"},
        "default-graph-uri": {"type": "array", "items": {"type": "string", "format": "iri"}},
        "named-graph-uri": {"type": "array", "items": {"type": "string", "format": "iri"}},
        "format": {"type": "string"},
        "timeout": {"type": "number", "exclusiveMinimum": 0},
    },
}


def _body(content: Json) -> Json:
    return {"required": True, "content": content}


def _form_and_direct(form: Json, direct: str) -> Json:
    encoding = {name: {"style": "form", "explode": True} for name in form["properties"] if name.endswith("-uri")}
    return _body({FORM: {"schema": form, "encoding": encoding}, direct: TEXT})


_SPARQL: Final = {
    "get": operation(
        "SPARQL",
        "Answer a query; without one, a page to write it on, or the service description.",
        _ANSWERS,
        query_parameter("query", "A SPARQL query.", example="ASK { ?s ?p ?o }"),
        *_DATASET,
        _FORMAT,
        _TIMEOUT,
    ),
    "post": operation(
        "SPARQL",
        "Answer a query.",
        {status: answer for status, answer in _ANSWERS.items() if status != "304"} | errors(408, 413, 415),
        *_DATASET,
        _FORMAT,
        _TIMEOUT,
        requestBody=_form_and_direct(_QUERY_FORM, DIRECT),
        description=f"At most {MAX_QUERY} bytes. The HTTP method QUERY does the same, with the query as the body; "
        "OpenAPI 3.1 has no place for it.",
    ),
}

_UPDATE_FORM: Final = {
    "type": "object",
    "required": ["update"],
    "properties": {
        "update": {"type": "string"},
        "using-graph-uri": {"type": "array", "items": {"type": "string", "format": "iri"}},
        "using-named-graph-uri": {"type": "array", "items": {"type": "string", "format": "iri"}},
    },
}
_UPDATE: Final = {
    "post": operation(
        "SPARQL",
        "Carry out an update, whole or not at all.",
        bare(204, "Done; every later query sees it.") | errors(400, 401, 403, 408, 413, 415, 422, 503, 504),
        iri_list("using-graph-uri", "Graphs that WHERE sees as the default graph."),
        iri_list("using-named-graph-uri", "Graphs that WHERE may name."),
        requestBody=_form_and_direct(_UPDATE_FORM, DIRECT_UPDATE),
        security=_WRITER,
        description=f"At most {MAX_UPDATE} bytes.",
    )
}

_READABLE: Final = (*UPLOADS, Offer("application/json", "jsonld"), Offer("application/xml", "rdf"))
_GRAPH: Final = _body(
    contents(UPLOADS, JSON_LD)
    | {MULTIPART: {"schema": {"type": "object", "additionalProperties": {"type": "string", "format": "binary"}}}}
)
_REFUSED: Final = errors(400, 401, 403, 408, 413, 415, 422, 503, 504)
_PUT: Final = bare(201, "There is a new graph.") | bare(204, "The graph has changed.") | _REFUSED
_POSTED: Final = bare(201, "There is a new graph.", "Location") | bare(204, "The graph has changed.") | _REFUSED


def _graph_operations(parameters: Iterable[Json], more: Json) -> Json:
    """The four methods of the Graph Store protocol."""
    where = [*parameters]
    graph = found(contents(_READABLE, JSON_LD), "ETag", "Vary")
    read = {"200": graph, **UNCHANGED, **errors(400, 404, 406, 503), **more}
    gone = bare(204, "Done.") | errors(400, 401, 403, 404, 408, 413, 503, 504) | more
    return {
        "get": operation("graphs", "The triples of a graph.", read, *where, format_parameter(_READABLE)),
        "put": operation("graphs", "Let a graph hold what is sent, and nothing else.", _PUT | more, *where,
                         requestBody=_GRAPH, security=_WRITER),
        "post": operation("graphs", "Add what is sent to a graph, or to a new one if none is named.", _POSTED | more,
                          *where, requestBody=_GRAPH, security=_WRITER),
        "delete": operation("graphs", "Delete a graph.", gone, *where, security=_WRITER),
    }  # fmt: skip


_NAMES: Final = (
    query_parameter("graph", "The IRI of the graph.", {"type": "string", "format": "iri"}),
    query_parameter("default", "The default graph is meant; any value is ignored.", allowEmptyValue=True),
)
_DIRECTLY: Final = path_parameter("name", "The graph whose IRI is this very address.", "harvest")

ROUTES: Final[dict[str, Json]] = {
    "/sparql": _SPARQL,
    "/update": _UPDATE,
    "/graphs": _graph_operations(_NAMES, {}),
    "/graphs/{name}": _graph_operations([_DIRECTLY], MERGED),
}
"""By path, then by method."""

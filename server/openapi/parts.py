"""Pieces of the description that many routes share: errors, parameters, bodies. Each returns plain JSON objects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from server.errors import ERROR_OFFERS
from server.negotiate import Offer

Json = dict[str, Any]

TEXT: Final[Json] = {"schema": {"type": "string"}}

JSON_LD: Final = {"jsonld": {"schema": {"type": ["object", "array"]}}}
"""What is known of a form besides that it is text, for :func:`contents`."""

PROBLEM: Final[Json] = {
    "type": "object",
    "description": "Problem details (RFC 9457); other members depend on the problem.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string", "description": "What is wrong, and what to do about it."},
        "line": {"type": "integer", "minimum": 1, "description": "Where a syntax error is, from 1."},
        "column": {"type": "integer", "minimum": 1},
        "available": {"type": "array", "items": {"type": "string"}, "description": "Media types that there are."},
        "timeout": {"type": "number", "description": "The limit that was reached, in seconds."},
        "memory": {"type": "integer", "description": "The limit that was reached, in MiB."},
        "retry-after": {"type": "integer", "description": "Seconds to wait before the same is tried again."},
    },
}

_ERRORS: Final = {
    400: "The request, or the query in it, cannot be read.",
    401: "Whoever writes has to show the token.",
    403: "Understood, and not done here.",
    404: "There is no such thing.",
    406: "There is none of the forms that Accept or `format` asks for.",
    408: "The body did not come in time.",
    412: "What If-Match names is not what there is.",
    413: "The body is longer than what is taken.",
    415: "The body has a form that is not taken.",
    416: "There is no such range.",
    422: "Well-formed, but the engine cannot do it.",
    503: "There is no graph yet, too much to do, or too much memory needed; `Retry-After` may say when to try again.",
    504: "It was not done within its time.",
}

HEADERS: Final[Json] = {
    "ETag": {"description": "Send it back as If-None-Match to be told 304 if nothing has changed.", **TEXT},
    "Location": {"description": "Where to go on.", **TEXT},
    "Server-Timing": {"description": "Milliseconds in the queue, in the engine and in all; or `cache`.", **TEXT},
    "Vary": {"description": "What the answer depends on.", **TEXT},
    "WWW-Authenticate": {"description": "Which kind of token is wanted.", **TEXT},
}


def header(*names: str) -> Json:
    """Header fields of an answer, by reference."""
    return {"headers": {name: {"$ref": f"#/components/headers/{name}"} for name in names}}


def error_components() -> Json:
    """All errors, under the names that :func:`errors` refers to."""
    content = {
        offer.media_type: {"schema": {"$ref": "#/components/schemas/Problem"}} if offer.name == "json" else TEXT
        for offer in ERROR_OFFERS
    }
    made = {str(status): {"description": text, "content": content} for status, text in _ERRORS.items()}
    return {**made, "401": {**made["401"], **header("WWW-Authenticate")}}


def errors(*statuses: int) -> Json:
    """Answers with these errors, by reference."""
    return {str(status): {"$ref": f"#/components/responses/{status}"} for status in statuses}


def found(content: Json, *headers: str, description: str = "What was asked for.") -> Json:
    """An answer with a body."""
    return {"description": description, "content": content, **(header(*headers) if headers else {})}


def bare(status: int, description: str, *headers: str) -> Json:
    """An answer without a body, or with one that says no more than its status."""
    return {str(status): {"description": description, **(header(*headers) if headers else {})}}


UNCHANGED: Final = bare(304, "The client has it already.", "ETag")
MERGED: Final = bare(308, "The address has repeated slashes; this is the one without.", "Location")


def contents(offers: Iterable[Offer], schemas: Mapping[str, Json] | None = None) -> Json:
    """The forms of an answer by media type; ``schemas`` of those that are more than text, by the offer's name."""
    known = schemas or {}
    return {offer.media_type: known.get(offer.name, TEXT) for offer in offers}


def query_parameter(name: str, description: str, schema: Json | None = None, **more: object) -> Json:
    """A parameter in the address."""
    return {"name": name, "in": "query", "description": description, "schema": schema or {"type": "string"}, **more}


def path_parameter(name: str, description: str, example: str) -> Json:
    """A part of the path. OpenAPI cannot say that slashes may stay in it."""
    schema = {"type": "string", "minLength": 1}
    return {
        "name": name, "in": "path", "required": True, "description": f"{description} It may have slashes.",
        "schema": schema, "example": example,
    }  # fmt: skip


def format_parameter(offers: Iterable[Offer]) -> Json:
    """``?format=``, which beats Accept."""
    names = sorted({offer.name for offer in offers})
    return query_parameter(
        "format", f"The form of the answer, which beats Accept: {', '.join(names)}, or a media type.",
        {"type": "string", "examples": names},
    )  # fmt: skip


def iri_list(name: str, description: str) -> Json:
    """A parameter that may be given several times, with an absolute IRI each."""
    schema = {"type": "array", "items": {"type": "string", "format": "iri"}}
    return query_parameter(name, description, schema, explode=True, style="form")


def operation(tag: str, summary: str, responses: Json, *parameters: Json, **more: object) -> Json:
    """One method of one route; every status that it may answer with is in ``responses``."""
    described = {"parameters": [*parameters]} if parameters else {}
    return {"tags": [tag], "summary": summary, **described, **more, "responses": responses}


def without_bodies(get: Json) -> Json:
    """HEAD, as it follows from GET."""
    responses = {
        status: answer if "$ref" in answer else {name: part for name, part in answer.items() if name != "content"}
        for status, answer in get["responses"].items()
    }
    return {**get, "summary": f"{get['summary']} Header only.", "responses": responses}

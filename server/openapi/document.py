"""The whole description, put together once."""

from __future__ import annotations

import json
from functools import cache
from importlib.metadata import version
from typing import Final

from kg.description.names import SENTENCE
from server.description import LICENCE, TITLE
from server.openapi import atlas, doors, lists, reading, sparql
from server.openapi.parts import HEADERS, PROBLEM, Json, error_components, without_bodies

MEDIA_TYPE: Final = "application/vnd.oai.openapi+json;version=3.1"

_TAGS: Final = {
    "SPARQL": "Queries and updates (SPARQL 1.1 Protocol).",
    "graphs": "Whole graphs (SPARQL 1.1 Graph Store HTTP Protocol).",
    "data": "Linked data, dumps and descriptions.",
    "pages": "The site for people.",
    "operation": "For those who run the server.",
}
_ABOUT: Final = (
    f"{SENTENCE}\n\nErrors are problem details, a page or plain text, by Accept. Every answer may be read by scripts "
    "of any site. Every route takes OPTIONS. A header of more than 64 KiB is answered with 431, one that takes too "
    "long with 408."
)


@cache
def openapi_text() -> str:
    """The description as JSON."""
    return json.dumps(describe(), ensure_ascii=False, indent=1) + "\n"


def describe() -> Json:
    """The description as an object."""
    routes = {
        path: _with_head(methods)
        for path, methods in (
            sparql.ROUTES | reading.ROUTES | lists.ROUTES | atlas.ROUTES | doors.ROUTES
        ).items()
    }
    return {
        "openapi": "3.1.1",
        "info": {
            "title": TITLE,
            "version": version("aidgraph"),
            "description": _ABOUT,
            "license": {"name": "CC BY 4.0 (the data)", "url": LICENCE},
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": name, "description": text} for name, text in _TAGS.items()],
        "paths": dict(sorted(routes.items())),
        "components": {
            "schemas": {"Problem": PROBLEM, "Results": sparql.RESULTS},
            "responses": error_components(),
            "headers": HEADERS,
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": "The token that the server was given."}
            },
        },
    }


def _with_head(methods: Json) -> Json:
    return {**methods, "head": without_bodies(methods["get"])} if "get" in methods else methods

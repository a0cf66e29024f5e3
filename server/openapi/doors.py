"""The doors that other tools knock on: Triple Pattern Fragments and the reconciliation API."""

from __future__ import annotations

from typing import Final

from server.fragments.routes import FRAGMENT_OFFERS
from server.media import HTML_OFFER
from server.openapi.parts import (
    JSON_LD,
    UNCHANGED,
    Json,
    bare,
    contents,
    errors,
    format_parameter,
    found,
    operation,
    query_parameter,
)
from server.protocol import FORM
from server.reconcile.asking import MOST_CELLS, MOST_IDS, MOST_PROPERTIES, MOST_QUERIES

_PAGE_NUMBER: Final = {"type": "integer", "minimum": 1, "maximum": 9_999_999, "default": 1}


def _term(name: str, example: str) -> Json:
    return query_parameter(
        name, 'An IRI, `"text"`, `"text"@en`, `"5"^^IRI`; a `?variable` or nothing for anything.', example=example
    )


_OBJECT: Final = {"application/json": {"schema": {"type": "object"}}}
_JSON: Final = {"200": found(_OBJECT, "ETag"), **UNCHANGED}
_BATCH: Final = f"Reconciliation queries by keys of the client's, as JSON; at most {MOST_QUERIES}."
_EXTENSION: Final = (
    f"Identifiers and properties to fetch, as JSON; at most {MOST_IDS} and {MOST_PROPERTIES}, and {MOST_CELLS} cells."
)
_WHAT: Final = {
    "name": "what", "in": "path", "required": True, "schema": {"enum": ["entity", "property", "type"]},
    "description": "What is suggested.",
}  # fmt: skip
_TYPE: Final = query_parameter("type", "Only what has this type: its IRI.", example="http://schema.org/Country")
_ID: Final = query_parameter("id", "An identifier: what stands behind `id/` in its IRI, or a whole IRI.",
                             example="country/italy")  # fmt: skip
_RECONCILE: Final[dict[str, Json]] = {
    "/reconcile": {
        "get": operation(
            "data",
            "The reconciliation API 0.2: the manifest, or the answer to queries.",
            {**_JSON, **errors(400, 412, 413, 503, 504)},
            query_parameter("queries", _BATCH, example='{"q0":{"query":"Italy"}}'),
            query_parameter("extend", _EXTENSION),
        ),
        "post": operation(
            "data",
            "The same, with the parameters in a form.",
            {"200": found(_OBJECT), **errors(400, 408, 413, 503, 504)},
            requestBody={
                "required": True,
                "content": {
                    FORM: {
                        "schema": {
                            "type": "object",
                            "properties": {
                                "queries": {"type": "string", "description": _BATCH},
                                "extend": {"type": "string", "description": _EXTENSION},
                            },
                        }
                    }
                },
            },
        ),
    },
    "/reconcile/suggest/{what}": {
        "get": operation(
            "data",
            "Entities, properties or types whose names begin so, ten at a time.",
            {**_JSON, **errors(400, 404, 412, 503)},
            _WHAT,
            query_parameter("prefix", "What was typed so far."),
            query_parameter("cursor", "How many to skip.", {"type": "integer", "minimum": 0, "default": 0}),
            _TYPE,
        )
    },
    "/reconcile/flyout/{what}": {
        "get": operation(
            "data", "A few words on one of them, as HTML in JSON.", {**_JSON, **errors(400, 404, 412, 503)}, _WHAT, _ID
        )
    },
    "/reconcile/properties": {
        "get": operation(
            "data",
            "Properties that things of a type may be extended with.",
            {**_JSON, **errors(400, 412, 503)},
            _TYPE,
            query_parameter("limit", "How many are wanted.", {"type": "integer", "minimum": 0}),
        )
    },
    "/reconcile/preview": {
        "get": operation(
            "pages",
            "A small page about a thing, which any site may show in a frame.",
            {"200": found(contents((HTML_OFFER,)), "ETag"), **UNCHANGED, **errors(404, 412, 503)},
            _ID,
        )
    },
    "/reconcile/view": {
        "get": operation("pages", "To the page of a thing.", {**bare(303, "Its page.", "Location"), **errors(404, 503)},
                         _ID)
    },
}  # fmt: skip
ROUTES: Final[dict[str, Json]] = _RECONCILE | {
    "/fragments": {
        "get": operation(
            "data",
            "The triples that fit a pattern, a page at a time, with controls to find all others.",
            {
                "200": found(contents(FRAGMENT_OFFERS, JSON_LD), "ETag", "Vary"),
                **UNCHANGED,
                **errors(400, 404, 406, 412, 422, 503),
            },
            _term("subject", "https://w3id.org/aidgraph/id/country/italy"),
            _term("predicate", "http://schema.org/name"),
            _term("object", '"Italy"'),
            query_parameter("page", "The number of the page, from 1.", _PAGE_NUMBER),
            format_parameter(FRAGMENT_OFFERS),
        )
    }
}
"""By path, then by method."""

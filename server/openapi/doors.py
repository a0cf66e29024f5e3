"""The doors that other tools knock on: Triple Pattern Fragments."""

from __future__ import annotations

from typing import Final

from server.fragments.routes import FRAGMENT_OFFERS
from server.openapi.parts import (
    JSON_LD,
    UNCHANGED,
    Json,
    contents,
    errors,
    format_parameter,
    found,
    operation,
    query_parameter,
)

_PAGE_NUMBER: Final = {"type": "integer", "minimum": 1, "maximum": 9_999_999, "default": 1}


def _term(name: str, example: str) -> Json:
    return query_parameter(
        name, 'An IRI, `"text"`, `"text"@en`, `"5"^^IRI`; a `?variable` or nothing for anything.', example=example
    )


ROUTES: Final[dict[str, Json]] = {
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

"""The lists to explore, with their filters as the code has them."""

from __future__ import annotations

from typing import Final

from server.addresses import ENTITY_KINDS
from server.explore.asking import LATEST, MOST_VALUES
from server.explore.entities import BY_NAME, SORTS
from server.explore.exports import FILE_OFFERS, LIST_OFFERS
from server.explore.filters import LISTINGS, Filter, Listing
from server.openapi.parts import (
    JSON_LD,
    UNCHANGED,
    Json,
    bare,
    contents,
    errors,
    found,
    operation,
    path_parameter,
    query_parameter,
)

_PAGE: Final = {"type": "integer", "minimum": 1, "maximum": 9_999_999, "default": 1}
_DATE: Final = {"type": "string", "examples": ["2020", "2020-03", "2020-03-21"]}
_FORMS: Final = " ".join(f".{offer.name}" for offer in FILE_OFFERS)


def _filter(entry: Filter) -> Json:
    """A filter takes any of its values."""
    one: Json = {"enum": [*entry.fixed]} if entry.fixed else {"type": "string"}
    example = "delivered" if entry.scheme == "phase" else "a concept" if entry.scheme else "country/italy"
    words = "" if entry.fixed else f" As in its IRI behind the base, such as `{example}`; or a whole IRI."
    schema = {"type": "array", "items": one, "maxItems": MOST_VALUES}
    return query_parameter(entry.name, f"{entry.label}: any of these.{words}", schema, explode=True, style="form")


def _sort(names: Json, default: str) -> Json:
    known = [f"{sign}{name}" for name in names for sign in ("", "-")]
    return query_parameter(
        "sort", "What to sort by; downwards with a minus.", {"enum": ["", *known], "default": default}
    )


def _list(path: str, about: str, parameters: list[Json]) -> dict[str, Json]:
    page = {
        "200": found(contents(LIST_OFFERS[:1]), "ETag", "Vary"),
        **bare(303, "The file that Accept asks for.", "Location", "Vary"), **UNCHANGED,
        **errors(400, 404, 406, 412, 503),
    }  # fmt: skip
    file = {
        "200": found(contents(FILE_OFFERS, JSON_LD), "ETag", description="All of them, in the same order."),
        **UNCHANGED, **errors(400, 404, 412, 422, 503),
    }  # fmt: skip
    form = path_parameter("form", f"The form: {_FORMS}.", "csv")
    return {
        path: {"get": operation("pages", f"{about}, a page at a time.", page, *parameters)},
        f"{path}.{{form}}": {"get": operation("data", f"{about}, as a file.", file, form, *parameters)},
    }


def selecting(listing: Listing) -> list[Json]:
    """The parameters that a list, and a picture of it, take."""
    spans = [
        query_parameter("from", "What may lie on this day, month or year, or later.", _DATE),
        query_parameter("to", "What may lie on it or earlier.", _DATE),
    ]
    names: Json = {"enum": [entry.name for entry in listing.filters]}
    show = query_parameter("show", "Facets to show at length.", {"type": "array", "items": names}, explode=True)
    numbered = query_parameter("page", "The number of the page, from 1.", _PAGE)
    filters = [_filter(entry) for entry in listing.filters]
    return [*filters, *spans, _sort(dict(listing.sorts), LATEST), show, numbered]


def _table(listing: Listing) -> dict[str, Json]:
    return _list(listing.path, f"{listing.name.capitalize()}, filtered and sorted", selecting(listing))


_ENTITIES: Final = _list(
    "/entities",
    "Countries, places, persons, organisations and crises",
    [
        query_parameter("kind", "Only those of this kind; empty for all.", {"enum": ["", *ENTITY_KINDS]}),
        query_parameter("letter", "That their names begin with; 0 for what begins with none."),
        query_parameter("name", "Words within their names, whatever the case and the accents."),
        _sort(SORTS, BY_NAME),
        query_parameter("page", "The number of the page, from 1.", _PAGE),
    ],
)
ROUTES: Final[dict[str, Json]] = {**_table(LISTINGS[0]), **_table(LISTINGS[1]), **_ENTITIES}

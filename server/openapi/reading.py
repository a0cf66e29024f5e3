"""The routes for pages, linked data, dumps and what programs look for at fixed places."""

from __future__ import annotations

from typing import Any, Final

from kg.formats import GRAPH_FORMATS
from server.jsonld import CONTEXT_VERSIONS, FRAMES
from server.media import GRAPH_OFFERS, HTML_OFFER
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
    operation,
    path_parameter,
    query_parameter,
)
from server.profiles import PROFILES
from server.search.kinds import LABELS as KINDS_FOUND

_HTML: Final = contents([HTML_OFFER])
_GRAPH: Final = contents(GRAPH_OFFERS, JSON_LD)
_NO_QUADS: Final = tuple(offer for offer in GRAPH_OFFERS if offer.name not in ("trig", "nq"))
_PAGE_NUMBER: Final = {"type": "integer", "minimum": 1, "maximum": 9_999_999, "default": 1}
_RANGES: Final = {
    "206": {"description": "A range.", "content": {"*/*": {}}},
    **UNCHANGED,
    **errors(404, 412, 416),
    **MERGED,
}


def _page(summary: str, *parameters: Json, statuses: tuple[int, ...] = ()) -> Json:
    responses = {"200": found(_HTML, "ETag"), **UNCHANGED, **errors(*statuses, 412, 503)}
    return {"get": operation("pages", summary, responses, *parameters)}


def _numbered(name: str) -> Json:
    return query_parameter(name, "The number of the page, from 1.", _PAGE_NUMBER)


def _see_other(summary: str, *parameters: Json) -> Json:
    leads = bare(303, "Its page or its data, by Accept or `format`.", "Location", "Vary")
    wanted = (format_parameter((*GRAPH_OFFERS, HTML_OFFER)), *_JSON_LD_FORM)
    more = MERGED if parameters else {}
    return {"get": operation("data", summary, {**leads, **more, **errors(400, 404, 406, 503)}, *parameters, *wanted)}


def _text(tag: str, summary: str, content: Json, **more: Any) -> Json:
    return {"get": operation(tag, summary, {"200": found(content), **more})}


_NAMED: Final = "What stands in its IRI behind the base: the kind and the slug."
_HEALTH: Final = {
    "application/json": {
        "schema": {
            "type": "object",
            "required": ["status"],
            "properties": {
                "status": {"enum": ["ok", "unavailable"]},
                "version": {"type": "string", "description": "The version of the data."},
                "ready": {"type": "boolean", "description": "Whether its index is there, which pages and lists need."},
                "empty": {"type": "boolean", "description": "Whether the graph is empty."},
                "detail": {"type": "string", "description": "What is wrong."},
            },
        }
    }
}
_XML: Final[Json] = {"application/xml": TEXT}
_OBJECT: Final = {"schema": {"type": "object"}}
_DESCRIPTION: Final = {"application/vnd.oai.openapi+json": _OBJECT}
_NULLABLE: Final = {"type": ["string", "null"]}
_HIT: Final = {
    "type": "object",
    "required": ["kind", "iri", "label", "href", "snippet", "date", "publishers"],
    "properties": {
        "kind": {"enum": [*KINDS_FOUND]},
        "iri": {"type": "string"},
        "label": {"type": "string"},
        "href": {**_NULLABLE, "description": "The page that shows it, and where on it."},
        "snippet": {"type": "string", "description": "Words around what was found."},
        "date": {**_NULLABLE, "description": "Day, month or year of the event or article."},
        "publishers": {"type": "array", "items": {"type": "string"}},
    },
}
_RESULTS: Final = {
    "application/json": {
        "schema": {
            "type": "object",
            "required": ["query", "shown", "match", "kind", "total", "counts", "page", "next", "hits"],
            "properties": {
                "query": {"type": "string", "description": "What was typed."},
                "shown": {"type": "string", "description": "What was looked for, if the spelling was put right."},
                "match": {"enum": ["all", "most", "any"], "description": "How many of the words the hits have."},
                "kind": _NULLABLE,
                "total": {"type": "integer", "minimum": 0},
                "counts": {"type": "object", "additionalProperties": {"type": "integer"}, "description": "By kind."},
                "page": {"type": "integer", "minimum": 1},
                "next": {**_NULLABLE, "description": "The address of the next page of a kind."},
                "hits": {"type": "array", "items": _HIT},
            },
        }
    }
}
_TERMS: Final = {
    "application/json": {
        "schema": {
            "type": "object",
            "required": ["prefixes", "terms"],
            "properties": {
                "prefixes": {"type": "object", "additionalProperties": {"type": "string", "format": "iri"}},
                "terms": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["name", "kind", "label", "definition"],
                        "properties": {
                            "name": {"type": "string", "description": "Prefixed."},
                            "kind": {"enum": ["class", "property", "concept", "function"]},
                            "label": {"type": "string"},
                            "definition": {"type": "string"},
                        },
                    },
                },
            },
        }
    }
}
_SUGGESTIONS: Final = {
    "application/json": {
        "schema": {
            "type": "object",
            "required": ["query", "suggestions"],
            "properties": {
                "query": {"type": "string"},
                "suggestions": {
                    "type": "array",
                    "maxItems": 10,
                    "items": {
                        "type": "object",
                        "required": ["label", "kind", "href", "iri", "snippet"],
                        "properties": {
                            "label": {"type": "string"},
                            "kind": {"enum": [*KINDS_FOUND]},
                            "href": _NULLABLE,
                            "iri": {"type": "string"},
                            "snippet": {"type": "string", "description": "The other name that fits, or the day."},
                        },
                    },
                },
            },
        }
    },
    "application/x-suggestions+json": {"schema": {"type": "array"}},
}
_SEARCH: Final = (
    query_parameter("q", "What to look for; the first 200 characters are read."),
    query_parameter("kind", "Only this kind; `entity` for all who and where.", {"enum": ["", "entity", *KINDS_FOUND]}),
    _numbered("page"),
    query_parameter("exact", "`1`: the words as they are spelled.", {"type": "string", "examples": ["1"]}),
)
_DUMP: Final[Json] = {"application/gzip": {}, "application/zstd": {}, "application/json": {}, "text/plain": TEXT}
_JSON_LD_FORM: Final = (
    query_parameter("profile", "JSON-LD in this form; an unknown one is ignored.", {"enum": [*PROFILES]}),
    query_parameter("frame", "JSON-LD made by this frame, of all things of its types.", {"enum": [*FRAMES]}),
    query_parameter("context", "JSON-LD with this version of the context.", {"enum": [*CONTEXT_VERSIONS]}),
)
_ENDINGS: Final = " ".join(f".{name}" for name in GRAPH_FORMATS)

ROUTES: Final[dict[str, Json]] = {
    "/": _page("The start page."),
    "/search": {
        "get": operation(
            "pages",
            "What has these words, as a page or as JSON.",
            {"200": found({**_HTML, **_RESULTS}, "ETag", "Vary"), **UNCHANGED, **errors(400, 404, 406, 412, 503)},
            *_SEARCH,
        )
    },
    "/search.json": {
        "get": operation(
            "data",
            "What has these words.",
            {"200": found(_RESULTS, "ETag"), **UNCHANGED, **errors(400, 404, 412, 503)},
            *_SEARCH,
        )
    },
    "/search/suggest": {
        "get": operation(
            "data",
            "At most ten things that may be meant by what somebody is typing.",
            {"200": found(_SUGGESTIONS), **errors(503)},
            query_parameter("q", "What was typed so far."),
            query_parameter(
                "format",
                "`opensearch`: as browsers want them.",
                {"type": "string", "examples": ["opensearch"]},
            ),
        )
    },
    "/opensearch.xml": _text(
        "data", "The description by which a browser adds the search.", {"application/opensearchdescription+xml": TEXT}
    ),
    "/page/{resource}": {
        "get": operation(
            "pages",
            "The page of a resource.",
            {"200": found(_HTML, "ETag"), **UNCHANGED, **MERGED, **errors(400, 404, 412, 503)},
            path_parameter("resource", _NAMED, "country/italy"),
            query_parameter("incoming", "The page of what points to it, from 1.", _PAGE_NUMBER),
        )
    },
    "/id/{resource}": _see_other(
        "Whatever the graph names.", path_parameter("resource", _NAMED, "country/italy")
    ),
    "/scheme/{resource}": _see_other(
        "A scheme of concepts, or a concept.",
        path_parameter("resource", "The scheme, and the concept behind a slash.", "phase/delivered"),
    ),
    "/ontology": _see_other("The vocabulary."),
    "/ontology/{version}": _see_other(
        "A version of the vocabulary, which never changes.", path_parameter("version", "Its number.", "0.1.0")
    ),
    "/data/{file}": {
        "get": operation(
            "data",
            "The data of a resource.",
            {"200": found(_GRAPH, "ETag"), **UNCHANGED, **MERGED, **errors(400, 404, 503)},
            path_parameter("file", f"{_NAMED} The ending says the form: {_ENDINGS}.", "country/italy.ttl"),
            *_JSON_LD_FORM,
        )
    },
    "/context.jsonld": _text(
        "data", "The newest JSON-LD context.", {"application/ld+json": _OBJECT}, **UNCHANGED, **errors(412)
    ),
    "/context/{version}.jsonld": {
        "get": operation(
            "data",
            "A version of the JSON-LD context, which never changes.",
            {"200": found({"application/ld+json": _OBJECT}, "ETag"), **UNCHANGED, **errors(404, 412)},
            path_parameter("version", "Its version.", "1.0"),
        )
    },
    "/frames/{name}.jsonld": {
        "get": operation(
            "data",
            "A JSON-LD frame: the shape of the views of one kind.",
            {"200": found({"application/ld+json": _OBJECT}, "ETag"), **UNCHANGED, **errors(404, 412)},
            path_parameter("name", "Its name.", "event"),
        )
    },
    "/schemas/{name}.json": {
        "get": operation(
            "data",
            "The JSON Schema of the documents that a frame makes.",
            {"200": found({"application/schema+json": _OBJECT}, "ETag"), **UNCHANGED, **errors(404, 412)},
            path_parameter("name", "The name of the frame.", "event"),
        )
    },
    "/dumps/": _page("The files that hold the whole graph."),
    "/dumps/{name}": {
        "get": operation(
            "data",
            "One of these files, whole or in ranges.",
            {"200": found(_DUMP, "ETag"), **_RANGES},
            path_parameter("name", "Its name.", "aidgraph.nt.gz"),
        )
    },
    "/static/{filename}": {
        "get": operation(
            "pages",
            "A file that pages need.",
            {"200": found({"*/*": {}}, "ETag"), **_RANGES},
            path_parameter("filename", "Its name.", "style.css"),
        )
    },
    "/favicon.ico": {"get": operation("pages", "The icon.", bare(301, "Where it is.", "Location"))},
    "/.well-known/void": {
        "get": operation(
            "data",
            "What the dataset is, its licence and size, in VoID and DCAT.",
            {"200": found(contents(_NO_QUADS, JSON_LD), "ETag", "Vary"), **UNCHANGED, **errors(406, 503)},
            format_parameter(_NO_QUADS),
        )
    },
    "/sitemap.xml": _text("pages", "Where the parts of the sitemap are.", _XML, **UNCHANGED, **errors(503)),
    "/sitemaps/{number}.xml": {
        "get": operation(
            "pages",
            "The addresses of pages.",
            {"200": found(_XML, "ETag"), **UNCHANGED, **errors(404, 503)},
            path_parameter("number", "The number of the part, from 1.", "1"),
        )
    },
    "/feed.atom": _text("pages", "The newest events.", {"application/atom+xml": TEXT}, **UNCHANGED, **errors(503)),
    "/healthz": {
        "get": operation(
            "operation",
            "Whether queries are answered.",
            {"200": found(_HEALTH, description="They are."), "503": found(_HEALTH, description="They are not.")},
        )
    },
    "/metrics": _text(
        "operation",
        "Numbers for Prometheus.",
        {"text/plain": TEXT, "application/openmetrics-text": TEXT},
        **errors(503),
    ),
    "/sparql/terms.json": {
        "get": operation(
            "data",
            "What there is to write in a query: prefixes, classes, properties and concepts, for editors.",
            {"200": found(_TERMS, "ETag"), **UNCHANGED, **errors(503)},
        )
    },
    "/openapi.json": _text("operation", "This description.", _DESCRIPTION, **UNCHANGED, **errors(412)),
    "/robots.txt": _text("operation", "Rules for crawlers.", {"text/plain": TEXT}),
}
"""By path, then by method."""

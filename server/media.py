"""The forms that answers are sent in: registered media types only, each with the name used in ``?format=``.

The order is ours where the client has no preference. One format may be offered under two media types:
a client that takes only ``application/json`` gets its results under that very type.
"""

from __future__ import annotations

from typing import Final

from server.negotiate import HTML, Offer

HTML_OFFER: Final = Offer(HTML, "html")

TABLE_OFFER: Final = Offer("text/csv", "csv")

GRAPH_OFFERS: Final = (
    Offer("text/turtle", "ttl"),
    Offer("application/ld+json", "jsonld"),
    Offer("application/n-triples", "nt"),
    Offer("application/rdf+xml", "rdf"),
    Offer("application/trig", "trig"),
    Offer("application/n-quads", "nq"),
    Offer("application/json", "jsonld"),
    Offer("application/xml", "rdf"),
)
"""Forms of a graph; names are those of :data:`kg.formats.GRAPH_FORMATS`."""

FORM_TYPES: Final = {offer.name: offer.media_type for offer in reversed((*GRAPH_OFFERS, TABLE_OFFER))}
"""The media type of each form of a graph or table, by its name."""

RESULT_OFFERS: Final = (
    Offer("application/sparql-results+json", "json"),
    Offer("application/sparql-results+xml", "xml"),
    Offer("text/csv", "csv"),
    Offer("text/tab-separated-values", "tsv"),
    Offer("application/json", "json"),
    Offer("application/xml", "xml"),
)
"""Forms of SELECT results; names are those of :data:`kg.formats.RESULT_FORMATS`."""

BOOLEAN_OFFERS: Final = tuple(offer for offer in RESULT_OFFERS if offer.name in ("json", "xml"))
"""Forms of ASK results; CSV and TSV cannot say yes or no."""

GRAPH_NAMES: Final = {
    "turtle": "ttl", "n3": "ttl", "json": "jsonld", "json-ld": "jsonld", "xml": "rdf", "rdf+xml": "rdf",
}  # fmt: skip
"""What people and libraries also write in ``?format=`` when they mean a graph; all Turtle is N3."""

_CHARSET: Final = ("text/", "application/xml")


def content_type(media_type: str) -> str:
    """The Content-Type to send: textual types say that they are UTF-8, JSON and RDF types always are."""
    return f"{media_type}; charset=utf-8" if media_type.startswith(_CHARSET) else media_type

"""The schema.org description embedded in each page, read from the graph.

Only schema.org's own types and properties are used, each where schema.org allows it: what an aid event
has beyond an Event (donor, recipient, phase) is told as what it is about.
"""

from __future__ import annotations

import pyoxigraph as ox

from server.schemaorg import Thing, thing, things
from server.views.reader import Reader

_TYPES = {
    "country": "Country",
    "place": "Place",
    "person": "Person",
    "organization": "Organization",
    "crisis": "Event",
}


def structured_home(root: str, licence: str) -> Thing:
    """The dataset and where to get it."""
    from_here = f"{root}dumps/aidgraph.ttl.gz"
    download = {"@type": "DataDownload", "contentUrl": from_here, "encodingFormat": "application/gzip"}
    return {
        "@type": "Dataset",
        "name": "aidgraph",
        "description": "Who gave what help to whom, as news articles told it, with the words that prove each fact.",
        "url": root,
        "license": licence,
        "isAccessibleForFree": True,
        "distribution": [download],
    }


def structured_resource(reader: Reader, kind: str, node: ox.NamedNode) -> Thing:
    """The description of whatever a page shows, by the kind of its address."""
    if kind == "article":
        return _article(reader, node)
    if kind == "event":
        return _event(reader, node)
    if kind in ("scheme", "ontology"):
        return _term(reader, node)
    return _entity(reader, kind, node)


def _article(reader: Reader, node: ox.NamedNode) -> Thing:
    link = reader.link(node)
    publisher, licence = reader.link_to(node, "schema:publisher"), reader.node(node, "schema:license")
    return thing(link, "NewsArticle") | {
        "headline": link.label,
        "datePublished": reader.text(node, "schema:datePublished"),
        "inLanguage": reader.text(node, "schema:inLanguage"),
        "publisher": thing(publisher, "Organization") if publisher else None,
        "author": things(reader.links(node, "schema:author"), "Person"),
        "license": licence.value if licence else None,
        "mentions": things(reader.links(node, "schema:mentions")),
    }


def _event(reader: Reader, node: ox.NamedNode) -> Thing:
    about = [*reader.links(node, "aid:donor"), *reader.links(node, "aid:recipient"), *reader.links(node, "aid:crisis")]
    return thing(reader.link(node), "Event") | {
        "startDate": reader.text(node, "schema:startDate"),
        "location": things(reader.links(node, "schema:location"), "Place"),
        "about": things(about),
        "subjectOf": things(reader.links(node, "schema:subjectOf"), "NewsArticle"),
    }


def _entity(reader: Reader, kind: str, node: ox.NamedNode) -> Thing:
    return thing(reader.link(node), _TYPES.get(kind, "Thing")) | {
        "alternateName": [literal.value for literal in reader.literals(node, "schema:alternateName")],
        "sameAs": [same.value for same in reader.nodes(node, "schema:sameAs")],
    }


def _term(reader: Reader, node: ox.NamedNode) -> Thing:
    scheme = reader.link_to(node, "skos:inScheme")
    kind = "DefinedTerm" if scheme else "DefinedTermSet"
    described = {"description": reader.text(node, "skos:definition") or reader.text(node, "dcterms:description")}
    within = {"inDefinedTermSet": thing(scheme, "DefinedTermSet")} if scheme else {}
    return thing(reader.link(node), kind) | described | within

"""What belongs to one resource: its own triples, those of its parts, and the names of what these point to.

A plain DESCRIBE would give a report's IRI and not its words. The parts are found by fixed queries, one a
kind of resource; their triples by direct look-ups, so that prefixes can be given to the serialiser.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from kg.formats import GRAPH_FORMATS, written_prefixes
from server.addresses import kind_of
from server.offices import offices_held, offices_told
from server.queries import about
from server.views.reader import NAMES, term

_PARTS = {
    "article": "parts_article",
    "event": "parts_event",
    "ontology": "parts_vocabulary",
    "scheme": "parts_vocabulary",
}
_DEFAULT = ox.DefaultGraph()


def triples_of(store: ox.Store, resource: str, node: ox.NamedNode) -> list[ox.Triple]:
    """The triples of ``node`` (the resource at that path), each once, sorted by subject.

    The default graph holds every fact, so it alone is read.
    """
    parts = [node, *_parts_of(store, kind_of(resource), node)]
    own = {quad.triple for part in parts for quad in _matching(store, part, None, None)}
    own |= {quad.triple for part in parts for quad in _holders(store, part)}
    things = [triple for triple in own if triple.predicate != term("rdf:type")]
    linked = {node for triple in things for node in (triple.subject, triple.object) if isinstance(node, ox.NamedNode)}
    names = {quad.triple for node in linked for name in NAMES for quad in _matching(store, node, name, None)}
    return sorted(own | names, key=str)


def _parts_of(store: ox.Store, kind: str, node: ox.NamedNode) -> list[ox.NamedNode]:
    """The nodes, besides itself, that belong to a thing."""
    if kind not in _PARTS:
        return offices_held(store, node)
    parts = [row["part"] for row in about(store, _PARTS[kind], node)]
    return parts + (offices_told(store, node) if kind == "article" else [])


def _holders(store: ox.Store, part: ox.NamedNode) -> list[ox.Quad]:
    """Who holds the office ``part``; nothing for what is no office."""
    is_office = _matching(store, part, term("rdf:type"), term("schema:OrganizationRole"))
    return _matching(store, None, term("schema:affiliation"), part) if is_office else []


def _matching(
    store: ox.Store, subject: ox.NamedNode | None, predicate: ox.NamedNode | None, value: ox.NamedNode | None
) -> list[ox.Quad]:
    return list(store.quads_for_pattern(subject, predicate, value, _DEFAULT))


def quads_of(store: ox.Store, triples: Iterable[ox.Triple]) -> list[ox.Quad]:
    """The same triples with every graph that holds them: the default graph, and the articles they come from."""
    return [
        quad
        for triple in triples
        for quad in sorted(store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None), key=str)
    ]


def serialize_resource(store: ox.Store, resource: str, node: ox.NamedNode, name: str, base: str) -> bytes:
    """The data of a resource as Turtle, N-Triples, RDF/XML (triples), TriG or N-Quads (with their graphs).

    Args:
        name: a key of :data:`kg.formats.GRAPH_FORMATS`.
    """
    rdf_format = GRAPH_FORMATS[name]
    triples = triples_of(store, resource, node)
    content = quads_of(store, triples) if name in ("trig", "nq") else triples
    return ox.serialize(content, format=rdf_format, prefixes=_used(written_prefixes(base), triples)) or b""


def _used(prefixes: dict[str, str], triples: Iterable[ox.Triple]) -> dict[str, str]:
    """The prefixes that some IRI of the triples begins with."""
    text = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
    return {name: iri for name, iri in prefixes.items() if f"<{iri}".encode() in text}

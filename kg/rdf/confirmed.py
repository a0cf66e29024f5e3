"""Links that editors confirmed, in a named graph of their own: ``{base}id/links``.

They belong to no article, and whoever wants to know which links came from the tables and which from people can ask for
the graph. Each has an activity (PROV-O) with who and when, a fragment of the entity's IRI.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.merge.confirmed import ConfirmedLink
from kg.merge.naming import content_hash
from kg.rdf.iris import Iris, article_slug
from kg.rdf.scope import Triples, describe
from kg.rdf.terms import A, date_literal, dcterms, prov, schema


def links_graph(iris: Iris) -> ox.NamedNode:
    """The name of the graph."""
    return ox.NamedNode(f"{iris.base}id/links")


def confirmed_quads(links: Iterable[ConfirmedLink], iris: Iris) -> Iterator[ox.Quad]:
    """Every fact about confirmed links twice: in their named graph and in the default graph; nothing without a link."""
    graph = links_graph(iris)
    for triple in {triple for link in links for triple in _triples(link, graph, iris)}:
        yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)
        yield ox.Quad(triple.subject, triple.predicate, triple.object)


def _triples(link: ConfirmedLink, graph: ox.NamedNode, iris: Iris) -> Triples:
    entity, other = ox.NamedNode(f"{iris.base}id/{link.entity}"), ox.NamedNode(link.same_as)
    activity = ox.NamedNode(f"{entity.value}#confirmed-{content_hash(link.same_as)}")
    editor = ox.NamedNode(f"{graph.value}#editor-{article_slug(link.by)}")
    yield ox.Triple(entity, schema("sameAs"), other)
    yield from describe(
        activity,
        (A, prov("Activity")),
        (schema("name"), ox.Literal("link confirmed")),
        (dcterms("date"), date_literal(link.date)),
        (schema("about"), entity),
        (prov("used"), other),
        (prov("wasAssociatedWith"), editor),
    )
    yield from describe(editor, (A, prov("Agent")), (schema("name"), ox.Literal(link.by)))

"""How often each term of the vocabulary is used: counted once a version, for all terms together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pyoxigraph as ox

from server.queries import about, select
from server.views.reader import term

QUERIES: Final = {
    term("owl:Class"): "uses_class",
    term("owl:ObjectProperty"): "uses_property",
    term("owl:DatatypeProperty"): "uses_property",
    term("skos:Concept"): "uses_concept",
}
"""The query that counts the uses of a term, by what the term is."""

Uses = Mapping[ox.NamedNode, int]


def count_uses(store: ox.Store) -> Uses:
    """Uses of every class, property and concept that the graph defines; terms that nothing uses have 0."""
    found: dict[ox.NamedNode, int] = {}
    for row in select(store, "vocabulary_terms"):
        node = row["term"]
        if isinstance(node, ox.NamedNode) and node not in found:
            rows = list(about(store, QUERIES[row["kind"]], node))
            found[node] = int(rows[0]["count"].value) if rows else 0
    return found

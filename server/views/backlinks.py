"""What points to a thing: the other direction of every fact, which the graph does not write down."""

from __future__ import annotations

from itertools import islice

import pyoxigraph as ox

from server.queries import select
from server.views.reader import Reader, term


def pointing(reader: Reader, node: ox.NamedNode, name: str) -> list[ox.NamedNode]:
    """The things that point to ``node`` with the property ``name``, sorted by IRI.

    A blank node, which only data of others can hold, has no address and is left out.
    """
    rows = select(reader.store, "subjects", {"this": node, "property": term(name)})
    subjects = [row["subject"] for row in rows]
    return [subject for subject in subjects if isinstance(subject, ox.NamedNode)]


def some_pointing(reader: Reader, node: ox.NamedNode, name: str, most: int) -> list[ox.NamedNode]:
    """The first of what points to ``node``, in the store's own order: to sort what points to a hub reads all of it."""
    quads = reader.store.quads_for_pattern(None, term(name), node, ox.DefaultGraph())
    return [quad.subject for quad in islice(quads, most) if isinstance(quad.subject, ox.NamedNode)]

"""What points to a thing: the other direction of every fact, which the graph does not write down."""

from __future__ import annotations

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

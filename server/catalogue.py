"""What is listed, in the order of lists: slices of the index, so that no request sorts or counts the graph.

The names and dates themselves are read for the rows that are shown, and for no others.
"""

from __future__ import annotations

import sqlite3

import pyoxigraph as ox

from kg.index.schema import IS_ENTITY


def things_of(index: sqlite3.Connection, kind: str, *, limit: int, offset: int = 0) -> list[ox.NamedNode]:
    """Events or articles, the latest first, or entities of one kind by name."""
    return _nodes(index, "SELECT iri FROM thing WHERE kind = ? ORDER BY id LIMIT ? OFFSET ?", kind, limit, offset)


def entities_of(index: sqlite3.Connection, kind: str, *, limit: int, offset: int = 0) -> list[ox.NamedNode]:
    """Entities by name, of one kind or, for the empty one, of all kinds."""
    if kind:
        return things_of(index, kind, limit=limit, offset=offset)
    return _nodes(index, f"SELECT iri FROM thing WHERE {IS_ENTITY} ORDER BY sort, iri LIMIT ? OFFSET ?", limit, offset)


def count_entities(index: sqlite3.Connection, kind: str) -> int:
    """How many :func:`entities_of` has in all."""
    if kind:
        return _number(index, "SELECT count(*) FROM thing WHERE kind = ?", kind)
    return _number(index, f"SELECT count(*) FROM thing WHERE {IS_ENTITY}")


def sources_of(index: sqlite3.Connection, role: str, target: ox.NamedNode, *, limit: int) -> list[ox.NamedNode]:
    """The first events or articles that link to ``target`` in a role of :data:`kg.index.schema.TABLES`."""
    return _nodes(
        index,
        "SELECT source.iri FROM thing JOIN link ON target = thing.id AND role = ? JOIN thing AS source "
        "ON source.id = link.source WHERE thing.iri = ? ORDER BY link.source LIMIT ?",
        role, target.value, limit,
    )  # fmt: skip


def count_sources(index: sqlite3.Connection, role: str, target: ox.NamedNode) -> int:
    """How many events or articles link to ``target`` in a role."""
    query = "SELECT count(*) FROM thing JOIN link ON target = id AND role = ? WHERE iri = ?"
    return _number(index, query, role, target.value)


def _nodes(index: sqlite3.Connection, query: str, *given: str | int) -> list[ox.NamedNode]:
    return [ox.NamedNode(iri) for (iri,) in index.execute(query, given)]


def _number(index: sqlite3.Connection, query: str, *given: str) -> int:
    (number,) = index.execute(query, given).fetchone()
    return int(number)

"""What the default graph is made of, in numbers, for its description in VoID: classes, properties, spaces, links out.

They are counted when the index is made, so that they are those of the very version that is served, and telling them
costs nothing. The engine counts; only subjects, and the objects of links, run through Python, because what an IRI
begins with is nothing that SPARQL groups by fast.

The engine remembers what it has counted, some 100 bytes a node. Of a large graph it counts the objects of one property
at a time, and those of all are counted on the disk. Subjects it has to remember: to ask for them row by row, in the
order of the store, took four times as long as ``DISTINCT`` (``REDUCED`` is no way out, it remembers as much).
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.formats import PREFIXES
from kg.index.asking import is_here, number, select, whole

LINKING: Final = (
    "schema:sameAs", "owl:sameAs",
    "skos:exactMatch", "skos:closeMatch", "skos:broadMatch", "skos:narrowMatch", "skos:relatedMatch",
)  # fmt: skip
"""Properties that say that something has to do with something of another dataset: SKOS Reference §10, and sameness."""

IN_MEMORY: Final = 2_000_000
"""Triples of a graph up to which the engine counts all different objects at once, which takes less of the processor.
At some 20 objects to 100 triples that is about 50 MiB."""


@dataclass(frozen=True, slots=True)
class ClassUse:
    """A class, and how many things are of it."""

    iri: str
    entities: int


@dataclass(frozen=True, slots=True)
class PropertyUse:
    """A property: how many triples have it, and how many different subjects and objects these have."""

    iri: str
    triples: int
    subjects: int
    objects: int


@dataclass(frozen=True, slots=True)
class LinkUse:
    """How many triples of a property lead into a space: what IRIs begin with, up to their last ``/`` or ``#``."""

    property: str
    space: str
    triples: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """All of it. ``spaces`` are how many subjects there are by what their IRIs begin with, fragments left out."""

    classes: tuple[ClassUse, ...]
    properties: tuple[PropertyUse, ...]
    links: tuple[LinkUse, ...]
    spaces: tuple[tuple[str, int], ...]


def space_of(iri: str) -> str:
    """What an IRI begins with, up to the last ``/`` or ``#`` before its own name: GeoNames writes a ``/`` behind it."""
    place = max(iri.rfind("/", 0, len(iri) - 1), iri.rfind("#", 0, len(iri) - 1))
    return iri[: place + 1]


def count_uses(store: ox.Store, connection: sqlite3.Connection) -> dict[str, int]:
    """Fill the tables; the numbers of the whole graph: its triples, different subjects and different objects."""
    classes = _pairs(store, "?term (COUNT(*) AS ?n) { ?s a ?term } GROUP BY ?term")
    connection.executemany("INSERT INTO class_use VALUES (?, ?)", sorted(classes))
    properties = sorted(_pairs(store, "?term (COUNT(*) AS ?n) { ?s ?term ?o } GROUP BY ?term"))
    triples = sum(count for _, count in properties)
    on_disk = is_here(store) and triples > IN_MEMORY
    objects = (_count_on_disk if on_disk else _count_in_engine)(store, connection, properties)
    for name in LINKING:
        links = Counter(space_of(iri) for iri in _iris(store, f"?node {{ ?s {name} ?node FILTER(ISIRI(?node)) }}"))
        rows = ((_full(name), space, triples) for space, triples in sorted(links.items()))
        connection.executemany("INSERT INTO link_use VALUES (?, ?, ?)", rows)
    subjects, spaces = _count_subjects(store)
    connection.executemany("INSERT INTO space VALUES (?, ?)", sorted(spaces.items()))
    return {"triples": triples, "subjects": subjects, "objects": objects}


def read_statistics(connection: sqlite3.Connection) -> Statistics:
    """What :func:`count_uses` wrote, from an open index, each list by its IRIs."""
    return Statistics(
        tuple(ClassUse(*row) for row in connection.execute("SELECT * FROM class_use ORDER BY iri")),
        tuple(PropertyUse(*row) for row in connection.execute("SELECT * FROM property_use ORDER BY iri")),
        tuple(LinkUse(*row) for row in connection.execute("SELECT * FROM link_use ORDER BY property, space")),
        tuple((space, subjects) for space, subjects in connection.execute("SELECT * FROM space ORDER BY iri")),
    )


def _count_in_engine(store: ox.Store, connection: sqlite3.Connection, properties: list[tuple[str, int]]) -> int:
    """Fill ``property_use``; how many different objects there are in all."""
    for iri, triples in properties:
        query = f"(COUNT(DISTINCT ?s) AS ?subjects) (COUNT(DISTINCT ?o) AS ?objects) {{ ?s <{iri}> ?o }}"
        subjects, objects = next(select(store, query))
        _insert_property(connection, iri, triples, whole(subjects), whole(objects))
    return number(store, "(COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }")


def _count_on_disk(store: ox.Store, connection: sqlite3.Connection, properties: list[tuple[str, int]]) -> int:
    """The same with no more remembered than the nodes of one property.

    What is sorted on the disk are the 64 bits that pyoxigraph makes of a term: that two of 10 million are the same
    has a chance of 1 to 370,000.
    """
    connection.execute("CREATE TEMP TABLE object(digest INTEGER NOT NULL)")
    for iri, triples in properties:
        subjects = number(store, f"(COUNT(DISTINCT ?s) AS ?n) {{ ?s <{iri}> ?o }}")
        digests = ((hash(term),) for (term,) in select(store, f"DISTINCT ?o {{ ?s <{iri}> ?o }}"))
        objects = connection.executemany("INSERT INTO object VALUES (?)", digests).rowcount
        _insert_property(connection, iri, triples, subjects, objects)
    # GROUP BY sorts; DISTINCT would fill a tree
    (found,) = connection.execute("SELECT count(*) FROM (SELECT 1 FROM object GROUP BY digest)").fetchone()
    connection.execute("DROP TABLE object")
    return int(found)


def _insert_property(connection: sqlite3.Connection, *row: str | int) -> None:
    connection.execute("INSERT INTO property_use VALUES (?, ?, ?, ?)", row)


def _count_subjects(store: ox.Store) -> tuple[int, Counter[str]]:
    found, spaces = 0, Counter[str]()
    for (subject,) in select(store, "DISTINCT ?s { ?s ?p ?o }"):
        found += 1
        if isinstance(subject, ox.NamedNode) and "#" not in subject.value:
            spaces[space_of(subject.value)] += 1
    return found, spaces


def _iris(store: ox.Store, query: str) -> Iterator[str]:
    for (node,) in select(store, query):
        assert isinstance(node, ox.NamedNode)
        yield node.value


def _pairs(store: ox.Store, query: str) -> list[tuple[str, int]]:
    return [(term.value, whole(count)) for term, count in select(store, query) if isinstance(term, ox.NamedNode)]


def _full(prefixed: str) -> str:
    prefix, _, local = prefixed.partition(":")
    return PREFIXES[prefix] + local

"""What the index is made from: some facts of the default graph, copied into temporary tables.

One query a table, so narrow that the engine looks up as few terms as possible: that is what takes the time, a few
microseconds each, and less than half of what ``quads_for_pattern`` takes. What has to be chosen (one name of several,
the earlier of two dates) is chosen in SQL later, because SQLite sorts on disk.
Nodes are text, blank nodes as ``_:b``, which no IRI begins with.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.index.asking import number, select
from kg.index.schema import KINDS


@dataclass(frozen=True, slots=True)
class LinkRule:
    """Links of one role: ``fact`` is the table of facts that tells them, their sources are of the kind ``source``.

    ``target`` is the kind that the target must be of; None: any, even what nobody has said anything of.
    """

    role: str
    source: str
    fact: str
    target: str | None = None


CLASSES: Final[Mapping[str, Sequence[str]]] = {
    "event": ("aid:AidEvent",),
    "article": ("schema:NewsArticle",),
    "country": ("schema:Country",),
    "place": ("schema:Place", "schema:City", "schema:AdministrativeArea"),
    "person": ("schema:Person",),
    "organization": (
        "schema:Organization", "schema:GovernmentOrganization", "schema:NGO", "schema:NewsMediaOrganization",
    ),
    "crisis": ("aid:Crisis",),
    "concept": ("skos:Concept",),
    "unnamed": ("aid:UnnamedParty",),
}  # fmt: skip
"""The classes that make a kind. The narrower ones are those that the builder uses: others write no superclass."""

LINKS: Final = (
    LinkRule("donor", "event", "donor"),
    LinkRule("recipient", "event", "recipient"),
    LinkRule("implementer", "event", "implementer"),
    LinkRule("crisis", "event", "crisis_of"),
    LinkRule("phase", "event", "phase"),
    LinkRule("place", "event", "location"),
    LinkRule("category", "event", "given_category"),
    LinkRule("article", "event", "told", "article"),
    LinkRule("fulfils", "event", "fulfils", "event"),
    LinkRule("publisher", "article", "publisher"),
    LinkRule("author", "article", "author"),
    LinkRule("mentions", "article", "mentioned"),
    LinkRule("country", "crisis", "location"),
    LinkRule("disaster", "crisis", "disaster"),
    LinkRule("country", "place", "container"),
)
_FACTS: Final[Mapping[str, Sequence[str]]] = {
    "donor": ("?node aid:donor ?value",),
    "recipient": ("?node aid:recipient ?value",),
    "implementer": ("?node aid:implementer ?value",),
    "crisis_of": ("?node aid:crisis ?value",),
    "phase": ("?node aid:phase ?value",),
    "location": ("?node schema:location ?value",),
    "told": ("?node a aid:AidEvent ; schema:subjectOf ?value",),
    "fulfils": ("?node aid:fulfils ?value",),
    "publisher": ("?node schema:publisher ?value",),
    "author": ("?node schema:author ?value",),
    "mentioned": ("?node schema:mentions ?value", "?node schema:about ?value"),
    "disaster": ("?node aid:disasterType ?value",),
    "container": ("?node schema:containedInPlace ?value",),
    "item": ("?node aid:item ?value",),
    "category": ("?node aid:category ?value",),
    "spoken": (
        "{ ?report aid:statedItem ?node MINUS { ?report aid:reports ?event } } ?report schema:appearance ?value",
    ),
    "speaker": ("?node schema:spokenByCharacter ?value",),
    "proof": ("?report aid:reports ?value ; aid:evidence ?node",),
    "quotation": ("?node a schema:Quotation ; schema:isPartOf ?value",),
    "evidence": ("?node prov:wasQuotedFrom ?value",),
}
"""``spoken``: items that no event has, with their article; ``proof``: spans, with the event that they prove; the last
two: what is quoted, with its article."""

_WORDS: Final[Mapping[str, Sequence[str]]] = {
    "name": (
        "?node schema:name ?value", "?node schema:headline ?value", "?node skos:prefLabel ?value",
        "?node rdfs:label ?value", "?node dcterms:title ?value",
    ),
    "alias": ("?node schema:alternateName ?value", "?node skos:altLabel ?value", "?node skos:notation ?value"),
    "definition": ("?node skos:definition ?value",),
    "started": ("?node schema:startDate ?value",),
    "ended": ("?node schema:endDate ?value",),
    "published": ("?node schema:datePublished ?value",),
    "earliest": ("?node sem:hasEarliestBeginTimeStamp ?value",),
    "latest": ("?node sem:hasLatestEndTimeStamp ?value",),
    "lat": ("?node schema:latitude ?value",),
    "lon": ("?node schema:longitude ?value",),
    "words": ("?node oa:exact ?value", "?node a schema:Quotation ; schema:text ?value"),
}  # fmt: skip
"""``name``: the properties that pages take the name of a thing from (:mod:`server.views.reader`)."""

_COUNTS: Final = {
    "reports": "aid:AidReport",
    "figures": "schema:Observation",
    "quotations": "schema:Quotation",
    "parties": "aid:Party",
}


def copy_facts(store: ox.Store, connection: sqlite3.Connection) -> None:
    """Fill the temporary tables: ``class``, one for each of our facts and words."""
    for kind, classes in CLASSES.items():
        for name in classes:
            nodes = ((node, KINDS.index(kind)) for node in members(store, name))
            _copy(connection, "class", "node TEXT, kind INTEGER", nodes)
    for table, pattern in _each(_FACTS):
        _copy(connection, table, "node TEXT, value TEXT", _nodes(store, pattern))
    for table, pattern in _each(_WORDS):
        _copy(connection, table, "node TEXT, value TEXT, lang TEXT, rank INTEGER", _literals(store, pattern))


def _each(tables: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    return ((table, pattern) for table, patterns in tables.items() for pattern in patterns)


def count_things(store: ox.Store) -> dict[str, int]:
    """How much there is of what is only counted."""
    return {name: number(store, f"(COUNT(DISTINCT ?s) AS ?n) {{ ?s a {one} }}") for name, one in _COUNTS.items()}


def _copy(connection: sqlite3.Connection, table: str, columns: str, rows: Iterator[tuple[object, ...]]) -> None:
    connection.execute(f"CREATE TEMP TABLE IF NOT EXISTS {table}({columns})")
    places = ", ".join("?" * len(columns.split(",")))
    connection.executemany(f"INSERT INTO {table} VALUES ({places})", rows)  # nosec B608  # our own names


def members(store: ox.Store, class_name: str) -> Iterator[str]:
    """What is of a class, given by its prefixed name."""
    for (subject,) in select(store, f"?node {{ ?node a {class_name} }}"):
        if (node := _node(subject)) is not None:
            yield node


def _nodes(store: ox.Store, pattern: str) -> Iterator[tuple[str, str]]:
    for subject, value in select(store, f"?node ?value {{ {pattern} }}"):
        node, other = _node(subject), _node(value)
        if node is not None and other is not None:
            yield node, other


def _literals(store: ox.Store, pattern: str) -> Iterator[tuple[str, str, str | None, int]]:
    """Node, text, language, and the rank of the language: English, none, any."""
    for subject, value in select(store, f"?node ?value {{ {pattern} }}"):
        node = _node(subject)
        if node is not None and isinstance(value, ox.Literal):
            language = value.language.lower() if value.language else None
            rank = 1 if language is None else 0 if language.partition("-")[0] == "en" else 2
            yield node, value.value, language, rank


def _node(term: object) -> str | None:
    if isinstance(term, ox.NamedNode):
        return term.value
    return str(term) if isinstance(term, ox.BlankNode) else None

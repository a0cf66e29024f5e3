"""What the index is made from: some properties of the default graph, copied into temporary tables.

One query of one pattern a property: pyoxigraph decodes only the terms that a SELECT names, so that this takes less
than half the time of ``quads_for_pattern``. What is joined is joined in SQL later: the joins of the engine would be
as fast, but the choices (of a name among several, of the first of two dates) are beyond it, and SQLite sorts on disk.
Nodes are text, blank nodes as ``_:b``, which no IRI begins with.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import pyoxigraph as ox

from kg.formats import PREFIXES
from kg.index.schema import KINDS

_TABLES: Final = """
CREATE TEMP TABLE class(node TEXT, kind INTEGER);                     -- kind: its place in KINDS
CREATE TEMP TABLE fact(property TEXT, node TEXT, value TEXT);         -- value: a node
CREATE TEMP TABLE word(property TEXT, node TEXT, rank INTEGER, lang TEXT, value TEXT);
"""
_INDEXES: Final = """
CREATE INDEX temp.fact_node ON fact(property, node, value);
CREATE INDEX temp.word_node ON word(property, node, rank, lang, value);
"""

_CLASSES: Final[Mapping[str, Sequence[str]]] = {
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

_FACTS: Final[Mapping[str, Sequence[str]]] = {
    "donor": ("aid:donor",),
    "recipient": ("aid:recipient",),
    "implementer": ("aid:implementer",),
    "crisis": ("aid:crisis",),
    "phase": ("aid:phase",),
    "location": ("schema:location",),
    "told": ("schema:subjectOf",),
    "fulfils": ("aid:fulfils",),
    "publisher": ("schema:publisher",),
    "author": ("schema:author",),
    "mentions": ("schema:mentions",),
    "about": ("schema:about",),
    "disaster": ("aid:disasterType",),
    "country": ("schema:containedInPlace",),
    "item": ("aid:item",),
    "stated item": ("aid:statedItem",),
    "category": ("aid:category",),
    "appearance": ("schema:appearance",),
    "reports": ("aid:reports",),
    "evidence": ("aid:evidence",),
    "quoted from": ("prov:wasQuotedFrom",),
    "part of": ("schema:isPartOf",),
    "speaker": ("schema:spokenByCharacter",),
}
_WORDS: Final[Mapping[str, Sequence[str]]] = {
    "name": (
        "schema:name", "schema:headline", "skos:prefLabel", "rdfs:label", "dcterms:title", "schema:roleName",
    ),
    "alias": ("schema:alternateName", "skos:altLabel", "skos:notation"),
    "definition": ("skos:definition",),
    "start": ("schema:startDate",),
    "end": ("schema:endDate",),
    "published": ("schema:datePublished",),
    "earliest": ("sem:hasEarliestBeginTimeStamp",),
    "latest": ("sem:hasLatestEndTimeStamp",),
    "lat": ("schema:latitude",),
    "lon": ("schema:longitude",),
    "exact": ("oa:exact",),
    "text": ("schema:text",),
}  # fmt: skip
"""``name``: the properties that :mod:`server.views.reader` takes a name from."""

_COUNTS: Final = {
    "reports": "aid:AidReport",
    "figures": "schema:Observation",
    "quotations": "schema:Quotation",
    "parties": "aid:Party",
}


def copy_facts(store: ox.Store, connection: sqlite3.Connection) -> None:
    """Fill the temporary tables ``class``, ``fact`` and ``word``."""
    connection.executescript(f"{_TABLES} BEGIN")
    for kind, classes in _CLASSES.items():
        rows = ((node, KINDS.index(kind)) for name in classes for node in _members(store, name))
        connection.executemany("INSERT INTO class VALUES (?, ?)", rows)
    for name, properties in _FACTS.items():
        facts = ((name, *fact) for prefixed in properties for fact in _nodes(store, prefixed))
        connection.executemany("INSERT INTO fact VALUES (?, ?, ?)", facts)
    for name, properties in _WORDS.items():
        words = ((name, *word) for prefixed in properties for word in _literals(store, prefixed))
        connection.executemany("INSERT INTO word VALUES (?, ?, ?, ?, ?)", words)
    connection.executescript(_INDEXES)


def count_things(store: ox.Store) -> dict[str, int]:
    """How much there is of what is only counted, and how many triples."""
    counts = {
        name: _number(store, f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ ?s a <{_iri(prefixed)}> }}")
        for name, prefixed in _COUNTS.items()
    }
    return {**counts, "triples": _number(store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")}


def _members(store: ox.Store, class_name: str) -> Iterator[str]:
    for (subject,) in _select(store, f"SELECT ?s {{ ?s a <{_iri(class_name)}> }}"):
        if (node := _node(subject)) is not None:
            yield node


def _nodes(store: ox.Store, property_name: str) -> Iterator[tuple[str, str]]:
    for subject, value in _pairs(store, property_name):
        node, other = _node(subject), _node(value)
        if node is not None and other is not None:
            yield node, other


def _literals(store: ox.Store, property_name: str) -> Iterator[tuple[str, int, str, str]]:
    """Node, rank of its language (English, none, any), the language or '', and the text."""
    for subject, value in _pairs(store, property_name):
        node = _node(subject)
        if node is not None and isinstance(value, ox.Literal):
            language = (value.language or "").lower()
            rank = 1 if not language else 0 if language.partition("-")[0] == "en" else 2
            yield node, rank, language, value.value


def _node(term: object) -> str | None:
    if isinstance(term, ox.NamedNode):
        return term.value
    return str(term) if isinstance(term, ox.BlankNode) else None


def _pairs(store: ox.Store, property_name: str) -> Iterator[tuple[object, object]]:
    return ((subject, value) for subject, value in _select(store, f"SELECT ?s ?o {{ ?s <{_iri(property_name)}> ?o }}"))


def _select(store: ox.Store, query: str) -> ox.QuerySolutions:
    results = store.query(query)
    assert isinstance(results, ox.QuerySolutions)
    return results


def _number(store: ox.Store, query: str) -> int:
    (value,) = next(_select(store, query))
    assert isinstance(value, ox.Literal)
    return int(value.value)


def _iri(prefixed: str) -> str:
    prefix, _, local = prefixed.partition(":")
    return PREFIXES[prefix] + local

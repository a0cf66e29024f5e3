"""The tables of the index: what pages list, count, filter and search, and would have to sort the whole graph for.

The store answers what is known of one thing in a millisecond; for lists, facets and words it would need seconds. The
index is made from the default graph of one generation and lies beside its store, so that it is never older. It is
never changed: it may be opened as ``immutable``, by any number of processes.

What holds everywhere:

* ``thing.id`` ascending is the order of lists within a kind: events and articles the latest last day first, those
  without a date last, then by IRI; all others by ``sort``, then IRI. So ``ORDER BY id LIMIT 50`` needs no sorting, and
  neither does ``link WHERE role = ? AND target = ? ORDER BY source``: that is the list of a party's events.
* Only things with IRIs are in it. Blank nodes have no page, and literals where a thing is expected say nothing.
* Text is as in the graph; days are ``YYYY-MM-DD``. A date that is none of ``YYYY``, ``YYYY-MM``, ``YYYY-MM-DD`` is
  kept as told and has no bounds.
* The same graph gives the same tables; only ``meta`` names the version.
"""

from __future__ import annotations

from typing import Final

VERSION: Final = 3
"""Raised with every change to the tables, so that an index made by older code is made anew."""

ENTITY_KINDS: Final = ("country", "place", "person", "organization", "crisis")
"""Kinds of things that have a page of their own and are no event or article."""

IS_ENTITY: Final = f"kind IN ({', '.join(map(repr, ENTITY_KINDS))})"
"""For WHERE, word by word: SQLite uses the index over the names of entities for this very expression only."""

KINDS: Final = ("event", "article", *ENTITY_KINDS, "concept", "unnamed", "other")
"""All of ``thing.kind``. ``concept``: of SKOS; ``unnamed``: a party without a name, shown on its article's page;
``other``: what some event, article or crisis links to and nobody has said what it is."""

COUNTED: Final = (
    "articles", "events", "reports", "figures", "quotations",
    "parties", "persons", "organizations", "countries", "places", "crises", "triples", "subjects", "objects",
)  # fmt: skip
"""The counts in ``meta``: things of each class in the default graph, those without an IRI included but for articles,
events and entities, which are as many as are listed. ``parties`` are all that are called so; ``subjects`` and
``objects`` are different ones, blank nodes and literals among them."""

TABLES: Final = """
CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;
-- 'schema': VERSION above; COUNTED above: whole numbers
-- 'version': of the store that it was made from; a later one with the same default graph has the same index

CREATE TABLE thing(
    id INTEGER PRIMARY KEY,
    iri TEXT NOT NULL,
    kind TEXT NOT NULL,                          -- one of KINDS
    name TEXT NOT NULL,                          -- English first, else without a language, else any; else from the IRI
    lang TEXT,                                   -- language tag of the name; null: none
    sort TEXT NOT NULL,                          -- the name in small letters without accents
    lat REAL, lon REAL,                          -- degrees (schema:latitude, schema:longitude); both or none
    uses INTEGER NOT NULL                        -- how many events and articles link to it
);

CREATE TABLE event(
    id INTEGER PRIMARY KEY REFERENCES thing,
    date TEXT,                                   -- schema:startDate as told: a day, month or year
    first TEXT, last TEXT,                       -- the full days that it may mean
    year INTEGER,                                -- of the first day
    phase INTEGER REFERENCES thing,
    items TEXT NOT NULL,                         -- the names of what was given, joined by '; '; '' if none is told
    articles INTEGER NOT NULL                    -- how many articles tell it
);

CREATE TABLE article(
    id INTEGER PRIMARY KEY REFERENCES thing,
    date TEXT, first TEXT, last TEXT, year INTEGER,  -- schema:datePublished, as for events
    events INTEGER NOT NULL                      -- how many events it tells
);

CREATE TABLE crisis(
    id INTEGER PRIMARY KEY REFERENCES thing,
    first TEXT, last TEXT                        -- its own start and end where told, else those of its events
);

-- source = an event: donor recipient implementer crisis phase place category article fulfils
--                    publisher (of the articles that tell it)
-- source = an article: publisher author mentions (also what it is said to be about)
-- source = a crisis: country (the places struck), disaster (a concept); source = a place: country (that it lies in)
CREATE TABLE link(
    role TEXT NOT NULL,
    target INTEGER NOT NULL REFERENCES thing,
    source INTEGER NOT NULL REFERENCES thing,
    PRIMARY KEY (role, target, source)
) WITHOUT ROWID;

-- What is searched: one row for each thing, item, quotation and span of evidence that some page shows.
CREATE TABLE document(
    id INTEGER PRIMARY KEY,
    thing INTEGER NOT NULL REFERENCES thing,     -- whose page shows it
    kind TEXT NOT NULL,                          -- event article ENTITY_KINDS concept item quotation evidence
    anchor TEXT NOT NULL,                        -- fragment on that page; '' for the page itself
    title TEXT NOT NULL,                         -- its name; the speaker; what evidence proves: the event or article
    body TEXT NOT NULL,                          -- items of an event, definition, words of the article
    other TEXT NOT NULL,                         -- aliases and names in other languages, parties, publisher, category
    iri TEXT NOT NULL                            -- of the item, quotation or span itself; else that of the thing
);
-- All documents of one kind have ids in a row: a search for one kind is a search in a range of rowids.

-- What the default graph is made of: kg.index.statistics.
CREATE TABLE class_use(iri TEXT PRIMARY KEY, entities INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE property_use(
    iri TEXT PRIMARY KEY,
    triples INTEGER NOT NULL,
    subjects INTEGER NOT NULL,                   -- different ones, as are the objects
    objects INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE link_use(
    property TEXT NOT NULL,                      -- says that two things are the same or alike
    space TEXT NOT NULL,                         -- what the other's IRI begins with
    triples INTEGER NOT NULL,
    PRIMARY KEY (property, space)
) WITHOUT ROWID;
CREATE TABLE space(iri TEXT PRIMARY KEY, subjects INTEGER NOT NULL) WITHOUT ROWID;  -- subjects without a fragment
"""

INDEXES: Final = f"""
-- thing_iri ON thing(iri), unique, and link_source ON link(source, role, target) are made earlier, by kg.index.fill.
CREATE INDEX thing_kind ON thing(kind);          -- (kind, id): lists of one kind
CREATE INDEX thing_sort ON thing(sort, iri) WHERE {IS_ENTITY};  -- lists of entities of all kinds
CREATE INDEX event_last ON event(last);
CREATE INDEX event_year ON event(year);
CREATE INDEX event_phase ON event(phase);
CREATE INDEX article_last ON article(last);
CREATE INDEX article_year ON article(year);
CREATE INDEX document_thing ON document(thing);
CREATE INDEX document_kind ON document(kind);    -- counts, and the range of ids of a kind
CREATE INDEX document_iri ON document(iri);      -- the functions for SPARQL
"""

SEARCH: Final = """
CREATE VIRTUAL TABLE search USING fts5(
    title, other, body, content='document', content_rowid='id',
    tokenize="unicode61 remove_diacritics 2", prefix='2 3'
);
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(search, 'row');
CREATE TABLE spelling(
    term TEXT PRIMARY KEY,
    documents INTEGER NOT NULL                   -- how many have the word
) WITHOUT ROWID;                                 -- of vocabulary, words of letters only: that counts anew at each look
"""
"""Words without case and accents, their beginnings of two and three letters, and all words with their counts."""

SPELLING: Final = """
INSERT INTO spelling SELECT term, doc FROM vocabulary WHERE term NOT GLOB '*[0-9]*';
"""
"""Fills the last table from the full ``search``. A wrong digit is no wrong spelling, so numbers are left out."""

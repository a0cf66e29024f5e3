"""The statements that fill the tables of :mod:`kg.index.schema` from the temporary tables of :mod:`kg.index.facts`.

They run in this order. Everything is sorted before it is numbered, so that the same graph gives the same rows.
Functions of SQL that are no SQLite's are those of :mod:`kg.index.naming`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.index.schema import ENTITY_KINDS, KINDS

_LINKS: Final[Sequence[tuple[str, str, str, str | None]]] = (
    ("donor", "event", "donor", None),
    ("recipient", "event", "recipient", None),
    ("implementer", "event", "implementer", None),
    ("crisis", "event", "crisis", None),
    ("phase", "event", "phase", None),
    ("place", "event", "location", None),
    ("article", "event", "told", "article"),
    ("fulfils", "event", "fulfils", "event"),
    ("publisher", "article", "publisher", None),
    ("author", "article", "author", None),
    ("mentions", "article", "mentions", None),
    ("mentions", "article", "about", None),
    ("about", "article", "about", None),
    ("country", "crisis", "location", None),
    ("disaster", "crisis", "disaster", None),
    ("country", "place", "country", None),
)
"""Role, kind of the source, property, and the kind that the target must be of."""


def _kinds(names: Sequence[str]) -> str:
    return ", ".join(str(KINDS.index(name)) for name in names)


def _is_kind(column: str, name: str | None) -> str:
    return f"{column}.kind = '{name}'" if name else "1"


_CHOICES: Final = """
-- The one word of each property that is shown: as kg.index.facts ranks their languages.
CREATE TEMP TABLE chosen(property TEXT, node TEXT, value TEXT, lang TEXT, PRIMARY KEY (property, node)) WITHOUT ROWID;
INSERT INTO chosen SELECT property, node, value, nullif(lang, '') FROM (
    SELECT *, row_number() OVER (PARTITION BY property, node ORDER BY rank, lang, value) AS place FROM word
) WHERE place = 1 ORDER BY property, node;

-- Things with an IRI. A class says what something is, else its IRI.
CREATE TEMP TABLE node(iri TEXT PRIMARY KEY, kind INTEGER) WITHOUT ROWID;
INSERT INTO node SELECT node, min(kind) FROM class WHERE node NOT GLOB '_:*' GROUP BY node;
"""

_PATHS: Final = f"""
INSERT OR IGNORE INTO node SELECT iri, place FROM (
    SELECT iri, path_kind(iri) AS kind FROM (
        SELECT node AS iri FROM chosen WHERE property = 'name' UNION SELECT value FROM fact
        WHERE property IN ({", ".join(sorted({f"'{name}'" for _, _, name, _ in _LINKS}))})
    ) WHERE iri NOT IN (SELECT iri FROM node)
) JOIN ({" UNION ALL ".join(f"SELECT '{name}' AS kind, {place} AS place" for place, name in enumerate(KINDS))})
USING (kind);
"""

_OTHERS: Final = (
    "".join(
        f"""
INSERT OR IGNORE INTO node
SELECT DISTINCT fact.value, {KINDS.index("other")} FROM fact JOIN node ON node.iri = fact.node
WHERE fact.property = '{name}' AND node.kind = {KINDS.index(kind)} AND fact.value NOT GLOB '_:*';"""
        for _, kind, name, required in _LINKS
        if required is None
    )
    + f"""
INSERT OR IGNORE INTO node SELECT DISTINCT category.value, {KINDS.index("other")}
FROM fact AS item JOIN node ON node.iri = item.node AND node.kind = {KINDS.index("event")}
JOIN fact AS category ON category.property = 'category' AND category.node = item.value
WHERE item.property = 'item' AND category.value NOT GLOB '_:*';"""
)

_DATES: Final = f"""
CREATE TEMP TABLE dated(iri TEXT PRIMARY KEY, date TEXT, first TEXT, last TEXT) WITHOUT ROWID;
INSERT INTO dated
SELECT iri, date, coalesce(first, last), coalesce(last, first) FROM (
    SELECT node.iri, told.value AS date,
        coalesce((SELECT min(first_day(value)) FROM word WHERE property = 'earliest' AND word.node = node.iri),
                 first_day(told.value)) AS first,
        coalesce((SELECT max(last_day(value)) FROM word WHERE property = 'latest' AND word.node = node.iri),
                 last_day(told.value)) AS last
    FROM node LEFT JOIN chosen AS told
    ON told.node = node.iri AND told.property = iif(node.kind = {KINDS.index("event")}, 'start', 'published')
    WHERE node.kind IN ({_kinds(("event", "article"))})
);
UPDATE dated SET first = NULL, last = NULL WHERE first > last;
"""

_THINGS: Final = f"""
INSERT INTO thing(iri, kind, name, lang, sort, lat, lon, uses)
SELECT iri, kind_name(kind), name, lang, sort, iif(lon IS NULL, NULL, lat), iif(lat IS NULL, NULL, lon), 0
FROM (SELECT *, sort_key(name) AS sort FROM (
    SELECT node.iri, node.kind, coalesce(named.value, readable(node.iri)) AS name, named.lang, dated.last,
        degrees(lat.value, 90.0) AS lat, degrees(lon.value, 180.0) AS lon
    FROM node
    LEFT JOIN chosen AS named ON named.property = 'name' AND named.node = node.iri
    LEFT JOIN chosen AS lat ON lat.property = 'lat' AND lat.node = node.iri
    LEFT JOIN chosen AS lon ON lon.property = 'lon' AND lon.node = node.iri
    LEFT JOIN dated ON dated.iri = node.iri
))
ORDER BY kind, last DESC, iif(kind IN ({_kinds(("event", "article"))}), '', sort), iri;
CREATE UNIQUE INDEX thing_iri ON thing(iri);
"""

_ALL_LINKS: Final = (
    "".join(
        f"""
INSERT OR IGNORE INTO link SELECT '{role}', target.id, source.id
FROM fact JOIN thing AS source ON source.iri = fact.node JOIN thing AS target ON target.iri = fact.value
WHERE fact.property = '{name}' AND {_is_kind("source", kind)} AND {_is_kind("target", required)}
ORDER BY target.id, source.id;"""
        for role, kind, name, required in _LINKS
    )
    + """
INSERT OR IGNORE INTO link SELECT DISTINCT 'category', target.id, source.id
FROM fact AS item JOIN thing AS source ON source.iri = item.node AND source.kind = 'event'
JOIN fact AS category ON category.property = 'category' AND category.node = item.value
JOIN thing AS target ON target.iri = category.value
WHERE item.property = 'item' ORDER BY target.id, source.id;
CREATE INDEX link_source ON link(source, role, target);
INSERT OR IGNORE INTO link SELECT DISTINCT 'publisher', publisher.target, told.source
FROM link AS told JOIN link AS publisher ON publisher.role = 'publisher' AND publisher.source = told.target
WHERE told.role = 'article' ORDER BY publisher.target, told.source;

CREATE TEMP TABLE used AS SELECT target, count(DISTINCT source) AS uses FROM link
WHERE source <= (SELECT max(id) FROM thing WHERE kind IN ('event', 'article')) GROUP BY target;
UPDATE thing SET uses = used.uses FROM used WHERE used.target = thing.id;
"""
)

_KINDS_OF_THINGS: Final = """
CREATE TEMP TABLE given(event INTEGER, sort TEXT, name TEXT, PRIMARY KEY (event, sort, name)) WITHOUT ROWID;
INSERT OR IGNORE INTO given SELECT thing.id, sort_key(chosen.value), chosen.value
FROM fact JOIN thing ON thing.iri = fact.node AND thing.kind = 'event'
JOIN chosen ON chosen.property = 'name' AND chosen.node = fact.value
WHERE fact.property = 'item' ORDER BY 1, 2, 3;

INSERT INTO event SELECT thing.id, date, first, last, CAST(substr(first, 1, 4) AS INTEGER),
    (SELECT min(target) FROM link WHERE source = thing.id AND role = 'phase'),
    coalesce((SELECT group_concat(name, '; ') FROM given WHERE event = thing.id), ''),
    (SELECT count(*) FROM link WHERE source = thing.id AND role = 'article')
FROM thing JOIN dated USING (iri) WHERE thing.kind = 'event' ORDER BY thing.id;

INSERT INTO article SELECT thing.id, date, first, last, CAST(substr(first, 1, 4) AS INTEGER),
    (SELECT count(*) FROM link WHERE role = 'article' AND target = thing.id)
FROM thing JOIN dated USING (iri) WHERE thing.kind = 'article' ORDER BY thing.id;

INSERT INTO crisis SELECT id, coalesce(first, last), coalesce(last, first) FROM (
    SELECT thing.id,
        coalesce(first_day(began.value), (SELECT min(first) FROM link JOIN event ON event.id = source
            WHERE role = 'crisis' AND target = thing.id)) AS first,
        coalesce(last_day(ended.value), (SELECT max(last) FROM link JOIN event ON event.id = source
            WHERE role = 'crisis' AND target = thing.id), last_day(began.value)) AS last
    FROM thing
    LEFT JOIN chosen AS began ON began.property = 'start' AND began.node = thing.iri
    LEFT JOIN chosen AS ended ON ended.property = 'end' AND ended.node = thing.iri
    WHERE thing.kind = 'crisis'
) ORDER BY id;
UPDATE crisis SET first = NULL, last = NULL WHERE first > last;
"""

_SHOWN: Final = ", ".join(f"'{kind}'" for kind in ("event", "article", *ENTITY_KINDS, "concept"))

_DOCUMENTS: Final = f"""
CREATE TEMP TABLE also(thing INTEGER, text TEXT, PRIMARY KEY (thing, text)) WITHOUT ROWID;
INSERT OR IGNORE INTO also SELECT thing.id, word.value FROM word JOIN thing ON thing.iri = word.node
WHERE word.property IN ('name', 'alias') AND word.value <> thing.name;
INSERT OR IGNORE INTO also SELECT source.id, target.name FROM link
JOIN thing AS source ON source.id = link.source JOIN thing AS target ON target.id = link.target
WHERE source.kind = 'event' AND role IN ('donor', 'recipient', 'implementer', 'crisis')
    OR source.kind = 'article' AND role = 'publisher';

INSERT INTO document(thing, kind, anchor, title, body, other, iri)
SELECT thing.id, kind, '', name, coalesce(event.items, definition.value, ''),
    coalesce((SELECT group_concat(text, '; ') FROM also WHERE also.thing = thing.id), ''), iri
FROM thing LEFT JOIN event ON event.id = thing.id
LEFT JOIN chosen AS definition ON definition.property = 'definition' AND definition.node = thing.iri
WHERE kind IN ({_SHOWN}) ORDER BY thing.id;

-- Items of events on the page of the event; those that are only spoken of, on the page of the article.
CREATE TEMP TABLE spoken(thing INTEGER, node TEXT, anchor TEXT, PRIMARY KEY (thing, node)) WITHOUT ROWID;
INSERT OR IGNORE INTO spoken SELECT thing.id, fact.value, '' FROM fact
JOIN thing ON thing.iri = fact.node AND thing.kind = 'event' WHERE fact.property = 'item';
INSERT OR IGNORE INTO spoken SELECT thing.id, stated.value, fragment(stated.value) FROM fact AS stated
JOIN fact AS appearance ON appearance.property = 'appearance' AND appearance.node = stated.node
JOIN thing ON thing.iri = appearance.value AND thing.kind = 'article'
WHERE stated.property = 'stated item'
    AND NOT EXISTS (SELECT 1 FROM fact AS reports WHERE reports.property = 'reports' AND reports.node = stated.node);
INSERT INTO document(thing, kind, anchor, title, body, other, iri)
SELECT spoken.thing, 'item', spoken.anchor, chosen.value, '', coalesce((
    SELECT group_concat(name, '; ') FROM (
        SELECT DISTINCT thing.name FROM fact JOIN thing ON thing.iri = fact.value
        WHERE fact.property = 'category' AND fact.node = spoken.node ORDER BY thing.id
    )), ''), spoken.node
FROM spoken JOIN chosen ON chosen.property = 'name' AND chosen.node = spoken.node ORDER BY spoken.thing, spoken.node;

INSERT INTO document(thing, kind, anchor, title, body, other, iri)
SELECT thing.id, 'quotation', fragment(words.node), coalesce((
    SELECT min(speaker.name) FROM fact JOIN thing AS speaker ON speaker.iri = fact.value
    WHERE fact.property = 'speaker' AND fact.node = words.node), ''), words.value, '', words.node
FROM chosen AS words
JOIN fact ON fact.property = 'part of' AND fact.node = words.node
JOIN thing ON thing.iri = fact.value AND thing.kind = 'article'
WHERE words.property = 'text' ORDER BY thing.id, words.node;

CREATE TEMP TABLE proof(span TEXT PRIMARY KEY, event INTEGER) WITHOUT ROWID;
INSERT INTO proof SELECT evidence.value, min(thing.id) FROM fact AS evidence
JOIN fact AS reports ON reports.property = 'reports' AND reports.node = evidence.node
JOIN thing ON thing.iri = reports.value AND thing.kind = 'event'
WHERE evidence.property = 'evidence' GROUP BY evidence.value;
INSERT INTO document(thing, kind, anchor, title, body, other, iri)
SELECT thing.id, 'evidence', fragment(words.node), coalesce(event.name, thing.name), words.value, '', words.node
FROM chosen AS words
JOIN fact ON fact.property = 'quoted from' AND fact.node = words.node
JOIN thing ON thing.iri = fact.value AND thing.kind = 'article'
LEFT JOIN proof ON proof.span = words.node LEFT JOIN thing AS event ON event.id = proof.event
WHERE words.property = 'exact' ORDER BY thing.id, words.node;
"""

STEPS: Final = (_CHOICES, _PATHS, _OTHERS, _DATES, _THINGS, _ALL_LINKS, _KINDS_OF_THINGS, _DOCUMENTS)
"""Scripts of SQL, one after the other."""

"""The statements that fill the tables of :mod:`kg.index.schema` from the temporary tables of :mod:`kg.index.facts`.

They run in this order. Everything is sorted before it is numbered, so that the same graph gives the same rows.
Functions of SQL that are none of SQLite's are those of :mod:`kg.index.naming`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.index.facts import LINKS
from kg.index.schema import ENTITY_KINDS, KINDS


def _kinds(*names: str) -> str:
    return ", ".join(str(KINDS.index(name)) for name in names)


def _union(selects: Sequence[str]) -> str:
    return "\nUNION ".join(selects)


_NAMES: Final = """
CREATE TEMP TABLE given_category AS SELECT DISTINCT item.node, category.value
FROM item JOIN category ON category.node = item.value;
CREATE TEMP TABLE named(node TEXT PRIMARY KEY, name TEXT, lang TEXT) WITHOUT ROWID;
INSERT INTO named SELECT node, value, lang FROM (
    SELECT *, row_number() OVER (PARTITION BY node ORDER BY rank, lang, value) AS place FROM name
) WHERE place = 1 ORDER BY node;
"""

_NODES: Final = f"""
-- Things with an IRI. A class says what something is; of what only has a name, its IRI.
CREATE TEMP TABLE node(iri TEXT PRIMARY KEY, kind INTEGER) WITHOUT ROWID;
INSERT INTO node SELECT node, min(kind) FROM class WHERE node NOT GLOB '_:*' GROUP BY node;
INSERT INTO node SELECT node, kind_place(path_kind(node)) FROM named
WHERE path_kind(node) IS NOT NULL AND node NOT IN (SELECT iri FROM node);
INSERT INTO node SELECT value, {_kinds("other")} FROM (
{
    _union(
        [
            f"SELECT value FROM {rule.fact} AS told JOIN node ON node.iri = told.node AND kind = {_kinds(rule.source)}"
            for rule in LINKS
            if rule.target is None
        ]
    )
}) WHERE value NOT GLOB '_:*' AND value NOT IN (SELECT iri FROM node);
"""

_DATES: Final = f"""
CREATE TEMP TABLE dated(iri TEXT PRIMARY KEY, date TEXT, first TEXT, last TEXT) WITHOUT ROWID;
INSERT INTO dated SELECT node.iri, min(value), NULL, NULL
FROM node LEFT JOIN started ON started.node = node.iri WHERE kind = {_kinds("event")} GROUP BY node.iri;
INSERT INTO dated SELECT node.iri, min(value), NULL, NULL
FROM node LEFT JOIN published ON published.node = node.iri WHERE kind = {_kinds("article")} GROUP BY node.iri;
UPDATE dated SET first = day FROM (SELECT node, min(first_day(value)) AS day FROM earliest GROUP BY node)
WHERE node = iri;
UPDATE dated SET last = day FROM (SELECT node, max(last_day(value)) AS day FROM latest GROUP BY node)
WHERE node = iri;
UPDATE dated SET first = coalesce(first, first_day(date)), last = coalesce(last, last_day(date));
UPDATE dated SET first = coalesce(first, last), last = coalesce(last, first);
UPDATE dated SET first = NULL, last = NULL WHERE first > last;

CREATE TEMP TABLE position(iri TEXT PRIMARY KEY, lat REAL, lon REAL) WITHOUT ROWID;
INSERT INTO position SELECT lat.node, min(degrees(lat.value, 90.0)), min(degrees(lon.value, 180.0))
FROM lat JOIN lon ON lon.node = lat.node GROUP BY lat.node;
DELETE FROM position WHERE lat IS NULL OR lon IS NULL;
"""

_THINGS: Final = f"""
INSERT INTO thing(iri, kind, name, lang, sort, lat, lon, uses)
SELECT iri, kind_name(kind), name, lang, sort, lat, lon, 0
FROM (SELECT *, sort_key(name) AS sort FROM (
    SELECT iri, kind, coalesce(name, readable(iri)) AS name, lang, last, lat, lon
    FROM node LEFT JOIN named ON named.node = node.iri LEFT JOIN dated USING (iri) LEFT JOIN position USING (iri)
))
ORDER BY kind, last DESC, iif(kind IN ({_kinds("event", "article")}), '', sort), iri;
CREATE UNIQUE INDEX thing_iri ON thing(iri);
"""

_LINKS: Final = (
    "".join(
        f"""
INSERT OR IGNORE INTO link SELECT '{rule.role}', target.id, source.id
FROM {rule.fact} AS told JOIN thing AS source ON source.iri = told.node AND source.kind = '{rule.source}'
JOIN thing AS target ON target.iri = told.value {f"AND target.kind = '{rule.target}'" if rule.target else ""};
"""
        for rule in LINKS
    )
    + """
CREATE INDEX link_source ON link(source, role, target);
INSERT OR IGNORE INTO link SELECT 'publisher', publisher.target, told.source
FROM link AS told JOIN link AS publisher ON publisher.role = 'publisher' AND publisher.source = told.target
WHERE told.role = 'article';

CREATE TEMP TABLE used AS SELECT target, count(DISTINCT source) AS uses FROM link
WHERE source <= (SELECT max(id) FROM thing WHERE kind IN ('event', 'article')) GROUP BY target;
UPDATE thing SET uses = used.uses FROM used WHERE used.target = thing.id;
"""
)

_LISTED: Final = """
CREATE TEMP TABLE given(event INTEGER, sort TEXT, name TEXT, PRIMARY KEY (event, sort, name)) WITHOUT ROWID;
INSERT OR IGNORE INTO given SELECT thing.id, sort_key(named.name), named.name
FROM item JOIN thing ON thing.iri = item.node AND thing.kind = 'event' JOIN named ON named.node = item.value;

INSERT INTO event SELECT thing.id, date, first, last, CAST(substr(first, 1, 4) AS INTEGER),
    (SELECT min(target) FROM link WHERE source = thing.id AND role = 'phase'),
    coalesce((SELECT group_concat(name, '; ') FROM given WHERE event = thing.id), ''),
    (SELECT count(*) FROM link WHERE source = thing.id AND role = 'article')
FROM thing JOIN dated USING (iri) WHERE thing.kind = 'event' ORDER BY thing.id;

INSERT INTO article SELECT thing.id, date, first, last, CAST(substr(first, 1, 4) AS INTEGER),
    (SELECT count(*) FROM link WHERE role = 'article' AND target = thing.id)
FROM thing JOIN dated USING (iri) WHERE thing.kind = 'article' ORDER BY thing.id;

CREATE TEMP TABLE span(crisis INTEGER PRIMARY KEY, first TEXT, last TEXT);
INSERT INTO span SELECT target, min(first), max(last) FROM link JOIN event ON event.id = source
WHERE role = 'crisis' GROUP BY target;
INSERT INTO crisis SELECT thing.id,
    coalesce(min(first_day(started.value)), span.first, min(first_day(ended.value))),
    coalesce(max(last_day(ended.value)), span.last, max(last_day(started.value)))
FROM thing LEFT JOIN span ON span.crisis = thing.id
LEFT JOIN started ON started.node = thing.iri LEFT JOIN ended ON ended.node = thing.iri
WHERE thing.kind = 'crisis' GROUP BY thing.id;
UPDATE crisis SET first = NULL, last = NULL WHERE first > last;
"""

_SHOWN: Final = ", ".join(f"'{kind}'" for kind in ("event", "article", *ENTITY_KINDS, "concept"))

_DOCUMENTS: Final = f"""
CREATE TEMP TABLE also(thing INTEGER, text TEXT, PRIMARY KEY (thing, text)) WITHOUT ROWID;
INSERT OR IGNORE INTO also SELECT thing.id, value FROM name JOIN thing ON thing.iri = node WHERE value <> thing.name;
INSERT OR IGNORE INTO also SELECT thing.id, value FROM alias JOIN thing ON thing.iri = node WHERE value <> thing.name;
INSERT OR IGNORE INTO also SELECT source.id, target.name FROM link
JOIN thing AS source ON source.id = link.source JOIN thing AS target ON target.id = link.target
WHERE role IN ('donor', 'recipient', 'implementer', 'crisis') OR role = 'publisher' AND source.kind = 'article';

INSERT INTO document(thing, kind, anchor, title, body, other, iri)
SELECT thing.id, kind, '', name, coalesce(event.items, min(definition.value), ''),
    coalesce((SELECT group_concat(text, '; ') FROM also WHERE also.thing = thing.id), ''), iri
FROM thing LEFT JOIN event ON event.id = thing.id LEFT JOIN definition ON definition.node = thing.iri
WHERE kind IN ({_SHOWN}) GROUP BY thing.id ORDER BY thing.id;

-- Items of events on the page of the event; those that are only spoken of, on the page of the article.
CREATE TEMP TABLE shown(thing INTEGER, node TEXT, anchor TEXT, PRIMARY KEY (thing, node)) WITHOUT ROWID;
INSERT OR IGNORE INTO shown SELECT thing.id, item.value, '' FROM item
JOIN thing ON thing.iri = item.node AND thing.kind = 'event';
INSERT OR IGNORE INTO shown SELECT thing.id, spoken.node, fragment(spoken.node) FROM spoken
JOIN thing ON thing.iri = spoken.value AND thing.kind = 'article';
CREATE TEMP TABLE sorts(node TEXT, name TEXT, PRIMARY KEY (node, name)) WITHOUT ROWID;
INSERT OR IGNORE INTO sorts SELECT category.node, thing.name FROM category JOIN thing ON thing.iri = category.value;
INSERT INTO document(thing, kind, anchor, title, body, other, iri)
SELECT thing, 'item', anchor, name, '',
    coalesce((SELECT group_concat(name, '; ') FROM sorts WHERE sorts.node = shown.node), ''), shown.node
FROM shown JOIN named USING (node) ORDER BY thing, shown.node;

CREATE TEMP TABLE text(node TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
INSERT INTO text SELECT node, min(value) FROM words GROUP BY node;
CREATE TEMP TABLE said(node TEXT PRIMARY KEY, name TEXT) WITHOUT ROWID;
INSERT INTO said SELECT speaker.node, min(thing.name) FROM speaker JOIN thing ON thing.iri = speaker.value
GROUP BY speaker.node;
INSERT INTO document(thing, kind, anchor, title, body, other, iri)
SELECT thing.id, 'quotation', fragment(node), coalesce(said.name, ''), text.value, '', node
FROM quotation JOIN text USING (node) LEFT JOIN said USING (node)
JOIN thing ON thing.iri = quotation.value AND thing.kind = 'article' ORDER BY thing.id, node;

CREATE TEMP TABLE proven(node TEXT PRIMARY KEY, event INTEGER) WITHOUT ROWID;
INSERT INTO proven SELECT proof.node, min(thing.id) FROM proof
JOIN thing ON thing.iri = proof.value AND thing.kind = 'event' GROUP BY proof.node;
INSERT INTO document(thing, kind, anchor, title, body, other, iri)
SELECT thing.id, 'evidence', fragment(node), coalesce(event.name, thing.name), text.value, '', node
FROM evidence JOIN text USING (node) LEFT JOIN proven USING (node)
JOIN thing ON thing.iri = evidence.value AND thing.kind = 'article'
LEFT JOIN thing AS event ON event.id = proven.event ORDER BY thing.id, node;
"""

STEPS: Final = (_NAMES, _NODES, _DATES, _THINGS, _LINKS, _LISTED, _DOCUMENTS)
"""Scripts of SQL, one after the other."""

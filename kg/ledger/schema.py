"""The tables of the ledger, and how a change to them is noted so that it can be taken back.

SQLite can undo a transaction only until it is committed, but whether a build reached the store is known only later. So
while there is something to go back to, triggers write down for each changed row the statement that restores it
(https://www.sqlite.org/undoredo.html). They are temporary, and a first build goes without them.
"""

from __future__ import annotations

import sqlite3
from typing import Final

VERSION: Final = 1
"""Of the tables, in SQLite's ``user_version``. A ledger of another version is made anew from the readings."""

TABLES: Final = f"""
CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE undo (number INTEGER PRIMARY KEY, statement TEXT NOT NULL) STRICT;
CREATE TABLE note (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;

-- An article as it is in the graph: its lines as kg.packing packs them.
CREATE TABLE article (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, slug TEXT NOT NULL UNIQUE, written BLOB NOT NULL
) STRICT;

-- A description of an entity that articles give (JSON), and the articles that give it.
CREATE TABLE vote (
    number INTEGER PRIMARY KEY, key TEXT NOT NULL, digest INTEGER NOT NULL, content BLOB NOT NULL, UNIQUE (key, digest)
) STRICT;
CREATE TABLE speaks (vote INTEGER NOT NULL, article INTEGER NOT NULL, PRIMARY KEY (vote, article))
    STRICT, WITHOUT ROWID;
CREATE INDEX speaks_article ON speaks (article);
-- The description that was chosen.
CREATE TABLE entity (key TEXT PRIMARY KEY, content BLOB NOT NULL) STRICT, WITHOUT ROWID;

-- An asserted report (JSON) by the unit that it is merged in. `dated` and `own` are what its article can say of its
-- event: its date, and that it fulfils an earlier one that the article tells as well. `told` is kg.merge.told.Told.
CREATE TABLE telling (
    unit TEXT NOT NULL, article INTEGER NOT NULL, digest INTEGER NOT NULL, content BLOB NOT NULL,
    event INTEGER, dated INTEGER, own INTEGER, told BLOB,
    PRIMARY KEY (unit, article, digest)
) STRICT, WITHOUT ROWID;
CREATE INDEX telling_article ON telling (article);
CREATE INDEX telling_event ON telling (event, dated, own);

-- An event. `base` is its slug before those that share it are told apart by `mark`; `alone` whether one article tells
-- it; `gist` the few tellings (JSON) that its name rests on; `shared` whether an article tells both this and the event
-- that it fulfils; `common` its lines that are of no article.
CREATE TABLE event (
    number INTEGER PRIMARY KEY, unit TEXT NOT NULL, base TEXT NOT NULL, mark TEXT NOT NULL, slug TEXT NOT NULL,
    alone INTEGER NOT NULL, gist BLOB NOT NULL, fulfils INTEGER, shared INTEGER NOT NULL, common BLOB NOT NULL
) STRICT;
CREATE INDEX event_unit ON event (unit);
CREATE INDEX event_base ON event (base, slug);
CREATE INDEX event_slug ON event (slug);
CREATE INDEX event_fulfils ON event (fulfils) WHERE fulfils IS NOT NULL;

PRAGMA user_version = {VERSION};
"""
_UNDONE: Final = ("note", "article", "vote", "speaks", "entity", "telling", "event")
"""The tables whose changes can be taken back; ``state`` tells whether they have to be."""

_AT_ONCE: Final = 500
"""Statements that are in memory together when a change is taken back."""

WORKING: Final = """
CREATE TEMP TABLE dirty_key (key TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE dirty_unit (unit TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE dirty_base (base TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE dirty_event (number INTEGER PRIMARY KEY);
CREATE TEMP TABLE dirty_article (number INTEGER PRIMARY KEY);
CREATE TEMP TABLE gone_lines (lines BLOB NOT NULL);
"""
"""What a build has still to look at, filled by one stage for the next."""


def note_changes(connection: sqlite3.Connection) -> None:
    """From now on write down how each change to the tables is taken back."""
    for table in _UNDONE:
        columns = connection.execute(f"PRAGMA main.table_info({table})").fetchall()
        names = [name for _, name, *_ in columns]
        keys = [name for _, name, _, _, _, place in columns if place]
        connection.executescript(
            f"CREATE TEMP TRIGGER undo_insert_{table} AFTER INSERT ON main.{table} BEGIN INSERT INTO undo(statement)"
            f" VALUES ({_delete(table, keys)}); END;"
            f"CREATE TEMP TRIGGER undo_delete_{table} AFTER DELETE ON main.{table} BEGIN INSERT INTO undo(statement)"
            f" VALUES ({_insert(table, names)}); END;"
            f"CREATE TEMP TRIGGER undo_update_{table} AFTER UPDATE ON main.{table} BEGIN INSERT INTO undo(statement)"
            f" VALUES ({_update(table, names, keys)}); END;"
        )


def take_back(connection: sqlite3.Connection) -> None:
    """Undo what was noted, the latest change first. The caller holds a transaction."""
    query = f"SELECT number, statement FROM undo ORDER BY number DESC LIMIT {_AT_ONCE}"
    while noted := connection.execute(query).fetchall():
        for _, statement in noted:
            connection.execute(statement)
        connection.execute("DELETE FROM undo WHERE number >= ?", (noted[-1][0],))


def _delete(table: str, keys: list[str]) -> str:
    """An SQL expression that gives the statement."""
    return f"'DELETE FROM {table} WHERE ' || {_pairs(keys, 'new', ' AND ')}"


def _insert(table: str, names: list[str]) -> str:
    values = " || ',' || ".join(f"quote(old.{name})" for name in names)
    return f"'INSERT INTO {table} ({', '.join(names)}) VALUES (' || {values} || ')'"


def _update(table: str, names: list[str], keys: list[str]) -> str:
    changed = _pairs([name for name in names if name not in keys] or keys, "old", ", ")
    return f"'UPDATE {table} SET ' || {changed} || ' WHERE ' || {_pairs(keys, 'new', ' AND ')}"


def _pairs(names: list[str], row: str, between: str) -> str:
    return f" || '{between}' || ".join(f"'{name} = ' || quote({row}.{name})" for name in names)

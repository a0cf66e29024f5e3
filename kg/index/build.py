"""Makes the index of one generation: facts copied from the store, tables filled from them, words gathered.

Memory stays the same however large the graph is: rows run through, and SQLite sorts on disk. The file is made beside
its place and renamed; a reader finds a whole one or none.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.durable import sync
from kg.errors import StoreError
from kg.index.facts import copy_facts, count_things
from kg.index.fill import STEPS
from kg.index.naming import degrees, first_day, fragment, last_day, path_kind, readable, sort_key
from kg.index.schema import INDEXES, KINDS, SEARCH, SPELLING, TABLES, VERSION
from kg.index.statistics import count_uses

FILE: Final = "index.sqlite"
"""The name of the index in the folder of its generation."""
OLDER: Final = "older.sqlite"
"""The name of an index of an earlier generation that stands in for it until it is made (:mod:`kg.index.older`)."""

_SETTINGS: Final = """
PRAGMA journal_mode = OFF;       -- a file that was not finished is thrown away
PRAGMA temp.journal_mode = OFF;
PRAGMA synchronous = OFF;        -- the finished one is synchronised once
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA temp_store = FILE;
PRAGMA cache_size = -16384;
PRAGMA temp.cache_size = -16384;
"""
_FUNCTIONS: Final[dict[str, tuple[int, Callable[..., str | float | None]]]] = {
    "sort_key": (1, sort_key),
    "readable": (1, readable),
    "path_kind": (1, path_kind),
    "first_day": (1, first_day),
    "last_day": (1, last_day),
    "degrees": (2, degrees),
    "fragment": (1, fragment),
    "kind_name": (1, lambda place: KINDS[place]),
    "kind_place": (1, lambda kind: KINDS.index(kind)),
}
_COUNTED_KINDS: Final = {
    "events": "event", "articles": "article", "persons": "person", "organizations": "organization",
    "countries": "country", "places": "place", "crises": "crisis",
}  # fmt: skip


def build_index(store: ox.Store, folder: Path) -> Path:
    """Make the index of the generation in ``folder`` from its store; the path of the file.

    Raises:
        StoreError: it cannot be written.
    """
    target = folder / FILE
    unfinished = folder / f"{FILE}.{secrets.token_hex(4)}"
    try:
        with closing(sqlite3.connect(unfinished, isolation_level=None)) as connection:
            _fill(connection, store, folder.name)
        sync(unfinished)
        unfinished.replace(target)
        (folder / OLDER).unlink(missing_ok=True)
    except (sqlite3.OperationalError, OSError) as error:
        raise StoreError(f"{target}: cannot be made ({error}); see to it that there is room, and try again") from error
    finally:
        unfinished.unlink(missing_ok=True)
    return target


def carry_index(old: Path, new: Path) -> None:
    """Let the generation in ``new`` have the index of ``old``, if that has one: for the same default graph."""
    with contextlib.suppress(FileNotFoundError):
        os.link(old / FILE, new / FILE)


def _fill(connection: sqlite3.Connection, store: ox.Store, version: str) -> None:
    for name, (arguments, function) in _FUNCTIONS.items():
        connection.create_function(name, arguments, function, deterministic=True)
    connection.executescript(_SETTINGS + TABLES)
    connection.execute("BEGIN")
    copy_facts(store, connection)
    for step in STEPS:
        connection.executescript(f"BEGIN; {step}")
    _count(connection, store, version)
    connection.executescript(f"BEGIN; {INDEXES} {SEARCH}")
    connection.execute("INSERT INTO search(search) VALUES ('rebuild')")
    connection.execute("INSERT INTO search(search) VALUES ('optimize')")
    connection.execute(SPELLING)
    connection.execute("ANALYZE main")
    connection.execute("COMMIT")


def _count(connection: sqlite3.Connection, store: ox.Store, version: str) -> None:
    numbers: dict[str, int] = dict(connection.execute("SELECT kind, count(*) FROM thing GROUP BY kind"))
    listed = {name: numbers.get(kind, 0) for name, kind in _COUNTED_KINDS.items()}
    totals = count_things(store) | count_uses(store, connection)
    facts: dict[str, str | int] = {"schema": VERSION, "version": version, **listed, **totals}
    connection.executemany("INSERT INTO meta VALUES (?, ?)", sorted(facts.items()))

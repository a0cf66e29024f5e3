"""An older index in place of one that is still being made: for large graphs, of which that takes minutes.

A generation that is published without its index has that of an earlier one beside it, ``older.sqlite``, and so have
those after it, until the newest has its own. Lists are made from it meanwhile: what was added since is not in them yet,
and what is gone is left out: whoever opens the older index first asks the store once for all that there still is, and
every table is read through a view that hides the rest.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.errors import StoreError
from kg.index.build import FILE, OLDER
from kg.index.facts import CLASSES, members
from kg.index.opened import has_index, open_index, version_of

_UNASKED: Final = ("other", "unnamed")
"""Kinds of things that the graph need not say anything of; no page is theirs."""

_HIDING: Final = {
    "thing": ("id",), "event": ("id",), "article": ("id",), "crisis": ("id",), "document": ("thing",),
    "link": ("source", "target"),
}  # fmt: skip
"""The tables that tell of things, and the columns that name these. A temporary view stands before the table of its name
in every statement that does not say which one it means."""


class Older(sqlite3.Connection):
    """A connection to an older index. ``version`` is that of the store that it was made from."""

    version = ""


def carry_older(old: Path, new: Path) -> None:
    """Let the generation in ``new``, which has no index of its own yet, have the newest that there is in ``old``.

    To be called before ``new`` is published. That ``old`` has none is no error.
    """
    for name in (FILE, OLDER):
        with contextlib.suppress(FileNotFoundError):
            os.link(old / name, new / OLDER)
            return


def is_behind(folder: Path) -> bool:
    """Whether lists of the generation in ``folder`` have to be made from an older index: it has no other yet."""
    return (folder / OLDER).exists() and not has_index(folder)


def gone_things(folder: Path, store: ox.Store) -> tuple[int, ...]:
    """The ids, in the older index of the generation in ``folder``, of things that its store says nothing of any more.

    Raises:
        StoreError: there is no older index, or it was made by another version of this program.
    """
    with closing(open_index(folder, OLDER)) as connection:
        there = {iri for names in CLASSES.values() for name in names for iri in members(store, name)}
        kept = ", ".join(f"'{kind}'" for kind in _UNASKED)
        things = connection.execute(f"SELECT id, iri FROM thing WHERE kind NOT IN ({kept})")  # nosec B608  # our own names
        return tuple(place for place, iri in things if iri not in there and not _is_told(store, iri))


def _is_told(store: ox.Store, iri: str) -> bool:
    """Whether the default graph says anything: some things are known by their names alone."""
    return next(store.quads_for_pattern(ox.NamedNode(iri), None, None, ox.DefaultGraph()), None) is not None


def open_older(folder: Path, gone: Iterable[int]) -> Older:
    """The older index of the generation in ``folder``, in which things that are gone are not seen.

    Args:
        gone: of :func:`gone_things`.

    Raises:
        StoreError: there is none, or it was made by another version of this program.
    """
    connection = open_index(folder, OLDER, Older)
    assert isinstance(connection, Older)
    try:
        connection.version = version_of(connection)
        _hide(connection, [(place,) for place in gone])
    except sqlite3.DatabaseError as error:
        connection.close()
        raise StoreError(f"{folder / OLDER}: cannot be read ({error})") from error
    return connection


def _hide(connection: sqlite3.Connection, gone: list[tuple[int]]) -> None:
    if not gone:
        return
    connection.execute("CREATE TEMP TABLE gone(id INTEGER PRIMARY KEY)")
    connection.executemany("INSERT INTO gone VALUES (?)", gone)
    for table, columns in _HIDING.items():
        tests = " AND ".join(f"{column} NOT IN (SELECT id FROM temp.gone)" for column in columns)
        connection.execute(f"CREATE TEMP VIEW {table} AS SELECT * FROM main.{table} WHERE {tests}")  # nosec B608  # our own names

"""An older index in place of one that is still being made: for large graphs, of which that takes minutes.

A generation that is published without its index has that of an earlier one beside it, ``older.sqlite``, and so have
those after it, until the newest has its own. Lists are made from it meanwhile: what was added since is not in them yet,
and what is gone is left out, because the store is asked of each thing, once, when some list first comes to it.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.errors import StoreError
from kg.index.build import FILE, OLDER
from kg.index.opened import has_index, open_index
from kg.index.schema import KINDS

_UNASKED: Final = ("other", "unnamed")
"""Kinds of things that the graph need not say anything of; no page is theirs."""

_PRESENT: Final = f"""
CREATE TEMP VIEW thing AS SELECT * FROM main.thing
WHERE kind IN ({", ".join(f"'{kind}'" for kind in KINDS if kind in _UNASKED)}) OR present(id, iri)
"""
"""Stands before the table of that name in every statement that does not say which one it means."""

Present = Callable[[int, str], bool]


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


def present_in(store: ox.Store) -> Present:
    """Whether the default graph of a store still says something of a thing; what was asked is remembered by its id,
    so that it is for one index and one store."""
    known: dict[int, bool] = {}
    everywhere = ox.DefaultGraph()

    def present(place: int, iri: str) -> bool:
        found = known.get(place)
        if found is None:
            quads = store.quads_for_pattern(ox.NamedNode(iri), None, None, everywhere)
            found = known[place] = next(quads, None) is not None
        return found

    return present


def open_older(folder: Path, present: Present) -> sqlite3.Connection:
    """The older index of the generation in ``folder``, in which things that are gone are not seen.

    Args:
        present: of :func:`present_in`, the same for all connections to this index.

    Raises:
        StoreError: there is none, or it was made by another version of this program.
    """
    connection = open_index(folder, OLDER)
    try:
        connection.create_function("present", 2, present, deterministic=True)
        connection.execute(_PRESENT)
    except sqlite3.DatabaseError as error:
        connection.close()
        raise StoreError(f"{folder / OLDER}: cannot be read ({error})") from error
    return connection

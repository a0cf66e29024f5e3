"""Opens the index of a generation for reading, and tells whether there is one.

An index never changes under its name, so that SQLite may take it for ``immutable``: no locks, no look at the file
before each query, and the pages are those of the system's cache, shared by all processes.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Final
from urllib.parse import quote

from kg.errors import StoreError
from kg.index.build import FILE
from kg.index.schema import VERSION

_MAPPED: Final = 1 << 30
"""Bytes of the file that are mapped into memory rather than copied."""


def has_index(folder: Path) -> bool:
    """Whether the generation in ``folder`` has an index with the tables of today."""
    try:
        open_index(folder).close()
    except StoreError:
        return False
    return True


def open_index(
    folder: Path, name: str = FILE, kind: type[sqlite3.Connection] = sqlite3.Connection
) -> sqlite3.Connection:
    """The index of the generation in ``folder``, its rows as :class:`sqlite3.Row`.

    The connection may go from thread to thread, one at a time. Close it before the generation may be deleted.

    Args:
        name: of the file: that of the index itself, or of one that stands in for it (:mod:`kg.index.older`).
        kind: the class of the connection.

    Raises:
        StoreError: there is none, or it was made by another version of this program.
    """
    path = folder / name
    try:
        connection = sqlite3.connect(
            f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True, isolation_level=None, check_same_thread=False,
            factory=kind,
        )  # fmt: skip
    except sqlite3.OperationalError as error:
        raise StoreError(f"{path}: there is no index ({error})") from error
    try:
        (version,) = connection.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone() or (None,)
        if version != VERSION:
            raise StoreError(f"{path}: has tables of version {version}, and {VERSION} is wanted")
        connection.execute(f"PRAGMA mmap_size = {_MAPPED:d}")
    except sqlite3.DatabaseError as error:
        connection.close()
        raise StoreError(f"{path}: cannot be read ({error})") from error
    except StoreError:
        connection.close()
        raise
    connection.row_factory = sqlite3.Row
    return connection


def counts_of(connection: sqlite3.Connection) -> dict[str, int]:
    """How much there is of everything that is counted, by the names of :data:`kg.index.schema.COUNTED`."""
    rows = connection.execute("SELECT key, value FROM meta WHERE key NOT IN ('schema', 'version')")
    return {name: int(value) for name, value in rows}


def version_of(connection: sqlite3.Connection) -> str:
    """The version of the store that an open index was made from."""
    (version,) = connection.execute("SELECT value FROM meta WHERE key = 'version'").fetchone()
    return str(version)

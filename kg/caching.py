"""SQLite files beside the readings that only save work: each may be deleted at any time and is made again.

They are files of their own, and no tables beside the readings, so that deleting one is safe and copies need not have
it. A fault is told with the file's name by whichever call met it, because blocks that use one cache use other
databases besides.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from kg.errors import StoreError
from kg.sqlitefaults import advice

# Each row is kept for itself, about 10 µs, so that a killed build keeps it; a power cut may cost the last of them.
_SETTINGS: Final = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"


class Cache:
    """A file of one table. Made by :func:`open_cache`; every method raises StoreError if the file cannot be used."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._told():
            self._connection = sqlite3.connect(path, isolation_level=None)

    def prepare(self, table: str) -> None:
        """Make the table if it is not there."""
        with self._told():
            self._connection.executescript(f"{_SETTINGS} {table};")

    def rows(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The answers to a query."""
        with self._told():
            return self._connection.execute(query, values).fetchall()

    def write(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        """Run a statement with each of these rows."""
        with self._told():
            self._connection.executemany(statement, rows)

    def close(self) -> None:
        self._connection.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            told = advice(error, if_damaged="delete it, it is made again")
            raise StoreError(f"{self._path}: cannot be used ({error}); {told}") from error


@contextmanager
def open_cache(path: Path, table: str) -> Iterator[Cache]:
    """The cache at a path; made if there is none. The caller holds the write lock.

    Args:
        table: the statement that makes its table if it is not there.

    Raises:
        StoreError: the file is not ours or damaged.
    """
    cache = Cache(path)
    try:
        cache.prepare(table)
        yield cache
    finally:
        cache.close()

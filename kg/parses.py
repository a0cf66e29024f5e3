"""What the language model said of each article, kept between builds in ``DATA/parses.sqlite``.

The model is two thirds of the work of a build and changes once in years, the rules with every version. So when the
rules change, articles are read again from what is kept here. Each parse says for itself which model and text it is of
(:mod:`kg.extract.kept`), and one that does not fit is made again: the file is a cache and may be deleted at any time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from kg.caching import Cache, open_cache

FILE: Final = "parses.sqlite"
_TABLE: Final = "CREATE TABLE IF NOT EXISTS parse (id TEXT PRIMARY KEY, content BLOB NOT NULL) STRICT"


class Parses:
    """The kept parses, by identifier. Made by :func:`open_parses`."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    def get(self, identifier: str) -> bytes | None:
        """The parse of an article, if it is kept."""
        rows = self._cache.rows("SELECT content FROM parse WHERE id = ?", (identifier,))
        return rows[0][0] if rows else None

    def put(self, identifier: str, content: bytes) -> None:
        """Keep a parse in place of an earlier one."""
        self._cache.write("INSERT OR REPLACE INTO parse VALUES (?, ?)", [(identifier, content)])

    def forget(self, identifiers: Sequence[str]) -> None:
        """Articles were removed."""
        self._cache.write("DELETE FROM parse WHERE id = ?", ((one,) for one in identifiers))


@contextmanager
def open_parses(data: Path) -> Iterator[Parses]:
    """The parses kept under ``data``; the caller holds the write lock.

    Raises:
        StoreError: the file is not ours or damaged.
    """
    with open_cache(data / FILE, _TABLE) as cache:
        yield Parses(cache)


def forget_parses(data: Path, identifiers: Sequence[str]) -> None:
    """Articles were removed.

    Raises:
        StoreError: see :func:`open_parses`.
    """
    if identifiers:
        with open_parses(data) as parses:
            parses.forget(identifiers)

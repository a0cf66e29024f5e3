"""What files looked like when their articles were read, so that a file that did not change is not read again.

Adding ten articles to a hundred thousand must not cost the reading of a hundred thousand pages. A file is taken for the
one that was read if its place on the disk, size and times are the same, as Git does it; else if its bytes have the same
SHA-256, which is still far less work than to read it. The time of the last change of a file's entry
(``ctime``) is one of the times, because no program can set it. A file that changed less than two seconds before it was
looked at is not known by its times: it might change once more within one tick of the clock.

All of it is a cache beside the readings: a row counts only as long as it names the article that is kept, and without
the file every article is read and compared.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from kg.caching import Cache, open_cache
from kg.corrections.files import ENDING
from kg.errors import ArticleError
from kg.read import Source, source_bytes
from kg.readings import Origin

FILE: Final = "seen.sqlite"
_TABLE: Final = """CREATE TABLE IF NOT EXISTS seen (
    id TEXT PRIMARY KEY, look TEXT NOT NULL, bytes TEXT NOT NULL, article TEXT NOT NULL
) STRICT, WITHOUT ROWID"""
_SETTLED: Final = 2_000_000_000
"""Nanoseconds after which a change of a file shows in its times: those of FAT are even seconds."""


class _Row(NamedTuple):
    """``look`` is of the file, ``bytes`` the SHA-256 of what was read, ``article`` that of the article made of it."""

    look: str
    bytes: str
    article: str


class Seen:
    """The rows that were kept, and those of this build. Made by :func:`open_seen`."""

    def __init__(self, cache: Cache, corrections: Path) -> None:
        self._cache = cache
        self._corrections = corrections
        self._rows = {row[0]: _Row(*row[1:]) for row in cache.rows("SELECT id, look, bytes, article FROM seen")}
        self._looks: dict[Path, str] = {}
        self._folders: dict[Path, frozenset[str]] = {}

    def is_unchanged(self, source: Source, known: Origin, fingerprint: str) -> bool:
        """Whether reading the source would give the kept article again, by rules of this fingerprint.

        False if nobody can tell without reading it: of what editors corrected, of standard input and shared storage.
        """
        row = self._rows.get(source.id)
        if row is None or row.article != known.sha256 or known.fingerprint != fingerprint:
            return False
        if source.fault or source.piped or source.address or self._has_corrections(source):
            return False
        look = self._look(source)
        if look and look == row.look:
            return True
        if not self._has_bytes(source, row.bytes):
            return False
        self._put(source.id, _Row(look, row.bytes, row.article))
        return True

    def look_at(self, source: Source) -> None:
        """Remember what the file of a source looks like now, before it is read."""
        if not (source.piped or source.address):
            self._look(source)

    def note(self, source: Source, origin: Origin, digest: str) -> None:
        """The source was read, after :meth:`look_at`; ``digest`` is the SHA-256 of its bytes, or nothing."""
        if digest and not (source.piped or source.address):
            self._put(source.id, _Row(self._look(source), digest, origin.sha256))

    def forget(self, identifiers: Sequence[str]) -> None:
        """Articles were removed."""
        self._cache.write("DELETE FROM seen WHERE id = ?", ((one,) for one in identifiers))

    def _put(self, identifier: str, row: _Row) -> None:
        if self._rows.get(identifier) != row:
            self._rows[identifier] = row
            self._cache.write("INSERT OR REPLACE INTO seen VALUES (?, ?, ?, ?)", [(identifier, *row)])

    def _look(self, source: Source) -> str:
        """What the file looks like, and where in it the article lies; nothing if that proves nothing."""
        look = self._looks.get(source.path)
        if look is None:
            look = self._looks[source.path] = _look_of(source.path)
        return f"{look} {source.start} {source.size}" if look else ""

    def _has_bytes(self, source: Source, digest: str) -> bool:
        try:
            return hashlib.sha256(source_bytes(source)).hexdigest() == digest
        except ArticleError:
            return False  # whoever reads it says so

    def _has_corrections(self, source: Source) -> bool:
        names = {f"{source.id}{ENDING}", f"{source.path.stem}{ENDING}"}
        return any(not names.isdisjoint(self._noted_in(folder)) for folder in (source.path.parent, self._corrections))

    def _noted_in(self, folder: Path) -> frozenset[str]:
        if folder not in self._folders:
            self._folders[folder] = frozenset(path.name for path in folder.glob(f"*{ENDING}"))
        return self._folders[folder]


def _look_of(path: Path) -> str:
    try:
        found = path.stat()
    except OSError:
        return ""
    if time.time_ns() - max(found.st_ctime_ns, found.st_mtime_ns) < _SETTLED:
        return ""
    return f"{found.st_dev} {found.st_ino} {found.st_size} {found.st_mtime_ns} {found.st_ctime_ns}"


@contextmanager
def open_seen(data: Path, corrections: Path) -> Iterator[Seen]:
    """What was seen by the builds in ``data``; the caller holds the write lock.

    Args:
        corrections: the folder of corrections of the settings.

    Raises:
        StoreError: the file is not ours or damaged.
    """
    with open_cache(data / FILE, _TABLE) as cache:
        yield Seen(cache, corrections)

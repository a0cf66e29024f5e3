"""The readings of all articles, kept between builds, so that an article is read once.

Extraction is the slow stage; everything after it is fast enough to do again for all
articles in every build. SQLite holds one row an article instead of a hundred thousand small files, and a
killed build keeps every row that it finished.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from kg.errors import StoreError
from kg.records import Reading

_TABLE = """CREATE TABLE IF NOT EXISTS reading (
    id TEXT PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    path TEXT NOT NULL,
    root TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    content BLOB NOT NULL
) STRICT"""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a kept reading came from: all but the reading itself.

    ``sha256`` is of the article as it was read and not only of the file, so that a better reader counts as a
    change. ``fingerprint`` stands for the rules and the model that made the reading; ``slug`` is the article's
    part of IRIs; ``root`` is the folder that it was found through, or empty.
    """

    id: str
    slug: str
    path: str
    root: str
    sha256: str
    fingerprint: str


class Readings:
    """The kept readings. Made by :func:`open_readings`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __iter__(self) -> Iterator[Reading]:
        """Every reading, in the order of the identifiers, one in memory at a time."""
        for (content,) in self._connection.execute("SELECT content FROM reading ORDER BY id"):
            yield msgspec.json.decode(content, type=Reading)

    def __len__(self) -> int:
        return int(self._connection.execute("SELECT count(*) FROM reading").fetchone()[0])

    def origins(self) -> tuple[Origin, ...]:
        """Where each reading came from, in the order of the identifiers."""
        rows = self._connection.execute("SELECT id, slug, path, root, sha256, fingerprint FROM reading ORDER BY id")
        return tuple(Origin(*row) for row in rows)

    def get(self, identifier: str) -> Reading | None:
        """The reading of one article, if there is one."""
        row = self._connection.execute("SELECT content FROM reading WHERE id = ?", (identifier,)).fetchone()
        return None if row is None else msgspec.json.decode(row[0], type=Reading)

    def corrected(self) -> Iterator[Reading]:
        """Every reading that editors had a say in, in the order of the identifiers.

        Found by the bytes of its JSON, in which a text cannot hold bare quotation marks: most articles have no
        corrections, and to read them all as JSON once more would take as long as merging them.
        """
        query = "SELECT content FROM reading WHERE instr(content, ?) ORDER BY id"
        for (content,) in self._connection.execute(query, (b'"corrections":[{',)):
            yield msgspec.json.decode(content, type=Reading)

    def put(self, origin: Origin, reading: Reading) -> None:
        """Keep a reading in place of the one of the same identifier."""
        self.put_json(origin, msgspec.json.encode(reading))

    def put_json(self, origin: Origin, content: bytes) -> None:
        """Keep a reading that is JSON already, as it comes from another process."""
        row = (origin.id, origin.slug, origin.path, origin.root, origin.sha256, origin.fingerprint)
        with self._connection:
            self._connection.execute("DELETE FROM reading WHERE id = ?", (origin.id,))
            self._connection.execute("INSERT INTO reading VALUES (?, ?, ?, ?, ?, ?, ?)", (*row, content))

    def move(self, origin: Origin) -> None:
        """Note that the same article now lies elsewhere."""
        with self._connection:
            place = (origin.path, origin.root, origin.id)
            self._connection.execute("UPDATE reading SET path = ?, root = ? WHERE id = ?", place)

    def remove(self, identifier: str) -> bool:
        """Forget an article; whether there was one."""
        with self._connection:
            return self._connection.execute("DELETE FROM reading WHERE id = ?", (identifier,)).rowcount > 0


@contextmanager
def open_readings(data: Path) -> Iterator[Readings]:
    """The readings under ``data``; made if there are none. The caller holds the write lock.

    Raises:
        StoreError: the file is not ours or damaged.
    """
    path = data / "readings.sqlite"
    try:
        connection = sqlite3.connect(path)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute(_TABLE)
            yield Readings(connection)
        finally:
            connection.close()
    except (sqlite3.Error, msgspec.DecodeError) as error:
        raise StoreError(f"{path}: cannot be used ({error}); delete it and build again") from error


def kept_reading(data: Path, identifier: str) -> Reading | None:
    """The kept reading of one article, for those that only look and hold no lock; None if there is none.

    Raises:
        StoreError: the file cannot be read.
    """
    path = data / "readings.sqlite"
    if not path.exists():
        return None
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            return Readings(connection).get(identifier)
    except (sqlite3.Error, msgspec.DecodeError) as error:
        raise StoreError(f"{path}: cannot be read ({error})") from error

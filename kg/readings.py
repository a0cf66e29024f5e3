"""The readings of all articles, kept between builds, so that an article is read once.

Extraction is the slow stage. SQLite holds one row an article instead of a hundred thousand small files, and a
killed build keeps every row that it finished. What is written here is not in the graph yet: each change is noted as
*waiting* until a build has brought it there (:mod:`kg.ledger`), so that the next build need not look at the others.

Beside the reading lie the lines of RDF that hang on nothing but itself, where whoever read the article made them, with
a stamp of the rules that they were made by: of other rules they are made again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from kg.errors import StoreError
from kg.packing import pack, unpack
from kg.records import Reading
from kg.sqlitefaults import advice

FILE: Final = "readings.sqlite"
_VERSION: Final = 2
"""Of the tables, in SQLite's ``user_version``. 0 is version 0.5 of the program, which knew no lines and no waiting."""
_TABLES: Final = """
CREATE TABLE IF NOT EXISTS reading (
    id TEXT PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    path TEXT NOT NULL,
    root TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    content BLOB NOT NULL
) STRICT"""
_MIGRATION: Final = """
ALTER TABLE reading ADD COLUMN lines BLOB;
ALTER TABLE reading ADD COLUMN stamp TEXT NOT NULL DEFAULT '';
ALTER TABLE reading ADD COLUMN corrected INTEGER NOT NULL DEFAULT 0;
CREATE INDEX corrected ON reading (id) WHERE corrected;
CREATE TABLE waiting (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
UPDATE reading SET corrected = 1 WHERE instr(content, CAST('"corrections":[{' AS BLOB));
CREATE TABLE settled (state TEXT NOT NULL) STRICT;
INSERT INTO waiting SELECT id FROM reading;
PRAGMA user_version = 2;
"""
_CORRECTED: Final = b'"corrections":[{'
"""How the JSON of a reading that editors had a say in is told: a text cannot hold bare quotation marks in JSON."""
_SETTINGS: Final = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;     -- a power cut may cost the last readings, never the file; a killed build costs none
PRAGMA cache_size = -16384;
PRAGMA journal_size_limit = 67108864;
"""


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
    """The kept readings. Made by :func:`open_readings`.

    ``stamp`` stands for the rules that lines of RDF are made by.
    """

    def __init__(self, connection: sqlite3.Connection, stamp: str = "") -> None:
        self._connection = connection
        self.stamp = stamp

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

    def origin(self, identifier: str) -> Origin | None:
        """Where the reading of one article came from, if there is one."""
        query = "SELECT id, slug, path, root, sha256, fingerprint FROM reading WHERE id = ?"
        row = self._connection.execute(query, (identifier,)).fetchone()
        return None if row is None else Origin(*row)

    def get(self, identifier: str) -> Reading | None:
        """The reading of one article, if there is one."""
        row = self._connection.execute("SELECT content FROM reading WHERE id = ?", (identifier,)).fetchone()
        return None if row is None else msgspec.json.decode(row[0], type=Reading)

    def corrected(self) -> Iterator[Reading]:
        """Every reading that editors had a say in, in the order of the identifiers."""
        for (content,) in self._connection.execute("SELECT content FROM reading WHERE corrected ORDER BY id"):
            yield msgspec.json.decode(content, type=Reading)

    def put(self, origin: Origin, reading: Reading) -> None:
        """Keep a reading in place of the one of the same identifier."""
        self.put_json(origin, msgspec.json.encode(reading))

    def put_json(self, origin: Origin, content: bytes, lines: bytes | None = None) -> None:
        """Keep a reading that is JSON already, as it comes from another process.

        Args:
            lines: those of :func:`kg.rdf.parts.core_lines`, made by the rules of :attr:`stamp`; None if they are still
                to be made.
        """
        row = (origin.id, origin.slug, origin.path, origin.root, origin.sha256, origin.fingerprint, content)
        packed = None if lines is None else pack(lines)
        with self._connection:
            self._connection.execute("DELETE FROM reading WHERE id = ?", (origin.id,))
            self._connection.execute(
                "INSERT INTO reading (id, slug, path, root, sha256, fingerprint, content, lines, stamp, corrected)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*row, packed, self.stamp, _CORRECTED in content),
            )
            self._wait(origin.id)

    def move(self, origin: Origin) -> None:
        """Note that the same article now lies elsewhere."""
        with self._connection:
            place = (origin.path, origin.root, origin.id)
            self._connection.execute("UPDATE reading SET path = ?, root = ? WHERE id = ?", place)

    def remove(self, identifier: str) -> bool:
        """Forget an article; whether there was one."""
        with self._connection:
            gone = self._connection.execute("DELETE FROM reading WHERE id = ?", (identifier,)).rowcount > 0
            if gone:
                self._wait(identifier)
        return gone

    def with_lines(self, identifier: str) -> tuple[Reading, bytes | None] | None:
        """The reading of one article, if there is one, and its lines, if they were made by the rules of ``stamp``."""
        query = "SELECT content, lines, stamp FROM reading WHERE id = ?"
        row = self._connection.execute(query, (identifier,)).fetchone()
        if row is None:
            return None
        content, lines, stamp = row
        reading = msgspec.json.decode(content, type=Reading)
        if lines is None or stamp != self.stamp:
            return reading, None
        try:
            return reading, unpack(lines)
        except ValueError:
            return reading, None  # damaged; they are made of the reading again

    def _wait(self, identifier: str) -> None:
        self._connection.execute("INSERT OR IGNORE INTO waiting VALUES (?)", (identifier,))

    def waiting(self) -> Iterator[str]:
        """The identifiers of articles that were put or removed since :meth:`settle` was last called, in order."""
        return (identifier for (identifier,) in self._connection.execute("SELECT id FROM waiting ORDER BY id"))

    def count_waiting(self) -> int:
        return int(self._connection.execute("SELECT count(*) FROM waiting").fetchone()[0])

    def wait_all(self, besides: Iterable[str] = ()) -> None:
        """Let every article wait, and those besides that may be in the graph and nowhere else."""
        with self._connection:
            self._connection.execute("INSERT OR IGNORE INTO waiting SELECT id FROM reading")
            self._connection.executemany("INSERT OR IGNORE INTO waiting VALUES (?)", ((one,) for one in besides))

    def settle(self, state: str) -> None:
        """Note that the graph holds what was waiting.

        Args:
            state: the word for the state of the graph.
        """
        with self._connection:
            self._connection.execute("DELETE FROM waiting")
            self._connection.execute("DELETE FROM settled")
            self._connection.execute("INSERT INTO settled VALUES (?)", (state,))

    def settled(self) -> str:
        """The word that :meth:`settle` was last called with: the graph differs from that state by what waits."""
        row = self._connection.execute("SELECT state FROM settled").fetchone()
        return row[0] if row else ""


@contextmanager
def open_readings(data: Path, stamp: str = "") -> Iterator[Readings]:
    """The readings under ``data``; made if there are none. The caller holds the write lock.

    Args:
        stamp: see :class:`Readings`.

    Raises:
        StoreError: the file is not ours or damaged.
    """
    path = data / FILE
    try:
        with closing(sqlite3.connect(path)) as connection:
            _prepare(connection, path)
            yield Readings(connection, stamp)
    except (sqlite3.Error, msgspec.DecodeError) as error:
        told = advice(error, if_damaged=f"delete it ({FILE}*) and build all sources again, or bring back a backup")
        raise StoreError(f"{path}: cannot be used ({error}); {told}") from error


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Make the tables, or bring those of an older version of the program up to date, in one step."""
    connection.executescript(_SETTINGS)
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > _VERSION:
        raise StoreError(f"{path}: was written by a newer aidgraph (tables {version}, expected {_VERSION}); update it")
    if version < _VERSION:
        connection.executescript(f"BEGIN IMMEDIATE; {_TABLES}; {_MIGRATION} COMMIT")


def kept_reading(data: Path, identifier: str) -> Reading | None:
    """The kept reading of one article, for those that only look and hold no lock; None if there is none.

    Raises:
        StoreError: the file cannot be read.
    """
    path = data / FILE
    if not path.exists():
        return None
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            return Readings(connection).get(identifier)
    except (sqlite3.Error, msgspec.DecodeError) as error:
        raise StoreError(f"{path}: cannot be read ({error})") from error

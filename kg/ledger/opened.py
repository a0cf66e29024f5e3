"""The ledger's file, and how it is kept in step with the store.

Neither can change together with the other, so each generation of the store carries a *mark*: which ledger it belongs to
and which of its states, a random word that is new for each build. A build changes the ledger with a note of how to take
it back (:mod:`kg.ledger.schema`), commits it as the state to come, and then publishes the generation. Killed before the
commit, SQLite takes all back itself. Killed after it, the newest generation still bears the mark of the state before,
and the next build takes the changes back. Killed after publishing, the marks agree, and the notes are dropped.

A first build makes a new file. The ledger of another generation, or none, is no use: then all is built anew, and what
others wrote is carried over (:mod:`kg.ledger.others`). Writers other than the builder only hand the mark on.
"""

from __future__ import annotations

import contextlib
import secrets
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from kg.durable import sync
from kg.errors import StoreError
from kg.ledger.schema import TABLES, VERSION, WORKING, note_changes, take_back
from kg.store import built_file

FOLDER: Final = "ledger"
_PRAGMAS: Final = "PRAGMA temp_store = FILE; PRAGMA cache_size = -65536; PRAGMA temp.cache_size = -16384;"
_OF_NEW: Final = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;"
"""For a file that is thrown away if it is not finished, and synchronised once when it is."""
_OF_KEPT: Final = "PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = FULL;"


@dataclass(frozen=True, slots=True)
class Mark:
    """What a generation tells of the builder: its ledger (a file name without the ending), the state of that, and the
    base IRI of the data."""

    ledger: str
    state: str
    base: str


@dataclass(slots=True)
class Ledger:
    """An open ledger in a transaction.

    ``state`` is what the newest generation bears, ``former`` what one before bore, if the ledger knows. ``base`` is the
    base IRI that the newest generation was built with, empty if there is none. ``is_new``: nothing is in it yet.
    """

    connection: sqlite3.Connection
    name: str
    path: Path
    is_new: bool
    base: str
    state: str = ""
    former: str = ""

    def commit(self, mark: Mark) -> None:
        """Commit all changes as the state to come; the caller publishes a generation with this mark next."""
        if not self.is_new:
            self._set("former", self.state)
            self._set("back to", self.state)
        self._set("state", mark.state)
        self.connection.execute("COMMIT")
        if self.is_new:
            self.connection.close()
            sync(self.path)
        self.state = mark.state

    def keep_state(self) -> None:
        """Commit changes that the graph does not show, such as a vote that changed nothing."""
        self.connection.execute("DELETE FROM undo")
        self.connection.execute("COMMIT")

    def _set(self, name: str, value: str) -> None:
        query = "INSERT INTO state VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value"
        self.connection.execute(query, (name, value))


def read_mark(path: Path | None) -> Mark | None:
    """The mark in a generation's file, if it has one that this program understands."""
    if path is None:
        return None
    with contextlib.suppress(msgspec.DecodeError, OSError):
        return msgspec.json.decode(path.read_bytes(), type=Mark)
    return None


def write_mark(path: Path, mark: Mark) -> None:
    """Write a mark. The inverse of :func:`read_mark`."""
    path.write_bytes(msgspec.json.encode(mark))


@contextlib.contextmanager
def open_ledger(data: Path) -> Iterator[Ledger]:
    """The ledger of the newest generation, as it was when that was made; a new one if there is none.

    The caller holds the write lock. What is not committed when the block ends is taken back.

    Raises:
        StoreError: it cannot be read or written.
    """
    folder = data / FOLDER
    mark = read_mark(built_file(data))
    try:
        folder.mkdir(exist_ok=True)
        _delete_others(folder, mark)
        connection = _of_mark(folder, mark)
        name = mark.ledger if mark and connection else secrets.token_hex(8)
        path = folder / f"{name}.sqlite"
        with closing(connection or _new(path)) as opened:
            opened.executescript(_PRAGMAS + WORKING)
            if connection is not None:
                note_changes(opened)
            opened.execute("BEGIN IMMEDIATE")
            ledger = Ledger(opened, name, path, connection is None, mark.base if mark else "")
            if not ledger.is_new:
                states = dict(opened.execute("SELECT name, value FROM state"))
                ledger.state, ledger.former = states["state"], states.get("former", "")
            yield ledger
    except (sqlite3.Error, OSError) as error:
        raise StoreError(
            f"{folder}: cannot be used ({error}); see to it that there is room, and build again"
        ) from error


def _delete_others(folder: Path, mark: Mark | None) -> None:
    """Delete the ledgers of older generations, and those of builds that were killed."""
    for path in folder.iterdir():
        if mark is None or not path.name.startswith(mark.ledger):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _of_mark(folder: Path, mark: Mark | None) -> sqlite3.Connection | None:
    """The ledger that a mark names, in the state that it names; None if it is not to be had."""
    path = folder / f"{mark.ledger}.sqlite" if mark else None
    if mark is None or path is None or not path.is_file():
        return None
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.executescript(_OF_KEPT)
        if connection.execute("PRAGMA user_version").fetchone() == (VERSION,) and _bring_to(connection, mark.state):
            return connection
    except sqlite3.DatabaseError:  # damaged, or no database: it can be made anew, unlike a disk that is full
        pass
    connection.close()
    return None


def _bring_to(connection: sqlite3.Connection, state: str) -> bool:
    """Whether the ledger is in this state now, after changes that never reached the store were taken back."""
    states = dict(connection.execute("SELECT name, value FROM state"))
    if state not in (states.get("state"), states.get("back to")):
        return False
    connection.execute("BEGIN IMMEDIATE")
    if states["state"] != state:
        take_back(connection)
        connection.execute("UPDATE state SET value = ? WHERE name = 'state'", (state,))
        connection.execute("DELETE FROM state WHERE name = 'former'")
    connection.execute("DELETE FROM state WHERE name = 'back to'")
    connection.execute("DELETE FROM undo")
    connection.execute("COMMIT")
    return True


def _new(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript(_OF_NEW + TABLES)
    return connection

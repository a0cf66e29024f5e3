"""Takes a reading into the ledger: what it votes for and tells, and which units, keys and articles to look at again.

Only what differs from what the article said before is written and looked at, so that an article that was read by a new
rule and says the same costs next to nothing.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

import msgspec

from kg.ledger.opened import Ledger
from kg.merge.entities import votes_of
from kg.merge.units import tellings_of, unit_of
from kg.packing import NOTHING
from kg.rdf.iris import article_slug
from kg.records import Reading

_VOTES_KEPT: Final = 50_000
"""Numbers of votes in memory, some 10 MB: most articles speak of what others spoke of."""


def digest_of(content: bytes) -> int:
    """63 bits that stand for some bytes, as many as an integer of SQLite holds beside its sign."""
    return int.from_bytes(hashlib.blake2b(content, digest_size=8).digest()) >> 1


@dataclass(slots=True)
class Intake:
    """Takes readings in, one after the other."""

    ledger: Ledger
    _votes: dict[tuple[str, int], int] = field(default_factory=dict)

    def take(self, identifier: str, reading: Reading | None) -> None:
        """Note what an article says now; None if it is gone."""
        number = self._number(identifier, known_only=reading is None)
        if number is None:
            return
        self._execute("INSERT OR IGNORE INTO dirty_article VALUES (?)", (number,))
        self._vote(number, reading)
        self._tell(number, reading)

    def look_at(self, identifiers: Iterable[str]) -> None:
        """Have articles written again whatever they say."""
        query = "INSERT OR IGNORE INTO dirty_article SELECT number FROM article WHERE id = ?"
        self.ledger.connection.executemany(query, [(identifier,) for identifier in identifiers])

    def _execute(self, query: str, values: tuple[object, ...]) -> sqlite3.Cursor:
        return self.ledger.connection.execute(query, values)

    def _number(self, identifier: str, *, known_only: bool) -> int | None:
        found = self._execute("SELECT number FROM article WHERE id = ?", (identifier,)).fetchone()
        if found or known_only:
            return found[0] if found else None
        row = (identifier, article_slug(identifier), NOTHING)
        return self._execute("INSERT INTO article (id, slug, written) VALUES (?, ?, ?)", row).lastrowid

    def _vote(self, article: int, reading: Reading | None) -> None:
        query = "SELECT number, key FROM vote WHERE number IN (SELECT vote FROM speaks WHERE article = ?)"
        old = dict(self._execute(query, (article,)))
        new = {}
        for entity in votes_of(reading.entities if reading else ()):
            new[self._vote_number(entity.key, msgspec.json.encode(entity))] = entity.key
        many = self.ledger.connection.executemany
        many("DELETE FROM speaks WHERE vote = ? AND article = ?", [(vote, article) for vote in old.keys() - new.keys()])
        many("INSERT INTO speaks VALUES (?, ?)", [(vote, article) for vote in new.keys() - old.keys()])
        keys = {(old | new)[vote] for vote in old.keys() ^ new.keys()}
        many("INSERT OR IGNORE INTO dirty_key VALUES (?)", [(key,) for key in keys])

    def _vote_number(self, key: str, content: bytes) -> int:
        digest = digest_of(content)
        if (key, digest) not in self._votes:
            if len(self._votes) >= _VOTES_KEPT:
                self._votes.clear()
            self._execute("INSERT OR IGNORE INTO vote (key, digest, content) VALUES (?, ?, ?)", (key, digest, content))
            query = "SELECT number FROM vote WHERE key = ? AND digest = ?"
            self._votes[key, digest] = self._execute(query, (key, digest)).fetchone()[0]
        return self._votes[key, digest]

    def _tell(self, article: int, reading: Reading | None) -> None:
        old = set(self._execute("SELECT unit, digest FROM telling WHERE article = ?", (article,)))
        new = {}
        for telling in tellings_of(reading) if reading else ():
            content = msgspec.json.encode(telling.report)
            new[unit_of(telling), digest_of(content)] = content
        many = self.ledger.connection.executemany
        gone, come = old - new.keys(), new.keys() - old
        many("DELETE FROM telling WHERE unit = ? AND article = ? AND digest = ?", [(u, article, d) for u, d in gone])
        many(
            "INSERT INTO telling (unit, article, digest, content) VALUES (?, ?, ?, ?)",
            [(unit, article, digest, new[unit, digest]) for unit, digest in come],
        )
        many("INSERT OR IGNORE INTO dirty_unit VALUES (?)", [(unit,) for unit, _ in gone | come])

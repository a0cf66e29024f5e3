"""Chooses the description of each entity again whose votes changed, and finds the articles that speak of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

import msgspec

from kg.ledger.opened import Ledger
from kg.merge.entities import choose_entity
from kg.records import Entity

_KEPT: Final = 16_384
"""Entities in memory, about 1 kB each."""


def choose_entities(ledger: Ledger) -> None:
    """Choose for all keys whose votes changed, and look at all articles that speak of what is described anew."""
    connection = ledger.connection
    connection.execute(_DROP_UNUSED)
    for (key,) in connection.execute("SELECT key FROM dirty_key"):
        before = connection.execute("SELECT content FROM entity WHERE key = ?", (key,)).fetchone()
        chosen = _chosen(connection, key)
        if chosen is None:
            connection.execute("DELETE FROM entity WHERE key = ?", (key,))
        elif before is None or before[0] != chosen:
            connection.execute(_KEEP, (key, chosen))
            if not ledger.is_new:  # else all articles are looked at anyway
                connection.execute(_LOOK_AT_SPEAKERS, (key,))


def _chosen(connection: sqlite3.Connection, key: str) -> bytes | None:
    """The description that is chosen; votes are counted only where there are several."""
    votes = connection.execute("SELECT number, content FROM vote WHERE key = ?", (key,)).fetchall()
    if len(votes) < 2:
        return votes[0][1] if votes else None
    count = "SELECT count(*) FROM speaks WHERE vote = ?"
    given = {
        msgspec.json.decode(content, type=Entity): connection.execute(count, (number,)).fetchone()[0]
        for number, content in votes
    }
    return msgspec.json.encode(choose_entity(given))


class Chosen(Mapping[str, Entity]):
    """The chosen entities by key, read when they are asked for; those asked for lately are kept."""

    def __init__(self, ledger: Ledger) -> None:
        self._connection = ledger.connection
        self._find = lru_cache(maxsize=_KEPT)(self._read)

    def __getitem__(self, key: str) -> Entity:
        return self._find(key)

    def __iter__(self) -> Iterator[str]:
        return (key for (key,) in self._connection.execute("SELECT key FROM entity ORDER BY key"))

    def __len__(self) -> int:
        return int(self._connection.execute("SELECT count(*) FROM entity").fetchone()[0])

    def _read(self, key: str) -> Entity:
        row = self._connection.execute("SELECT content FROM entity WHERE key = ?", (key,)).fetchone()
        if row is None:
            raise KeyError(key)
        return msgspec.json.decode(row[0], type=Entity)


_DROP_UNUSED: Final = """DELETE FROM vote WHERE key IN (SELECT key FROM dirty_key)
    AND NOT EXISTS (SELECT 1 FROM speaks WHERE vote = vote.number)"""
_KEEP: Final = "INSERT INTO entity VALUES (?, ?) ON CONFLICT DO UPDATE SET content = excluded.content"
_LOOK_AT_SPEAKERS: Final = """INSERT OR IGNORE INTO dirty_article
    SELECT article FROM speaks WHERE vote IN (SELECT number FROM vote WHERE key = ?)"""

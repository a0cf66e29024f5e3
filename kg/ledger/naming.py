"""Gives events their slugs, and finds the articles whose graphs have to be written again because of them.

Whether a slug is told apart hangs on whether another event of the whole graph would have it, so that one new event can
rename an old one, and with it what the articles say that tell the old one or what carries it further.
"""

from __future__ import annotations

import sqlite3
from typing import Final

import msgspec

from kg.ledger.opened import Ledger
from kg.merge.event import Event
from kg.merge.told import Told
from kg.merge.units import Provisional, final_slug


def name_events(ledger: Ledger) -> None:
    """Name the events whose base slug, or that of others, has changed, and look at all articles that tell them."""
    connection = ledger.connection
    for (base,) in connection.execute("SELECT base FROM dirty_base"):
        _name(connection, base)
    for (number,) in connection.execute("SELECT number FROM dirty_event"):
        _tell(connection, number)


def _name(connection: sqlite3.Connection, base: str) -> None:
    """Of many events with one base slug only those are looked at that have no slug yet or have the bare one."""
    uses = len(connection.execute("SELECT 1 FROM event WHERE base = ? LIMIT 2", (base,)).fetchall())
    query = _OF_BASE if uses < 2 else f"{_OF_BASE} AND slug IN ('', base)"
    for number, mark, slug in connection.execute(query, (base,)).fetchall():
        new = final_slug(Provisional(Event(base, (), ""), mark), uses)
        if new != slug:
            connection.execute("UPDATE event SET slug = ? WHERE number = ?", (new, number))
            connection.execute("INSERT OR IGNORE INTO dirty_event VALUES (?)", (number,))
            connection.execute(
                "INSERT OR IGNORE INTO dirty_event SELECT number FROM event WHERE fulfils = ?", (number,)
            )


def _tell(connection: sqlite3.Connection, number: int) -> None:
    """Bring up to date what each telling tells of an event: at most four things, however many tellings there are."""
    row = connection.execute(_EVENT, (number,)).fetchone()
    if row is None:  # it is gone
        return
    slug, alone, earlier = row
    for dated, own in connection.execute(_KINDS, (number,)).fetchall():
        told = msgspec.json.encode(Told(slug, bool(dated), bool(alone), earlier if own else None))
        place = (number, dated, own, told)
        connection.execute(f"INSERT OR IGNORE INTO dirty_article SELECT article FROM telling WHERE {_DIFFERENT}", place)
        connection.execute(f"UPDATE telling SET told = ? WHERE {_DIFFERENT}", (told, *place))


_OF_BASE: Final = "SELECT number, mark, slug FROM event WHERE base = ?"
_EVENT: Final = """SELECT event.slug, event.alone, earlier.slug FROM event
    LEFT JOIN event AS earlier ON earlier.number = event.fulfils WHERE event.number = ?"""
_KINDS: Final = "SELECT DISTINCT dated, own FROM telling WHERE event = ?"
_DIFFERENT: Final = "event = ? AND dated = ? AND own = ? AND told IS NOT ?"

"""Merges the units again in which something changed, and notes which events are not as they were.

A unit is in memory while it is merged, and no more than one. What editors judge is so little that the units of all
judgements, of this build and of the one before, are merged each time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec

from kg.ledger.intake import digest_of
from kg.ledger.opened import Ledger
from kg.merge.event import Event, Telling
from kg.merge.judged import Judged, Refused, in_order
from kg.merge.units import Provisional, joined_units, merge_unit, unit_of
from kg.records import Report

_JUDGED: Final = "judged"
_Row = tuple[Any, ...]


def merge_units(ledger: Ledger, judged: Sequence[Judged]) -> tuple[Refused, ...]:
    """Merge all units that something changed in; the judgements that could not be followed.

    Args:
        judged: all that editors say, by now of tellings that the ledger has.
    """
    connection = ledger.connection
    _look_at_judged(connection, judged)
    first = joined_units(judged)
    refused: list[Refused] = []
    for (unit,) in connection.execute("SELECT unit FROM dirty_unit ORDER BY unit"):
        if first.get(unit, unit) == unit:
            units = [one for one in first if first[one] == unit] or [unit]
            refused += _Unit(connection, units).merge(judged)
    return in_order(refused)


def _look_at_judged(connection: sqlite3.Connection, judged: Sequence[Judged]) -> None:
    row = connection.execute("SELECT value FROM note WHERE name = ?", (_JUDGED,)).fetchone()
    before = msgspec.json.decode(row[0], type=list[Judged]) if row else []
    units = {unit_of(side) for one in (*before, *judged) for side in (one.one, one.other)}
    units |= joined_units(before).keys() | joined_units(judged).keys()
    connection.executemany("INSERT OR IGNORE INTO dirty_unit VALUES (?)", [(unit,) for unit in units])
    if list(judged) != before:
        query = "INSERT INTO note VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value"
        connection.execute(query, (_JUDGED, msgspec.json.encode(judged)))


class _Unit:
    """A unit, or those that editors joined, as they are in the ledger."""

    def __init__(self, connection: sqlite3.Connection, units: Sequence[str]) -> None:
        self._connection = connection
        self._old = {row[0]: row for row in self._of_each(_EVENTS, units)}
        self._tellings = dict(self._read(self._of_each(_TELLINGS, units)))

    def _of_each(self, query: str, units: Iterable[str]) -> Iterator[_Row]:
        for unit in units:
            yield from self._connection.execute(query, (unit,))

    @staticmethod
    def _read(rows: Iterator[_Row]) -> Iterator[tuple[Telling, _Row]]:
        decoder = msgspec.json.Decoder(Report)
        return ((Telling(identifier, decoder.decode(content)), tuple(rest)) for identifier, content, *rest in rows)

    def merge(self, judged: Sequence[Judged]) -> tuple[Refused, ...]:
        merged = merge_unit(self._tellings.keys(), judged)
        numbers = [self._number(one.event) for one in merged.events]
        fulfilled = [None if one.fulfils is None else merged.events[one.fulfils].event for one in merged.events]
        rows = {
            number: self._row(number, one, None if one.fulfils is None else numbers[one.fulfils], earlier)
            for number, one, earlier in zip(numbers, merged.events, fulfilled, strict=True)
        }
        self._keep_events(rows)
        changed = [
            row
            for number, one, earlier in zip(numbers, merged.events, fulfilled, strict=True)
            for row in self._changed_tellings(number, one.event, earlier)
        ]
        self._connection.executemany(_TELL, changed)
        self._connection.executemany(_LOOK_AT_EVENT, [row[:1] for row in changed])
        return merged.refused

    def _number(self, event: Event) -> int:
        """A number for an event that is the same in every build: a hash of the telling that comes first."""
        unit, article, digest, *_ = self._tellings[event.tellings[0]]
        return digest_of(f"{unit} {article} {digest}".encode())

    def _row(self, number: int, one: Provisional, fulfils: int | None, earlier: Event | None) -> _Row:
        event = one.event
        unit = self._tellings[event.tellings[0]][0]
        shared = bool(earlier and event.articles & earlier.articles)
        gist = msgspec.json.encode(_gist(event))
        return number, unit, event.slug, one.mark, int(len(event.articles) == 1), gist, fulfils, int(shared)

    def _keep_events(self, rows: Mapping[int, _Row]) -> None:
        many = self._connection.executemany
        gone = [(number,) for number in self._old.keys() - rows.keys()]
        changed = [row for number, row in rows.items() if self._old.get(number) != row]
        renamed = [row for row in changed if self._old.get(row[0], ())[2:4] != row[2:4]]
        bases = {row[2] for row in renamed} | {self._old[row[0]][2] for row in renamed if row[0] in self._old}
        many(_LOOK_AT_BASE, [(base,) for base in bases | {self._old[number][2] for (number,) in gone}])
        many("INSERT INTO gone_lines SELECT common FROM event WHERE number = ? AND common <> x''", gone)
        many("DELETE FROM event WHERE number = ?", gone)
        many(_KEEP_EVENT, changed)
        many("UPDATE event SET slug = '' WHERE number = ?", [row[:1] for row in renamed])
        many(_LOOK_AT_EVENT, [row[:1] for row in changed])

    def _changed_tellings(self, number: int, event: Event, earlier: Event | None) -> Iterator[_Row]:
        for telling in event.tellings:
            unit, article, digest, *before = self._tellings[telling]
            dated = telling.report.date is not None and telling.report.date == event.date
            own = earlier is not None and telling.article in earlier.articles
            now = [number, int(dated), int(own)]
            if before != now:
                yield *now, unit, article, digest


def _gist(event: Event) -> list[Telling]:
    """A few tellings that have the event's first place, its date and, if there are more, two of its articles."""
    first, date = event.tellings[0], event.date
    dated = next((one for one in event.tellings if one.report.date == date), first)
    other = next((one for one in event.tellings if one.article != first.article), first)
    return list(dict.fromkeys((first, dated, other)))


_EVENTS: Final = "SELECT number, unit, base, mark, alone, gist, fulfils, shared FROM event WHERE unit = ?"
_TELLINGS: Final = """SELECT article.id, content, unit, article, digest, event, dated, own
    FROM telling JOIN article ON article.number = article WHERE unit = ?"""
_KEEP_EVENT: Final = """INSERT INTO event (number, unit, base, mark, alone, gist, fulfils, shared, slug, common)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', x'') ON CONFLICT (number) DO UPDATE SET unit = excluded.unit,
    base = excluded.base, mark = excluded.mark, alone = excluded.alone, gist = excluded.gist,
    fulfils = excluded.fulfils, shared = excluded.shared"""
_TELL: Final = "UPDATE telling SET event = ?, dated = ?, own = ? WHERE unit = ? AND article = ? AND digest = ?"
_LOOK_AT_EVENT: Final = "INSERT OR IGNORE INTO dirty_event VALUES (?)"
_LOOK_AT_BASE: Final = "INSERT OR IGNORE INTO dirty_base VALUES (?)"

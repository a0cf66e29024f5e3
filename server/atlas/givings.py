"""Who gave to whom, in memory, once a version: the events of each pair, their phases and what was given.

A party without a place of its own is drawn from its country: a town from the country that it lies in, a ministry from
the one that it serves. Help by Russia and by its ministry in one event is then one event of Russia's. Counting that
in SQL for each request takes tens of milliseconds; here it is a walk over two arrays.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from server.drawing.palette import family_of
from server.explore.columns import Columns
from server.explore.filters import PHASES
from server.views.reader import term

Place = tuple[float, float]
"""Latitude and longitude in degrees."""

_PLACES: Final = """
SELECT party.id, party.lat, party.lon, country.id AS country
FROM thing AS party
LEFT JOIN link ON link.role = 'country' AND link.source = party.id
LEFT JOIN thing AS country ON country.id = link.target AND country.lat IS NOT NULL
WHERE party.id IN (SELECT target FROM link WHERE role IN ('donor', 'recipient'))
ORDER BY party.id, country.id
"""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two ends of help, by their ids in the index; ``donors`` and ``recipients`` are the parties behind them."""

    source: int
    target: int
    donors: tuple[int, ...]
    recipients: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Givings:
    """All help. ``events`` and ``numbers`` belong together: the place of an event, and that of a pair in ``pairs``.

    ``places``: of the ends that have one; ``phases``: of each event, its place in :data:`PHASES` from 1, else 0;
    ``kinds``: the families of categories of each event.
    """

    pairs: tuple[Pair, ...]
    events: Sequence[int]
    numbers: Sequence[int]
    places: Mapping[int, Place]
    phases: bytes
    kinds: tuple[tuple[str, ...], ...]

    def is_drawn(self, pair: Pair) -> bool:
        """Whether both ends have a place."""
        return pair.source in self.places and pair.target in self.places


def load_givings(index: sqlite3.Connection, store: ox.Store, columns: Columns) -> Givings:
    """Read all help from the index; ``columns`` are those of the list of events."""
    homes, places = _homes(index, store)
    given, got = (_parties(columns, role) for role in ("donor", "recipient"))
    found: dict[tuple[int, int], tuple[set[int], set[int]]] = {}
    events, numbers, order = array("I"), array("I"), dict[tuple[int, int], int]()
    for event in range(columns.size):
        pairs = dict[tuple[int, int], None]()
        for donor in given[event]:
            for recipient in got[event]:
                pair = homes.get(donor, donor), homes.get(recipient, recipient)
                behind = found.setdefault(pair, (set(), set()))
                behind[0].add(donor)
                behind[1].add(recipient)
                pairs[pair] = None
        for pair in pairs:
            events.append(event)
            numbers.append(order.setdefault(pair, len(order)))
    made = tuple(Pair(*pair, tuple(sorted(found[pair][0])), tuple(sorted(found[pair][1]))) for pair in order)
    return Givings(made, events, numbers, places, _phases(index, columns), _kinds(index, columns))


def _parties(columns: Columns, role: str) -> list[list[int]]:
    """The parties of each event."""
    parties: list[list[int]] = [[] for _ in range(columns.size)]
    for party, events in columns.places[role].items():
        for event in events:
            parties[event].append(party)
    return parties


def _homes(index: sqlite3.Connection, store: ox.Store) -> tuple[dict[int, int], dict[int, Place]]:
    """The country of each party that has no place of its own, and all places."""
    rows = list(index.execute(_PLACES))
    places = {row["id"]: (row["lat"], row["lon"]) for row in rows if row["lat"] is not None}
    homes: dict[int, int] = {}
    for row in rows:
        if row["id"] not in places and row["country"] is not None:
            homes.setdefault(row["id"], row["country"])
    parties = {row["id"] for row in rows}
    for party, country in _served(index, store):
        if party in parties and party not in places:
            homes.setdefault(party, country)
    wanted = ",".join(str(country) for country in set(homes.values()))
    for row in index.execute(f"SELECT id, lat, lon FROM thing WHERE id IN ({wanted}) AND lat IS NOT NULL"):
        places[row["id"]] = row["lat"], row["lon"]
    return {party: country for party, country in homes.items() if country in places}, places


def _served(index: sqlite3.Connection, store: ox.Store) -> Iterable[tuple[int, int]]:
    """Bodies of state and the countries that they serve, by their ids."""
    for quad in sorted(store.quads_for_pattern(None, term("schema:areaServed"), None, ox.DefaultGraph()), key=str):
        ends = [node.value for node in (quad.subject, quad.object) if isinstance(node, ox.NamedNode)]
        ids = [index.execute("SELECT id FROM thing WHERE iri = ?", (iri,)).fetchone() for iri in ends]
        if len(ids) == 2 and ids[0] and ids[1]:
            yield ids[0][0], ids[1][0]


def _phases(index: sqlite3.Connection, columns: Columns) -> bytes:
    codes = bytearray(columns.size)
    for phase, iri in _concepts(index, columns.places["phase"]):
        name = iri.rpartition("/")[2]
        if name in PHASES:
            for event in columns.places["phase"][phase]:
                codes[event] = PHASES.index(name) + 1
    return bytes(codes)


def _kinds(index: sqlite3.Connection, columns: Columns) -> tuple[tuple[str, ...], ...]:
    kinds: list[dict[str, None]] = [{} for _ in range(columns.size)]
    for category, iri in _concepts(index, columns.places["category"]):
        family = family_of(iri.rpartition("/")[2]).name
        for event in columns.places["category"][category]:
            kinds[event][family] = None
    return tuple(map(tuple, kinds))


def _concepts(index: sqlite3.Connection, ids: Iterable[int]) -> list[tuple[int, str]]:
    wanted = ",".join(map(str, ids))
    return [(row["id"], row["iri"]) for row in index.execute(f"SELECT id, iri FROM thing WHERE id IN ({wanted})")]

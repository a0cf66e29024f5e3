"""Things of the index as the service knows them: identifiers, names, and how they are looked up.

The identifier of a thing of ours is what stands in its IRI behind ``id/``, as ``country/italy``, so that the identifier
space and it together are the IRI; that of anything else, concepts among them, is its whole IRI.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.index.naming import sort_key
from kg.index.schema import IS_ENTITY
from server.addresses import Addresses
from server.reconcile.kinds import TYPE_OF

_COLUMNS: Final = """
SELECT thing.id, thing.iri, thing.kind, thing.name, coalesce(document.other, '') AS other, thing.uses
FROM thing LEFT JOIN document ON document.thing = thing.id AND document.anchor = '' AND document.kind = thing.kind
"""
_SEARCH: Final = """
SELECT thing.id, thing.iri, thing.kind, thing.name, document.other, thing.uses
FROM search JOIN document ON document.id = search.rowid JOIN thing ON thing.id = document.thing
WHERE search MATCH ? AND search.rowid BETWEEN ? AND ?
"""
_OTHER_NAMES: Final = frozenset(kind for kind in TYPE_OF if kind not in ("event", "article"))
"""Kinds whose ``other`` are names; for events and articles they are parties and publishers."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that a cell may mean. ``names``: the first one is that which it is called by."""

    id: int
    iri: str
    kind: str
    names: tuple[str, ...]
    uses: int

    @property
    def name(self) -> str:
        """What it is called."""
        return self.names[0]


def identifier_of(addresses: Addresses, iri: str) -> str:
    """The identifier of what has this IRI."""
    return iri.removeprefix(f"{addresses.base}id/")


def iri_of(addresses: Addresses, identifier: str) -> str:
    """The IRI of what has this identifier; a whole IRI stands for itself."""
    return identifier if ":" in identifier.partition("/")[0] else f"{addresses.base}id/{identifier}"


@dataclass(frozen=True, slots=True)
class Things:
    """Looks things up in one index, for one request."""

    index: sqlite3.Connection

    def by_iri(self, iri: str) -> Thing | None:
        """The thing with this IRI, if it has a type of ours."""
        return next(self._read(f"{_COLUMNS} WHERE thing.iri = ?", (iri,)), None)

    def by_ids(self, ids: Sequence[int]) -> list[Thing]:
        """The things with these numbers."""
        return [*self._read(f"{_COLUMNS} WHERE thing.id IN ({_places(ids)})", ids)]

    def named(self, name: str, kinds: Sequence[str]) -> list[Thing]:
        """Entities of these kinds that are called so, whatever the case and the accents; all that there are."""
        rows = self.index.execute(f"SELECT id FROM thing WHERE sort = ? AND {IS_ENTITY}", (sort_key(name),))
        return [thing for thing in self.by_ids([place for (place,) in rows]) if thing.kind in kinds]

    def having(self, expression: str, bounds: tuple[int, int], most: int, *, is_ranked: bool = False) -> list[Thing]:
        """Things with documents in these bounds that fit an FTS5 expression.

        Args:
            is_ranked: the best first, which takes a look at all of them.
        """
        order = "ORDER BY rank " if is_ranked else ""
        return [*self._read(f"{_SEARCH} {order}LIMIT ?", (expression, *bounds, most))]

    def _read(self, statement: str, values: Sequence[object]) -> Iterator[Thing]:
        for place, iri, kind, name, other, uses in self.index.execute(statement, tuple(values)):
            if kind in TYPE_OF:
                others = other.split("; ") if other and kind in _OTHER_NAMES else ()
                yield Thing(place, iri, kind, (name, *others), uses)


def _places(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))

"""What points to a thing, counted by property and shown a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

import pyoxigraph as ox

from server.queries import about, select
from server.views.page import Pager
from server.views.reader import Link, Reader


@dataclass(frozen=True, slots=True)
class Incoming:
    """How often a property points here."""

    property: Link
    count: int


@dataclass(frozen=True, slots=True)
class IncomingFact:
    """One thing that points here."""

    subject: Link
    property: Link


def read_incoming(reader: Reader, node: ox.NamedNode) -> tuple[Incoming, ...]:
    """How often each property points to ``node``."""
    return tuple(Incoming(reader.property(name), number) for name, number in _counter(reader.store)(node))


_Counts = tuple[tuple[ox.NamedNode, int], ...]


@lru_cache(maxsize=1)
def _counter(store: ox.Store) -> Callable[[ox.NamedNode], _Counts]:
    """Counts and remembers, since a hub has ten thousand facts to count and the store never changes.

    Of one store only: what is remembered by a store keeps it open, with its files, long after the next one is served.
    """
    return lru_cache(maxsize=1024)(partial(_count, store))


def _count(store: ox.Store, node: ox.NamedNode) -> _Counts:
    rows = about(store, "incoming_counts", node)
    return tuple((row["property"], int(row["count"].value)) for row in rows if row["property"])


def read_incoming_facts(
    reader: Reader, node: ox.NamedNode, incoming: Sequence[Incoming], pager: Pager
) -> tuple[IncomingFact, ...]:
    """One page of what points to ``node``, one property after the other."""
    skipped, facts = pager.offset, list[IncomingFact]()
    for entry in incoming:
        given = {"this": node, "property": ox.NamedNode(entry.property.iri or "")}
        missing = pager.size - len(facts)
        rows = select(reader.store, "incoming", given, limit=missing, offset=skipped) if skipped < entry.count else ()
        facts += [IncomingFact(reader.value(row["subject"]), entry.property) for row in rows]
        skipped = max(0, skipped - entry.count)
    return tuple(facts)

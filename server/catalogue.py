"""Everything that is listed, in the order it is listed in: found once a build, kept in memory.

Sorting 24,000 events took the engine 1.3 s, on every request for any page of the list. Their IRIs in
order are a few megabytes, and the page is then a slice; the events of one country are put in order by
the same ranks. The names and dates themselves are read for the rows that are shown, and for no others.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from server.addresses import ENTITY_KINDS, Addresses, kind_of
from server.queries import Row, select


@dataclass(frozen=True, slots=True)
class Ranking:
    """Things in order. ``rank`` says at which place each stands."""

    things: tuple[ox.NamedNode, ...]
    rank: dict[ox.NamedNode, int]

    @classmethod
    def of(cls, things: Iterable[ox.NamedNode]) -> Ranking:
        """A ranking of things that are in order already; of one named twice the first place counts."""
        unique = tuple(dict.fromkeys(things))
        return cls(unique, {thing: place for place, thing in enumerate(unique)})

    def sort(self, things: Iterable[ox.NamedNode]) -> list[ox.NamedNode]:
        """Those of ``things`` that are ranked, in order, each once."""
        return sorted({thing for thing in things if thing in self.rank}, key=self.rank.__getitem__)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Events and articles, the latest first and those without a date last; entities by name.

    ``entities`` has a ranking for each kind, and under the empty string one of all.
    """

    events: Ranking
    articles: Ranking
    entities: dict[str, Ranking]


def read_catalogue(store: ox.Store, addresses: Addresses) -> Catalogue:
    """Read and sort everything that is listed."""
    by_name = _by_name(select(store, "entities", {"prefix": ox.Literal(f"{addresses.base}id/")}))
    entities = {kind: [thing for thing in by_name if _kind(thing, addresses) == kind] for kind in ENTITY_KINDS}
    everything = [thing for thing in by_name if _kind(thing, addresses) in ENTITY_KINDS]
    rankings = {kind: Ranking.of(things) for kind, things in ({"": everything} | entities).items()}
    return Catalogue(_latest_first(select(store, "events")), _latest_first(select(store, "articles")), rankings)


def _kind(thing: ox.NamedNode, addresses: Addresses) -> str:
    return kind_of(addresses.resource_of(thing.value) or "")


def _latest_first(rows: Iterable[Row]) -> Ranking:
    """Dates of any precision sort as text; things of one day stand by IRI."""
    by_iri = sorted((row["thing"].value, row["key"].value if row["key"] else "") for row in rows)
    return Ranking.of(ox.NamedNode(iri) for iri, _ in sorted(by_iri, key=lambda entry: entry[1], reverse=True))


def _by_name(rows: Iterable[Row]) -> list[ox.NamedNode]:
    keyed = sorted((row["key"].value.casefold(), row["thing"].value) for row in rows)
    return [ox.NamedNode(iri) for _, iri in keyed]

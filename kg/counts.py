"""How much of what the graph holds: for the line after a build, for ``build.json`` and for pages."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Final

import pyoxigraph as ox

from kg.rdf.terms import A, aid, schema

_ENTITY_CLASSES: Final = (
    schema("Country"), schema("Place"), schema("Person"), schema("Organization"), aid("Crisis"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Counts:
    """Things in the default graph, and quads in all graphs together."""

    articles: int
    events: int
    statistics: int
    quotations: int
    entities: int
    quads: int

    def __str__(self) -> str:
        """``2 articles, 8 events, 11 statistics, …, 1,234 quads``."""
        return ", ".join(f"{number:,} {_noun(number, plural)}" for plural, number in asdict(self).items())


def count_facts(store: ox.Store) -> Counts:
    """Count what a store holds, whoever put it there."""
    return Counts(
        articles=len(_subjects(store, schema("NewsArticle"))),
        events=len(_subjects(store, aid("AidEvent"))),
        statistics=len(_subjects(store, schema("Observation"))),
        quotations=len(_subjects(store, schema("Quotation"))),
        entities=len(set[object]().union(*(_subjects(store, kind) for kind in _ENTITY_CLASSES))),
        quads=len(store),
    )


def _subjects(store: ox.Store, kind: ox.NamedNode) -> set[object]:
    return {quad.subject for quad in store.quads_for_pattern(None, A, kind, ox.DefaultGraph())}


def _noun(number: int, plural: str) -> str:
    if number != 1:
        return plural
    return plural.removesuffix("ies") + "y" if plural.endswith("ies") else plural.removesuffix("s")

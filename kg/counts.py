"""How much of what the graph holds: for the line after a build, for ``build.json`` and for pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, cast

import msgspec
import pyoxigraph as ox

from kg.rdf.terms import A, aid, schema

_ENTITY_CLASSES: Final = (
    schema("Country"), schema("Place"), schema("Person"), schema("Organization"), aid("Crisis"),
)  # fmt: skip

_KINDS: Final = {
    schema("NewsArticle"): "articles", aid("AidEvent"): "events", schema("Observation"): "statistics",
    schema("Quotation"): "quotations",
}  # fmt: skip
FILE: Final = "counts.json"
"""The name of the counts in the folder of a generation."""
Subject = ox.NamedNode | ox.BlankNode | ox.Triple


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
    """Count what a store holds, whoever put it there: all of it is looked at."""
    kinds = {name: sum(1 for _ in _of_kind(store, kind)) for kind, name in _KINDS.items()}
    entities = sum(
        1 for place, kind in enumerate(_ENTITY_CLASSES) for quad in _of_kind(store, kind)
        if not _is_of(store, quad.subject, _ENTITY_CLASSES[:place])
    )  # fmt: skip
    return Counts(**kinds, entities=entities, quads=len(store))


class Tally:
    """Adds quads to a store and removes them, and knows how much more or less it holds of everything."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self.added = self.removed = 0
        self._changes = dict.fromkeys((*_KINDS.values(), "entities"), 0)

    def add(self, quads: Iterable[ox.Quad]) -> None:
        """Add quads, each once, that the store may have already."""
        new = [quad for quad in quads if quad not in self._store]
        plain = [quad for quad in new if not self._is_typing(quad)]
        self._store.extend(plain)
        for quad in new:
            if self._is_typing(quad):
                self._count(quad, 1)
                self._store.add(quad)
        self.added += len(new)

    def remove(self, quads: Iterable[ox.Quad]) -> None:
        """Remove quads that the store need not have."""
        for quad in quads:
            if quad in self._store:
                self._store.remove(quad)
                self.removed += 1
                if self._is_typing(quad):
                    self._count(quad, -1)

    def after(self, before: Counts) -> Counts:
        """What the store holds now."""
        fields = asdict(before)
        changed = {name: fields[name] + number for name, number in self._changes.items()}
        return Counts(**changed, quads=before.quads + self.added - self.removed)

    @staticmethod
    def _is_typing(quad: ox.Quad) -> bool:
        return quad.predicate == A and quad.graph_name == ox.DefaultGraph()

    def _count(self, quad: ox.Quad, step: int) -> None:
        """Called when the store does not have the quad; a thing of two classes of entities is one entity."""
        kind = cast("ox.NamedNode", quad.object)
        if kind in _KINDS:
            self._changes[_KINDS[kind]] += step
        if kind in _ENTITY_CLASSES and not _is_of(self._store, quad.subject, _ENTITY_CLASSES):
            self._changes["entities"] += step


def keep_counts(folder: Path, counts: Counts) -> None:
    """Leave the counts in the folder of a generation, so that nobody has to count again."""
    (folder / FILE).write_bytes(msgspec.json.encode(counts))


def kept_counts(folder: Path) -> Counts | None:
    """What :func:`keep_counts` left, if it did: writers other than the builder do not count."""
    try:
        return msgspec.json.decode((folder / FILE).read_bytes(), type=Counts)
    except (FileNotFoundError, msgspec.DecodeError):
        return None


def _of_kind(store: ox.Store, kind: ox.NamedNode) -> Iterator[ox.Quad]:
    return iter(store.quads_for_pattern(None, A, kind, ox.DefaultGraph()))


def _is_of(store: ox.Store, subject: Subject, kinds: Iterable[ox.NamedNode]) -> bool:
    return any(ox.Quad(subject, A, kind) in store for kind in kinds)


def _noun(number: int, plural: str) -> str:
    if number != 1:
        return plural
    return plural.removesuffix("ies") + "y" if plural.endswith("ies") else plural.removesuffix("s")

"""What the writers of one article's triples share: its reading and its IRIs. What other articles say is not here: the
writers that need it (:mod:`kg.rdf.entities`, :mod:`kg.rdf.events`) are given it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from kg.rdf.iris import Iris, Part, part_names, span_name
from kg.rdf.terms import A, Term, aid, oa, offset_literal, prov, text_literal
from kg.records import Reading, Span

Triples = Iterator[ox.Triple]


@dataclass(frozen=True)
class Scope:
    """One article's point of view."""

    reading: Reading
    iris: Iris

    @cached_property
    def article(self) -> ox.NamedNode:
        return self.iris.article(self.reading.article.id)

    @cached_property
    def _parts(self) -> str:
        """What the IRIs of the article's parts begin with, as :meth:`Iris.part` makes them."""
        return self.iris.part(self.reading.article.id, "").value

    @cached_property
    def _names(self) -> dict[Part, str]:
        return dict(part_names(self.reading))

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of the entities that the article speaks of."""
        return frozenset(entity.key for entity in self.reading.entities)

    @cached_property
    def _entities(self) -> dict[str, ox.NamedNode]:
        return {}

    def entity(self, key: str) -> ox.NamedNode:
        node = self._entities.get(key)
        if node is None:
            node = self._entities[key] = self.iris.entity(key, article=self.reading.article.id)
        return node

    def part(self, part: Part) -> ox.NamedNode:
        return ox.NamedNode(f"{self._parts}{self._names[part]}")

    def near(self, part: Part, kind: str) -> ox.NamedNode:
        """A node that belongs to ``part``: ``#quantity-10-20`` beside ``#item-10-20``."""
        return ox.NamedNode(f"{self._parts}{kind}-{self._names[part].partition('-')[2]}")

    def evidence(self, subject: ox.NamedNode, spans: Iterable[Span]) -> Triples:
        """``subject`` is proved by these words."""
        for span in spans:
            node = ox.NamedNode(f"{self._parts}{span_name(span)}")
            yield ox.Triple(subject, aid("evidence"), node)
            yield from describe(
                node,
                (A, aid("EvidenceSpan")),
                (oa("exact"), text_literal(span.of(self.reading.article.text))),
                (oa("start"), offset_literal(span.start)),
                (oa("end"), offset_literal(span.end)),
                (prov("wasQuotedFrom"), self.article),
            )


def describe(subject: ox.NamedNode, *facts: tuple[ox.NamedNode, Term]) -> Triples:
    """The facts of one subject as triples."""
    return (ox.Triple(subject, predicate, value) for predicate, value in facts)

"""Values of a graph along paths of properties, as the tables ask for them: ``^aid:reports/aid:evidence``.

A query for each table would give rows of the product of all lists, or lists as text, and a query for each row has to
be parsed each time. Paths have steps divided by ``/``, each a prefixed name that is followed forwards, or backwards
after ``^``. What was read of a thing is kept for the next rows, as many things as :data:`_KEPT`: neighbours share
their articles and parties.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final

import pyoxigraph as ox

from kg.formats import PREFIXES

Node = ox.NamedNode | ox.BlankNode
Term = Node | ox.Literal
_ASKED: Final = 1_000
"""Answers that are remembered: several columns of a row ask for the same."""
_KEPT: Final = 20_000
"""Things that are remembered."""


class Facts:
    """The default graph of a store, to be asked for the values of single things."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._about = lru_cache(maxsize=_KEPT)(self._read)
        self.values = lru_cache(maxsize=_ASKED)(self._values)

    def _values(self, thing: Node, path: str) -> tuple[Term, ...]:
        """``values``: what the path leads to from a thing, each once, sorted by its text."""
        found: Iterable[Term] = (thing,)
        for is_inverse, predicate in _steps(path):
            nodes = (node for node in found if not isinstance(node, ox.Literal))
            found = {value for node in nodes for value in self._step(node, predicate, is_inverse)}
        return tuple(sorted(found, key=_text))

    def texts(self, thing: Node, path: str) -> list[str]:
        """The same as IRIs and words of literals."""
        return [value.value for value in self.values(thing, path)]

    def text(self, thing: Node, path: str) -> str | None:
        """The one value, None if there is none. Where a graph has several against our shapes, the first in order."""
        return next(iter(self.texts(thing, path)), None)

    def _step(self, node: Node, predicate: ox.NamedNode, is_inverse: bool) -> Iterable[Term]:
        if not is_inverse:
            return self._about(node).get(predicate, ())
        quads = self._store.quads_for_pattern(None, predicate, node, ox.DefaultGraph())
        return [quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode | ox.BlankNode)]

    def _read(self, node: Node) -> dict[ox.NamedNode, list[Term]]:
        facts: defaultdict[ox.NamedNode, list[Term]] = defaultdict(list)
        for quad in self._store.quads_for_pattern(node, None, None, ox.DefaultGraph()):
            if isinstance(quad.object, ox.NamedNode | ox.BlankNode | ox.Literal):
                facts[quad.predicate].append(quad.object)
        return dict(facts)


def _text(value: Term) -> tuple[str, str]:
    return value.value, str(value)


@cache
def _steps(path: str) -> tuple[tuple[bool, ox.NamedNode], ...]:
    return tuple((step.startswith("^"), named(step.removeprefix("^"))) for step in path.split("/"))


def named(name: str) -> ox.NamedNode:
    """The IRI of a prefixed name."""
    prefix, _, local = name.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + local)

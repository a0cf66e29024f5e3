"""Values of a graph along paths of properties, as the tables ask for them: ``^aid:reports/aid:evidence``.

A query for each table would give rows of the product of all lists, or lists as text, and a query for each row has to
be parsed each time. Paths have steps divided by ``/``, each a prefixed name that is followed forwards, or backwards
after ``^``. What was read of a thing is kept for the next rows, as many things as :data:`_KEPT`: neighbours share
their articles and parties. Here is how paths are walked, and how in a store; :mod:`kg.dumps.things` has the way of
dumps, which walk them in sorted lines: a thing costs a tenth of what it costs to ask a store.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, Generic, TypeVar

import pyoxigraph as ox

from kg.formats import PREFIXES

Node = ox.NamedNode | ox.BlankNode
Term = Node | ox.Literal
T = TypeVar("T")
_ASKED: Final = 1_000
"""Answers that are remembered: several columns of a row ask for the same."""
_KEPT: Final = 20_000
"""Things that are remembered."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Words of an article that prove something; offsets in code points."""

    article: str
    start: int
    end: int
    exact: str


_PARTS_OF_SPAN: Final = ("prov:wasQuotedFrom", "oa:start", "oa:end", "oa:exact")


class Paths(ABC, Generic[T]):
    """The values of single things in a graph whose terms are of the type ``T``."""

    def __init__(self) -> None:
        self.nodes = lru_cache(maxsize=_ASKED)(self._nodes)
        self.spans = lru_cache(maxsize=_ASKED)(self._spans)

    @abstractmethod
    def word(self, term: T) -> str:
        """An IRI, or the words of a literal."""

    @abstractmethod
    def is_node(self, term: T) -> bool:
        """Whether it is no literal."""

    @abstractmethod
    def follow(self, thing: T, predicate: str, is_inverse: bool) -> Collection[T]:
        """What one step leads to, each once, in any order. ``predicate`` is an IRI in angle brackets."""

    @abstractmethod
    def written(self, term: T) -> str:
        """The term in N-Triples."""

    def values(self, thing: T, path: str) -> tuple[T, ...]:
        """What the path leads to from a thing, each once, sorted by its text."""
        before, predicate, is_inverse = _last_step(path)
        nodes = self.nodes(thing, before) if before else (thing,)
        found: Collection[T]
        if len(nodes) == 1:  # nearly always
            found = self.follow(nodes[0], predicate, is_inverse)
        else:
            found = {value for node in nodes for value in self.follow(node, predicate, is_inverse)}
        return tuple(found) if len(found) <= 1 else tuple(sorted(found, key=self._order))

    def texts(self, thing: T, path: str) -> list[str]:
        """The same as IRIs and words of literals."""
        return list(map(self.word, self.values(thing, path)))

    def text(self, thing: T, path: str) -> str | None:
        """The one value, None if there is none. Where a graph has several against our shapes, the first in order."""
        values = self.values(thing, path)
        return self.word(values[0]) if values else None

    def _nodes(self, thing: T, path: str) -> tuple[T, ...]:
        """``nodes``: the same as things, without literals; the beginnings of many paths are alike."""
        return tuple(filter(self.is_node, self.values(thing, path)))

    def _spans(self, thing: T, path: str) -> tuple[Span, ...]:
        """``spans``: those that the path leads to, in the order of the text; one without whole offsets is none."""
        spans = []
        for node in self.nodes(thing, path):
            article, start, end, exact = (self.text(node, one) for one in _PARTS_OF_SPAN)
            with suppress(ValueError):
                spans.append(Span(article or "", int(start or ""), int(end or ""), exact or ""))
        return tuple(sorted(spans))

    def _order(self, term: T) -> tuple[str, str]:
        return self.word(term), self.written(term)


class Facts(Paths[Term]):
    """The default graph of a store, to be asked for the values of single things."""

    def __init__(self, store: ox.Store) -> None:
        super().__init__()
        self._store = store
        self._about = lru_cache(maxsize=_KEPT)(self._read)

    def word(self, term: Term) -> str:
        return term.value

    def is_node(self, term: Term) -> bool:
        return not isinstance(term, ox.Literal)

    def written(self, term: Term) -> str:
        return str(term)

    def follow(self, thing: Term, predicate: str, is_inverse: bool) -> Collection[Term]:
        if not is_inverse:
            return self._about(thing).get(predicate, ())
        quads = self._store.quads_for_pattern(None, _iri(predicate), thing, ox.DefaultGraph())
        return [quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode | ox.BlankNode)]

    def _read(self, thing: Term) -> dict[str, list[Term]]:
        facts: defaultdict[str, list[Term]] = defaultdict(list)
        if isinstance(thing, ox.NamedNode | ox.BlankNode):
            for quad in self._store.quads_for_pattern(thing, None, None, ox.DefaultGraph()):
                if isinstance(quad.object, ox.NamedNode | ox.BlankNode | ox.Literal):
                    facts[str(quad.predicate)].append(quad.object)
        return dict(facts)


@cache
def _iri(written: str) -> ox.NamedNode:
    return ox.NamedNode(written[1:-1])


@cache
def _last_step(path: str) -> tuple[str, str, bool]:
    """The path before the last step, its predicate, and whether it is followed backwards."""
    before, _, step = path.rpartition("/")
    return before, str(named(step.removeprefix("^"))), step.startswith("^")


def named(name: str) -> ox.NamedNode:
    """The IRI of a prefixed name."""
    prefix, _, local = name.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + local)

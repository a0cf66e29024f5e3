"""How pages read the graph: things with their names, always the same way, through the fixed queries.

One reader serves one request on one snapshot. A name is chosen in the languages that the reader prefers, else in
English, else without a language, else in any; what has no name is called after its IRI.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg.formats import PREFIXES, shorten
from kg.index.naming import humanise
from server.addresses import Addresses
from server.locales import Taste
from server.queries import Term, facts_of, values_of
from server.views.words import date_words

_DEFAULT = ox.DefaultGraph()
_DATES = {f"{PREFIXES['xsd']}{name}" for name in ("date", "gYearMonth", "gYear")}


def term(name: str) -> ox.NamedNode:
    """The IRI of a prefixed name of ours: ``term("schema:name")``."""
    prefix, _, local = name.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + local)


NAMES = tuple(
    map(term, ("schema:name", "schema:headline", "skos:prefLabel", "rdfs:label", "dcterms:title", "schema:roleName"))
)


@dataclass(frozen=True, slots=True)
class Link:
    """Something with a name and, if a person can be sent there, an address. ``lang`` is set where it is not English."""

    label: str
    href: str | None = None
    lang: str | None = None
    iri: str | None = None

    @property
    def order(self) -> tuple[str, str]:
        """The key that links are sorted by: as people look for names."""
        return self.label.casefold(), self.iri or ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One property of a thing with all its values."""

    property: Link
    values: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads one store for one request. ``find_index`` gives the index of that store; not every page needs it."""

    store: ox.Store
    addresses: Addresses
    find_index: Callable[[], sqlite3.Connection]
    taste: Taste = field(default_factory=Taste)
    _links: dict[ox.NamedNode, Link] = field(default_factory=dict)

    @property
    def index(self) -> sqlite3.Connection:
        """The index of the store: :mod:`kg.index.schema`."""
        return self.find_index()

    def nodes(self, node: ox.NamedNode, name: str) -> list[ox.NamedNode]:
        """The things that ``node`` points to with the property ``name``."""
        return [value for value in values_of(self.store, node, term(name)) if isinstance(value, ox.NamedNode)]

    def node(self, node: ox.NamedNode, name: str) -> ox.NamedNode | None:
        """The first of :meth:`nodes`, for a property that has one value."""
        return next(iter(self.nodes(node, name)), None)

    def links(self, node: ox.NamedNode, name: str) -> tuple[Link, ...]:
        """The things that ``node`` points to, with their names, sorted by these."""
        return tuple(sorted(map(self.link, self.nodes(node, name)), key=lambda link: link.order))

    def link_to(self, node: ox.NamedNode, name: str) -> Link | None:
        """The one thing that ``node`` points to with the property, or None."""
        target = self.node(node, name)
        return self.link(target) if target else None

    def text(self, node: ox.NamedNode, name: str) -> str | None:
        """The first literal of a property, or None."""
        literals = self.literals(node, name)
        return literals[0].value if literals else None

    def literals(self, node: ox.NamedNode, name: str) -> list[ox.Literal]:
        """All literals of a property, the one for English readers first."""
        found = [value for value in values_of(self.store, node, term(name)) if isinstance(value, ox.Literal)]
        return sorted(found, key=self._language_rank)

    def link(self, node: ox.NamedNode) -> Link:
        """``node`` with its name and its address on this server."""
        if node not in self._links:
            self._links[node] = self._make_link(node)
        return self._links[node]

    def _make_link(self, node: ox.NamedNode) -> Link:
        look_up = self.store.quads_for_pattern  # pages have hundreds of names: no detour
        values = [quad.object for name in NAMES for quad in look_up(node, name, None, _DEFAULT)]
        literals = [value for value in values if isinstance(value, ox.Literal)]
        href = self.addresses.page_of(node.value)
        if not literals:
            label = humanise(node.value) if self.addresses.resource_of(node.value) else shorten(node.value)
            return Link(label, href, iri=node.value)
        best = min(literals, key=self._language_rank)
        return Link(best.value, href, _foreign(best), node.value)

    def property(self, node: ox.NamedNode) -> Link:
        """A property or class by its label, or by the last part of its IRI."""
        link = self.link(node)
        return link if link.label != shorten(node.value) else Link(humanise(node.value), link.href, iri=node.value)

    def facts(self, node: ox.NamedNode) -> tuple[Fact, ...]:
        """Everything that is said of ``node``, by property."""
        by_property: dict[ox.NamedNode, list[Link]] = {}
        for predicate, value in facts_of(self.store, node):
            by_property.setdefault(predicate, []).append(self.value(value))
        return tuple(
            Fact(self.property(predicate), tuple(sorted(values, key=lambda link: link.order)))
            for predicate, values in by_property.items()
        )

    def value(self, value: Term) -> Link:
        """Any object of a triple, as something to show."""
        if isinstance(value, ox.NamedNode):
            return self.link(value)
        if isinstance(value, ox.Literal):
            is_date = value.datatype.value in _DATES
            return Link(date_words(value.value, self.taste.locale) if is_date else value.value, lang=_foreign(value))
        return Link(str(value))

    def _language_rank(self, literal: ox.Literal) -> tuple[int, bool, str, str]:
        """The reader's languages in their order, then English, then any; what has no tag counts as English."""
        language = (literal.language or "").lower()
        primary = language.partition("-")[0] or "en"
        wanted = (*self.taste.languages, "en")
        place = wanted.index(primary) if primary in wanted else len(wanted)
        return place, not language, language, literal.value


def _foreign(literal: ox.Literal) -> str | None:
    return literal.language if literal.language and not literal.language.startswith("en") else None

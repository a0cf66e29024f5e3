"""The pages of the vocabulary: the ontology with all its terms, a concept scheme, a concept with its uses."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from server.queries import about, select
from server.views.backlinks import pointing
from server.views.entity import Incoming, IncomingFact, read_incoming, read_incoming_facts
from server.views.page import Head, Pager
from server.views.parts import anchor_of
from server.views.reader import Fact, Link, Reader


@dataclass(frozen=True, slots=True)
class TermRow:
    """A class, property or concept with its definition."""

    anchor: str
    link: Link
    kind: str
    definition: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class OntologyPage:
    """The variables of ``ontology.html``."""

    head: Head
    title: str
    description: str
    facts: tuple[Fact, ...]
    terms: tuple[TermRow, ...]
    schemes: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ConceptPage:
    """The variables of ``concept.html``: a scheme with its concepts, or a concept with its uses."""

    head: Head
    title: str
    definition: str
    facts: tuple[Fact, ...]
    concepts: tuple[TermRow, ...]
    incoming: tuple[Incoming, ...]
    incoming_facts: tuple[IncomingFact, ...]
    pager: Pager


_DETAILS = ("sub class of", "sub property of", "domain", "range", "close match", "see also", "example")
_DEFINITIONS = ("skos:definition", "dcterms:description", "rdfs:comment")


def read_ontology(reader: Reader, node: ox.NamedNode, head: Head) -> OntologyPage:
    """Fill the page of the ontology."""
    terms = [
        read_term(reader, row["term"], reader.property(row["kind"]).label) for row in about(reader.store, "terms", node)
    ]
    return OntologyPage(
        head=head,
        title=reader.link(node).label,
        description=_definition(reader, node),
        facts=reader.facts(node),
        terms=tuple({term.anchor: term for term in terms}.values()),
        schemes=tuple(reader.link(row["scheme"]) for row in select(reader.store, "schemes")),
    )


def read_term(reader: Reader, node: ox.NamedNode, kind: str) -> TermRow:
    """One term with what matters of it."""
    facts = tuple(fact for fact in reader.facts(node) if fact.property.label.casefold() in _DETAILS)
    return TermRow(anchor_of(node), reader.link(node), kind, _definition(reader, node), facts)


def read_concept(reader: Reader, node: ox.NamedNode, incoming_page: int, head: Head) -> ConceptPage:
    """Fill the page of a concept or a scheme."""
    incoming = read_incoming(reader, node)
    pager = Pager(incoming_page, sum(entry.count for entry in incoming), parameter="incoming")
    concepts = pointing(reader, node, "skos:inScheme")
    return ConceptPage(
        head=head,
        title=reader.link(node).label,
        definition=_definition(reader, node),
        facts=reader.facts(node),
        concepts=tuple(read_term(reader, concept, "concept") for concept in concepts),
        incoming=incoming,
        incoming_facts=read_incoming_facts(reader, node, incoming, pager),
        pager=pager,
    )


def _definition(reader: Reader, node: ox.NamedNode) -> str:
    return next((text for name in _DEFINITIONS if (text := reader.text(node, name))), "")

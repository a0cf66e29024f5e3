"""The pages of the vocabulary's parts: one term, a concept scheme, a concept with its uses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.formats import PREFIXES, shorten
from server.queries import about
from server.views.backlinks import pointing
from server.views.incoming import Incoming, IncomingFact, read_incoming, read_incoming_facts
from server.views.page import Head, Pager
from server.views.parts import anchor_of, local_name
from server.views.reader import Fact, Link, Reader, term
from server.views.uses import Uses

EXAMPLES: Final = 3

_DETAILS: Final = frozenset({
    "rdfs:subClassOf", "rdfs:subPropertyOf", "rdfs:domain", "rdfs:range", "rdfs:seeAlso", "owl:equivalentClass",
    "owl:equivalentProperty", "owl:inverseOf", "skos:closeMatch", "skos:exactMatch", "skos:broadMatch",
    "skos:narrowMatch", "skos:relatedMatch", "skos:broader", "skos:narrower", "skos:related", "skos:example",
    "skos:notation", "skos:altLabel", "skos:scopeNote", "skos:topConceptOf", "skos:inScheme",
})  # fmt: skip
"""What the row of a term says besides its definition: where it stands among others, ours and those of others."""
_DEFINITIONS: Final = ("skos:definition", "dcterms:description", "rdfs:comment")
_FILTERS: Final = {"phase": "phase", "category": "category"}
"""The schemes by whose concepts the list of events can be filtered, with the filter's name."""


@dataclass(frozen=True, slots=True)
class TermRow:
    """A class, property or concept with its definition; ``uses`` is how often the graph uses it."""

    anchor: str
    link: Link
    name: str
    kind: str
    definition: str
    facts: tuple[Fact, ...]
    uses: int


@dataclass(frozen=True, slots=True)
class Example:
    """A fact of the graph in which a term stands; of a class only the thing that is one."""

    subject: Link
    value: Link | None


@dataclass(frozen=True, slots=True)
class TermPage:
    """The variables of ``term.html``: a class or property with what goes with it and where it is used."""

    head: Head
    row: TermRow
    facts: tuple[Fact, ...]
    has: tuple[Link, ...]
    value_of: tuple[Link, ...]
    narrower: tuple[Link, ...]
    examples: tuple[Example, ...]
    query: str


@dataclass(frozen=True, slots=True)
class ConceptPage:
    """The variables of ``concept.html``: a scheme with its concepts, or a concept with its uses.

    ``events`` is where the events of a concept are listed, if the list can be filtered by it.
    """

    head: Head
    title: str
    definition: str
    facts: tuple[Fact, ...]
    concepts: tuple[TermRow, ...]
    uses: int | None
    events: str | None
    incoming: tuple[Incoming, ...]
    incoming_facts: tuple[IncomingFact, ...]
    pager: Pager


def read_term(reader: Reader, uses: Uses, node: ox.NamedNode, kind: ox.NamedNode) -> TermRow:
    """One term with what matters of it."""
    facts = tuple(fact for fact in reader.facts(node) if shorten(fact.property.iri or "") in _DETAILS)
    return TermRow(
        anchor=anchor_of(node) or local_name(node),
        link=reader.link(node),
        name=shorten(node.value),
        kind=reader.property(kind).label,
        definition=define(reader, node),
        facts=facts,
        uses=uses.get(node, 0),
    )


def read_term_page(reader: Reader, uses: Uses, node: ox.NamedNode, head: Head) -> TermPage:
    """Fill the page of a class or property."""
    kinds = reader.nodes(node, "rdf:type")
    is_class = term("owl:Class") in kinds
    kind = next((kind for kind in kinds if kind != term("owl:FunctionalProperty")), term("rdf:Property"))
    related: dict[str, list[Link]] = {"has": [], "is value of": [], "narrower": []}
    for row in about(reader.store, "about_class", node):
        related[row["relation"].value].append(reader.link(row["term"]))
    return TermPage(
        head=head,
        row=read_term(reader, uses, node, kind),
        facts=reader.facts(node),
        has=tuple(related["has"]),
        value_of=tuple(related["is value of"]),
        narrower=tuple(related["narrower"]),
        examples=_examples(reader, node, is_class=is_class),
        query=_query(node, is_class=is_class),
    )


def _examples(reader: Reader, node: ox.NamedNode, *, is_class: bool) -> tuple[Example, ...]:
    rows = about(reader.store, "examples_class" if is_class else "examples_property", node, limit=EXAMPLES)
    return tuple(
        Example(reader.value(row["subject"]), None if is_class else reader.value(row["value"])) for row in rows
    )


def _query(node: ox.NamedNode, *, is_class: bool) -> str:
    """A query for all uses, to go on from."""
    prefix = shorten(node.value).partition(":")[0]
    head = f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" if prefix in PREFIXES else ""
    name = shorten(node.value) if prefix in PREFIXES else str(node)
    if is_class:
        return f"{head}SELECT ?thing ?property ?value WHERE {{\n  ?thing a {name} ; ?property ?value .\n}} LIMIT 100\n"
    return f"{head}SELECT ?thing ?value WHERE {{\n  ?thing {name} ?value .\n}} LIMIT 100\n"


def read_concept(reader: Reader, uses: Uses, node: ox.NamedNode, incoming_page: int, head: Head) -> ConceptPage:
    """Fill the page of a concept or a scheme."""
    incoming = read_incoming(reader, node)
    pager = Pager(incoming_page, sum(entry.count for entry in incoming), parameter="incoming")
    concepts = pointing(reader, node, "skos:inScheme")
    scheme = reader.node(node, "skos:inScheme")
    wanted = _FILTERS.get(local_name(scheme)) if scheme else None
    return ConceptPage(
        head=head,
        title=reader.link(node).label,
        definition=define(reader, node),
        facts=reader.facts(node),
        concepts=tuple(read_term(reader, uses, concept, term("skos:Concept")) for concept in concepts),
        uses=uses.get(node, 0) if scheme else None,
        events=f"/events?{wanted}={local_name(node)}" if wanted else None,
        incoming=incoming,
        incoming_facts=read_incoming_facts(reader, node, incoming, pager),
        pager=pager,
    )


def define(reader: Reader, node: ox.NamedNode) -> str:
    """What a term means, in the words of the vocabulary; nothing if it does not say."""
    return next((text for name in _DEFINITIONS if (text := reader.text(node, name))), "")

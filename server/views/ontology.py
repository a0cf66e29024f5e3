"""The documentation of the ontology, of any version: what it is, its terms and how they hang together, what changed.

What pyLODE shows (https://github.com/RDFLib/pyLODE) in the look of this site: pyLODE writes whole pages of its own,
with its own styles and scripts. Everything is read from the ontology itself, so that the page cannot fall behind it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.formats import shorten
from server.queries import about, select
from server.views.backlinks import pointing
from server.views.editions import Edition, named, namespace_of, prefixed
from server.views.page import Head
from server.views.parts import anchor_of, local_name
from server.views.reader import Fact, Link, Reader, term
from server.views.uses import Uses
from server.views.vocabulary import define

_OUTGOING: Final = {
    "rdfs:subClassOf": "subclass of", "rdfs:subPropertyOf": "subproperty of", "rdfs:domain": "domain",
    "rdfs:range": "range", "owl:inverseOf": "inverse of", "owl:equivalentClass": "equivalent to",
    "owl:equivalentProperty": "equivalent to", "owl:disjointWith": "disjoint with", "skos:closeMatch": "close match",
    "rdfs:seeAlso": "see also",
}  # fmt: skip
"""What is said of a term, in words."""
_INCOMING: Final = {
    "rdfs:subClassOf": "superclass of", "rdfs:subPropertyOf": "superproperty of", "rdfs:domain": "in the domain of",
    "rdfs:range": "in the range of", "owl:disjointWith": "disjoint with", "owl:inverseOf": "inverse of",
}  # fmt: skip
"""What is said of a term from the other side: superclasses know their subclasses, classes their properties."""
_CHARACTERISTICS: Final = {
    "owl:FunctionalProperty": "functional: one value at most",
    "owl:InverseFunctionalProperty": "inverse functional: one bearer at most",
    "owl:TransitiveProperty": "transitive", "owl:SymmetricProperty": "symmetric",
    "owl:AsymmetricProperty": "asymmetric", "owl:IrreflexiveProperty": "irreflexive",
}  # fmt: skip
_KINDS: Final = {
    "owl:Class": ("classes", "Classes"),
    "owl:ObjectProperty": ("properties", "Properties"),
    "owl:DatatypeProperty": ("values", "Properties with values"),
}
"""Anchor and heading of the terms of each kind."""
_OWN_SECTIONS: Final = frozenset({"skos:historyNote", "dcterms:description", "dcterms:title", "rdfs:label"})
"""What the page says elsewhere than in the table of facts."""
_NOTE: Final = re.compile(r"(\d+\.\d+\.\d+) \((\d{4}-\d\d-\d\d)\): (.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class TermEntry:
    """A class or property. ``link`` leads to its own page; ``uses`` is None where no data is looked at."""

    anchor: str
    link: Link
    name: str
    definition: str
    example: str
    characteristics: tuple[str, ...]
    relations: tuple[tuple[str, tuple[Link, ...]], ...]
    uses: int | None


@dataclass(frozen=True, slots=True)
class TermGroup:
    """The terms of one kind, in the order of their IRIs."""

    anchor: str
    heading: str
    terms: tuple[TermEntry, ...]


@dataclass(frozen=True, slots=True)
class SchemeEntry:
    """A concept scheme with its concepts; ``source`` is the list of others whose codes it holds."""

    anchor: str
    link: Link
    description: str
    source: Link | None
    concepts: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ReusedTerm:
    """A term of others with what it is used for here."""

    link: Link
    label: str
    comment: str


@dataclass(frozen=True, slots=True)
class Alignment:
    """How a term or concept stands to one of others."""

    term: Link
    relation: str
    other: Link
    vocabulary: str


@dataclass(frozen=True, slots=True)
class Note:
    """What a version changed."""

    version: str
    date: str
    text: str


@dataclass(frozen=True, slots=True)
class OntologyPage:
    """The variables of ``ontology.html``. ``newest`` is set where the page shows a version that has a successor."""

    head: Head
    title: str
    version: str
    newest: str | None
    description: str
    facts: tuple[Fact, ...]
    groups: tuple[TermGroup, ...]
    schemes: tuple[SchemeEntry, ...]
    reused: tuple[ReusedTerm, ...]
    alignments: tuple[Alignment, ...]
    namespaces: tuple[tuple[str, str], ...]
    notes: tuple[Note, ...]
    versions: tuple[str, ...]


def read_ontology(reader: Reader, node: ox.NamedNode, head: Head, edition: Edition, uses: Uses | None) -> OntologyPage:
    """Fill the page of the ontology, from the data (with ``uses``) or from the file of a version."""
    return OntologyPage(
        head=head,
        title=reader.link(node).label,
        version=edition.number,
        newest=edition.numbers[0] if edition.old else None,
        description=define(reader, node),
        facts=tuple(fact for fact in reader.facts(node) if shorten(fact.property.iri or "") not in _OWN_SECTIONS),
        groups=_read_groups(reader, node, edition, uses),
        schemes=tuple(_read_scheme(reader, row["scheme"]) for row in select(reader.store, "schemes")),
        reused=tuple(_read_reused(reader, row["term"], edition) for row in about(reader.store, "reused_terms", node)),
        alignments=_read_alignments(reader, node, edition),
        namespaces=tuple(sorted(edition.prefixes.items())),
        notes=_read_notes(reader, node),
        versions=edition.numbers,
    )


def _read_groups(reader: Reader, node: ox.NamedNode, edition: Edition, uses: Uses | None) -> tuple[TermGroup, ...]:
    kinds = {row["term"]: shorten(row["kind"].value) for row in about(reader.store, "terms", node)}
    of_kind = {kind: [one for one, its in kinds.items() if its == kind] for kind in _KINDS}
    return tuple(
        TermGroup(anchor, heading, tuple(_read_term(reader, one, edition, uses) for one in of_kind[kind]))
        for kind, (anchor, heading) in _KINDS.items()
        if of_kind[kind]
    )


def _read_term(reader: Reader, node: ox.NamedNode, edition: Edition, uses: Uses | None) -> TermEntry:
    return TermEntry(
        anchor=anchor_of(node),
        link=named(reader, node, edition),
        name=shorten(node.value),
        definition=define(reader, node),
        example=reader.text(node, "skos:example") or "",
        characteristics=_read_characteristics(reader, node),
        relations=_read_relations(reader, node, edition),
        uses=uses.get(node, 0) if uses is not None else None,
    )


def _read_characteristics(reader: Reader, node: ox.NamedNode) -> tuple[str, ...]:
    types = reader.nodes(node, "rdf:type")
    return tuple(words for name, words in _CHARACTERISTICS.items() if term(name) in types)


def _read_relations(reader: Reader, node: ox.NamedNode, edition: Edition) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    """How a term stands to others: first what it says itself, then what others say of it."""
    found: dict[str, dict[ox.NamedNode, Link]] = {}
    for name, words in _OUTGOING.items():
        others = reader.nodes(node, name)
        found.setdefault(words, {}).update({other: named(reader, other, edition) for other in others})
    for name, words in _INCOMING.items():
        others = pointing(reader, node, name)
        found.setdefault(words, {}).update({other: named(reader, other, edition) for other in others})
    return tuple(
        (words, tuple(sorted(links.values(), key=lambda link: link.order))) for words, links in found.items() if links
    )


def _read_scheme(reader: Reader, node: ox.NamedNode) -> SchemeEntry:
    return SchemeEntry(
        anchor=f"scheme-{local_name(node)}",
        link=reader.link(node),
        description=define(reader, node),
        source=reader.link_to(node, "dcterms:source"),
        concepts=tuple(sorted(map(reader.link, pointing(reader, node, "skos:inScheme")), key=lambda link: link.order)),
    )


def _read_reused(reader: Reader, node: ox.NamedNode, edition: Edition) -> ReusedTerm:
    label = reader.text(node, "rdfs:label") or ""
    return ReusedTerm(prefixed(reader, node, edition), label, define(reader, node))


def _read_alignments(reader: Reader, node: ox.NamedNode, edition: Edition) -> tuple[Alignment, ...]:
    return tuple(
        Alignment(
            term=prefixed(reader, row["term"], edition),
            relation=reader.property(row["relation"]).label,
            other=prefixed(reader, row["other"], edition),
            vocabulary=namespace_of(row["other"], edition)[0],
        )
        for row in about(reader.store, "alignments", node)
    )


def _read_notes(reader: Reader, node: ox.NamedNode) -> tuple[Note, ...]:
    """The changelog, the newest version first."""
    found = [_NOTE.fullmatch(literal.value) for literal in reader.literals(node, "skos:historyNote")]
    notes = [Note(match[1], match[2], match[3]) for match in found if match]
    return tuple(sorted(notes, key=lambda note: [int(part) for part in note.version.split(".")], reverse=True))

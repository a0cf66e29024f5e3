"""The dataset in VoID (https://www.w3.org/TR/void/): size, partitions, links to other datasets, vocabularies, examples.

Everything has an IRI, as in the data. All numbers are those of the default graph, which holds every fact once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Final

import pyoxigraph as ox

from kg.description.facts import Facts
from kg.description.names import LICENCE, Names, Triples, local_name, named, told, whole, words
from kg.formats import GRAPH_FORMATS, VOCABULARY
from kg.index.schema import ENTITY_KINDS
from kg.index.statistics import LinkUse, space_of
from kg.link.sources import LinkTarget, link_sources, link_targets, sources_of

MOST_OTHERS: Final = 50
"""Linksets into spaces that no source of ours is known for: what others wrote may link anywhere."""

_KINDS: Final = "|".join(("event", "article", *ENTITY_KINDS))


def describe_void(names: Names, facts: Facts) -> Triples:
    """What the dataset is made of; where it can be had is told by others."""
    yield from _numbers(names, facts)
    yield from _partitions(names, facts)
    yield from _linksets(names, facts)
    yield from _ontology(names)
    yield from _sources(names)


def _numbers(names: Names, facts: Facts) -> Triples:
    counts, uses, own = facts.counts, facts.statistics, f"{names.base}id/"
    yield from told(
        names.dataset,
        ("a", named("void:Dataset")),
        ("void:triples", whole(counts["triples"])),
        ("void:entities", whole(facts.entities(names.base))),
        ("void:classes", whole(len(uses.classes))),
        ("void:properties", whole(len(uses.properties))),
        ("void:distinctSubjects", whole(counts["subjects"])),
        ("void:distinctObjects", whole(counts["objects"])),
        ("void:documents", whole(facts.documents)),
        ("void:uriSpace", ox.Literal(own)),
        ("void:uriRegexPattern", ox.Literal(f"^{re.escape(own)}({_KINDS})/[^#]+$")),
        *(("void:exampleResource", ox.NamedNode(iri)) for iri in facts.examples),
        *(("void:feature", ox.NamedNode(known.iri)) for known in GRAPH_FORMATS.values()),
        *(("void:vocabulary", ox.NamedNode(space)) for space in _vocabularies(facts)),
    )


def _vocabularies(facts: Facts) -> list[str]:
    """What the IRIs of used classes and properties begin with."""
    used = chain((use.iri for use in facts.statistics.classes), (use.iri for use in facts.statistics.properties))
    return sorted({space for space in map(space_of, used) if space})


def _partitions(names: Names, facts: Facts) -> Triples:
    for one in facts.statistics.classes:
        part = names.part(f"class-{local_name(one.iri)}")
        yield from told(names.dataset, ("void:classPartition", part))
        yield from told(
            part, ("a", named("void:Dataset")), ("void:class", ox.NamedNode(one.iri)),
            ("void:entities", whole(one.entities)),
        )  # fmt: skip
    for use in facts.statistics.properties:
        part = names.part(f"property-{local_name(use.iri)}")
        yield from told(names.dataset, ("void:propertyPartition", part))
        yield from told(
            part, ("a", named("void:Dataset")), ("void:property", ox.NamedNode(use.iri)),
            ("void:triples", whole(use.triples)), ("void:distinctSubjects", whole(use.subjects)),
            ("void:distinctObjects", whole(use.objects)),
        )  # fmt: skip


def _linksets(names: Names, facts: Facts) -> Triples:
    """One for each property and target, as VoID §4.2 has it."""
    known = _known()
    for target in known.values():
        yield from _target(names, target)
    for link in _outward(names, facts):
        yield from _linkset(names, link, known.get(link.space))


def _linkset(names: Names, link: LinkUse, target: LinkTarget | None) -> Triples:
    goal = _goal(names, target.name if target else local_name(link.space))
    linkset = names.part(f"links-{local_name(link.property)}-{goal.value.rpartition('#')[2]}")
    yield from told(names.dataset, ("void:subset", linkset))
    yield from told(
        linkset, ("a", named("void:Linkset")), ("void:subjectsTarget", names.dataset), ("void:objectsTarget", goal),
        ("void:linkPredicate", ox.NamedNode(link.property)), ("void:triples", whole(link.triples)),
    )  # fmt: skip
    if target is None:
        yield from told(goal, ("a", named("void:Dataset")), ("void:uriSpace", ox.Literal(link.space)))
    else:
        taken = (_source_node(names, source.package) for source in sources_of(target))
        yield from told(linkset, ("dcterms:license", ox.NamedNode(target.licence.iri)))
        yield from told(linkset, *(("dcterms:source", node) for node in taken))


def _outward(names: Names, facts: Facts) -> Iterator[LinkUse]:
    """Links that leave the dataset: all into known targets, the largest of the others."""
    known = _known()
    leaving = [use for use in facts.statistics.links if not use.space.startswith((names.base, VOCABULARY))]
    others = sorted((use for use in leaving if use.space not in known), key=lambda use: -use.triples)
    yield from (use for use in leaving if use.space in known)
    yield from others[:MOST_OTHERS]


def _known() -> dict[str, LinkTarget]:
    """The datasets that our sources give identifiers of, by what these begin with."""
    return {target.space: target for target in link_targets()}


def _target(names: Names, target: LinkTarget) -> Triples:
    return told(
        _goal(names, target.name), ("a", named("void:Dataset")), ("dcterms:title", words(target.title)),
        ("foaf:homepage", ox.NamedNode(target.homepage)), ("void:uriSpace", ox.Literal(target.space)),
        ("void:exampleResource", ox.NamedNode(target.example)),
        ("dcterms:license", ox.NamedNode(target.licence.iri)),
    )  # fmt: skip


def _goal(names: Names, name: str) -> ox.NamedNode:
    return names.part(f"target-{name}")


def _ontology(names: Names) -> Triples:
    """The part that is ours alone: the terms and concepts, which are in the graph with the facts."""
    part = names.part("vocabulary")
    yield from told(names.dataset, ("void:subset", part))
    yield from told(
        part, ("a", named("void:Dataset")), ("dcterms:title", words("The ontology and its concept schemes")),
        ("dcterms:license", ox.NamedNode(LICENCE)), ("void:uriSpace", ox.Literal(VOCABULARY)),
        ("void:rootResource", ox.NamedNode(f"{VOCABULARY}ontology")),
    )  # fmt: skip


def _sources(names: Names) -> Triples:
    """Where names, positions and identifiers were taken from, each with its licence."""
    for source in link_sources():
        node = _source_node(names, source.package)
        yield from told(names.dataset, ("dcterms:source", node))
        taken = f"{source.taken} (from {source.origin})" if source.origin else source.taken
        yield from told(
            node, ("a", named("prov:Entity")), ("dcterms:title", ox.Literal(source.package)),
            ("dcterms:description", words(taken)), ("dcterms:license", ox.NamedNode(source.data_licence.iri)),
            ("foaf:homepage", ox.NamedNode(source.homepage)), ("dcat:version", ox.Literal(source.version)),
        )  # fmt: skip


def _source_node(names: Names, package: str) -> ox.NamedNode:
    return names.part(f"source-{re.sub('[^a-z0-9]+', '-', package).strip('-')}")

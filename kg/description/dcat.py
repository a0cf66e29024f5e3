"""The dataset in DCAT 3 (https://www.w3.org/TR/vocab-dcat-3/), for catalogues: who, when, where, how to get it.

The dumps are told as a version of the dataset, named by its content, since a graph that was written to has moved on
and they have not. Each file is a distribution with its size and checksum (SPDX).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import pyoxigraph as ox

from kg.description.facts import Facts
from kg.description.names import LICENCE, RIGHTS, SENTENCE, TITLE, Names, Triples, moment, named, told, words
from kg.dumps.manifest import FORMATS, DumpFile, Manifest
from kg.formats import GRAPH_FORMATS

KEYWORDS: Final = ("humanitarian aid", "crises", "disasters", "donors", "news", "provenance")
ENGLISH: Final = "http://publications.europa.eu/resource/authority/language/ENG"
HOLDS_TRIPLES: Final = frozenset({"ttl", "nt", "hdt"})
"""Formats that hold the default graph alone; the other RDF ones hold the named graphs as well."""

_MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types/"
_UNREGISTERED: Final = {"hdt": "http://purl.org/HDT/hdt#HDTv1"}
"""Formats whose media type IANA does not know, by the IRI that their own specification gives them."""


@dataclass(frozen=True, slots=True)
class Service:
    """Something that answers requests about the dataset.

    ``node`` and ``address`` are whole addresses, ``standard`` is what it conforms to, ``description`` the address of
    what describes it for programs.
    """

    node: str
    address: str
    title: str
    standard: str
    description: str


@dataclass(frozen=True, slots=True)
class Dumps:
    """The dumps that lie ready. ``folder``: their address, with a slash; ``made``: when, if that is known."""

    manifest: Manifest
    folder: str
    made: datetime | None


@dataclass(frozen=True, slots=True)
class State:
    """Which state of the data is described: a name of the version, and since when it is as it is."""

    version: str
    modified: datetime | None = None


def describe_dcat(names: Names, facts: Facts, state: State, *, page: str, dumps: Dumps | None) -> Triples:
    """The dataset, its publisher, and the dumps.

    Args:
        page: the address of the start page.
    """
    yield from told(
        names.dataset,
        ("a", named("dcat:Dataset")),
        ("dcterms:title", words(TITLE)),
        ("dcterms:description", words(SENTENCE)),
        ("dcterms:identifier", ox.Literal(names.dataset.value)),
        ("dcterms:license", ox.NamedNode(LICENCE)),
        ("dcterms:rights", names.part("rights")),
        ("dcterms:publisher", names.publisher),
        ("dcterms:language", ox.NamedNode(ENGLISH)),
        ("dcat:version", ox.Literal(state.version)),
        *((("dcterms:modified", moment(state.modified)),) if state.modified else ()),
        ("foaf:homepage", ox.NamedNode(page)),
        ("dcat:landingPage", ox.NamedNode(page)),
        *(("dcat:keyword", words(word)) for word in KEYWORDS),
    )
    yield from told(names.part("rights"), ("a", named("dcterms:RightsStatement")), ("rdfs:label", words(RIGHTS)))
    yield from told(
        names.publisher, ("a", named("foaf:Agent")), ("foaf:name", ox.Literal(names.publisher_name)),
        ("foaf:homepage", ox.NamedNode(names.base)),
    )  # fmt: skip
    yield from _coverage(names, facts)
    if dumps is not None:
        yield from _dumps(names, dumps)


def describe_catalogue(names: Names, catalogue: str, services: Sequence[Service]) -> Triples:
    """The catalogue of one server: the dataset, and what answers questions about it there."""
    node = ox.NamedNode(catalogue)
    yield from told(
        node, ("a", named("dcat:Catalog")), ("dcterms:title", words(f"{TITLE}: data and services")),
        ("dcterms:description", words(SENTENCE)), ("dcterms:publisher", names.publisher),
        ("dcterms:license", ox.NamedNode(LICENCE)), ("dcat:dataset", names.dataset),
    )  # fmt: skip
    for one in services:
        service = ox.NamedNode(one.node)
        yield from told(node, ("dcat:service", service))
        yield from told(
            service, ("a", named("dcat:DataService")), ("dcterms:title", words(one.title)),
            ("dcterms:conformsTo", ox.NamedNode(one.standard)), ("dcterms:license", ox.NamedNode(LICENCE)),
            ("dcterms:publisher", names.publisher), ("dcat:endpointURL", ox.NamedNode(one.address)),
            ("dcat:endpointDescription", ox.NamedNode(one.description)), ("dcat:servesDataset", names.dataset),
        )  # fmt: skip


def _coverage(names: Names, facts: Facts) -> Triples:
    """The days of its events, and the countries that they and the articles tell of."""
    if facts.period is not None:
        period = names.part("period")
        first, last = (ox.Literal(day, datatype=named("xsd:date")) for day in facts.period)
        yield from told(names.dataset, ("dcterms:temporal", period))
        yield from told(period, ("a", named("dcterms:PeriodOfTime")), ("dcat:startDate", first), ("dcat:endDate", last))
    for iri, name in facts.countries:
        yield from told(names.dataset, ("dcterms:spatial", ox.NamedNode(iri)))
        yield from told(ox.NamedNode(iri), ("a", named("dcterms:Location")), ("rdfs:label", words(name)))


def _dumps(names: Names, dumps: Dumps) -> Triples:
    """The version that the dumps hold, and its files. How it was made is told beside them."""
    manifest, version = dumps.manifest, names.version(dumps.manifest.version)
    account = ox.NamedNode(f"{dumps.folder}provenance.ttl")
    yield from told(names.dataset, ("dcat:hasVersion", version))
    yield from told(
        version, ("a", named("dcat:Dataset")), ("dcterms:title", words(f"{TITLE}, version {manifest.version}")),
        ("dcterms:description", words(SENTENCE)), ("dcat:isVersionOf", names.dataset),
        ("dcat:version", ox.Literal(manifest.version)), ("dcterms:publisher", names.publisher),
        ("dcterms:license", ox.NamedNode(LICENCE)), ("dcterms:provenance", account), ("prov:has_provenance", account),
        *((("dcterms:issued", moment(dumps.made)),) if dumps.made else ()),
    )  # fmt: skip
    yield from told(account, ("a", named("dcterms:ProvenanceStatement")), ("rdfs:label", words("How it was made")))
    for file in manifest.files:
        distribution = names.part(f"file-{file.name}")
        yield from told(version, ("dcat:distribution", distribution))
        yield from told(names.dataset, ("dcat:distribution", distribution))
        yield from _distribution(names, dumps, file, distribution)
        if file.format in GRAPH_FORMATS:
            yield from told(names.dataset, ("void:dataDump", ox.NamedNode(dumps.folder + file.name)))


def _distribution(names: Names, dumps: Dumps, file: DumpFile, node: ox.NamedNode) -> Triples:
    checksum, packed = names.part(f"checksum-{file.name}"), file.compression
    yield from told(
        node, ("a", named("dcat:Distribution")), ("dcterms:title", ox.Literal(file.name)),
        ("dcterms:description", words(_content(file))), ("dcterms:license", ox.NamedNode(LICENCE)),
        ("dcat:accessURL", ox.NamedNode(dumps.folder)), ("dcat:downloadURL", ox.NamedNode(dumps.folder + file.name)),
        ("dcat:byteSize", ox.Literal(str(file.size), datatype=named("xsd:nonNegativeInteger"))),
        ("dcat:version", ox.Literal(dumps.manifest.version)), ("spdx:checksum", checksum),
        *((("dcterms:issued", moment(dumps.made)),) if dumps.made else ()),
        *((("dcat:compressFormat", _media_type(packed)),) if packed else ()),
        *((("dcterms:format", ox.NamedNode(GRAPH_FORMATS[file.format].iri)),) if file.format in GRAPH_FORMATS else ()),
        ("dcterms:format", ox.NamedNode(_UNREGISTERED[file.format])) if file.format in _UNREGISTERED
        else ("dcat:mediaType", _media_type(file.media_type)),
    )  # fmt: skip
    yield from told(
        checksum, ("a", named("spdx:Checksum")), ("spdx:algorithm", named("spdx:checksumAlgorithm_sha256")),
        ("spdx:checksumValue", ox.Literal(file.sha256, datatype=named("xsd:hexBinary"))),
    )  # fmt: skip


def _content(file: DumpFile) -> str:
    """What is in a file, in words."""
    title = FORMATS[file.format].title
    if file.rows is not None:
        return f"{title}, {file.rows} rows"
    holds = "the default graph" if file.format in HOLDS_TRIPLES else "all graphs"
    return f"{title}, {holds}, {file.statements} statements"


def _media_type(name: str) -> ox.NamedNode:
    return ox.NamedNode(_MEDIA_TYPES + name)

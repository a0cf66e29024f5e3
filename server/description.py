"""What the server says of itself in RDF: its SPARQL service, and the dataset that it serves. No blank nodes.

The service description uses terms of its own vocabulary only, as the W3C suite wants; what is known of
the data (title, licence, counts, dumps) is VoID, at ``/.well-known/void``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pyoxigraph as ox

from kg.formats import GRAPH_FORMATS, RESULT_FORMATS, VOCABULARY
from kg.search.functions import FUNCTIONS
from server.serialize import described
from server.views.home import SENTENCE

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
"""The licence of the ontology, which the facts share. Excerpts stay their publishers'."""

TITLE = "aidgraph"
_USED = ("http://schema.org/", f"{VOCABULARY}ontology#", "http://www.w3.org/ns/oa#", "http://www.w3.org/ns/prov#",
         "http://semanticweb.cs.vu.nl/2009/11/sem/", "http://www.w3.org/2004/02/skos/core#")  # fmt: skip


def _triple(subject: ox.NamedNode, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
    return ox.Triple(subject, described(predicate), value)


def describe_service(endpoint: str) -> list[ox.Triple]:
    """The service description of the endpoint at this address."""
    service, dataset, graph = (ox.NamedNode(f"{endpoint}#{part}") for part in ("service", "dataset", "default-graph"))
    formats = [known.iri for known in RESULT_FORMATS.values()] + [known.iri for known in GRAPH_FORMATS.values()]
    return [
        _triple(service, "rdf:type", described("sd:Service")),
        _triple(service, "sd:endpoint", ox.NamedNode(endpoint)),
        _triple(service, "sd:supportedLanguage", described("sd:SPARQL10Query")),
        _triple(service, "sd:supportedLanguage", described("sd:SPARQL11Query")),
        *(_triple(service, "sd:resultFormat", ox.NamedNode(known)) for known in formats),
        *(_triple(service, "sd:extensionFunction", function) for function in FUNCTIONS),
        *(_triple(function, "rdf:type", described("sd:Function")) for function in FUNCTIONS),
        _triple(service, "sd:defaultDataset", dataset),
        _triple(dataset, "rdf:type", described("sd:Dataset")),
        _triple(dataset, "sd:defaultGraph", graph),
        _triple(graph, "rdf:type", described("sd:Graph")),
    ]


def describe_dataset(
    root: str, *, base: str, counts: Mapping[str, int], examples: Sequence[ox.NamedNode], dumps: Sequence[str]
) -> Iterator[ox.Triple]:
    """The VoID description.

    Args:
        root: the address of the server, with a slash at its end.
        base: the base IRI of the data.
        counts: numbers of :data:`kg.index.schema.COUNTED`.
        examples: some IRIs of the data.
        dumps: names of files below ``/dumps/``.
    """
    document, dataset = ox.NamedNode(f"{root}.well-known/void"), ox.NamedNode(f"{root}.well-known/void#dataset")
    yield _triple(document, "rdf:type", described("void:DatasetDescription"))
    yield _triple(document, "foaf:primaryTopic", dataset)
    yield _triple(dataset, "rdf:type", described("void:Dataset"))
    yield _triple(dataset, "rdf:type", described("dcat:Dataset"))
    yield _triple(dataset, "dcterms:title", ox.Literal(TITLE, language="en"))
    yield _triple(dataset, "dcterms:description", ox.Literal(SENTENCE, language="en"))
    yield _triple(dataset, "dcterms:license", ox.NamedNode(LICENCE))
    yield _triple(dataset, "foaf:homepage", ox.NamedNode(root))
    yield _triple(dataset, "void:sparqlEndpoint", ox.NamedNode(f"{root}sparql"))
    yield _triple(dataset, "void:uriSpace", ox.Literal(f"{base}id/"))
    yield _triple(dataset, "void:triples", ox.Literal(counts["triples"]))
    yield _triple(dataset, "void:documents", ox.Literal(counts["articles"]))
    for vocabulary in _USED:
        yield _triple(dataset, "void:vocabulary", ox.NamedNode(vocabulary))
    for example in examples:
        yield _triple(dataset, "void:exampleResource", example)
    for name in dumps:
        yield _triple(dataset, "void:dataDump", ox.NamedNode(f"{root}dumps/{name}"))

"""Service description: the endpoint says what it is when it is asked without a query.

The suite's manifest has the names of three cases and no more; what each means is in
https://www.w3.org/TR/sparql11-service-description/.
"""

from __future__ import annotations

from rdflib import RDF, Graph, Namespace, Node, URIRef
from w3c.client import Target
from w3c.manifest import Case

ABOUT = "service description"
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")

PROPERTIES = {
    "Service": {
        *("endpoint", "feature", "supportedLanguage", "languageExtension", "propertyFeature", "resultFormat"),
        *("inputFormat", "defaultDataset", "availableGraphs", "extensionFunction", "extensionAggregate"),
        *("defaultEntailmentRegime", "defaultSupportedEntailmentProfile"),
    },
    "Dataset": {"defaultGraph", "namedGraph"},
    "GraphCollection": {"namedGraph"},
    "NamedGraph": {"name", "graph", "entailmentRegime", "supportedEntailmentProfile"},
    **{name: set() for name in ("Graph", "Language", "Feature", "Function", "Aggregate")},
    **{name: set() for name in ("EntailmentRegime", "EntailmentProfile")},
}
"""The vocabulary's classes, each with the properties that its members may have (§3)."""

INSTANCES = {
    *("SPARQL10Query", "SPARQL11Query", "SPARQL11Update", "DereferencesURIs", "UnionDefaultGraph"),
    *("RequiresDataset", "EmptyGraphs", "BasicFederatedQuery"),
}


def test_service_description_is_given(case: Case, target: Target) -> None:
    reply = target.send("GET", target.query, {"Accept": "text/turtle"})
    assert (reply.status, reply.media_type) == (200, "text/turtle"), str(reply)
    graph = Graph().parse(reply.body, format="turtle", publicID=target.query)
    CHECKS[case.id.rpartition("/")[2]](graph, target.query)


def _returns_rdf(graph: Graph, endpoint: str) -> None:
    assert len(graph) > 0


def _has_endpoint_triple(graph: Graph, endpoint: str) -> None:
    assert list(graph.objects(None, SD.endpoint)) == [URIRef(endpoint)]


def _conforms_to_schema(graph: Graph, endpoint: str) -> None:
    """One service, of the vocabulary's namespace only its terms, and its properties where they belong."""
    assert len(list(graph.subjects(RDF.type, SD.Service))) == 1
    properties = set().union(*PROPERTIES.values())
    assert {
        name for triple in graph for name in map(_name, triple) if name
    } <= PROPERTIES.keys() | INSTANCES | properties
    for subject, predicate, _ in graph:
        allowed = set().union(*(PROPERTIES.get(_name(kind), set()) for kind in graph.objects(subject, RDF.type)))
        assert _name(predicate) in {"", *allowed}, f"{predicate} of {subject}"


def _name(term: Node) -> str:
    """The local name of a term of the vocabulary; "" for any other."""
    return str(term).removeprefix(str(SD)) if str(term).startswith(str(SD)) else ""


CHECKS = {
    "returns-rdf": _returns_rdf,
    "has-endpoint-triple": _has_endpoint_triple,
    "conforms-to-schema": _conforms_to_schema,
}
"""By the names of the cases."""

"""What the server says of itself in RDF: its SPARQL service, and the dataset that it serves. No blank nodes.

The service description uses terms of its own vocabulary only, as the W3C suite wants. It leads to the description of
the dataset by an IRI: its default graph is the dataset that ``/.well-known/void`` tells of, in VoID and DCAT. What is
known of the data is made by :mod:`kg.description`; the addresses are added here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.description.dcat import Dumps, Service, State, describe_catalogue, describe_dcat
from kg.description.facts import Facts
from kg.description.names import LICENCE, TITLE, Names, Triples, moment, named, told, words
from kg.description.void import describe_void
from kg.dumps.manifest import read_manifest, read_note
from kg.formats import GRAPH_FORMATS, RESULT_FORMATS
from kg.search.functions import FUNCTIONS
from kg.store import Snapshot

__all__ = ["LICENCE", "TITLE", "describe_dataset", "describe_service", "read_dumps", "services_at"]

MOST_GRAPHS: Final = 200
"""Named graphs that the service description lists; where there are more it lists none, since a part would mislead."""

SIMPLE: Final = "http://www.w3.org/ns/entailment/Simple"


@dataclass(frozen=True, slots=True)
class _Door:
    """A service by its path, with what it conforms to. ``description`` is the path of what describes it."""

    path: str
    title: str
    standard: str
    description: str = "openapi.json"
    node: str = ""


_DOORS: Final = (
    _Door("sparql", "SPARQL endpoint", "https://www.w3.org/TR/sparql11-protocol/", "sparql", "sparql#service"),
    _Door("graphs", "SPARQL Graph Store", "https://www.w3.org/TR/sparql11-http-rdf-update/"),
    _Door("fragments", "Triple Pattern Fragments",
          "https://linkeddatafragments.org/specification/triple-pattern-fragments/", "fragments"),
    _Door("reconcile", "Reconciliation service",
          "https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/", "reconcile"),
)  # fmt: skip


def services_at(root: str) -> tuple[Service, ...]:
    """What answers requests about the data at this address, which ends with a slash."""
    return tuple(
        Service(
            root + (door.node or f".well-known/void#{door.path}"),
            root + door.path,
            door.title,
            door.standard,
            root + door.description,
        )
        for door in _DOORS
    )


def describe_service(endpoint: str, names: Names, snapshot: Snapshot, *, federates: bool) -> Triples:
    """The service description of the endpoint at this address.

    Args:
        federates: whether SERVICE may reach anything.
    """
    service, dataset = (ox.NamedNode(f"{endpoint}#{part}") for part in ("service", "dataset"))
    formats = [known.iri for known in RESULT_FORMATS.values()] + [known.iri for known in GRAPH_FORMATS.values()]
    regime = ox.NamedNode(SIMPLE)
    yield from told(
        service,
        ("a", named("sd:Service")),
        ("sd:endpoint", ox.NamedNode(endpoint)),
        ("sd:supportedLanguage", named("sd:SPARQL10Query")),
        ("sd:supportedLanguage", named("sd:SPARQL11Query")),
        ("sd:feature", named("sd:EmptyGraphs")),
        *((("sd:feature", named("sd:BasicFederatedQuery")),) if federates else ()),
        ("sd:defaultEntailmentRegime", regime),
        *(("sd:resultFormat", ox.NamedNode(known)) for known in formats),
        *(("sd:extensionFunction", function) for function in FUNCTIONS),
        ("sd:defaultDataset", dataset),
    )
    yield from told(regime, ("a", named("sd:EntailmentRegime")))
    for function in FUNCTIONS:
        yield from told(function, ("a", named("sd:Function")))
    yield from told(dataset, ("a", named("sd:Dataset")), ("sd:defaultGraph", names.dataset))
    yield from told(names.dataset, ("a", named("sd:Graph")))
    for number, graph in enumerate(_named_graphs(snapshot.store), 1):
        node = ox.NamedNode(f"{endpoint}#graph-{number}")
        yield from told(dataset, ("sd:namedGraph", node))
        yield from told(node, ("a", named("sd:NamedGraph")), ("sd:name", graph))


def _named_graphs(store: ox.Store) -> list[ox.NamedNode]:
    """All of them in the order of their IRIs, or none if they are too many."""
    found = list(islice(store.named_graphs(), MOST_GRAPHS + 1))
    graphs = [graph for graph in found if isinstance(graph, ox.NamedNode)]
    return sorted(graphs, key=str) if len(found) <= MOST_GRAPHS else []


def read_dumps(data: Path, root: str) -> Dumps | None:
    """The dumps that are offered at this address, if there are any.

    Raises:
        DataError: their manifest cannot be read.
    """
    folder = data / "dumps"
    manifest = read_manifest(folder)
    if manifest is None:
        return None
    time = read_note(folder).get("time")
    return Dumps(manifest, f"{root}dumps/", datetime.fromisoformat(time) if isinstance(time, str) else None)


def describe_dataset(root: str, names: Names, facts: Facts, state: State, dumps: Dumps | None) -> Triples:
    """The dataset in VoID and DCAT, with the addresses of this server.

    Args:
        root: the address of the server, with a slash at its end.
    """
    document = ox.NamedNode(f"{root}.well-known/void")
    yield from told(
        document, ("a", named("void:DatasetDescription")), ("dcterms:title", words("Description of the dataset")),
        ("foaf:primaryTopic", names.dataset),
        *((("dcterms:modified", moment(state.modified)),) if state.modified else ()),
    )  # fmt: skip
    yield from describe_void(names, facts)
    yield from describe_dcat(names, facts, state, page=root, dumps=dumps)
    yield from describe_catalogue(names, f"{root}.well-known/void#catalogue", services_at(root))
    yield from told(
        names.dataset,
        ("void:sparqlEndpoint", ox.NamedNode(f"{root}sparql")),
        ("void:uriLookupEndpoint", ox.NamedNode(f"{root}fragments?subject=")),
        ("void:openSearchDescription", ox.NamedNode(f"{root}opensearch.xml")),
    )

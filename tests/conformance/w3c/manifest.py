"""Reads the manifests of the W3C's SPARQL suite: which cases there are, and the files that each names.

The manifests say what to run, and nothing is listed again here: a newer copy of the suite brings its new cases.
Cases are those of ``mf:entries`` of the manifests that the three roots include. So ``sparql11/http-rdf-update``,
deprecated in favour of ``graph-store-protocol``, is not among them, nor are two cases that no list names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rdflib import RDF, RDFS, Graph, Namespace, Node, URIRef
from rdflib.collection import Collection

from w3c.exchanges import Exchange, read_exchanges

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
ENTAILMENT = URIRef("http://www.w3.org/ns/sparql-service-description#entailmentRegime")

ROOTS = ("sparql10/manifest.ttl", "sparql11/manifest-all.ttl", "sparql12/manifest.ttl")
KINDS = {
    "query": {"QueryEvaluationTest", "CSVResultFormatTest"},
    "syntax": {
        *("PositiveSyntaxTest", "PositiveSyntaxTest11", "PositiveUpdateSyntaxTest", "PositiveUpdateSyntaxTest11"),
        *("NegativeSyntaxTest", "NegativeSyntaxTest11", "NegativeUpdateSyntaxTest", "NegativeUpdateSyntaxTest11"),
    },
    "update": {"UpdateEvaluationTest"},
    "protocol": {"ProtocolTest"},
    "service description": {"ServiceDescriptionTest"},
    "graph store": {"GraphStoreProtocolTest"},
}
"""The suite's classes of cases, by what they are about. A module of tests says in ``ABOUT`` which it runs."""

PUBLISHED = "https://w3c.github.io/rdf-tests/sparql/"
"""Where the suite is on the web: relative IRIs in its files stand for what is there."""

FROM = re.compile(r"\bFROM\s+(?:NAMED\s+)?<([^>]*)>", re.I)


@dataclass(frozen=True, slots=True)
class Graphs:
    """The files of a dataset: those of the default graph, and each named graph's IRI with its file."""

    default: tuple[Path, ...] = ()
    named: tuple[tuple[str, Path], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.default or self.named)


@dataclass(frozen=True, slots=True)
class Case:
    """One test of the suite.

    ``id`` is folder and name, such as ``sparql11/aggregates/agg01``; ``kind`` the local name of its class.
    ``request`` is the file of the query or update. ``result`` is one file for a query, a dataset for an update.
    ``is_lax``: the result may repeat solutions less often (REDUCED). ``services`` are other endpoints with their data.
    """

    iri: str
    id: str
    kind: str
    request: Path | None
    data: Graphs
    result: Path | Graphs | None
    is_lax: bool
    services: tuple[tuple[str, tuple[Path, ...]], ...]
    exchanges: tuple[Exchange, ...]


def read_cases(suite: Path) -> tuple[Case, ...]:
    """All cases below ``suite`` (its folder ``sparql``), in the suite's order, but for those of entailment.

    Entailment is left out because the engine has none, and its cases ask for answers that plain SPARQL must not give.
    """
    return tuple(case for root in ROOTS for case in _included(suite, suite / root))


def _included(suite: Path, manifest: Path) -> Iterator[Case]:
    graph = Graph().parse(manifest, format="turtle", publicID=published(suite, manifest))
    for head in graph.objects(None, MF.include):
        for part in Collection(graph, head):
            yield from _included(suite, _path(suite, part))
    folder = manifest.parent.relative_to(suite).as_posix()
    for head in graph.objects(None, MF.entries):
        for entry in Collection(graph, head):
            if not _has_entailment(graph, entry):
                yield _case(suite, graph, entry, folder)


def _has_entailment(graph: Graph, entry: Node) -> bool:
    return any((action, ENTAILMENT, None) in graph for action in graph.objects(entry, MF.action))


def _case(suite: Path, graph: Graph, entry: Node, folder: str) -> Case:
    action, result = graph.value(entry, MF.action), graph.value(entry, MF.result)
    kind = str(graph.value(entry, RDF.type)).partition("#")[2]
    request = _request(suite, graph, action)
    return Case(
        iri=str(entry),
        id=f"{folder}/{str(entry).rpartition('#')[2]}",
        kind=kind,
        request=request,
        data=_graphs(suite, graph, action) or _graphs(suite, graph, entry) or _asked_for(suite, request),
        result=_graphs(suite, graph, result) if kind == "UpdateEvaluationTest" else _optional_path(suite, result),
        is_lax=graph.value(entry, MF.resultCardinality) == MF.LaxCardinality,
        services=tuple(_services(suite, graph, action)),
        exchanges=read_exchanges(graph, action),
    )


def _request(suite: Path, graph: Graph, action: Node | None) -> Path | None:
    if isinstance(action, URIRef):
        return _path(suite, action)
    return _optional_path(suite, graph.value(action, QT.query) or graph.value(action, UT.request))


def _graphs(suite: Path, graph: Graph, node: Node | None) -> Graphs:
    if node is None:
        return Graphs()
    default = sorted(_path(suite, file) for name in (QT.data, UT.data) for file in graph.objects(node, name))
    named = [(str(file), _path(suite, file)) for file in graph.objects(node, QT.graphData)]
    for part in graph.objects(node, UT.graphData):
        file = graph.value(part, UT.graph) or graph.value(part, UT.data)
        named.append((str(graph.value(part, RDFS.label)), _path(suite, file)))
    return Graphs(tuple(default), tuple(sorted(named)))


def _asked_for(suite: Path, request: Path | None) -> Graphs:
    """The files that a query names after FROM, as the named graphs that it then asks for."""
    if request is None or request.suffix != ".rq":
        return Graphs()
    names = sorted(set(FROM.findall(request.read_text(encoding="utf-8"))))
    files = [request.parent / name for name in names]
    return Graphs((), tuple((published(suite, file), file) for file in files if file.is_file()))


def _services(suite: Path, graph: Graph, action: Node | None) -> Iterator[tuple[str, tuple[Path, ...]]]:
    for part in graph.objects(action, QT.serviceData) if action else ():
        files = tuple(_path(suite, file) for file in graph.objects(part, QT.data))
        yield str(graph.value(part, QT.endpoint)), files


def published(suite: Path, file: Path) -> str:
    """The IRI that ``file`` has on the web, and that relative IRIs in it are resolved against."""
    return PUBLISHED + file.relative_to(suite).as_posix()


def _path(suite: Path, iri: Node | None) -> Path:
    assert str(iri).startswith(PUBLISHED), f"{iri} is no file of the suite"
    return suite / str(iri).removeprefix(PUBLISHED)


def _optional_path(suite: Path, iri: Node | None) -> Path | None:
    return _path(suite, iri) if isinstance(iri, URIRef) else None

"""The requests that the manifests of the SPARQL protocol and the Graph Store protocol describe in RDF.

They are written with the W3C's vocabulary "HTTP in RDF" and a few terms of the test manifests, which the comments
of ``sparql11/protocol/manifest.ttl`` and ``sparql11/graph-store-protocol/manifest.ttl`` explain.
"""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import Graph, Namespace, Node
from rdflib.collection import Collection

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")

STATUSES = {
    "StatusCode2xx": range(200, 300),
    "StatusCode3xx": range(300, 400),
    "StatusCode4xx": range(400, 500),
    "OK": range(200, 201),
    "Created": range(201, 202),
    "NoContent": range(204, 205),
    "NotFound": range(404, 405),
}
"""The status codes that the manifests expect, by their names in http://www.w3.org/2011/http-statusCodes."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and what its answer has to be.

    ``path`` begins with the manifest's placeholder of the endpoint. ``body`` and ``expected_body`` are None for none.
    ``location`` is the name under which later requests refer to the answer's Location.
    """

    method: str
    path: str
    headers: tuple[tuple[str, str], ...]
    body: bytes | None
    statuses: frozenset[int]
    format: str | None
    boolean: bool | None
    location: str | None
    expected_type: str | None
    expected_body: str | None


def read_exchanges(graph: Graph, action: Node | None) -> tuple[Exchange, ...]:
    """The exchanges of a case in their order; none for a case of another kind."""
    requests = graph.value(action, HT.requests) if action else None
    return tuple(_exchange(graph, node) for node in Collection(graph, requests)) if requests else ()


def _exchange(graph: Graph, request: Node) -> Exchange:
    response = graph.value(request, HT.resp)
    assert response is not None, f"a request without a response: {request}"
    names = [str(status).partition("#")[2] for status in graph.objects(response, MF.expectedStatus)]
    boolean = graph.value(response, MF.expectedBoolean)
    content = graph.value(request, HT.body)
    return Exchange(
        method=str(graph.value(request, HT.methodName)),
        path=str(graph.value(request, HT.absolutePath)),
        headers=tuple(_headers(graph, request).items()),
        body=_chars(graph, content).encode(str(graph.value(content, CNT.characterEncoding))) if content else None,
        statuses=frozenset(code for name in names for code in STATUSES[name]),
        format=_text(graph.value(response, MF.expectedFormat)),
        boolean=None if boolean is None else str(boolean) == "true",
        location=_text(graph.value(response, MF.expectedLocation)),
        expected_type=_headers(graph, response).get("content-type"),
        expected_body=_chars(graph, expected) if (expected := graph.value(response, HT.body)) else None,
    )


def _headers(graph: Graph, node: Node) -> dict[str, str]:
    head = graph.value(node, HT.headers)
    items = Collection(graph, head) if head else ()
    return {str(graph.value(item, HT.fieldName)): str(graph.value(item, HT.fieldValue)) for item in items}


def _chars(graph: Graph, content: Node | None) -> str:
    return str(graph.value(content, CNT.chars))


def _text(node: Node | None) -> str | None:
    return None if node is None else str(node)

"""What the fast compaction writes, PyLD expands to the same triples."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources

import pyoxigraph as ox
import pytest
from pyld import jsonld

from kg.formats import PREFIXES
from server.explore.compact import compact_node
from server.jsonld import CONTEXT_IRI, expanded_nodes, load_frozen

ODD = f"""
@prefix schema: <{PREFIXES["schema"]}> . @prefix aid: <{PREFIXES["aid"]}> . @prefix xsd: <{PREFIXES["xsd"]}> .
<http://example.org/a> a aid:AidEvent, schema:Crisis, schema:Event, <http://example.org/Kind> ;
  schema:startDate "2020-03"^^xsd:gYearMonth, "2020-03-21"^^xsd:date, "soon" ; aid:phase "late", <urn:x> ;
  schema:id "7", <http://example.org/b> ; schema:type "odd" ; schema:name "a"@en, "b", 3, true, 1.5 ;
  <http://example.org/p> "x", <http://example.org/b> ; schema:start 1 ; schema:hasReport <http://example.org/r> ;
  schema:value 007, 7 .
"""


def files() -> Iterator[str]:
    for name in ("example.ttl", "aid.ttl"):
        yield resources.files("ontology").joinpath(name).read_text(encoding="utf-8")
    yield ODD


@pytest.mark.parametrize("turtle", [*files()], ids=["example", "ontology", "odd"])
def test_compacted_nodes_say_the_same(turtle: str) -> None:
    triples = [quad.triple for quad in ox.parse(turtle, ox.RdfFormat.TURTLE)]
    document = {"@context": CONTEXT_IRI, "@graph": [compact_node(node) for node in expanded_nodes(triples)]}
    quads = jsonld.to_rdf(document, {"documentLoader": load_frozen, "format": "application/n-quads"})
    again = {str(quad.triple) for quad in ox.parse(quads.encode(), ox.RdfFormat.N_QUADS)}
    assert again == {str(triple) for triple in triples}


def test_terms_of_the_context_are_used() -> None:
    turtle = next(files())
    nodes = [
        compact_node(node) for node in expanded_nodes(quad.triple for quad in ox.parse(turtle, ox.RdfFormat.TURTLE))
    ]
    event = next(node for node in nodes if "AidEvent" in node.get("type", []))
    assert event["startDate"] == "2020-03-21"
    assert event["donor"] == ["https://w3id.org/aidgraph/id/country/russia"]
    assert event["nameMap"] == {"en": "Russia pledges aid to Italy, 21 March 2020"}

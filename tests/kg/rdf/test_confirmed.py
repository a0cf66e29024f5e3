"""What a confirmed link is in the graph."""

from __future__ import annotations

import pyoxigraph as ox

from kg.merge.confirmed import ConfirmedLink
from kg.rdf.confirmed import confirmed_quads, links_graph
from kg.rdf.iris import Iris
from kg.rdf.terms import schema
from kg.records import PartialDate
from kg.validate import validate_quads

IRIS = Iris("https://example.org/aid/")
LINK = ConfirmedLink("place/geneva", "http://www.wikidata.org/entity/Q71", "Foreign desk", PartialDate("2024-05-02"))
QUESTION = """
PREFIX schema: <http://schema.org/> PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT ?entity ?same ?by ?day { GRAPH <https://example.org/aid/id/links> {
  ?entity schema:sameAs ?same . ?activity a prov:Activity ; schema:about ?entity ; prov:used ?same ; dcterms:date ?day ;
    prov:wasAssociatedWith/schema:name ?by } }"""


def test_link_stands_with_who_and_when_in_a_graph_of_its_own() -> None:
    store = ox.Store()
    store.extend(confirmed_quads([LINK], IRIS))
    ((entity, same, by, day),) = [tuple(term.value for term in row) for row in store.query(QUESTION)]  # type: ignore[union-attr]  # a SELECT gives rows
    assert (entity, same) == ("https://example.org/aid/id/place/geneva", LINK.same_as)
    assert (by, day) == ("Foreign desk", "2024-05-02")


def test_every_triple_of_the_graph_is_in_the_default_graph_too() -> None:
    quads = list(confirmed_quads([LINK], IRIS))
    named = {quad.triple for quad in quads if quad.graph_name == links_graph(IRIS)}
    assert named == {quad.triple for quad in quads if quad.graph_name != links_graph(IRIS)}
    assert len(quads) == 2 * len(named)
    assert ox.Triple(ox.NamedNode(f"{IRIS.base}id/place/geneva"), schema("sameAs"), ox.NamedNode(LINK.same_as)) in named


def test_no_link_leaves_no_graph() -> None:
    assert list(confirmed_quads([], IRIS)) == []


def test_graph_of_links_breaks_no_shape() -> None:
    assert validate_quads(list(confirmed_quads([LINK], IRIS))) == ()

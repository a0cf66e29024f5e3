"""SPARQLWrapper as it comes, told the endpoint's address and nothing else."""

from __future__ import annotations

import warnings

import pyoxigraph as ox
import pytest
from live import Live
from SPARQLWrapper import CSV, GET, JSON, JSONLD, N3, POST, POSTDIRECTLY, RDF, RDFXML, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from kg.formats import GRAPH_FORMATS

ITALY = "https://w3id.org/aidgraph/id/country/italy"
DONORS = """
PREFIX aid: <https://w3id.org/aidgraph/ontology#>
PREFIX schema: <http://schema.org/>
SELECT DISTINCT ?name { ?event aid:recipient/schema:name "Italy" ; aid:donor/schema:name ?name } ORDER BY ?name"""

NAMES = ["France", "Germany", "Russia", "United Kingdom"]


def client(server: Live, query: str, form: str, method: str = GET, how: str | None = None) -> SPARQLWrapper:
    made = SPARQLWrapper(f"{server.address}/sparql")
    made.setQuery(query)
    made.setReturnFormat(form)
    made.setMethod(method)
    if how:
        made.setRequestMethod(how)
    return made


@pytest.mark.parametrize(("method", "how"), [(GET, None), (POST, None), (POST, POSTDIRECTLY)])
def test_select_is_answered_by_every_method(endpoint: Live, method: str, how: str | None) -> None:
    rows = client(endpoint, DONORS, JSON, method, how).queryAndConvert()["results"]["bindings"]
    assert [row["name"]["value"] for row in rows] == NAMES


def test_select_is_answered_as_xml_and_csv(endpoint: Live) -> None:
    document = client(endpoint, DONORS, XML).queryAndConvert()
    assert [node.firstChild.data for node in document.getElementsByTagName("literal")] == NAMES
    assert client(endpoint, DONORS, CSV).queryAndConvert().decode().splitlines() == ["name", *NAMES]


def test_ask_is_answered(endpoint: Live) -> None:
    assert client(endpoint, f"ASK {{ <{ITALY}> ?p ?o }}", JSON).queryAndConvert()["boolean"] is True


@pytest.mark.parametrize(
    ("form", "name"), [(TURTLE, "ttl"), (N3, "ttl"), (RDFXML, "rdf"), (JSONLD, "jsonld"), (RDF, "rdf")]
)
def test_graph_comes_in_the_form_that_was_set(endpoint: Live, form: str, name: str) -> None:
    """Read by pyoxigraph here: SPARQLWrapper's own reading calls what rdflib no longer wants to be called."""
    with warnings.catch_warnings(action="ignore", category=RuntimeWarning):  # it warns of its own "rdf"
        response = client(endpoint, f"CONSTRUCT WHERE {{ <{ITALY}> a ?kind }}", form).query().response
    with response:
        found = {quad.object.value for quad in ox.parse(response.read(), GRAPH_FORMATS[name])}
    assert "http://schema.org/Country" in found


def test_bad_query_is_told(endpoint: Live) -> None:
    with pytest.raises(QueryBadFormed, match="syntax"):
        client(endpoint, "SELECT * { ?s }", JSON).query()


def test_service_reaches_the_other_server(endpoint: Live, other: Live) -> None:
    """One of ours asks another of ours, as the setting ``services`` allows."""
    query = f"""
        PREFIX aid: <https://w3id.org/aidgraph/ontology#>
        PREFIX schema: <http://schema.org/>
        SELECT DISTINCT ?name ?continent {{
          ?event aid:recipient <{ITALY}> ; aid:donor ?donor . ?donor schema:name ?name .
          SERVICE <{other.address}/sparql> {{ ?donor <http://example.org/continent> ?continent }} }}"""
    rows = client(endpoint, query, JSON).queryAndConvert()["results"]["bindings"]
    assert [(row["name"]["value"], row["continent"]["value"]) for row in rows] == [("Russia", "Europe and Asia")]

"""A small graph with namesakes, aliases, codes and links, and the application on it; answers held against schemas."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from jsonschema import Draft7Validator, Draft202012Validator
from referencing import Registry, Resource

from kg.settings import Settings
from server.app import create_app

OURS = Path(__file__).parent / "schemas" / "reconciliation-0.2.json"
OFFICIAL = os.environ.get("RECONCILIATION_SCHEMAS")
OFFICIAL_NAMES = {
    "manifest": "manifest", "queries": "reconciliation-query-batch", "results": "reconciliation-result-batch",
    "suggestedEntities": "suggest-entities-response", "suggestedProperties": "suggest-properties-response",
    "suggestedTypes": "suggest-types-response", "extension": "data-extension-query",
    "extended": "data-extension-response",
}  # fmt: skip
"""The file that the group has for each of our definitions; it has none for flyouts and proposals in 0.2."""

GRAPH = """
@prefix schema: <http://schema.org/> . @prefix aid: <https://w3id.org/aidgraph/ontology#> .
@prefix oa: <http://www.w3.org/ns/oa#> . @prefix prov: <http://www.w3.org/ns/prov#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix wd: <http://www.wikidata.org/entity/> .
@prefix phase: <https://w3id.org/aidgraph/scheme/phase/> . @prefix x: <http://example.org/> .
@prefix c: <https://w3id.org/aidgraph/id/country/> . @prefix o: <https://w3id.org/aidgraph/id/organization/> .
@prefix n: <https://w3id.org/aidgraph/id/person/> . @prefix l: <https://w3id.org/aidgraph/id/place/> .
@prefix e: <https://w3id.org/aidgraph/id/event/> . @prefix a: <https://w3id.org/aidgraph/id/article/> .
@prefix k: <https://w3id.org/aidgraph/id/crisis/> . @prefix f: <https://w3id.org/aidgraph/id/article/flood#> .
c:zantavia a schema:Country , aid:Party ; schema:name "Zantavia" ; schema:alternateName "ZTV" , "Land of Zant" ;
    schema:latitude 12.5 ; schema:longitude 40.25 ; schema:sameAs wd:Q900001 , <https://sws.geonames.org/900002/> ,
    <http://publications.europa.eu/resource/authority/country/ZTV> .
c:merristan a schema:Country , aid:Party ; schema:name "Merristan" ; schema:sameAs wd:Q900003 .
l:port-a a schema:City , schema:Place ; schema:name "Lower Port" ; schema:containedInPlace c:zantavia .
l:port-b a schema:City , schema:Place ; schema:name "Lower Port" ; schema:containedInPlace c:merristan .
l:zant a schema:Place ; schema:name "Zant" ; schema:alternateName "Merristan" .
o:relief a schema:Organization , aid:Party ; schema:name "Zantavian Relief Agency" ; schema:alternateName "ZRA" .
o:courier a schema:NewsMediaOrganization , schema:Organization ; schema:name "Merristan Courier" .
o:twin-1 a schema:Organization ; schema:name "Twin Aid" ; schema:sameAs wd:Q900011 .
o:twin-2 a schema:Organization ; schema:name "Twin Aid" ; schema:sameAs wd:Q900012 .
n:ada a schema:Person , aid:Party ; schema:name "Ada Quörriuk" ; schema:affiliation f:role .
f:role a schema:OrganizationRole ; schema:roleName "Minister" ; schema:affiliation c:zantavia .
x:loaded a schema:Organization ; schema:name "<b>Loaded</b> & Sons" .
k:flood a aid:Crisis , schema:Event ; schema:name "Zantavia flood" ; schema:location c:zantavia .
e:tents-1 a aid:AidEvent , schema:Event ; schema:name "Merristan sends tents to Zantavia" ; aid:donor c:merristan ;
    aid:recipient c:zantavia ; aid:phase phase:dispatched ; aid:crisis k:flood ; aid:item f:item ;
    schema:startDate "2020-04-02"^^xsd:date ; schema:subjectOf a:flood .
e:tents-2 a aid:AidEvent , schema:Event ; schema:name "Merristan delivers tents to Zantavia" ; aid:donor c:merristan ;
    aid:recipient c:zantavia ; aid:phase phase:delivered ; schema:startDate "2020-05"^^xsd:gYearMonth .
f:item a aid:AidItem ; schema:name "family tents" .
f:report a aid:AidReport ; aid:reports e:tents-1 ; schema:appearance a:flood ; aid:evidence f:char-1-9 .
f:char-1-9 a aid:EvidenceSpan ; oa:exact "Tents left Merristan on Thursday." ; prov:wasQuotedFrom a:flood .
a:flood a schema:NewsArticle ; schema:headline "Flood in Zantavia" ; schema:publisher o:courier ;
    schema:datePublished "2020-04-03"^^xsd:date ; schema:mentions c:zantavia , c:merristan ; schema:identifier "flood" .
"""

Asker = Callable[..., list[dict[str, Any]]]


@cache
def validators(name: str) -> tuple[Draft202012Validator | Draft7Validator, ...]:
    """What an answer of this kind is held against: our definition, and the group's schema where it is to be had."""
    ours = json.loads(OURS.read_text(encoding="utf-8"))
    found: list[Draft202012Validator | Draft7Validator] = [Draft202012Validator({**ours, "$ref": f"#/$defs/{name}"})]
    if OFFICIAL and name in OFFICIAL_NAMES:
        schemas = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in Path(OFFICIAL).glob("*.json")}
        for schema in schemas.values():
            schema["$schema"] = "http://json-schema.org/draft-07/schema#"
        resources = ((schema["$id"], Resource.from_contents(schema)) for schema in schemas.values())
        registry: Registry[Any] = Registry().with_resources(resources)
        found.append(Draft7Validator(schemas[f"{OFFICIAL_NAMES[name]}.json"], registry=registry))
    return tuple(found)


@pytest.fixture(scope="session")
def valid() -> Callable[[str, Any], Any]:
    """The function that holds data against a definition and hands it on."""

    def check(name: str, data: Any) -> Any:
        for validator in validators(name):
            faults = [f"{list(fault.absolute_path)}: {fault.message}" for fault in validator.iter_errors(data)]
            assert faults == []
        return data

    return check


@pytest.fixture(scope="session")
def rows_data(publish: Callable[..., None], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with that graph."""
    folder = tmp_path_factory.mktemp("rows")
    quads = ox.parse(GRAPH.encode(), format=ox.RdfFormat.TURTLE)
    publish(folder, *(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads))
    return folder


@pytest.fixture(scope="session")
def rows_client(rows_data: Path) -> FlaskClient:
    """A client of the application on it."""
    return create_app(Settings(data=rows_data)).test_client()


@pytest.fixture(scope="session")
def reconciled(rows_client: FlaskClient, valid: Callable[[str, Any], Any]) -> Asker:
    """The function that asks one query and returns its candidates, both held against the schemas."""

    def ask(query: str | None = None, **more: Any) -> list[dict[str, Any]]:
        batch = valid("queries", {"q0": more if query is None else {"query": query, **more}})
        answer = rows_client.post("/reconcile", data={"queries": json.dumps(batch)})
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = valid("results", answer.json)["q0"]["result"]
        return found

    return ask

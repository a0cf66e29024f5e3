"""A small graph with names, headlines, items, words and sentences, and the application on it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from kg.settings import Settings
from server.app import create_app

EVENTS = 30
"""Events of one kind, so that there is more than one page of them."""

GRAPH = """
@prefix schema: <http://schema.org/> . @prefix aid: <https://w3id.org/aidgraph/ontology#> .
@prefix oa: <http://www.w3.org/ns/oa#> . @prefix prov: <http://www.w3.org/ns/prov#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix e: <https://w3id.org/aidgraph/id/event/> . @prefix p: <https://w3id.org/aidgraph/id/article/flood#> .
@prefix c: <https://w3id.org/aidgraph/id/country/> . @prefix o: <https://w3id.org/aidgraph/id/organization/> .
@prefix n: <https://w3id.org/aidgraph/id/person/> . @prefix a: <https://w3id.org/aidgraph/id/article/> .
c:zantavia a schema:Country ; schema:name "Zantavia" ; schema:alternateName "ZTV" , "Land of Zant" .
c:merristan a schema:Country ; schema:name "Merristan" .
o:zantavia-relief a schema:Organization ; schema:name "Zantavia Relief" .
o:courier a schema:NewsMediaOrganization , schema:Organization ; schema:name "Merristan Courier" .
n:ada a schema:Person ; schema:name "Ada Quorriuk" .
e:masks a aid:AidEvent ; schema:name "Zantavia sends masks to Merristan" ; aid:donor c:zantavia ;
    aid:recipient c:merristan ; aid:item p:item-1 ; schema:startDate "2020-04-02"^^xsd:date ; schema:subjectOf a:flood .
p:item-1 a aid:AidItem ; schema:name "surgical masks" .
a:flood a schema:NewsArticle ; schema:headline "Flood in <b>Merristan</b> & elsewhere" ; schema:publisher o:courier ;
    schema:datePublished "2020-04-03"^^xsd:date .
p:quote-1 a schema:Quotation ; schema:isPartOf a:flood ; schema:spokenByCharacter n:ada ;
    schema:text "We need every <script>alert(1)</script> ventilator there is." .
p:char-1-9 a aid:EvidenceSpan ; oa:exact "Zantavia sent surgical masks\\u202E on Thursday." ;
    prov:wasQuotedFrom a:flood .
"""


def _events() -> str:
    return "".join(
        f'e:tents-{day:02} a aid:AidEvent ; schema:name "Zantavia delivers tents number {day}" ; '
        f'aid:donor c:zantavia ; schema:startDate "2021-06-{day:02}"^^xsd:date .\n'
        for day in range(1, EVENTS + 1)
    )


@pytest.fixture(scope="session")
def words_data(publish: Callable[..., None], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with that graph."""
    folder = tmp_path_factory.mktemp("words")
    quads = ox.parse((GRAPH + _events()).encode(), format=ox.RdfFormat.TURTLE)
    publish(folder, *(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads))
    return folder


@pytest.fixture(scope="session")
def words_client(words_data: Path) -> FlaskClient:
    """A client of the application on it."""
    return create_app(Settings(data=words_data)).test_client()

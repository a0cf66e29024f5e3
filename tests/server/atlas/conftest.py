"""A small graph of help between countries, a ministry, a region and a state that is no more."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from kg.formats import PREFIXES
from kg.lock import write_lock
from kg.settings import Settings
from kg.store import new_generation
from server.app import create_app

BASE = "https://w3id.org/aidgraph/id/"
THINGS = """
<country/italy> a schema:Country, aid:Party ; schema:name "Italy" ; schema:latitude 42.8 ; schema:longitude 12.8 .
<country/russia> a schema:Country, aid:Party ; schema:name "Russia" ; schema:latitude 60.0 ; schema:longitude 100.0 .
<country/samoa> a schema:Country, aid:Party ; schema:name "<b>Samoa</b>" ; schema:latitude -13.6 ;
    schema:longitude -172.3 .
<country/soviet-union> a schema:Country, aid:Party ; schema:name "Soviet Union" .
<organization/army> a schema:Organization, schema:GovernmentOrganization, aid:Party ; schema:name "Russian army" ;
    schema:areaServed <country/russia> .
<place/lombardy> a schema:Place, aid:Party ; schema:name "Lombardy" ; schema:containedInPlace <country/italy> .
<crisis/flood> a aid:Crisis, schema:Event ; schema:name "The flood" ; schema:startDate "2020-03"^^xsd:gYearMonth .
<crisis/famine> a aid:Crisis, schema:Event ; schema:name "The famine" .
"""
EVENTS = (
    ("russia-italy", "country/russia", "country/italy", "delivered", "masks", "2020-03-21", "flood"),
    ("russia-italy-2", "country/russia", "country/italy", "pledged", "masks", "2020-04-02", "flood"),
    ("army-lombardy", "organization/army", "place/lombardy", "delivered", "ppe", "2020-03-22", "flood"),
    ("italy-russia", "country/italy", "country/russia", "dispatched", "food", "2021-01-05", None),
    ("italy-samoa", "country/italy", "country/samoa", "delivered", "funds", "1921-08-01", None),
    ("union-italy", "country/soviet-union", "country/italy", "delivered", "food", None, "famine"),
    ("russia-nobody", "country/russia", None, "pledged", "funds", "2020-03-25", "flood"),
)


def _event(
    name: str, donor: str, recipient: str | None, phase: str, category: str, day: str | None, crisis: str | None
) -> str:
    lines = [
        f'<event/{name}> a aid:AidEvent, schema:Event ; schema:name "{name}" ; aid:donor <{donor}> ;',
        f"  aid:phase <https://w3id.org/aidgraph/scheme/phase/{phase}> ; schema:subjectOf <article/a> ;",
        f"  aid:item <article/a#item-{name}> .",
        f'<article/a#item-{name}> a aid:AidItem ; schema:name "help" ;',
        f"  aid:category <https://w3id.org/aidgraph/scheme/category/{category}> .",
    ]
    if recipient:
        lines.append(f"<event/{name}> aid:recipient <{recipient}> .")
    if day:
        lines.append(f'<event/{name}> schema:startDate "{day}"^^xsd:date ; sem:hasEarliestBeginTimeStamp')
        lines.append(f'  "{day}"^^xsd:date ; sem:hasLatestEndTimeStamp "{day}"^^xsd:date .')
    if crisis:
        lines.append(f"<event/{name}> aid:crisis <crisis/{crisis}> .")
    return "\n".join(lines)


def turtle() -> str:
    prefixes = "\n".join(f"@prefix {prefix}: <{iri}> ." for prefix, iri in PREFIXES.items())
    article = (
        '<article/a> a schema:NewsArticle ; schema:headline "News" ; schema:datePublished "2020-03-23"^^xsd:date .'
    )
    return "\n".join([f"@base <{BASE}> .", prefixes, THINGS, article, *(_event(*event) for event in EVENTS)])


@pytest.fixture(scope="session")
def atlas_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with that graph. Tests only read it."""
    folder = tmp_path_factory.mktemp("atlas")
    with write_lock(folder), new_generation(folder) as generation:
        generation.store.load(resources.files("ontology").joinpath("aid.ttl").read_bytes(), format=ox.RdfFormat.TURTLE)
        generation.store.load(turtle().encode(), format=ox.RdfFormat.TURTLE)
    return folder


@pytest.fixture(scope="session")
def site(atlas_data: Path) -> FlaskClient:
    """A client of the application on it."""
    return create_app(Settings(data=atlas_data)).test_client()

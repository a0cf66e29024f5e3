"""Versions of the ontology: each under its own IRI, as page and as data, the old ones as they were."""

from importlib.resources import files

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from kg.formats import GRAPH_FORMATS
from server.ontologies import current_version, versions

OLD, NEW = "0.1.0", current_version().number
VERSION_INFO = ox.NamedNode("http://www.w3.org/2002/07/owl#versionInfo")


@pytest.mark.parametrize("number", [OLD, NEW])
@pytest.mark.parametrize(
    ("accept", "place"),
    [
        ("text/html", "/page/ontology/{}"),
        ("text/turtle", "/data/ontology/{}.ttl"),
        ("application/rdf+xml", "/data/ontology/{}.rdf"),
        ("application/ld+json", "/data/ontology/{}.jsonld"),
    ],
)
def test_version_leads_to_its_page_or_data(client: FlaskClient, number: str, accept: str, place: str) -> None:
    response = client.get(f"/ontology/{number}", headers={"Accept": accept})
    assert (response.status_code, response.headers["Location"]) == (303, place.format(number))
    assert client.get(response.headers["Location"]).status_code == 200


@pytest.mark.parametrize(
    "path", ["/ontology/9.9.9", "/ontology/donor", "/page/ontology/9.9.9", "/data/ontology/9.9.9.ttl"]
)
def test_version_that_there_is_not_is_not_found(client: FlaskClient, path: str) -> None:
    response = client.get(path, headers={"Accept": "application/json"})
    assert response.status_code == 404
    assert OLD in response.text


def test_old_version_is_served_as_it_was_and_may_be_kept_for_ever(client: FlaskClient) -> None:
    response = client.get(f"/data/ontology/{OLD}.ttl")
    assert response.data == files("ontology").joinpath("versions", f"{OLD}.ttl").read_bytes()
    assert response.headers["Cache-Control"] == "max-age=31536000, immutable"
    assert response.content_type == "text/turtle; charset=utf-8"


def test_newest_version_is_the_file_of_the_ontology_and_is_asked_for_again(client: FlaskClient) -> None:
    response = client.get(f"/data/ontology/{NEW}.ttl")
    assert response.data == files("ontology").joinpath("aid.ttl").read_bytes()
    assert response.headers["Cache-Control"] == "no-cache"
    again = client.get(f"/data/ontology/{NEW}.ttl", headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("name", ["nt", "rdf", "jsonld", "trig", "nq"])
def test_all_forms_of_a_version_say_the_same(client: FlaskClient, name: str) -> None:
    told = ox.parse(client.get(f"/data/ontology/{OLD}.{name}").data, GRAPH_FORMATS[name])
    assert set(told) == set(versions()[OLD].store)


def test_table_of_a_version_has_a_row_for_each_triple(client: FlaskClient) -> None:
    rows = client.get(f"/data/ontology/{OLD}.csv").text.splitlines()
    assert len(rows) == len(versions()[OLD].store) + 1


def test_versions_are_those_that_their_files_name_the_newest_first() -> None:
    numbers = [tuple(map(int, number.split("."))) for number in versions()]
    assert numbers == sorted(numbers, reverse=True)
    for number, version in versions().items():
        (info,) = version.store.quads_for_pattern(None, VERSION_INFO, None)
        assert info.object == ox.Literal(number)


def test_page_of_an_old_version_says_so_and_stays_with_itself(client: FlaskClient) -> None:
    text = client.get(f"/page/ontology/{OLD}").text
    assert f'This is an older version, kept as it was. The newest is <a href="/page/ontology">{NEW}</a>.' in text
    assert '<a href="#AidEvent"><bdi>aid event</bdi></a>' in text
    assert 'href="/page/ontology/donor"' not in text
    assert f"https://w3id.org/aidgraph/ontology/{OLD}" in text


@pytest.mark.parametrize("number", versions())
def test_page_of_a_version_offers_its_own_data(client: FlaskClient, number: str) -> None:
    links = client.get(f"/page/ontology/{number}").headers.getlist("Link")
    assert f'</data/ontology/{number}.ttl>; rel="alternate"; type="text/turtle"' in links

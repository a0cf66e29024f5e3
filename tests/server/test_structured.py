"""The embedded descriptions: valid by the pinned release of schema.org, and what a search engine asks for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from schemaorg_release import load_release

from server.addresses import Addresses, kind_of
from server.schemaorg import dump_script
from server.structured import structured_home, structured_resource
from server.views.reader import Reader

BASE = "https://w3id.org/aidgraph/"
ROOT = "http://localhost/"
RELEASE = load_release()
DATES = {"Date", "DateTime", "Time"}
DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
Json = dict[str, Any]


def told(store: ox.Store, path: str) -> Json:
    """What a page embeds, as a search engine reads it."""
    reader = Reader(store, Addresses(BASE), lambda: pytest.fail("needs no index"))
    resource = path.removeprefix("id/")
    node = ox.NamedNode(BASE + path.replace("ontology/", "ontology#"))
    found = structured_resource(reader, kind_of(resource), node, ROOT)
    read: Json = json.loads(dump_script(found))
    assert read.pop("@context") == "https://schema.org"
    return read


def pages(store: ox.Store) -> Iterator[str]:
    """The paths of everything that has a page."""
    subjects = {quad.subject.value for quad in store if isinstance(quad.subject, ox.NamedNode)}
    for iri in sorted(subjects):
        path = iri.removeprefix(BASE)
        if path.startswith(("id/", "scheme/")) and "#" not in path:
            yield path
        elif path.startswith("ontology#"):
            yield path.replace("#", "/")


def faults(thing: Json) -> Iterator[str]:
    """What schema.org does not know, has given up, or does not expect there."""
    kind = thing["@type"]
    if not RELEASE.has(kind, "type"):
        yield f"there is no type {kind}"
        return
    allowed = RELEASE.properties_of(kind)
    for name, values in thing.items():
        if name.startswith("@"):
            continue
        if name not in allowed:
            yield f"{kind} has no {name}"
        elif RELEASE.superseded_by(name):
            yield f"{name} is superseded"
        for value in values if isinstance(values, list) else [values]:
            yield from value_faults(name, value)


def value_faults(name: str, value: Any) -> Iterator[str]:
    expected = RELEASE.expected_types(name) if name in RELEASE else frozenset()
    if isinstance(value, dict):
        yield from faults(value)
        if not RELEASE.accepts(name, [value["@type"]]):
            yield f"{name} expects no {value['@type']}"
    elif isinstance(value, bool):
        yield from () if "Boolean" in expected else (f"{name} expects no truth value",)
    elif not RELEASE.accepts_text(name):
        yield f"{name} expects a thing, not {value!r}"
    elif expected <= DATES and not DATE.fullmatch(value):
        yield f"{name} expects a date, not {value!r}"
    elif expected == {"URL"} and not value.startswith(("http://", "https://")):
        yield f"{name} expects an address, not {value!r}"


def engine_faults(thing: Json) -> Iterator[str]:
    """What Google's documentation of a type requires and the description has not, in it and below it."""
    yield from (f"{thing['@type']} lacks {name}" for name in REQUIRED.get(thing["@type"], ()) if not thing.get(name))
    if thing["@type"] == "Event":
        yield from ("location lacks an address" for place in thing.get("location", ()) if "address" not in place)
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", thing.get("startDate", "")):
            yield "startDate is no full day"
    for values in thing.values():
        for value in values if isinstance(values, list) else [values]:
            if isinstance(value, dict):
                yield from engine_faults(value)


REQUIRED: dict[str, tuple[str, ...]] = {
    "Event": ("name", "startDate", "location"),
    "NewsArticle": ("headline",),
    "Dataset": ("name", "description"),
}
"""Properties without which a thing of the type is not shown; https://developers.google.com/search/docs/appearance/
structured-data/ with event, article and dataset. Of an article it requires none: a headline is ours."""

RECOMMENDED_OF_ARTICLES = {"author", "datePublished", "headline"}
"""Those of Google's list that an article can truthfully have: it also names ``image`` and ``dateModified``, which no
article that we read tells."""


@pytest.fixture(scope="module", params=["example", "gold"])
def graph(request: pytest.FixtureRequest) -> ox.Store:
    found: ox.Store = request.getfixturevalue("store" if request.param == "example" else "gold_store")
    return found


def test_every_page_is_valid_schema_org(graph: ox.Store) -> None:
    paths = [*pages(graph)]
    assert {path.split("/")[-2] for path in paths} >= {"article", "event", "country", "crisis", "phase", "ontology"}
    for path in paths:
        assert [*faults(told(graph, path))] == [], path


def test_every_page_has_what_a_search_engine_requires(graph: ox.Store) -> None:
    for path in pages(graph):
        assert [*engine_faults(told(graph, path))] == [], path


def test_home_is_a_valid_dataset() -> None:
    home = structured_home(ROOT, "https://creativecommons.org/licenses/by/4.0/")
    assert [*faults(home), *engine_faults(home)] == []
    assert 50 <= len(str(home["description"])) <= 5000


@pytest.mark.parametrize(
    ("thing", "fault"),
    [
        ({"@type": "Givings"}, "there is no type Givings"),
        ({"@type": "Event", "headline": "x"}, "Event has no headline"),
        ({"@type": "Event", "attendees": {"@type": "Person"}}, "attendees is superseded"),
        ({"@type": "NewsArticle", "publisher": "TASS"}, "publisher expects a thing, not 'TASS'"),
        ({"@type": "NewsArticle", "publisher": {"@type": "Place"}}, "publisher expects no Place"),
        ({"@type": "NewsArticle", "datePublished": "yesterday"}, "datePublished expects a date, not 'yesterday'"),
        ({"@type": "Person", "sameAs": "Q1"}, "sameAs expects an address, not 'Q1'"),
        ({"@type": "Person", "name": True}, "name expects no truth value"),
        ({"@type": "WebPage", "about": [{"@type": "Thing", "startDate": "2020"}]}, "Thing has no startDate"),
    ],
)
def test_a_fault_is_found(thing: Json, fault: str) -> None:
    assert [*faults(thing)] == [fault]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("id/event/russia-to-italy-pledged-2020-03-21", {"@type": "WebPage", "temporalCoverage": "2020-03-21"}),
        ("id/article/000-0888dd242fe82e2b", {"@type": "NewsArticle", "datePublished": "2020-03-21"}),
        ("id/country/italy", {"@type": "Country", "sameAs": ["http://www.wikidata.org/entity/Q38"]}),
        ("id/person/vladimir-putin", {"@type": "Person", "name": "Vladimir Putin"}),
        ("id/crisis/covid-19-pandemic", {"@type": "Thing", "name": "COVID-19 pandemic"}),
        ("scheme/phase", {"@type": "DefinedTermSet", "name": "Phases of aid"}),
        ("scheme/phase/pledged", {"@type": "DefinedTerm", "name": "pledged"}),
        ("ontology/donor", {"@type": "DefinedTerm", "name": "donor"}),
        ("ontology", {"@type": "DefinedTermSet"}),
    ],
)
def test_a_page_tells_the_nearest_type(store: ox.Store, path: str, expected: Json) -> None:
    found = told(store, path)
    assert expected.items() <= found.items()
    address = f"{ROOT}page/{path.removeprefix('id/')}"
    assert found["@id"] == (address if found["@type"] == "WebPage" else BASE + path.replace("ontology/", "ontology#"))


def test_a_page_about_aid_names_the_event_who_takes_part_and_its_sources(store: ox.Store) -> None:
    found = told(store, "id/event/russia-to-italy-pledged-2020-03-21")
    assert found["mainEntity"]["@id"] == f"{BASE}id/event/russia-to-italy-pledged-2020-03-21"
    assert {(one["@type"], one["name"]) for one in found["about"]} >= {("Country", "Russia"), ("Country", "Italy")}
    assert [one["headline"][:14] for one in found["isBasedOn"]] == ["Putin assures "]


PREFIXES = f"""
@prefix schema: <http://schema.org/> . @prefix aid: <{BASE}ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
LOCATED = f"""{PREFIXES}
<{BASE}id/event/x> a aid:AidEvent, schema:Event ; schema:name "X"@en ; schema:location <{BASE}id/place/rome> ;
  aid:donor <{BASE}id/country/russia> ; schema:startDate "DATE"^^xsd:TYPE .
<{BASE}id/place/rome> schema:name "Rome" . <{BASE}id/country/italy> schema:name "Italy" .
"""
IN_ITALY = f"<{BASE}id/place/rome> <http://schema.org/containedInPlace> <{BASE}id/country/italy> ."


@pytest.mark.parametrize(
    ("day", "datatype", "more", "kind"),
    [
        ("2020-03-22", "date", IN_ITALY, "Event"),
        ("2020-03", "gYearMonth", IN_ITALY, "WebPage"),
        ("2020-03-22", "date", "", "WebPage"),
    ],
)
def test_an_event_is_one_with_a_day_and_a_place_with_an_address(day: str, datatype: str, more: str, kind: str) -> None:
    store = ox.Store()
    store.load(LOCATED.replace("DATE", day).replace("TYPE", datatype) + more, ox.RdfFormat.TURTLE)
    found = told(store, "id/event/x")
    assert found["@type"] == kind
    assert [*faults(found), *engine_faults(found)] == []
    if kind == "Event":
        assert found["location"][0]["address"] == {"@type": "PostalAddress", "addressCountry": "Italy"}


SIGNED = f"""{PREFIXES}
<{BASE}id/article/x> a schema:NewsArticle ; schema:headline "Aid comes"@en ;
  schema:datePublished "2020-03-21"^^xsd:date ;
  schema:url <https://news.example.org/1> ; schema:author <{BASE}id/person/ann>, <{BASE}id/organization/desk> .
<{BASE}id/person/ann> schema:name "Ann" . <{BASE}id/organization/desk> schema:name "The desk" .
"""


def test_an_article_has_what_a_search_engine_recommends() -> None:
    store = ox.Store()
    store.load(SIGNED, ox.RdfFormat.TURTLE)
    article = told(store, "id/article/x")
    assert article.keys() >= RECOMMENDED_OF_ARTICLES
    authors = {(author["@type"], author["name"], author["url"]) for author in article["author"]}
    assert authors == {
        ("Person", "Ann", f"{ROOT}page/person/ann"),
        ("Organization", "The desk", f"{ROOT}page/organization/desk"),
    }
    assert (article["url"], article["mainEntityOfPage"]) == ("https://news.example.org/1", f"{ROOT}page/article/x")
    assert [*faults(article), *engine_faults(article)] == []


def test_pages_embed_it(client: FlaskClient, store: ox.Store) -> None:
    for path in ("id/event/russia-to-italy-pledged-2020-03-21", "id/country/italy", "scheme/phase"):
        text = client.get(f"/page/{path.removeprefix('id/')}").text
        (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
        assert json.loads(script) == {"@context": "https://schema.org"} | told(store, path)

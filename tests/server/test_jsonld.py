"""JSON-LD: the same triples as the Turtle, in trees of a steady shape, and never a look at the network."""

from __future__ import annotations

import json
from typing import Any

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from pyld import jsonld
from rdflib import Graph
from rdflib.compare import isomorphic

from server.gather import triples_of
from server.jsonld import Form, context_text, dump_jsonld, load_frozen

BASE = "https://w3id.org/aidgraph/"
ARTICLE = "article/000-0888dd242fe82e2b"
EVENT = "event/russia-to-italy-pledged-2020-03-21"
RESOURCES = [EVENT, ARTICLE, "country/italy", "person/vladimir-putin", "crisis/covid-19-pandemic", "ontology",
             "scheme/phase", "scheme/phase/pledged"]  # fmt: skip


def view(client: FlaskClient, resource: str) -> dict[str, Any]:
    response = client.get(f"/data/{resource}.jsonld")
    assert (response.status_code, response.content_type) == (200, "application/ld+json"), response.text
    document: dict[str, Any] = response.json
    return document


def with_context(document: dict[str, Any]) -> str:
    """The document as a client sees it that has fetched the context."""
    return json.dumps(document | json.loads(context_text()))


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib 7.6's own parser
@pytest.mark.parametrize("resource", RESOURCES)
def test_jsonld_holds_the_triples_of_the_turtle(client: FlaskClient, resource: str) -> None:
    turtle = Graph().parse(data=client.get(f"/data/{resource}.ttl").data, format="turtle")
    linked = Graph().parse(data=with_context(view(client, resource)), format="json-ld")
    assert isomorphic(turtle, linked), sorted(set(turtle) ^ set(linked))


def test_jsonld_names_the_context_on_the_host_that_served_it(client: FlaskClient) -> None:
    assert view(client, EVENT)["@context"] == "http://localhost/context.jsonld"
    response = client.get("/context.jsonld")
    assert response.content_type == "application/ld+json"
    assert "AidEvent" in response.json["@context"]


def test_jsonld_of_an_event_is_a_tree_with_its_evidence(client: FlaskClient) -> None:
    event = view(client, EVENT)
    assert [donor["name"] for donor in event["donor"]] == ["Russia"]
    assert event["startDate"] == "2020-03-21"
    assert event["phase"]["id"] == "scheme:phase/pledged"
    spans = [span for report in event["toldBy"] for span in report["evidence"]]
    assert sorted((span["start"], span["end"]) for span in spans) == [(424, 529), (1362, 1481)]
    assert "included" not in event


def test_jsonld_of_an_article_is_a_tree_of_reports_figures_and_quotations(client: FlaskClient) -> None:
    article = view(client, ARTICLE)
    assert article["id"] == f"{BASE}id/{ARTICLE}"
    assert [len(article[name]) for name in ("hasReport", "hasQuotation")] == [1, 1]
    assert sorted(figure["value"] for figure in article["hasFigure"] if "value" in figure) == [4871, 6000]


def test_jsonld_keeps_the_type_of_a_date_that_is_no_full_day() -> None:
    subject = ox.NamedNode(f"{BASE}id/article/a")
    year = ox.Literal("2020", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#gYear"))
    triple = ox.Triple(subject, ox.NamedNode("http://schema.org/datePublished"), year)
    document = json.loads(dump_jsonld([triple], subject.value, "http://x/", Form(own_frame="article")))
    assert document["yearPublished"] == "2020"


def test_jsonld_keeps_what_the_frame_does_not_reach(store: ox.Store) -> None:
    node = ox.NamedNode(f"{BASE}id/country/italy")
    stray = ox.Triple(ox.NamedNode("http://example.org/x"), ox.NamedNode("http://schema.org/name"), ox.Literal("X"))
    triples = [*triples_of(store, "country/italy", node), stray]
    document = json.loads(dump_jsonld(triples, node.value, "c", Form(own_frame="party")))
    assert document["included"] == [{"id": "http://example.org/x", "name": "X"}]


@pytest.mark.parametrize("lexical", ["042", "9" * 30, "+1"])
def test_jsonld_leaves_integers_alone_that_json_would_change(lexical: str) -> None:
    integer = ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")
    triple = ox.Triple(
        ox.NamedNode("http://x/a"), ox.NamedNode("http://schema.org/value"), ox.Literal(lexical, datatype=integer)
    )
    document = json.loads(dump_jsonld([triple], "http://x/a", "c", Form(own_frame="party")))
    assert document["value"] == {"type": "xsd:integer", "@value": lexical}


@pytest.mark.parametrize("url", ["https://schema.org", "http://127.0.0.1:9/", "file:///etc/passwd"])
def test_load_frozen_refuses_everything_but_our_context(url: str) -> None:
    with pytest.raises(jsonld.JsonLdError):
        load_frozen(url, {})
    with pytest.raises(jsonld.JsonLdError):
        jsonld.expand({"@context": url, "a": 1}, {"documentLoader": load_frozen})


PROFILE = "http://www.w3.org/ns/json-ld#"


def described(document: dict[str, Any] | list[Any]) -> set[str]:
    """The IRIs of all nodes in a document that say something of themselves."""
    expanded = jsonld.expand(document, {"documentLoader": load_frozen})
    return {node["@id"] for node in jsonld.flatten(expanded) if len(node) > 1}


@pytest.mark.parametrize("name", ["expanded", "compacted", "flattened", "framed"])
@pytest.mark.parametrize("resource", RESOURCES)
def test_every_profile_can_be_asked_for_in_both_ways(client: FlaskClient, resource: str, name: str) -> None:
    accept = f'application/ld+json;profile="{PROFILE}{name}"'
    place = f"/data/{resource}.jsonld"
    by_header, by_name = client.get(place, headers={"Accept": accept}), client.get(f"{place}?profile={name}")
    assert by_header.content_type == by_name.content_type == accept
    assert by_header.data == by_name.data
    local = f"/{resource}" if resource.startswith(("ontology", "scheme")) else f"/id/{resource}"
    assert client.get(local, headers={"Accept": accept}).headers["Location"] == f"{place}?profile={name}"


@pytest.mark.parametrize("resource", RESOURCES)
def test_profiles_have_their_shape_and_lose_nothing(client: FlaskClient, resource: str) -> None:
    texts = {
        name: client.get(f"/data/{resource}.jsonld?profile={name}").text
        for name in ("expanded", "compacted", "flattened", "framed")
    }
    forms = {
        name: json.loads(text.replace("http://localhost/context.jsonld", CONTEXT)) for name, text in texts.items()
    }
    assert isinstance(forms["expanded"], list) and "@context" not in forms["expanded"][0]
    assert described(forms["expanded"]) == described(forms["compacted"]) == described(forms["flattened"])
    ids = [node["id"] for node in forms["flattened"]["@graph"]]
    assert len(ids) == len(set(ids))
    assert "@graph" not in forms["framed"] and described(forms["framed"]) <= described(forms["expanded"])


CONTEXT = "https://w3id.org/aidgraph/context.jsonld"


@pytest.mark.parametrize("asked", ["http://example.org/mine", "", "nonsense", f"{PROFILE}context"])
def test_an_unknown_profile_is_ignored(client: FlaskClient, asked: str) -> None:
    headers = {"Accept": f'application/ld+json;profile="{asked}"'}
    response = client.get(f"/data/{EVENT}.jsonld", headers=headers)
    assert (response.content_type, response.data) == (
        "application/ld+json",
        client.get(f"/data/{EVENT}.jsonld").data,
    )


def test_a_framed_view_names_its_frame_and_follows_it(client: FlaskClient) -> None:
    response = client.get(f"/data/{EVENT}.jsonld?profile=framed")
    links = response.headers.getlist("Link")
    assert f'</frames/event.jsonld>; rel="{PROFILE}frame"; type="application/ld+json"' in links
    frame = client.get("/frames/event.jsonld")
    assert frame.content_type == f'application/ld+json;profile="{PROFILE}frame"'
    expanded = client.get(f"/data/{EVENT}.jsonld?profile=expanded").json
    options = {"documentLoader": load_frozen, "omitGraph": True, "omitDefault": True, "embed": "@always"}
    made = jsonld.frame(expanded, frame.json | {"@id": response.json["id"]}, options)
    assert made["toldBy"] == response.json["toldBy"]
    assert client.get("/frames/none.jsonld").status_code == 404

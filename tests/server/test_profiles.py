"""Which JSON-LD document is meant: by address, by Accept and by Link."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from server.problems import BadRequest
from server.profiles import Wanted, wanted_form

NAMESPACE = "http://www.w3.org/ns/json-ld#"
HERE = "http://localhost/data/event/x.jsonld"
ARTICLE = "article/000-0888dd242fe82e2b"
EVENT = "event/russia-to-italy-pledged-2020-03-21"
EVENT_FRAME = "https://w3id.org/aidgraph/frames/event.jsonld"


def accept(*profiles: str) -> str:
    return f'application/ld+json;profile="{" ".join(profiles)}"'


def link(target: str, relation: str) -> str:
    return f'<{target}>; rel="{NAMESPACE}{relation}"'


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", Wanted()),
        (accept(f"{NAMESPACE}expanded"), Wanted("expanded")),
        # As the examples of JSON-LD 1.1, IANA Considerations, have it: without quotes; both flattened and compacted
        (f"application/ld+json;profile={NAMESPACE}compacted", Wanted("compacted")),
        (accept(f"{NAMESPACE}flattened", f"{NAMESPACE}compacted"), Wanted("flattened")),
        (accept(f"{NAMESPACE}compacted", f"{NAMESPACE}flattened"), Wanted("flattened")),
        (accept(f"{NAMESPACE}framed", EVENT_FRAME), Wanted("framed", "event")),
        (accept(f"{NAMESPACE}framed", "http://localhost/frames/party.jsonld"), Wanted("framed", "party")),
        (accept(EVENT_FRAME), Wanted("framed", "event")),
        (accept(f"{NAMESPACE}expanded", EVENT_FRAME), Wanted("expanded")),
        (accept(f"{NAMESPACE}compacted", "http://localhost/context/1.0.jsonld"), Wanted("compacted", context="1.0")),
        (accept("http://localhost/context.jsonld"), Wanted(context="1.1")),
        (accept("http://example.org/frames/event.jsonld"), Wanted()),
        (f"{accept(f'{NAMESPACE}expanded')};q=0, {accept(f'{NAMESPACE}framed')};q=0.5", Wanted("framed")),
    ],
)
def test_accept_names_form_frame_and_context(header: str, expected: Wanted) -> None:
    assert wanted_form({}, header, None, HERE) == expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (link(EVENT_FRAME, "frame"), Wanted("framed", "event")),
        (link("/frames/article.jsonld", "frame"), Wanted("framed", "article")),
        (link("../../context/1.0.jsonld", "context"), Wanted(context="1.0")),
        (f"{link('/context/1.0.jsonld', 'context')}, {link(EVENT_FRAME, 'frame')}", Wanted("framed", "event", "1.0")),
        ('<http://example.org/a,b>; title="x, y"; rel=help', Wanted()),
        (f"</frames/event.jsonld>; rel='other {NAMESPACE}framed'", Wanted()),
        (f'</frames/event.jsonld>; rel="other {NAMESPACE}frame"; type="text/html"', Wanted("framed", "event")),
        ("nonsense", Wanted()),
    ],
)
def test_link_names_frame_and_context(header: str, expected: Wanted) -> None:
    assert wanted_form({}, None, header, HERE) == expected


def test_the_address_goes_before_the_headers() -> None:
    headers = (accept(f"{NAMESPACE}expanded"), link("/context/1.0.jsonld", "context"))
    asked = {"profile": "framed", "frame": "observation", "context": "1.1"}
    assert wanted_form(asked, *headers, HERE) == Wanted("framed", "observation", "1.1")
    assert wanted_form({"profile": "nonsense"}, *headers, HERE) == Wanted(None, None, "1.0")


@pytest.mark.parametrize(
    ("parameters", "header"),
    [
        ({"frame": "none"}, None),
        ({"context": "0.9"}, None),
        ({}, link("http://example.org/frames/event.jsonld", "frame")),
        ({}, link("/frames/none.jsonld", "frame")),
        ({}, link("/frames/event.jsonld", "context")),
        ({}, link("javascript:alert(1)", "context")),
    ],
)
def test_a_frame_or_context_that_is_not_ours_is_refused(parameters: dict[str, str], header: str | None) -> None:
    with pytest.raises(BadRequest):
        wanted_form(parameters, None, header, HERE)


@pytest.mark.parametrize(
    ("wanted", "query"),
    [(Wanted(), ""), (Wanted("framed", "observation", "1.0"), "?profile=framed&frame=observation&context=1.0")],
)
def test_what_is_wanted_can_be_an_address(wanted: Wanted, query: str) -> None:
    assert wanted.query() == query


def test_an_iri_leads_to_the_document_that_the_headers_ask_for(client: FlaskClient) -> None:
    headers = {"Accept": accept(f"{NAMESPACE}framed"), "Link": link("/frames/observation.jsonld", "frame")}
    response = client.get(f"/id/{ARTICLE}", headers=headers)
    assert response.headers["Location"] == f"/data/{ARTICLE}.jsonld?profile=framed&frame=observation"
    assert {"Accept", "Link"} <= set(response.vary)
    by_link = client.get(f"/data/{ARTICLE}.jsonld", headers=headers)
    assert by_link.data == client.get(response.headers["Location"]).data
    assert by_link.headers["ETag"] == client.get(response.headers["Location"]).headers["ETag"]


def test_a_frame_of_another_kind_lists_the_things_of_its_types(client: FlaskClient) -> None:
    response = client.get(f"/data/{ARTICLE}.jsonld?frame=observation")
    assert response.content_type == f'application/ld+json;profile="{NAMESPACE}framed"'
    assert sorted(node["value"] for node in response.json["@graph"]) == [4871, 6000]
    assert response.json["@graph"][0]["evidence"][0]["exact"].startswith("42,681 people infected")
    assert client.get("/data/country/italy.jsonld?frame=observation").json["@graph"] == []


def test_a_document_names_the_version_of_the_context_that_was_asked_for(client: FlaskClient) -> None:
    documents = {version: client.get(f"/data/{EVENT}.jsonld?context={version}").json for version in ("1.0", "1.1")}
    assert documents["1.0"]["@context"] == "http://localhost/context/1.0.jsonld"
    assert documents["1.0"]["name"]["@language"] == "en"
    assert documents["1.1"]["nameMap"] == {"en": documents["1.0"]["name"]["@value"]}


@pytest.mark.parametrize(
    ("resource", "query", "expected"),
    [
        (EVENT, "", {"alternate": 4, "describedby": 1, f"{NAMESPACE}frame": 1}),
        (EVENT, "?profile=framed", {"alternate": 4, "describedby": 1, f"{NAMESPACE}frame": 1, "profile": 1}),
        (EVENT, "?profile=expanded", {"alternate": 4, "profile": 1}),
        ("scheme/phase", "", {"alternate": 4}),
    ],
)
def test_answers_link_to_what_belongs_to_them(
    client: FlaskClient, resource: str, query: str, expected: dict[str, int]
) -> None:
    links = client.get(f"/data/{resource}.jsonld{query}").headers.getlist("Link")
    relations = [one.partition('rel="')[2].partition('"')[0] for one in links]
    assert {relation: relations.count(relation) for relation in relations} == expected
    for target in (one[1:].partition(">")[0] for one in links if one.startswith("</")):
        assert client.get(target, headers={"Accept": "*/*"}).status_code == 200, target


def test_scripts_of_other_sites_may_send_a_link(client: FlaskClient) -> None:
    assert "Link" in client.options("/data/country/italy.jsonld").headers["Access-Control-Allow-Headers"].split(", ")

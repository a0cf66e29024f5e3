"""The service over HTTP: manifest, forms, suggestions, previews in frames, other sites, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as some

from kg.settings import Settings
from server.app import create_app

Valid = Callable[[str, Any], Any]
HOSTILE = '"\'<script>alert(1)</script>\u202e& -"x'
JSON_VALUES = some.recursive(
    some.none() | some.booleans() | some.floats(allow_nan=False) | some.text(max_size=12),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def get(client: FlaskClient, path: str, **parameters: str) -> Any:
    answer = client.get(f"{path}?{urlencode(parameters)}")
    assert answer.status_code == 200, answer.text
    assert answer.content_type == "application/json"
    return answer.json


def test_manifest_tells_spaces_services_and_limits(rows_client: FlaskClient, valid: Valid) -> None:
    manifest = valid("manifest", get(rows_client, "/reconcile"))
    assert manifest["identifierSpace"] == "https://w3id.org/aidgraph/id/"
    assert manifest["defaultTypes"][0]["name"] == "Country"
    assert manifest["batchSize"] == 50
    for address in (manifest["logo"], manifest["view"]["url"].replace("{{id}}", "country%2Fzantavia")):
        assert rows_client.get(address.removeprefix("http://localhost")).status_code in (200, 303)


def test_batch_is_answered_by_get_and_by_post_and_each_query_by_itself(rows_client: FlaskClient, valid: Valid) -> None:
    batch = {"a": {"query": "Zantavia"}, "": {"query": "Nobody knows"}, "ü": {"query": "Merristan Courier", "limit": 1}}
    got = rows_client.get(f"/reconcile?{urlencode({'queries': json.dumps(batch)})}")
    posted = rows_client.post("/reconcile", data={"queries": json.dumps(batch)})
    assert valid("results", got.json) == posted.json
    assert list(got.json) == list(batch)
    assert (got.json["a"]["result"][0]["id"], got.json[""]["result"]) == ("country/zantavia", [])
    assert (len(got.json["ü"]["result"]), got.json["ü"]["result"][0]["id"]) == (1, "organization/courier")


@pytest.mark.parametrize(
    ("question", "status", "word"),
    [
        ({"queries": "{"}, 400, "cannot be read"),
        ({"queries": '{"q": {"query": "x", "type": "nope"}}'}, 400, "There is no type"),
        ({"queries": '{"q": {"query": "x", "properties": [{"pid": "nope", "v": "x"}]}}'}, 400, "There is no property"),
        ({"queries": json.dumps({str(n): {"query": "x"} for n in range(51)})}, 413, "51 queries"),
        ({"queries": "{}", "extend": "{}"}, 400, "one of them"),
        ({"extend": "[]"}, 400, "extend cannot be read"),
        ({"queries": "{}", "callback": "alert"}, 400, "JSONP"),
        ({"query": "Italy"}, 400, "form with queries or extend"),
        ({}, 400, "form with queries or extend"),
    ],
)
def test_question_that_is_none_is_refused(
    question: dict[str, str], status: int, word: str, rows_client: FlaskClient
) -> None:
    answer = rows_client.post("/reconcile", data=question)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert word in answer.json["detail"]


@given(JSON_VALUES)
@settings(max_examples=150, deadline=None)
def test_no_json_is_a_fault_of_the_server(rows_client: FlaskClient, value: Any) -> None:
    conditions = [{"pid": "country", "v": value}]
    wanted = [{"id": "gave", "settings": value}]
    questions = [
        *(("queries", value), ("queries", {"q": value}), ("extend", value)),
        ("queries", {"q": {"query": "Zant", "properties": conditions}}),
        ("extend", {"ids": ["country/zantavia"], "properties": wanted}),
    ]
    for name, text in questions:
        assert rows_client.post("/reconcile", data={name: json.dumps(text)}).status_code in (200, 400, 413)


@given(some.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_no_text_is_a_fault_of_the_server(rows_client: FlaskClient, text: str) -> None:
    batch = {"q": {"query": text}, "p": {"properties": [{"pid": "wikidata", "v": text}, {"pid": "sameAs", "v": text}]},
             "d": {"properties": [{"pid": "donor", "v": text}, {"pid": "date", "v": text}]}}  # fmt: skip
    if text:
        assert rows_client.post("/reconcile", data={"queries": json.dumps(batch)}).status_code == 200
    for path in ("suggest/entity?prefix=", "suggest/type?prefix=", "preview?id=", "view?id=", "flyout/entity?id="):
        assert rows_client.get(f"/reconcile/{path}{quote(text)}").status_code in (200, 303, 404)


def test_things_are_suggested_while_one_types(rows_client: FlaskClient, valid: Valid) -> None:
    found = valid("suggestedEntities", get(rows_client, "/reconcile/suggest/entity", prefix="zanta"))["result"]
    assert found[0]["id"] == "country/zantavia"
    assert found[0]["notable"] == [{"id": "http://schema.org/Country", "name": "Country"}]
    rest = get(rows_client, "/reconcile/suggest/entity", prefix="zanta", cursor="1")["result"]
    assert rest == found[1:]


@pytest.mark.parametrize(
    ("question", "first"),
    [({"prefix": "Zantvia"}, "country/zantavia"), ({"prefix": "country/zantavia"}, "country/zantavia"),
     ({"prefix": "merristan", "type": "http://schema.org/Organization"}, "organization/courier"),
     ({"prefix": "Q900003"}, "country/merristan")],
)  # fmt: skip
def test_suggestion_for_a_slip_an_identifier_and_a_type(
    question: dict[str, str], first: str, rows_client: FlaskClient
) -> None:
    assert get(rows_client, "/reconcile/suggest/entity", **question)["result"][0]["id"] == first


def test_types_and_properties_are_suggested_and_proposed(rows_client: FlaskClient, valid: Valid) -> None:
    types = valid("suggestedTypes", get(rows_client, "/reconcile/suggest/type", prefix="organ"))["result"]
    assert [one["id"] for one in types] == ["http://schema.org/Organization"]
    found = valid("suggestedProperties", get(rows_client, "/reconcile/suggest/property", prefix="recip"))["result"]
    assert [one["id"] for one in found] == ["recipient"]
    kind = "http://schema.org/Place"
    proposed = valid("proposal", get(rows_client, "/reconcile/properties", type=kind, limit="4"))
    assert (proposed["type"], proposed["limit"], len(proposed["properties"])) == (kind, 4, 4)
    every = {one["id"] for one in get(rows_client, "/reconcile/properties", type=kind)["properties"]}
    assert "country" in every
    assert "donor" not in every


@pytest.mark.parametrize(
    ("path", "status"),
    [
        *(("suggest/graph?prefix=a", 404), ("suggest/entity?cursor=-1", 400), ("suggest/entity?cursor=%C2%B2", 400)),
        *(("suggest/entity?type=nope", 400), ("properties?type=nope", 400), ("preview?id=country/nowhere", 404)),
        *(("view", 404), ("flyout/graph?id=a", 404), ("flyout/type?id=nope", 400), ("flyout/entity?id=a%00b", 404)),
    ],
)
def test_what_there_is_not_is_refused(path: str, status: int, rows_client: FlaskClient) -> None:
    assert rows_client.get(f"/reconcile/{path}").status_code == status


def test_preview_may_be_shown_in_a_frame_of_any_site_and_nothing_else_may(rows_client: FlaskClient) -> None:
    answer = rows_client.get("/reconcile/preview?id=country%2Fzantavia")
    assert answer.mimetype == "text/html"
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer.headers
    for path in ("/reconcile", "/", "/reconcile/preview?id=nobody", "/page/country/zantavia"):
        other = rows_client.get(path)
        assert other.headers["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in other.headers["Content-Security-Policy"]


def test_preview_tells_what_is_known_and_leads_to_the_page(rows_client: FlaskClient) -> None:
    text = rows_client.get("/reconcile/preview?id=country%2Fzantavia").text
    assert '<a href="/page/country/zantavia" target="_blank" rel="noopener"><bdi>Zantavia</bdi></a>' in text
    assert "<dt>Wikidata</dt><dd><bdi>Q900001</bdi></dd>" in text
    assert "<script" not in text


def test_names_from_the_data_are_text_in_previews_and_flyouts(rows_client: FlaskClient, valid: Valid) -> None:
    text = rows_client.get("/reconcile/preview?id=http%3A%2F%2Fexample.org%2Floaded").text
    html = valid("flyout", get(rows_client, "/reconcile/flyout/entity", id="http://example.org/loaded"))["html"]
    for shown in (text, html):
        assert "&lt;b&gt;Loaded&lt;/b&gt; &amp; Sons" in shown
        assert "<b>" not in shown


def test_view_leads_to_the_page_here_or_to_the_address_of_what_is_not_ours(rows_client: FlaskClient) -> None:
    ours = rows_client.get("/reconcile/view?id=country%2Fzantavia")
    assert (ours.status_code, ours.headers["Location"]) == (303, "/page/country/zantavia")
    other = rows_client.get("/reconcile/view?id=http%3A%2F%2Fexample.org%2Floaded")
    assert other.headers["Location"] == "http://example.org/loaded"
    assert rows_client.get("/reconcile/view?id=http%3A%2F%2Fevil.example%2F").status_code == 404


def test_scripts_of_any_site_may_ask_and_read(rows_client: FlaskClient) -> None:
    for answer in (rows_client.get("/reconcile"), rows_client.post("/reconcile", data={"queries": "{}"})):
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in rows_client.options("/reconcile").headers["Access-Control-Allow-Methods"]


def test_unchanged_manifest_is_not_sent_twice(rows_client: FlaskClient) -> None:
    tag = rows_client.get("/reconcile").headers["ETag"]
    assert rows_client.get("/reconcile", headers={"If-None-Match": tag}).status_code == 304


def test_batch_that_takes_too_long_is_ended_and_says_so(rows_data: Path) -> None:
    client = create_app(Settings(data=rows_data, query_timeout=1e-9)).test_client()
    for name, text in (("queries", '{"q": {"query": "Zantavia"}}'),
                       ("extend", '{"ids": ["country/zantavia"], "properties": [{"id": "gave"}]}')):  # fmt: skip
        answer = client.post("/reconcile", data={name: text})
        assert (answer.status_code, "not answered within" in answer.text) == (504, True)

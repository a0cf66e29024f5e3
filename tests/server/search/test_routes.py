"""The search page, its JSON, suggestions and the description for browsers, as they are answered."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as some

HOSTILE = '"\'<script>alert(1)</script>\u202e& -"x'


def page(client: FlaskClient, **parameters: str) -> str:
    answer = client.get(f"/search?{urlencode(parameters)}")
    assert answer.status_code == 200, answer.text
    return answer.text


def data(client: FlaskClient, **parameters: str) -> dict[str, Any]:
    answer = client.get(f"/search.json?{urlencode(parameters)}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = json.loads(answer.data)
    return found


def suggested(client: FlaskClient, typed: str) -> list[dict[str, Any]]:
    answer = client.get(f"/search/suggest?{urlencode({'q': typed})}")
    assert answer.status_code == 200
    found: list[dict[str, Any]] = json.loads(answer.data)["suggestions"]
    return found


def test_page_shows_results_by_kind_with_what_was_found_marked(words_client: FlaskClient) -> None:
    text = page(words_client, q="masks")
    assert '<a href="/page/event/masks"><bdi>Zantavia sends <mark>masks</mark> to Merristan</bdi></a>' in text
    assert "/page/article/flood#char-1-9" in text
    assert "Merristan Courier" in text
    assert '<time datetime="2020-04-02">2 April 2020</time>' in text
    for kind, count in (("event", 1), ("item", 1), ("evidence", 1)):
        assert f'href="/search?q=masks&amp;kind={kind}"' in text, kind
        assert data(words_client, q="masks")["counts"][kind] == count


def test_words_from_the_data_are_text(words_client: FlaskClient) -> None:
    text = page(words_client, q="ventilator") + page(words_client, q="elsewhere")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; <mark>ventilator</mark>" in text
    assert "Flood in &lt;b&gt;Merristan&lt;/b&gt; &amp; <mark>elsewhere</mark>" in text
    assert "<script>alert" not in text
    assert "<b>" not in text


def test_words_that_were_typed_are_text(words_client: FlaskClient) -> None:
    assert "<script>alert" not in page(words_client, q=HOSTILE)
    assert 'value="&#34;&#39;&lt;script&gt;' in page(words_client, q=HOSTILE)


def test_wrong_spelling_is_put_right_and_can_be_searched_for(words_client: FlaskClient) -> None:
    text = page(words_client, q="zantivia")
    assert "Showing results for <strong><bdi>zantavia</bdi></strong>" in text
    assert 'Search instead for <a href="/search?q=zantivia&amp;exact=1"><bdi>zantivia</bdi></a>' in text
    exact = page(words_client, q="zantivia", exact="1")
    assert "Nothing was found" in exact
    assert 'Did you mean <a href="/search?q=zantavia"><bdi>zantavia</bdi></a>?' in exact


def test_some_of_the_words_are_found_with_a_note(words_client: FlaskClient) -> None:
    assert "Nothing has all of these words" in page(words_client, q="tents thursday")


def test_one_kind_is_shown_page_by_page(words_client: FlaskClient) -> None:
    first, second = (page(words_client, q="tents", kind="event", page=number) for number in ("1", "2"))
    assert first.count('<li class="search-hit">') == 20
    assert second.count('<li class="search-hit">') == 10
    assert 'rel="next" href="?q=tents&amp;kind=event&amp;page=2"' in first
    assert "1–20 of 30" in first


def test_kind_without_results_leads_to_the_others(words_client: FlaskClient) -> None:
    assert "None of this kind" in page(words_client, q="tents", kind="person")


@pytest.mark.parametrize("parameters", [{}, {"q": ""}, {"q": " "}, {"q": "!?"}, {"q": "xyzzyxyzzy"}, {"q": "😷"}])
def test_empty_search_helps(words_client: FlaskClient, parameters: dict[str, str]) -> None:
    text = page(words_client, **parameters)
    assert "How to search" in text
    assert '<a href="/page/country/zantavia"><bdi>Zantavia</bdi></a>' in text


@pytest.mark.parametrize(
    ("parameters", "status"),
    [({"kind": "planet"}, 400), ({"page": "0"}, 400), ({"kind": "event", "page": "9"}, 404), ({"page": "2"}, 404)],
)
def test_bad_parameters_are_refused(words_client: FlaskClient, parameters: dict[str, str], status: int) -> None:
    assert words_client.get(f"/search?{urlencode({'q': 'tents', **parameters})}").status_code == status


def test_long_question_is_cut_and_says_so(words_client: FlaskClient) -> None:
    assert "only its beginning" in page(words_client, q="masks " * 100)


def test_results_as_data(words_client: FlaskClient) -> None:
    found = data(words_client, q="zantivia tents", kind="event")
    assert found["shown"] == "zantavia tents"
    assert (found["total"], found["match"], len(found["hits"])) == (30, "all", 20)
    assert found["hits"][0] == {
        "kind": "event", "iri": "https://w3id.org/aidgraph/id/event/tents-30", "href": "/page/event/tents-30",
        "label": "Zantavia delivers tents number 30", "snippet": "", "date": "2021-06-30", "publishers": [],
    }  # fmt: skip
    following = json.loads(words_client.get(found["next"]).data)
    assert [hit["date"] for hit in following["hits"]][-1] == "2021-06-01"
    assert following["next"] is None


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [("text/html,*/*;q=0.8", "text/html"), ("application/json", "application/json"), ("*/*", "text/html")],
)
def test_form_of_the_answer_is_negotiated(words_client: FlaskClient, accept: str, media_type: str) -> None:
    answer = words_client.get("/search?q=masks", headers={"Accept": accept})
    assert answer.mimetype == media_type
    assert "Accept" in answer.vary
    again = words_client.get("/search?q=masks", headers={"Accept": accept, "If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_form_that_there_is_not_is_refused(words_client: FlaskClient) -> None:
    assert words_client.get("/search?q=masks", headers={"Accept": "text/turtle"}).status_code == 406


def test_page_is_kept_out_of_search_engines(words_client: FlaskClient) -> None:
    assert '<meta name="robots" content="noindex">' in page(words_client, q="masks")


@pytest.mark.parametrize(
    ("typed", "label", "snippet"),
    [
        ("za", "Zantavia", ""), ("zantivi", "Zantavia", ""), ("ztv", "Zantavia", "ZTV"), ("quor", "Ada Quorriuk", ""),
        ("flood in merr", "Flood in <b>Merristan</b> & elsewhere", "2020-04-03"),
        ("sends masks", "Zantavia sends masks to Merristan", "2020-04-02"),
    ],
)  # fmt: skip
def test_suggestion_is_what_is_being_typed(words_client: FlaskClient, typed: str, label: str, snippet: str) -> None:
    first = suggested(words_client, typed)[0]
    assert (first["label"], first["snippet"]) == (label, snippet)
    assert first["href"].startswith("/page/")
    assert first["iri"].endswith(first["href"].removeprefix("/page/"))


def test_suggestions_are_few_and_of_several_kinds(words_client: FlaskClient) -> None:
    found = suggested(words_client, "zantavia")
    assert len(found) == 10
    assert [one["kind"] for one in found[:2]] == ["country", "organization"]
    assert {one["kind"] for one in found} == {"country", "organization", "event"}


@pytest.mark.parametrize("typed", ["", " ", "😷", "xyzzyxyzzy", '"', "-masks"])
def test_nothing_is_suggested_for_nothing(words_client: FlaskClient, typed: str) -> None:
    assert suggested(words_client, typed) == []


def test_suggestions_may_be_kept_shortly(words_client: FlaskClient) -> None:
    assert words_client.get("/search/suggest?q=za").headers["Cache-Control"] == "public, max-age=10"


def test_browser_is_told_how_to_search(words_client: FlaskClient) -> None:
    answer = words_client.get("/opensearch.xml", base_url="https://data.example.org")
    assert answer.mimetype == "application/opensearchdescription+xml"
    root = ElementTree.fromstring(answer.data)
    urls = {url.attrib["type"]: url.attrib["template"] for url in root if url.tag.endswith("}Url")}
    assert urls["text/html"] == "https://data.example.org/search?q={searchTerms}"
    told = words_client.get(
        urls["application/x-suggestions+json"].partition("example.org")[2].replace("{searchTerms}", "za"),
        base_url="https://data.example.org",
    )
    assert told.mimetype == "application/x-suggestions+json"
    typed, labels, _, addresses = json.loads(told.data)
    assert (typed, labels[0], addresses[0]) == ("za", "Zantavia", "https://data.example.org/page/country/zantavia")
    assert 'rel="search"' in page(words_client)


@settings(max_examples=60, deadline=None)
@given(typed=some.text(max_size=250))
def test_nothing_that_is_typed_breaks_the_search(words_client: FlaskClient, typed: str) -> None:
    for path in ("/search", "/search.json", "/search/suggest"):
        assert words_client.get(f"{path}?{urlencode({'q': typed})}").status_code == 200

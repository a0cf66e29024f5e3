"""The query page over HTTP, as a browser without scripts gets it."""

from __future__ import annotations

from html import unescape
from urllib.parse import quote, urlencode

import pytest
from live import Answer, Live

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
PREFIXES = "PREFIX aid: <https://w3id.org/aidgraph/ontology#> PREFIX schema: <http://schema.org/> "
GIVINGS = (
    f"{PREFIXES} SELECT ?donor ?to ?day {{ ?e aid:donor ?donor ; aid:recipient ?to ; schema:startDate ?day }} LIMIT 50"
)
FAULTY = "SELECT * {\n ?a ?b '<script>alert(1)</script>' .\n ?c }"


def page(live: Live, query: str, **parameters: str) -> Answer:
    return live.query(query, BROWSER, **parameters)


@pytest.mark.parametrize(
    ("view", "words"),
    [("table", "<table>"), ("timeline", 'class="drawing timeline"'), ("graph", 'class="drawing graph"')],
)
def test_answer_is_shown_in_the_view_asked_for(live: Live, view: str, words: str) -> None:
    answer = page(live, GIVINGS, view=view)
    assert answer.status == 200, answer.text
    assert words in answer.text
    assert f'view={view}#answer" aria-current="page"' in unescape(answer.text)


def test_chart_is_offered_for_numbers(live: Live) -> None:
    query = (
        f"{PREFIXES} SELECT ?name (COUNT(*) AS ?n) {{ ?e aid:donor/schema:name ?name }} GROUP BY ?name ORDER BY ?name"
    )
    assert 'class="drawing bars"' in page(live, query, view="chart").text


def test_constructed_graph_is_offered_as_a_picture(live: Live) -> None:
    query = f"{PREFIXES} CONSTRUCT {{ ?e aid:donor ?donor }} WHERE {{ ?e aid:donor ?donor }}"
    assert "aid:donor" in page(live, query, view="table").text
    assert 'class="drawing graph"' in page(live, query, view="graph").text


def test_answer_to_a_form_is_the_same_page(live: Live) -> None:
    body = urlencode({"query": GIVINGS, "format": "html"}).encode()
    headers = {"Accept": BROWSER, "Content-Type": "application/x-www-form-urlencoded"}
    posted = live.ask("/sparql", "POST", headers=headers, body=body)
    assert (posted.status, posted.body) == (200, page(live, GIVINGS, format="html").body)


def test_dataset_is_kept_where_one_asks_again(live: Live) -> None:
    answer = page(live, "SELECT * { ?s ?p ?o } LIMIT 1", **{"default-graph-uri": "http://x/g?a&b"})
    assert '<input type="hidden" name="default-graph-uri" value="http://x/g?a&amp;b">' in answer.text
    assert "default-graph-uri=http%3A%2F%2Fx%2Fg%3Fa%26b&amp;format=csv" in answer.text


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_fault_brings_the_query_back_with_its_place(live: Live, method: str) -> None:
    headers = {"Accept": BROWSER, "Content-Type": "application/x-www-form-urlencoded"}
    body = urlencode({"query": FAULTY}).encode() if method == "POST" else None
    path = "/sparql" if method == "POST" else f"/sparql?query={quote(FAULTY)}"
    answer = live.ask(path, method, headers=headers, body=body)
    assert (answer.status, answer.headers["Cache-Control"]) == (400, "no-store")
    assert "<script>alert" not in answer.text
    assert f">\n{FAULTY}</textarea>" in unescape(answer.text)
    assert "<mark>   3   ?c }</mark>" in answer.text


def test_other_problems_bring_the_query_back_too(live: Live) -> None:
    answer = page(live, "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
    assert answer.status == 403
    assert "http://127.0.0.1:9/" in answer.text
    assert "</textarea>" in answer.text


def test_fault_stays_problem_details_for_programs(live: Live) -> None:
    assert live.query(FAULTY).type == "application/problem+json"


def test_broken_parameters_are_a_plain_error_page(live: Live) -> None:
    answer = live.ask("/sparql?query=%ff", headers={"Accept": BROWSER})
    assert (answer.status, answer.type) == (400, "text/html")
    assert "UTF-8" in answer.text


def test_names_from_the_data_are_text(live: Live) -> None:
    query = "SELECT ('<script>alert(1)</script>' AS ?x) (IRI('http://x/\"onmouseover=\"1') AS ?y) {}"
    answer = page(live, query)
    assert "<script>alert" not in answer.text
    assert 'onmouseover="1' not in answer.text


def test_page_without_a_query_has_an_example(live: Live) -> None:
    answer = live.ask("/sparql?example=11", headers={"Accept": BROWSER})
    assert "schema:spokenByCharacter" in answer.text
    assert "No answer" not in answer.text

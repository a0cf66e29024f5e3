"""Fragments over HTTP: the triples, the controls, what is there for browsers, and what is refused."""

from __future__ import annotations

from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kg.formats import GRAPH_FORMATS
from server.serialize import described

ROOT = "http://localhost/"
TYPE = described("rdf:type").value
COUNTRY = "http://schema.org/Country"


def ask(client: FlaskClient, form: str = "application/n-quads", **parameters: str) -> TestResponse:
    question = f"?{urlencode(parameters)}" if parameters else ""
    return client.get(f"/fragments{question}", headers={"Accept": form})


def quads(answer: TestResponse, form: str = "nq") -> list[ox.Quad]:
    assert answer.status_code == 200, answer.text
    return [*ox.parse(answer.data, format=GRAPH_FORMATS[form])]


def told(answer: TestResponse, subject: str, predicate: str) -> list[str]:
    """Values of a property in the metadata."""
    found = [
        quad.object
        for quad in quads(answer)
        if quad.subject == ox.NamedNode(subject)
        and quad.predicate == described(predicate)
        and quad.graph_name != ox.DefaultGraph()
    ]
    return [value.value for value in found if isinstance(value, ox.NamedNode | ox.Literal)]


def test_fragment_has_the_triples_of_its_pattern_in_the_default_graph(client: FlaskClient) -> None:
    found = quads(ask(client, predicate=TYPE, object=COUNTRY))
    triples = {quad.triple for quad in found if quad.graph_name == ox.DefaultGraph()}
    expected = {ox.Triple(ox.NamedNode(f"https://w3id.org/aidgraph/id/country/{name}"), ox.NamedNode(TYPE),
                          ox.NamedNode(COUNTRY)) for name in ("russia", "italy")}  # fmt: skip
    assert triples == expected


def test_controls_lead_to_every_other_fragment(client: FlaskClient) -> None:
    answer = ask(client)
    dataset = "https://w3id.org/aidgraph/.well-known/void#dataset"
    (search,) = told(answer, dataset, "hydra:search")
    assert told(answer, search, "hydra:template") == [f"{ROOT}fragments{{?subject,predicate,object}}"]
    mapped = {tuple(told(answer, mapping, name)[0] for name in ("hydra:variable", "hydra:property"))
              for mapping in told(answer, search, "hydra:mapping")}  # fmt: skip
    assert mapped == {(name, described(f"rdf:{name}").value) for name in ("subject", "predicate", "object")}
    assert not any("_:" in str(quad) for quad in quads(answer))


def test_metadata_is_about_the_address_that_was_asked_for(client: FlaskClient) -> None:
    question = (
        "predicate=http%3A%2F%2Fwww.w3.org%2F1999%2F02%2F22-rdf-syntax-ns%23type&object=http://schema.org/Country"
    )
    answer = client.get(f"/fragments?{question}", headers={"Accept": "application/n-quads"})
    page = f"{ROOT}fragments?{question}"
    assert told(answer, page, "void:triples") == told(answer, page, "hydra:totalItems") == ["2"]
    fragment = f"{ROOT}fragments?{urlencode({'predicate': TYPE, 'object': COUNTRY})}"
    assert told(answer, "https://w3id.org/aidgraph/.well-known/void#dataset", "void:subset") == [fragment]
    assert told(answer, fragment, "void:subset") == [page]
    assert told(answer, f"{page}#metadata", "foaf:primaryTopic") == [fragment]


def test_pages_are_linked_from_first_to_last(client: FlaskClient) -> None:
    seen, address = [], f"{ROOT}fragments"
    while address:
        answer = client.get(address, headers={"Accept": "application/n-quads"})
        seen.append(sum(quad.graph_name == ox.DefaultGraph() for quad in quads(answer)))
        total = int(told(answer, address, "void:triples")[0])
        following = told(answer, address, "hydra:next")
        assert bool(told(answer, address, "hydra:previous")) == (len(seen) > 1)
        address = following[0] if following else ""
    assert sum(seen) == total > 300
    assert set(seen[:-1]) == {100}


@pytest.mark.parametrize(
    ("form", "name"),
    [("application/trig", "trig"), ("application/n-quads", "nq"), ("text/turtle", "ttl"),
     ("application/n-triples", "nt"), ("application/ld+json", "jsonld")],
)  # fmt: skip
def test_forms_say_the_same(client: FlaskClient, form: str, name: str) -> None:
    answer = ask(client, form, subject="https://w3id.org/aidgraph/id/country/italy")
    assert answer.mimetype == form
    by_name = client.get(f"/fragments?subject=https://w3id.org/aidgraph/id/country/italy&format={name}")
    assert by_name.mimetype == form
    data = {quad.triple for quad in quads(answer, name)}
    assert data == {quad.triple for quad in quads(ask(client, subject="https://w3id.org/aidgraph/id/country/italy"))}


def test_form_that_was_named_stays_behind_the_links(client: FlaskClient) -> None:
    answer = client.get("/fragments?format=nq&page=2")
    (following,) = told(answer, f"{ROOT}fragments?format=nq&page=2", "hydra:next")
    assert client.get(following).mimetype == "application/n-quads"


def test_fragment_without_triples_is_a_page(client: FlaskClient) -> None:
    answer = ask(client, subject="http://example.org/nothing")
    assert told(answer, f"{ROOT}fragments?subject=http%3A%2F%2Fexample.org%2Fnothing", "void:triples") == ["0"]
    assert not [quad for quad in quads(answer) if quad.graph_name == ox.DefaultGraph()]


@pytest.mark.parametrize(
    ("question", "status", "word"),
    [
        ("page=2&subject=http://example.org/nothing", 404, "no page 2"),
        ("page=9999999", 404, "no page 9999999"),
        ("page=0", 400, "numbered from 1"),
        ("subject=Italy", 400, "no term"),
        ("object=%22a", 400, "no term"),
        ("subject=a:b&subject=a:c", 400, "2 times"),
        ("format=png", 406, "suits"),
        ("object=%22%ff%22", 200, ""),
        ("object=%22}%20UNION%20{%20%3Fs%20%3Fp%20%3Fo%20}%22", 200, ""),
        ("subject=%3Ca%3Ab%3E%20%3Fp%20%3Fo%20}%20%23", 400, "no term"),
    ],
)
def test_hostile_or_wrong_questions(client: FlaskClient, question: str, status: int, word: str) -> None:
    answer = client.get(f"/fragments?{question}", headers={"Accept": "application/n-quads, */*;q=0.1"})
    assert answer.status_code == status, answer.text
    if status == 200:
        assert all(quad.graph_name != ox.DefaultGraph() for quad in quads(answer)), "nothing has such a text"
    else:
        assert word in answer.text


def test_unchanged_fragment_is_not_sent_twice_and_any_site_may_read_it(client: FlaskClient) -> None:
    answer = ask(client, predicate=TYPE)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Accept" in answer.vary
    headers = {"Accept": "application/n-quads", "If-None-Match": answer.headers["ETag"]}
    address = f"/fragments?{urlencode({'predicate': TYPE})}"
    assert client.get(address, headers=headers).status_code == 304
    assert client.get(address, headers=headers | {"Accept": "text/turtle"}).status_code == 200


def test_browser_gets_a_page_with_names_and_a_form(client: FlaskClient) -> None:
    text = ask(client, "text/html,*/*;q=0.8", predicate="http://schema.org/name", object='"<Italy>').text
    assert "no term" in text
    text = ask(client, "text/html,*/*;q=0.8", subject="https://w3id.org/aidgraph/id/country/italy").text
    assert '<a href="/page/country/italy"><bdi>Italy</bdi></a>' in text
    assert 'value="https://w3id.org/aidgraph/id/country/italy"' in text
    assert "/fragments?subject=https%3A%2F%2Fw3id.org%2Faidgraph%2Fid%2Fcountry%2Fitaly&amp;format=trig" in text
    assert '<meta name="robots" content="noindex">' in text


def test_page_for_people_goes_on(client: FlaskClient) -> None:
    text = ask(client, "text/html", page="2").text
    assert '<a rel="prev" href="/fragments?page=1">' in text
    assert '<a rel="next" href="/fragments?page=3">' in text
    assert "101–200 of " in text

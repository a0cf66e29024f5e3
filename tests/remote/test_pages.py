"""Pages, data and answers are the same, whether the graph is in the embedded store or in one of another maker."""

from __future__ import annotations

import re
from importlib import resources

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from kg.remote.attaching import attached
from kg.settings import Settings
from kg.store import open_snapshot
from server.app import create_app

PLACES = (
    "/", "/articles", "/articles.csv", "/articles.jsonld", "/events", "/events.csv", "/events.ttl", "/entities.csv",
    "/page/ontology", "/map", "/map.csv", "/timeline", "/timeline.csv", "/search?q=aid", "/search.json?q=aid",
    "/search/suggest?q=it", "/feed.atom", "/sitemap.xml", "/sitemaps/1.xml", "/sparql/terms.json", "/robots.txt",
    "/context.jsonld", "/opensearch.xml", "/openapi.json", "/reconcile", "/reconcile/properties?type=https://w3id.org/aidgraph/ontology%23AidEvent",
    "/reconcile/suggest/entity?prefix=it", "/reconcile/preview?id=country/italy",
    "/reconcile?queries=%7B%22q%22%3A%7B%22query%22%3A%22Italy%22%7D%7D",
)  # fmt: skip
"""One of each kind of page that is about the whole graph; those about dumps tell of files, which are not in a store."""
FORMS = (("nq", ox.RdfFormat.N_QUADS), ("ttl", ox.RdfFormat.TURTLE), ("rdf", ox.RdfFormat.RDF_XML))
UNSORTED = re.compile(r"<(?:li|blockquote)>.*?</(?:li|blockquote)>", re.DOTALL)
QUESTIONS = sorted(path.name for path in resources.files("ontology").joinpath("questions").iterdir())


@pytest.fixture(scope="module")
def both(published: Settings) -> tuple[FlaskClient, FlaskClient]:
    """Clients of the site on the embedded store, and on the other one."""
    return create_app(Settings(data=published.data)).test_client(), create_app(attached(published)).test_client()


@pytest.fixture(scope="module")
def stores(published: Settings) -> tuple[ox.Store, ox.Store]:
    return open_snapshot(published.data).store, open_snapshot(attached(published).data).store


@pytest.fixture(scope="module")
def things(published: Settings) -> list[str]:
    """Paths of everything that has a page."""
    store = open_snapshot(published.data).store
    found = {quad.subject.value.partition("#")[0] for quad in store if isinstance(quad.subject, ox.NamedNode)}
    start = f"{published.base}id/"
    return sorted(iri.removeprefix(start) for iri in found if iri.startswith(start))


@pytest.mark.parametrize("place", PLACES)
def test_page_about_the_whole_is_the_same(place: str, both: tuple[FlaskClient, FlaskClient]) -> None:
    embedded, other = (client.get(place, headers={"Accept": "text/html, */*;q=0.5"}) for client in both)
    assert embedded.status_code == 200, embedded.text
    if place == "/":  # its examples are the first rows of queries, in the store's own order
        assert in_any_order(other.text)[0] == in_any_order(embedded.text)[0]
    else:
        assert told(other.text) == told(embedded.text)


def test_page_of_each_thing_is_the_same(things: list[str], both: tuple[FlaskClient, FlaskClient]) -> None:
    assert len(things) > 30
    for thing in things:
        embedded, other = (client.get(f"/page/{thing}") for client in both)
        assert embedded.status_code == 200, embedded.text
        assert other.status_code == 200, other.text
        assert in_any_order(other.text) == in_any_order(embedded.text), thing


@pytest.mark.parametrize(("ending", "form"), FORMS, ids=[ending for ending, _ in FORMS])
def test_data_of_each_thing_are_the_same(
    ending: str, form: ox.RdfFormat, things: list[str], both: tuple[FlaskClient, FlaskClient]
) -> None:
    for thing in things:
        embedded, other = (set(ox.parse(client.get(f"/data/{thing}.{ending}").data, form)) for client in both)
        assert embedded
        assert other == embedded, thing


def test_graph_of_an_article_is_the_same(
    things: list[str], both: tuple[FlaskClient, FlaskClient], published: Settings
) -> None:
    article = next(thing for thing in things if thing.startswith("article/"))
    place = f"/graphs?graph={published.base}id/{article}"
    embedded, other = (set(ox.parse(client.get(place).data, ox.RdfFormat.TURTLE)) for client in both)
    assert embedded
    assert other == embedded


@pytest.mark.parametrize("name", QUESTIONS)
def test_competency_question_has_the_same_answer(name: str, stores: tuple[ox.Store, ox.Store]) -> None:
    question = resources.files("ontology").joinpath("questions", name).read_text(encoding="utf-8")
    embedded, other = (rows(store, question) for store in stores)
    assert sorted(other) == sorted(embedded)


def test_store_holds_the_same_quads(stores: tuple[ox.Store, ox.Store], published: Settings) -> None:
    embedded, other = map(set, stores)
    own = {quad for quad in other if not is_of_the_store_itself(quad, published)}
    assert own == embedded


def test_answer_with_more_rows_than_the_store_gives_is_whole(stores: tuple[ox.Store, ox.Store]) -> None:
    embedded, other = (rows(store, "SELECT ?s ?p ?o { ?s ?p ?o }") for store in stores)
    assert len(embedded) > 1000
    assert sorted(other) == sorted(embedded)


def rows(store: ox.Store, query: str) -> list[tuple[str, ...]]:
    """As a user's query is asked: with functions, if only none."""
    return [tuple(map(str, row)) for row in store.query(query, custom_functions={})]


def is_of_the_store_itself(quad: ox.Quad, published: Settings) -> bool:
    """Virtuoso has graphs of its own from the start."""
    return not isinstance(quad.graph_name, ox.DefaultGraph) and not str(quad.graph_name.value).startswith(
        published.base
    )


def told(text: str) -> str:
    """A page without what differs between two data folders: the version, and when it was made."""
    text = re.sub(r"[0-9]{6}-[0-9a-f]{8}", "VERSION", text)
    return re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)", "TIME", text)


def in_any_order(text: str) -> tuple[str, list[str]]:
    """A page and its lists sorted: some of them are in the store's own order."""
    return re.sub(r"\s+", " ", UNSORTED.sub("", told(text))), sorted(UNSORTED.findall(told(text)))

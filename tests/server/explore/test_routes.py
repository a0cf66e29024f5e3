"""The lists as they are served: pages that link to themselves rightly, files beside them, crawlers kept off."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from collections.abc import Callable
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from kg.settings import Settings
from server.app import create_app
from server.explore import exports

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
CHOSEN = "/events?donor=country/russia&phase=pledged"
AID = "https://w3id.org/aidgraph/ontology#AidEvent"


def get(client: FlaskClient, path: str) -> str:
    response = client.get(path, headers=BROWSER)
    assert (response.status_code, response.mimetype) == (200, "text/html"), response.text
    return response.text


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory, publish: Callable[..., None]) -> FlaskClient:
    """A graph with 120 more events, given by a party whose name is hostile."""
    head = "@prefix aid: <https://w3id.org/aidgraph/ontology#> . @prefix id: <https://w3id.org/aidgraph/id/> ."
    name = '<http://schema.org/name> "</script><b>\\u202Eevil"'
    events = "".join(f"id:event\\/e{n} a aid:AidEvent ; aid:donor id:country\\/evil ; {name} ." for n in range(120))
    folder = tmp_path_factory.mktemp("many")
    publish(folder, *ox.parse(f"{head} id:country\\/evil a <http://schema.org/Country> ; {name} . {events}",
                              format=ox.RdfFormat.TURTLE))  # fmt: skip
    return create_app(Settings(data=folder)).test_client()


def test_events_show_who_gave_what_to_whom_and_how_far_it_came(client: FlaskClient) -> None:
    text = get(client, "/events")
    row = re.sub(r"<[^>]+>|\s+", " ", text.partition("<tbody>")[2].partition("</tbody>")[0])
    for words in ("21 March 2020", "Russia", "Italy", "means of protection", "pledged", "COVID-19 pandemic"):
        assert words in row
    assert "a pledge is not a delivery" in text


def test_chosen_filters_can_be_removed_one_by_one(client: FlaskClient) -> None:
    text = get(client, CHOSEN)
    chips = text.partition("explore-chosen")[2].partition("</div>")[0]
    assert [unescape(href) for href in re.findall(r'href="([^"]+)"', chips)] == [
        "/events?phase=pledged", "/events?donor=country/russia", "/events",
    ]  # fmt: skip
    assert chips.count(", remove") == 2


def test_facet_values_are_links_that_crawlers_do_not_follow(client: FlaskClient) -> None:
    text = get(client, CHOSEN)
    links = re.findall(r"<a [^>]*>", text.partition('id="by-donor"')[2].partition("</section>")[0])
    assert links == ['<a rel="nofollow" href="/events?phase=pledged" aria-current="true">']


@pytest.mark.parametrize(
    ("path", "canonical", "is_indexed"),
    [
        ("/events", "/events", True), ("/articles?page=1", "/articles", True),
        ("/events?phase=pledged&donor=country/russia", CHOSEN, False),
        ("/events?sort=donor", "/events?sort=donor", False), ("/events?show=donor", "/events", False),
        ("/entities?kind=country", "/entities?kind=country", True), ("/entities?name=a", "/entities?name=a", False),
    ],
)  # fmt: skip
def test_filtered_lists_are_kept_out_of_search_engines(
    client: FlaskClient, path: str, canonical: str, is_indexed: bool
) -> None:
    text = get(client, path)
    found = re.search(r'<link rel="canonical" href="http://localhost([^"]+)">', text)
    assert found
    assert unescape(found[1]) == canonical
    assert ('name="robots" content="noindex"' not in text) == is_indexed


def test_date_form_keeps_the_other_filters(client: FlaskClient) -> None:
    text = get(client, f"{CHOSEN}&from=2020")
    form = text.partition('class="explore-dates"')[2].partition("</form>")[0]
    fields = re.findall(r'<input (?:id="\w+" )?(?:type="hidden" )?name="(\w+)" value="([^"]*)"', form)
    assert fields == [("donor", "country/russia"), ("phase", "pledged"), ("from", "2020"), ("to", "")]


def test_headers_sort_in_both_directions(client: FlaskClient) -> None:
    heads = [text.partition("<thead>")[2].partition("</thead>")[0]
             for text in (get(client, "/events"), get(client, "/events?sort=donor"))]  # fmt: skip
    assert 'aria-sort="descending"><a rel="nofollow" href="/events?sort=date">Date' in heads[0]
    assert 'href="/events?sort=donor">From' in heads[0]
    assert 'aria-sort="ascending"><a rel="nofollow" href="/events?sort=-donor">From' in heads[1]


def test_query_of_a_page_gives_the_same_events(client: FlaskClient, store: ox.Store) -> None:
    found = re.search(r'href="(/sparql\?query=[^"]+)">View and edit the query', get(client, CHOSEN))
    assert found
    (query,) = parse_qs(urlsplit(unescape(found[1])).query)["query"]
    results = store.query(query)
    assert isinstance(results, ox.QuerySolutions)
    told = csv.DictReader(io.StringIO((results.serialize(format=ox.QueryResultsFormat.CSV) or b"").decode()))
    assert list(told) == list(csv.DictReader(io.StringIO(client.get(CHOSEN.replace("?", ".csv?")).text)))


@pytest.mark.parametrize(
    ("accept", "location"),
    [
        ("text/csv", "/events.csv?phase=pledged"), ("text/turtle", "/events.ttl?phase=pledged"),
        ("application/ld+json", "/events.jsonld?phase=pledged"), ("application/json", "/events.jsonld?phase=pledged"),
    ],
)  # fmt: skip
def test_accept_leads_to_the_file(client: FlaskClient, accept: str, location: str) -> None:
    response = client.get("/events?phase=pledged&page=1", headers={"Accept": accept})
    assert (response.status_code, response.headers["Location"]) == (303, location)
    assert "Accept" in response.vary
    followed = client.get(location)
    assert (followed.status_code, followed.mimetype) == (
        200,
        accept if accept != "application/json" else "application/ld+json",
    )


def test_form_that_there_is_not_is_refused(client: FlaskClient) -> None:
    assert client.get("/events", headers={"Accept": "image/png"}).status_code == 406
    missing = client.get("/events.xlsx")
    assert (missing.status_code, "the forms are .csv, .ttl, .jsonld" in missing.text) == (404, True)


@pytest.mark.parametrize("name", ["events", "articles", "entities"])
def test_files_are_revalidated_and_whole(client: FlaskClient, name: str) -> None:
    first = client.get(f"/{name}.csv")
    assert first.content_type == "text/csv; charset=utf-8"
    assert client.get(f"/{name}.csv", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    listed = re.findall(r'rel="alternate" type="([^"]+)" href="([^"]+)"', get(client, f"/{name}"))
    assert set(listed) >= {("text/csv", f"/{name}.csv"), ("text/turtle", f"/{name}.ttl")}


def test_entities_are_exported_with_their_counts(client: FlaskClient) -> None:
    rows = {row["name"]: row for row in csv.DictReader(io.StringIO(client.get("/entities.csv").text))}
    assert (rows["Russia"]["given"], rows["Russia"]["received"], rows["Russia"]["kind"]) == ("1", "0", "country")
    assert rows["Italy"]["received"] == "1"
    turtle = client.get("/entities.ttl?kind=country").text
    assert {quad.subject.value.rpartition("/")[2] for quad in ox.parse(turtle, ox.RdfFormat.TURTLE)
            if quad.predicate.value.endswith("#type")} == {"russia", "italy"}  # fmt: skip


def test_entities_link_to_the_events_they_count(client: FlaskClient) -> None:
    text = get(client, "/entities?name=russia")
    assert 'href="/events?donor=country/russia"' in text
    assert "1 event fits what is chosen." in get(client, "/events?donor=country/russia")


@pytest.mark.parametrize(
    ("path", "status"),
    [("/events?donor=country/atlantis", 404), ("/events?doner=x", 400), ("/events.csv?from=soon", 400),
     ("/articles?aid=maybe", 400), ("/entities?letter=q&page=2", 404), ("/events?donor=country/italy&page=2", 404)],
)  # fmt: skip
def test_what_there_is_not_is_refused(client: FlaskClient, path: str, status: int) -> None:
    response = client.get(path, headers={"Accept": "*/*"})
    assert response.status_code == status, response.text


def test_nothing_that_fits_says_what_to_do(client: FlaskClient) -> None:
    text = get(client, "/events?donor=country/italy")
    assert "Nothing fits all of this." in text
    assert '<a rel="nofollow" href="/events">remove all</a>' in text


def test_pages_and_files_of_many_events_hold_the_same(many: FlaskClient) -> None:
    pages = [get(many, f"/events?donor=country/evil&sort=articles&page={number}") for number in (1, 2, 3)]
    assert [text.count("<tr>") - 1 for text in pages] == [50, 50, 20]
    assert "101–120 of 120" in pages[2]
    turtle = many.get("/events.ttl?donor=country/evil").text
    typed = [quad for quad in ox.parse(turtle, ox.RdfFormat.TURTLE) if quad.object == ox.NamedNode(AID)]
    assert len(typed) == 120


def test_hostile_names_are_only_ever_text(many: FlaskClient) -> None:
    for path in ("/events", "/events?donor=country/evil", "/entities?kind=country"):
        text = get(many, path)
        assert "<bdi>&lt;/script&gt;&lt;b&gt;" in text
        assert "</script><b>" not in text


def test_page_says_which_files_would_be_too_large(many: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(exports.MOST, "ttl", 100)
    text = get(many, "/events")
    assert 'href="/events.csv"' in text
    assert 'href="/events.ttl"' not in text
    assert "One file holds at most 100 as Turtle" in text
    refused = many.get("/events.ttl")
    assert (refused.status_code, json.loads(refused.data)["limit"]) == (422, 100)
    assert many.get("/events.ttl?donor=country/evil&from=2020").status_code == 200


def test_crawlers_are_kept_off_filters_and_files(client: FlaskClient) -> None:
    rules = client.get("/robots.txt").text.splitlines()
    assert {"Disallow: /*?", "Disallow: /events.", "Disallow: /articles.", "Disallow: /entities."} <= set(rules)


def test_pages_are_light(many: FlaskClient) -> None:
    assert len(gzip.compress(get(many, "/events").encode())) < 30_000

"""Pages: what stands on each, that they are whole, and that names from the data are only ever text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from kg.settings import Settings
from server.app import create_app

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
ARTICLE = "/page/article/000-0888dd242fe82e2b"
EVENT = "/page/event/russia-to-italy-pledged-2020-03-21"
PAGES = ["/", "/events", "/articles", "/entities", "/entities?kind=country", EVENT, ARTICLE, "/page/country/italy",
         "/page/person/vladimir-putin", "/page/crisis/covid-19-pandemic", "/page/ontology", "/page/scheme/phase",
         "/page/scheme/phase/pledged", "/sparql", "/dumps/"]  # fmt: skip
RUSSIA = "https://w3id.org/aidgraph/id/country/russia"
VOID = {"meta", "link", "br", "input", "img", "hr"}


class Outline(HTMLParser):
    """The elements of a page in order, with their attributes, and whether they nest."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.broken: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.broken.append(tag)

    def all(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.elements if tag == name]


def get(client: FlaskClient, path: str) -> str:
    response = client.get(path, headers=BROWSER)
    assert (response.status_code, response.mimetype) == (200, "text/html"), response.text
    return response.text


@pytest.mark.parametrize("path", PAGES)
def test_page_is_whole_and_has_a_title_a_language_and_a_skip_link(client: FlaskClient, path: str) -> None:
    text = get(client, path)
    outline = Outline(text)
    assert (outline.broken, outline.open) == ([], []), text
    assert outline.all("html")[0]["lang"] == "en"
    assert len(outline.all("h1")) == len(outline.all("main")) == text.partition("<body")[0].count("<title>") == 1
    assert outline.all("a")[0] == {"class": "skip", "href": "#main"}
    ids = [attributes["id"] for _, attributes in outline.elements if "id" in attributes]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("path", PAGES)
def test_page_asks_nothing_of_other_hosts_and_runs_nothing(client: FlaskClient, path: str) -> None:
    outline = Outline(get(client, path))
    named = [entry["href"] for entry in outline.all("link") if entry["rel"] != "canonical"]  # which nothing loads
    loaded = named + [entry.get("src") for entry in outline.all("img")]
    assert all(address and address.startswith("/") for address in loaded), loaded
    programs = [entry["src"] for entry in outline.all("script") if entry["type"] != "application/ld+json"]
    assert all(address and address.startswith("/static/ui/") for address in programs), programs
    assert not [
        name for _, attributes in outline.elements for name in attributes if name.startswith("on") or name == "style"
    ]


@pytest.mark.parametrize("path", PAGES)
def test_page_links_lead_somewhere(client: FlaskClient, path: str) -> None:
    outline = Outline(get(client, path))
    named = {str(entry["href"]) for entry in outline.all("a") + outline.all("link")}
    local = {href for href in named if re.match(r"/(?!sparql\?)", href)}  # queries are answered by the front
    failed = {
        href: code
        for href in local
        if (code := client.get(href, headers=BROWSER, buffered=True).status_code) not in (200, 303)
    }
    assert failed == {}


def test_home_counts_and_lists_the_latest(client: FlaskClient) -> None:
    text = get(client, "/")
    assert re.search(r'<a href="/events"><strong>1</strong> event</a>', text)
    assert "Russia pledges aid to Italy, 21 March 2020" in text


def test_event_page_shows_the_sentences_that_prove_it_and_where_they_stand(client: FlaskClient) -> None:
    text = get(client, EVENT)
    assert "Moscow plans to send medical teams and equipment along with means of protection" in text
    assert f'<a class="minor" href="{ARTICLE}#char-424-529">characters 424–529</a>' in text
    for words in ("TASS", "21 March 2020", "COVID-19 pandemic", "Russian Ministry of Defence", "means of protection"):
        assert words in text


def test_article_page_has_tables_and_excerpts_in_order(client: FlaskClient) -> None:
    text = get(client, ARTICLE)
    assert "over 6,000" in text
    assert text.index('id="char-424-529"') < text.index('id="char-1362-1481"') < text.index('id="char-1816-1938"')
    assert "none stated" in text


def test_article_page_lists_what_editors_corrected(client: FlaskClient) -> None:
    page = client.get("/page/article/000-0888dd242fe82e2b").get_data(as_text=True)
    listed = page.partition('id="corrections"')[2].partition("</section>")[0]
    words = " ".join(re.sub(r"<[^>]+>", " ", listed).split())
    assert "Change report: The plan was told on that day, not a day later. (Foreign desk, 2 May 2024 )" in words
    assert "Before: date: 2020-03-22 Now: Russia pledges aid to Italy, 21 March 2020" in words


def test_entity_page_has_aid_figures_and_what_points_to_it(client: FlaskClient) -> None:
    text = get(client, "/page/country/italy")
    assert "Help that it received" in text
    assert "Help that it gave" not in text
    assert "<strong>2</strong> observation about" in text
    assert "http://www.wikidata.org/entity/Q38" in text


def test_person_page_has_offices_and_words(client: FlaskClient) -> None:
    listed = get(client, "/page/person/vladimir-putin").partition('id="offices"')[2]
    assert re.match(r".*?<bdi>President</bdi>, <a href=.{1,40}><bdi>Russia</bdi>", listed, re.DOTALL)
    assert "The deliveries will be carried out" in get(client, "/page/organization/kremlin")


def test_ontology_page_defines_every_term_at_its_fragment(client: FlaskClient) -> None:
    text = get(client, "/page/ontology")
    assert '<div id="statedDonor">' in text
    assert "Donor according to this report alone." in text


def test_every_term_has_a_page_with_its_definition_its_place_examples_and_a_query(client: FlaskClient) -> None:
    text = get(client, "/page/ontology/donor")
    assert "Party that gives, sends or promises the help" in text
    assert "Used <strong>1</strong> time" in text
    assert 'href="/page/country/russia"' in text  # an example
    assert 'href="/page/ontology/AidEvent"' in text  # its domain
    assert "sub property of" in text
    assert "/sparql?query=PREFIX%20aid%3A" in text


def test_a_class_lists_its_properties_and_things(client: FlaskClient) -> None:
    text = get(client, "/page/ontology/AidEvent")
    assert 'href="/page/ontology/fulfils"' in text
    assert f'href="{EVENT}"' in text


def test_a_concept_says_how_often_it_is_used_and_leads_to_its_events(client: FlaskClient) -> None:
    text = get(client, "/page/scheme/phase/pledged")
    assert "Used <strong>" in text and 'href="/events?phase=pledged"' in text
    assert "/events?" not in get(client, "/page/scheme/measure/cases").partition("<main")[2]


@pytest.mark.parametrize("path", [path for path in PAGES if path.startswith("/page/")] + ["/"])
def test_page_embeds_schema_org_that_its_policy_allows(client: FlaskClient, path: str) -> None:
    response = client.get(path, headers=BROWSER)
    embedded = re.findall(r'<script type="application/ld\+json">(.*?)</script>', response.text, re.DOTALL)
    assert len(embedded) == 1
    described = json.loads(embedded[0])
    assert described["@context"] == "https://schema.org"
    assert "https://w3id.org/aidgraph/ontology#" not in embedded[0]
    assert "script-src 'sha256-" in response.headers["Content-Security-Policy"]


def test_page_offers_its_data_in_every_form(client: FlaskClient) -> None:
    alternates = [entry for entry in Outline(get(client, EVENT)).all("link") if entry["rel"] == "alternate"]
    assert {entry["type"] for entry in alternates} - {"application/atom+xml"} == {
        "text/turtle", "application/n-triples", "application/n-quads", "application/trig", "application/ld+json",
        "application/rdf+xml", "text/csv",
    }  # fmt: skip


def test_page_names_its_data_in_header_fields_too_and_its_own_address(client: FlaskClient) -> None:
    response = client.get(EVENT, headers=BROWSER)
    data = EVENT.replace("/page/", "/data/")
    assert f'<{data}.ttl>; rel="alternate"; type="text/turtle"' in response.headers.getlist("Link")
    assert f'<link rel="canonical" href="http://localhost{EVENT}">' in response.text


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (EVENT, "Russia pledges aid to Italy, 21 March 2020. What was given: "),
        (ARTICLE, "(TASS, 21 March 2020) says about aid, sentence by sentence."),
        ("/page/country/italy", "Aid that Italy gave and received, as news articles told it"),
        ("/page/crisis/covid-19-pandemic", "COVID-19 pandemic: who gave what to whom"),
        ("/page/ontology/donor", "Party that gives, sends or promises the help"),
    ],
)
def test_page_is_described_by_what_it_says(client: FlaskClient, path: str, words: str) -> None:
    (description,) = (entry for entry in Outline(get(client, path)).all("meta") if entry.get("name") == "description")
    assert words in str(description["content"])


def test_page_is_revalidated_by_its_content(client: FlaskClient) -> None:
    first = client.get(EVENT)
    assert client.get(EVENT, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    ("path", "status"),
    [("/events?page=2", 404), ("/events?page=0", 400), ("/events?page=x", 400), ("/articles?page=1_0", 400),
     ("/entities?kind=dragon", 400), ("/page/country/italy?incoming=99", 404), ("/events?page=²", 400)],
)  # fmt: skip
def test_lists_refuse_pages_that_do_not_exist(client: FlaskClient, path: str, status: int) -> None:
    response = client.get(path)
    assert (response.status_code, response.json["status"]) == (status, status), response.text


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory, publish: Callable[..., None]) -> FlaskClient:
    """A graph with hostile names, a report that denies, and more events than a page holds."""
    head = "@prefix aid: <https://w3id.org/aidgraph/ontology#> . @prefix id: <https://w3id.org/aidgraph/id/> ."
    events = "".join(f"id:e{n} a aid:AidEvent ; aid:donor <{RUSSIA}> ." for n in range(120))
    turtle = Path(__file__).with_name("odd.ttl").read_text(encoding="utf-8") + head + events
    folder: Path = tmp_path_factory.mktemp("odd")
    publish(folder, *ox.parse(turtle, format=ox.RdfFormat.TURTLE))
    return create_app(Settings(data=folder)).test_client()


@pytest.mark.parametrize(
    "path", ["/articles", "/entities", "/page/article/x", "/page/country/evil", "/page/country/evil?incoming=1"]
)
def test_page_shows_hostile_names_as_text(odd: FlaskClient, path: str) -> None:
    text = get(odd, path)
    assert "&lt;/script&gt;&lt;script&gt;alert(1)" in text
    assert "<script>" not in text
    assert 'href="javascript:' not in text
    assert Outline(text).broken == []


def test_article_page_shows_a_month_as_a_month(odd: FlaskClient) -> None:
    assert '<dd><time datetime="2020-04">April 2020</time></dd>' in get(odd, "/page/article/x")


def test_event_page_shows_denials_apart(odd: FlaskClient) -> None:
    text = get(odd, EVENT)
    asserted, _, doubted = text.partition('id="doubted"')
    assert "No aid came." in doubted
    assert "No aid came." not in asserted
    assert '<span class="doubt">denied</span>' in doubted


def test_lists_are_paged_by_fifty(odd: FlaskClient) -> None:
    assert "1–50 of 121" in get(odd, "/events")
    last = get(odd, "/events?page=3")
    assert "101–121 of 121" in last
    assert 'rel="next"' not in last
    assert last.count("<tr>") == 1 + 21


def test_entity_page_says_when_a_list_is_cut_short(odd: FlaskClient) -> None:
    text = get(odd, "/page/country/russia")
    assert "The latest 10 of 121." in text
    assert "51–100 of" in get(odd, "/page/country/russia?incoming=2")


def test_ontology_page_is_kept_for_each_language_apart(tmp_path: Path, publish: Callable[..., None]) -> None:
    donor = ox.NamedNode("https://w3id.org/aidgraph/ontology#donor")
    label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    publish(tmp_path, ox.Quad(donor, label, ox.Literal("Geber", language="de")))
    client = create_app(Settings(data=tmp_path)).test_client()
    asked = ["de", "en", "de", "en"]
    pages = [client.get("/page/ontology", headers={"Accept-Language": language}).text for language in asked]
    assert ["Geber" in page for page in pages] == [True, False, True, False]
    assert pages[0] == pages[2]

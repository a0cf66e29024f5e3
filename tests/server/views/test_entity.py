"""The page of a party, place or crisis: givings count once, charts have their tables, lists say what is left out."""

from __future__ import annotations

import re
import sqlite3

import pytest
from flask.testing import FlaskClient

from kg.index.schema import TABLES
from server.addresses import Addresses
from server.views.aid import Counts, events_href, read_ledger, read_partners

BASE = "https://w3id.org/aidgraph/"
SCHEME = "https://w3id.org/aidgraph/scheme/phase/"


def table(text: str, css: str) -> list[list[str]]:
    """The cells of the first table of a class."""
    body = text.partition(f'<table class="{css}">')[2].partition("</table>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    return [[re.sub(r"<[^>]+>", "", cell).strip() for cell in re.split(r"</t[hd]>", row)[:-1]] for row in rows]


def test_entity_page_counts_each_giving_once_at_its_furthest_phase(things: FlaskClient) -> None:
    rows = table(things.get("/page/country/northland").text, "th-ledger")
    assert rows[2:] == [["2011", "1", "–", "–"], ["2010", "1", "–", "–"], ["All", "2", "–", "–"]]


def test_entity_page_begins_with_what_it_is(things: FlaskClient) -> None:
    text = things.get("/page/country/northland").text
    lead = re.sub(r"<[^>]+>", "", text.partition('<p class="lead">')[2].partition("</p>")[0])
    assert lead == "Northland is a country. Events of aid told: 4 as donor. 2 articles name it."


def test_entity_page_links_to_the_lists_of_all_its_events(things: FlaskClient) -> None:
    text = things.get("/page/country/northland").text
    assert '<a href="/events?donor=country/northland">All 4 events' in text
    assert things.get("/events?donor=country/northland").status_code == 200
    assert '<a href="/articles?country=country/northland">All 2 articles' in text


def test_entity_page_names_the_sites_that_know_it(things: FlaskClient) -> None:
    text = things.get("/page/country/northland").text
    assert '<a href="http://www.wikidata.org/entity/Q1"><bdi>Wikidata: Q1</bdi></a>' in text


def test_entity_page_draws_figures_with_their_hedges_beside_a_table(things: FlaskClient) -> None:
    text = things.get("/page/country/southland").text
    figures = text.partition('id="figures"')[2].partition("</section>")[0]
    assert "over 350" in figures.partition("<table")[0]
    assert "over 350" in figures.partition("<table")[2]
    assert figures.count('class="drawing points"') == 1


def test_entity_page_is_titled_in_the_language_of_its_name(things: FlaskClient) -> None:
    assert '<h1 lang="ar"><bdi>ارض الجنوب</bdi></h1>' in things.get("/page/country/southland").text


def test_crisis_page_has_its_kind_its_countries_its_events_on_a_line_and_who_helped(things: FlaskClient) -> None:
    text = things.get("/page/crisis/flood").text
    summary = text.partition('<dl class="summary">')[2].partition("</dl>")[0]
    assert '<a href="/page/scheme/disaster/flood"><bdi>flood</bdi></a>' in summary
    assert '<time datetime="2010-05">May 2010</time>' in summary
    assert 'href="/page/country/southland"' in summary
    assert 'class="drawing timeline"' in text
    assert table(text, "th-partners")[1:] == [["Northland", "2", "–", "events"]]


def test_entity_page_lists_what_points_to_it_when_asked(things: FlaskClient) -> None:
    counted = things.get("/page/country/northland").text.partition('id="incoming"')[2]
    listed = things.get("/page/country/northland?incoming=1").text.partition('id="incoming"')[2]
    assert "<strong>4</strong> donor" in counted
    assert "Northland delivers more" not in counted
    assert "Northland delivers more" in listed


@pytest.fixture
def index() -> sqlite3.Connection:
    """An index with one donor: ten givings in two phases, of which five pledges were carried out."""
    connection = sqlite3.connect(":memory:")
    connection.row_factory = sqlite3.Row
    connection.executescript(TABLES)
    things = [
        (1, f"{BASE}id/country/a", "country"),
        (2, f"{BASE}id/country/b", "country"),
        (3, f"{SCHEME}pledged", "concept"),
        (4, f"{SCHEME}delivered", "concept"),
        (5, "http://other.example/c", "other"),
    ]
    connection.executemany("INSERT INTO thing VALUES (?, ?, ?, 'name', NULL, 'name', NULL, NULL, 0)", things)
    for number in range(10):
        event, phase = 10 + number, 3 + number % 2
        connection.execute(
            "INSERT INTO event VALUES (?, NULL, NULL, NULL, ?, ?, '', 1)", (event, 2000 + number // 6, phase)
        )
        connection.executemany(
            "INSERT INTO link VALUES (?, ?, ?)", [("donor", 1, event), ("recipient", 2 if number < 8 else 5, event)]
        )
        if phase == 4:
            connection.execute("INSERT INTO link VALUES ('fulfils', ?, ?)", (event - 1, event))
    return connection


def test_ledger_leaves_out_pledges_that_were_carried_out(index: sqlite3.Connection) -> None:
    ledger = read_ledger(index, 1, ["donor", "recipient"], "country/a", "A")
    assert ledger is not None
    assert (ledger.series, [(row.year, row.counts) for row in ledger.rows]) == (
        ("Given",), [(2001, (Counts(given=2),)), (2000, (Counts(given=3),))],
    )  # fmt: skip
    assert ledger.sums == (Counts(given=5),)


def test_ledger_is_none_for_who_has_no_part(index: sqlite3.Connection) -> None:
    assert read_ledger(index, 5, ["donor"], "x", "X") is None


def test_partners_are_counted_and_lead_to_their_events(index: sqlite3.Connection) -> None:
    partners = read_partners(index, Addresses(BASE), 1, "country/a", role="donor", of="recipient")
    assert [(one.counts.given, one.href) for one in partners.rows] == [
        (4, "/events?donor=country/a&recipient=country/b"),
        (1, "/events?donor=country/a&recipient=http://other.example/c"),
    ]
    assert partners.total == 2


def test_events_href_is_written_as_the_list_writes_it() -> None:
    href = events_href({"donor": "article/a#party-x&y"}, phases=("dispatched", "delivered"), year=987)
    assert href == "/events?donor=article/a%23party-x%26y&phase=delivered&phase=dispatched&from=0987&to=0987"

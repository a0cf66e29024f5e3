"""The sitemap: every page once, in parts that are not too long."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from xml.etree import ElementTree as Xml

import pytest

from kg.index.schema import TABLES
from server import sitemap
from server.addresses import Addresses

BASE = "https://w3id.org/aidgraph/"
THEN = datetime(2020, 5, 1, 12, tzinfo=UTC)
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


@pytest.fixture
def index() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.executescript(TABLES)
    iris = ["id/event/a&b", "id/country/côte", "id/article/x#party-1", "scheme/phase/pledged"]
    for number, iri in enumerate([*(BASE + iri for iri in iris), "http://elsewhere/x"], start=1):
        connection.execute("INSERT INTO thing VALUES (?, ?, 'event', '', NULL, '', NULL, NULL, 0)", (number, iri))
    return connection


def places(xml: str) -> list[str]:
    return [str(loc.text) for loc in Xml.fromstring(xml).iter(LOC)]


def test_parts_hold_every_page_once(index: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "PART", 2)
    parts = sitemap.count_parts(index)
    assert places(sitemap.dump_sitemaps("http://h/", parts, THEN)) == [f"http://h/sitemaps/{n}.xml" for n in (1, 2, 3)]
    addresses = Addresses(BASE)
    texts = ["".join(sitemap.dump_sitemap(index, addresses, "http://h/", number, THEN)) for number in (1, 2, 3)]
    found = [place for text in texts for place in places(text)]
    assert found[: len(sitemap.PAGES)] == [f"http://h{path}" for path in sitemap.PAGES]
    assert found[len(sitemap.PAGES) :] == [
        "http://h/page/event/a%26b", "http://h/page/country/c%C3%B4te", "http://h/page/scheme/phase/pledged",
    ]  # fmt: skip


def test_pages_say_when_they_changed(index: sqlite3.Connection) -> None:
    assert "<lastmod>2020-05-01T12:00:00+00:00</lastmod>" in sitemap.dump_sitemaps("http://h/", 1, THEN)


def test_an_empty_graph_has_a_sitemap() -> None:
    connection = sqlite3.connect(":memory:")
    connection.executescript(TABLES)
    assert sitemap.count_parts(connection) == 1

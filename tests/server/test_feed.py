"""The Atom feed: the newest events by the day of the first article that tells them."""

from __future__ import annotations

import sqlite3
from xml.etree import ElementTree as Xml

import pytest

from kg.index.schema import TABLES
from server.feed import dump_feed, newest_events

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def index() -> sqlite3.Connection:
    """Two articles tell one event, a third tells another; a fourth has no date."""
    connection = sqlite3.connect(":memory:")
    connection.executescript(TABLES)
    for number, kind, name in (
        (1, "article", "Late"), (2, "article", "Middle"), (3, "article", "Early"), (4, "article", "Undated"),
        (5, "event", "Tents \x00& <b>blankets</b>"), (6, "event", "Rice"), (7, "event", "Never dated"),
    ):  # fmt: skip
        connection.execute(
            "INSERT INTO thing VALUES (?, ?, ?, ?, NULL, '', NULL, NULL, 0)", (number, f"http://x/{number}", kind, name)
        )
    for number, day in ((1, "2020-05-03"), (2, "2020-05-02"), (3, "2020-05-01"), (4, None)):
        connection.execute("INSERT INTO article VALUES (?, ?, ?, ?, 2020, 1)", (number, day, day, day))
    for number, items in ((5, "tents"), (6, ""), (7, "")):
        connection.execute("INSERT INTO event VALUES (?, NULL, NULL, NULL, NULL, NULL, ?, 1)", (number, items))
    links = [(1, 5), (3, 5), (2, 6), (4, 7)]
    connection.executemany("INSERT INTO link VALUES ('article', ?, ?)", links)
    return connection


def test_the_newest_event_is_the_one_that_became_known_last(index: sqlite3.Connection) -> None:
    found = [(entry.iri, entry.told, entry.articles, entry.headline) for entry in newest_events(index)]
    assert found == [("http://x/6", "2020-05-02", 1, "Middle"), ("http://x/5", "2020-05-01", 2, "Early")]


def test_the_feed_has_what_atom_asks_for(index: sqlite3.Connection) -> None:
    entries = [(entry, f"http://here/page/{entry.iri[-1]}") for entry in newest_events(index)]
    feed = Xml.fromstring(dump_feed(entries, root="http://here/", base="http://x/", title="T", rights="http://cc/"))
    texts = {name: feed.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated")}
    assert texts == {"id": "http://x/feed", "title": "T", "updated": "2020-05-02T00:00:00Z"}
    first, second = feed.findall(f"{ATOM}entry")
    assert first.findtext(f"{ATOM}summary") == "What was given is not told. First told by “Middle”."
    assert second.findtext(f"{ATOM}title") == "Tents & <b>blankets</b>"
    assert second.find(f"{ATOM}link").attrib["href"] == "http://here/page/5"  # type: ignore[union-attr]  # it is there


def test_an_empty_graph_has_a_feed_without_entries() -> None:
    feed = Xml.fromstring(dump_feed([], root="http://here/", base="http://x/", title="T", rights="r"))
    assert feed.findall(f"{ATOM}entry") == []

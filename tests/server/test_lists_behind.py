"""Lists of a large graph whose index is still being made: from an older one, marked, and without what is gone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from kg.formats import PREFIXES
from kg.index import making
from kg.index.making import make_index
from kg.index.older import carry_older, is_behind
from kg.lock import write_lock
from kg.settings import Settings
from kg.store import current_version, new_generation, open_snapshot
from server import makers
from server.app import create_app

BASE = Settings().base
GONE, NEW = f"{BASE}id/event/russia-to-italy-pledged-2020-03-21", f"{BASE}id/country/atlantis"
PAGES = (
    "/", "/events", "/articles", "/entities", "/map", "/timeline", "/search?q=italy", "/search.json?q=italy",
    "/events.csv", "/events.ttl", "/entities.csv", "/map.csv", "/timeline.csv", "/feed.atom", "/sitemap.xml",
    "/sitemaps/1.xml", "/.well-known/void", "/dumps/", "/page/country/italy", "/page/country/russia",
    "/page/country/atlantis", "/page/ontology", "/data/country/atlantis.csv", "/search/suggest?q=ita",
    "/reconcile/suggest/entity?prefix=ita", '/reconcile?queries={"q":{"query":"Italy"}}', "/fragments",
)  # fmt: skip


def change(data: Path) -> None:
    """Publish the next version: without an event, with a country more, and with the index of the one before."""
    with write_lock(data), new_generation(data) as generation:
        store, node = generation.store, ox.NamedNode(GONE)
        for quad in [*store.quads_for_pattern(node, None, None), *store.quads_for_pattern(None, None, node)]:
            store.remove(quad)
        country = ox.NamedNode(NEW)
        store.add(ox.Quad(country, ox.NamedNode(f"{PREFIXES['rdf']}type"), ox.NamedNode("http://schema.org/Country")))
        store.add(ox.Quad(country, ox.NamedNode("http://schema.org/name"), ox.Literal("Atlantis")))
        carry_older(data / "stores" / str(current_version(data)), generation.built.parent)
        del store


@pytest.fixture
def behind(tmp_path: Path, gold_quads: frozenset[ox.Quad], monkeypatch: pytest.MonkeyPatch) -> Iterator[FlaskClient]:
    """A server whose index is not made before a test has it made."""
    data = tmp_path / "data"
    with write_lock(data), new_generation(data) as generation:
        generation.store.extend(gold_quads)
    make_index(data / "stores" / str(current_version(data)))
    monkeypatch.setattr(making, "SMALL", 0)
    monkeypatch.setattr(makers, "index_later", lambda _: None)
    change(data)
    app = create_app(Settings(data=data))
    yield app.test_client()
    app.extensions["aidgraph"].indexes.close()


def finish(client: FlaskClient) -> None:
    """Make the index."""
    make_index(open_snapshot(client.application.extensions["aidgraph"].settings.data).path.parent)


@pytest.mark.parametrize("address", PAGES)
def test_no_page_is_an_error(address: str, behind: FlaskClient) -> None:
    response = behind.get(address, buffered=True)
    assert response.status_code == 200, response.text
    assert GONE.removeprefix(BASE) not in response.text


def test_lists_say_that_they_are_behind(behind: FlaskClient) -> None:
    page, found = behind.get("/events"), behind.get("/search.json?q=italy")
    assert "Lists and counts are being brought up to date" in page.text
    assert re.fullmatch(r"000001-\w+", page.headers["Aidgraph-Lists"])
    assert found.json is not None
    assert found.json["lists"] == page.headers["Aidgraph-Lists"]


def test_lists_are_right_when_the_index_is_made(behind: FlaskClient) -> None:
    before = behind.get("/entities.csv").text
    finish(behind)
    after, page = behind.get("/entities.csv"), behind.get("/events")
    assert ("Atlantis" in before, "Atlantis" in after.text) == (False, True)
    assert "Aidgraph-Lists" not in page.headers
    assert "brought up to date" not in page.text


@pytest.mark.parametrize("address", ["/events", "/map.csv", "/timeline.csv", "/feed.atom", "/entities.csv"])
def test_client_is_not_kept_with_lists_of_before(address: str, behind: FlaskClient) -> None:
    first = behind.get(address)
    assert "Last-Modified" not in first.headers
    tag = {"If-None-Match": first.headers["ETag"]}
    assert behind.get(address, headers=tag).status_code == 304
    finish(behind)
    assert behind.get(address, headers=tag).status_code == 200


def test_things_that_are_new_have_their_pages(behind: FlaskClient) -> None:
    assert "Atlantis" in behind.get("/page/country/atlantis").text
    assert behind.get(f"/page/{GONE.removeprefix(f'{BASE}id/')}").status_code == 404


def test_small_graph_is_indexed_when_it_is_asked_for(behind: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "SMALL", 1 << 40)
    data = behind.application.extensions["aidgraph"].settings.data
    assert is_behind(open_snapshot(data).path.parent)
    assert "Aidgraph-Lists" not in behind.get("/events").headers
    assert not is_behind(open_snapshot(data).path.parent)


def test_making_is_started_once_in_a_while(behind: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[Path] = []
    monkeypatch.setattr(makers, "index_later", started.append)
    for address in ("/events", "/articles", "/entities"):
        behind.get(address)
    assert len(started) == 1

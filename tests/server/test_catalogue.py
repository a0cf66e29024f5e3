"""What is listed, and in which order."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.index.build import build_index
from kg.index.opened import open_index
from server.catalogue import count_entities, count_sources, entities_of, sources_of, things_of

EVENTS = """@prefix e: <http://x/> . @prefix sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> .
    @prefix aid: <https://w3id.org/aidgraph/ontology#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
    e:undated a aid:AidEvent ; aid:donor e:giver . e:new a aid:AidEvent ; aid:donor e:giver ;
      sem:hasLatestEndTimeStamp "2020-03-22"^^xsd:date .
    e:old a aid:AidEvent ; aid:donor e:giver ; sem:hasLatestEndTimeStamp "1908-12-28"^^xsd:date .
    e:also a aid:AidEvent ; sem:hasLatestEndTimeStamp "2020-03-22"^^xsd:date ."""

Indexed = Callable[[ox.Store], sqlite3.Connection]


@pytest.fixture
def indexed(tmp_path: Path) -> Iterator[Indexed]:
    """The index of a store."""
    opened: list[sqlite3.Connection] = []

    def make(store: ox.Store) -> sqlite3.Connection:
        build_index(store, tmp_path)
        opened.append(open_index(tmp_path))
        return opened[-1]

    yield make
    for connection in opened:
        connection.close()


def names(things: list[ox.NamedNode]) -> list[str]:
    return [thing.value.rpartition("/")[2] for thing in things]


def test_entities_are_listed_by_name_without_events_articles_and_fragments(indexed: Indexed, store: ox.Store) -> None:
    index = indexed(store)
    assert names(entities_of(index, "country", limit=9)) == ["italy", "russia"]
    assert count_entities(index, "country") == 2
    everything = names(entities_of(index, "", limit=50))
    assert everything == [
        "covid-19-pandemic", "italy", "kremlin", "russia", "russian-ministry-of-defence", "tass", "vladimir-putin",
    ]  # fmt: skip
    assert count_entities(index, "") == len(everything)
    assert names(entities_of(index, "", limit=2, offset=1)) == everything[1:3]


def test_events_are_listed_the_latest_first_and_the_undated_last(indexed: Indexed) -> None:
    store = ox.Store()
    store.load(EVENTS.encode(), format=ox.RdfFormat.TURTLE)
    index = indexed(store)
    assert names(things_of(index, "event", limit=9)) == ["also", "new", "old", "undated"]
    assert names(things_of(index, "event", limit=1, offset=2)) == ["old"]
    assert names(sources_of(index, "donor", ox.NamedNode("http://x/giver"), limit=2)) == ["new", "old"]
    assert count_sources(index, "donor", ox.NamedNode("http://x/giver")) == 3
    assert count_sources(index, "donor", ox.NamedNode("http://x/nobody")) == 0

"""What is listed, and in which order."""

from __future__ import annotations

import pyoxigraph as ox

from server.addresses import Addresses
from server.catalogue import Ranking, read_catalogue

BASE = "https://w3id.org/aidgraph/"
A, B, C = (ox.NamedNode(f"http://x/{name}") for name in "abc")


def names(ranking: Ranking) -> list[str]:
    return [thing.value.rpartition("/")[2] for thing in ranking.things]


def test_sort_puts_what_is_ranked_in_order_and_leaves_out_the_rest() -> None:
    ranking = Ranking.of([B, A, B])
    assert ranking.things == (B, A)
    assert ranking.sort([A, C, B, A]) == [B, A]


def test_read_catalogue_lists_entities_by_name_and_no_events_articles_or_fragments(store: ox.Store) -> None:
    catalogue = read_catalogue(store, Addresses(BASE))
    assert names(catalogue.entities["country"]) == ["italy", "russia"]
    assert names(catalogue.entities[""]) == [
        "covid-19-pandemic", "italy", "kremlin", "russia", "russian-ministry-of-defence", "tass", "vladimir-putin",
    ]  # fmt: skip


def test_read_catalogue_puts_the_latest_first_and_the_undated_last() -> None:
    turtle = """@prefix e: <http://x/> . @prefix sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> .
        @prefix aid: <https://w3id.org/aidgraph/ontology#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        e:undated a aid:AidEvent . e:new a aid:AidEvent ; sem:hasLatestEndTimeStamp "2020-03-22"^^xsd:date .
        e:old a aid:AidEvent ; sem:hasLatestEndTimeStamp "1908-12-28"^^xsd:date .
        e:also a aid:AidEvent ; sem:hasLatestEndTimeStamp "2020-03-22"^^xsd:date ."""
    store = ox.Store()
    store.load(turtle.encode(), format=ox.RdfFormat.TURTLE)
    assert names(read_catalogue(store, Addresses(BASE)).events) == ["also", "new", "old", "undated"]

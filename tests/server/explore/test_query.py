"""The query behind a selection reads as if somebody had written it."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from world import BASE, World

from server.explore.asking import parse_asked
from server.explore.choosing import Choice
from server.explore.filters import ARTICLES, EVENTS, Listing
from server.explore.query import write_query

CONDITIONS = """\
WHERE {
  VALUES ?donor { country:italy country:russia }  # any of these
  ?event a aid:AidEvent ;
         aid:donor ?donor ;
         aid:phase phase:delivered ;
         sem:hasLatestEndTimeStamp ?latest .
  # on some day in this time, as far as the articles tell
  FILTER(?latest >= "2020-03-01"^^xsd:date)

"""


def write(world: World, listing: Listing, *parameters: tuple[str, str]) -> str:
    asked = parse_asked(parameters, listing)
    return write_query(asked, world.select(asked).choices, BASE)


def test_query_says_where_it_is_from_and_what_it_asks(world: World) -> None:
    text = write(
        world, EVENTS, ("donor", "country/russia"), ("donor", "country/italy"), ("phase", "delivered"),
        ("from", "2020-03"), ("page", "2"),
    )  # fmt: skip
    address = "/events?donor=country/italy&donor=country/russia&phase=delivered&from=2020-03"
    assert text.startswith(f"# The events at {address}, one a row\nPREFIX ")
    assert CONDITIONS in text
    assert text.endswith('GROUP BY ?event\nORDER BY DESC(COALESCE(MAX(STR(?until)), "")) ?event\n')


def test_query_declares_the_prefixes_that_it_uses_and_no_others(world: World) -> None:
    text = write(world, ARTICLES, ("person", "person/ada"))
    declared = [line.split()[1] for line in text.splitlines() if line.startswith("PREFIX")]
    assert declared == ["aid:", "schema:", "person:"]


@pytest.mark.parametrize("sort", ["publisher", "-publisher", "headline", "-events", "date"])
def test_query_can_be_sorted_by_every_column(world: World, sort: str) -> None:
    results = world.store.query(write(world, ARTICLES, ("sort", sort)))
    assert isinstance(results, ox.QuerySolutions)
    assert len(list(results)) == 40


def test_iri_that_is_none_never_gets_into_a_query() -> None:
    evil = Choice(1, "x", "x", iri="http://example.org/> } ; DROP ALL #")
    with pytest.raises(ValueError, match="IRI"):
        write_query(parse_asked([("donor", "x")], EVENTS), {"donor": (evil,)}, BASE)


@pytest.mark.parametrize("name", ["a b", "a.b", "a#b", "a/b", "ä", "-a", "a'b"])
def test_names_that_sparql_would_read_otherwise_are_written_as_whole_iris(name: str) -> None:
    iri = f"{BASE}id/country/{name}".replace(" ", "%20")
    text = write_query(parse_asked([("donor", "x")], EVENTS), {"donor": (Choice(1, "x", "x", iri=iri),)}, BASE)
    assert f"aid:donor <{iri}> ." in text

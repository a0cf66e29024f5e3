"""Page, files and the query of a selection tell the same story: whatever is chosen, they hold the same things."""

from __future__ import annotations

import csv
import io
import json

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyld import jsonld
from world import BASE, DATES, World, node, term

from kg.records import PartialDate
from server.explore.asking import Asked, Dates
from server.explore.exports import pieces, write_csv, write_jsonld, write_turtle
from server.explore.filters import ARTICLES, EVENTS, Listing
from server.explore.query import write_query
from server.explore.tables import READ_ROWS
from server.jsonld import CONTEXT_IRI, load_frozen

DAYS = st.sampled_from([PartialDate(date) for date in DATES if date]) | st.none()


@st.composite
def selections(draw: st.DrawFn, world: World, listing: Listing) -> Asked:
    """Any selection: some filters with some of their values, a span of dates, an order."""
    asked = Asked(
        listing, sort=draw(st.sampled_from([f"{sign}{name}" for name in listing.sorts for sign in ("", "-")]))
    )
    for name in draw(st.sets(st.sampled_from([*listing.by_name]), max_size=3)):
        known = world.values(listing, name)
        asked = asked.with_values(name, draw(st.lists(st.sampled_from(known), min_size=1, max_size=3, unique=True)))
    since, until = draw(DAYS), draw(DAYS)
    if since and until and since.first > until.last:
        since, until = until, since
    return Asked(listing, asked.values, Dates(since, until), asked.sort)


def told_by_query(world: World, asked: Asked) -> list[dict[str, str]]:
    results = world.store.query(write_query(asked, world.select(asked).choices, BASE))
    assert isinstance(results, ox.QuerySolutions)
    assert [variable.value for variable in results.variables] == list(asked.listing.columns)
    text = results.serialize(format=ox.QueryResultsFormat.CSV) or b""
    return list(csv.DictReader(io.StringIO(text.decode(), newline="")))


def told_by_csv(world: World, asked: Asked) -> list[dict[str, str]]:
    read = READ_ROWS[asked.listing.name]
    rows = (
        row.cells() for piece in pieces(world.select(asked).ids()) for row in read(world.index, world.addresses, piece)
    )
    text = b"".join(write_csv(asked.listing.columns, rows)).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def unordered(row: dict[str, str]) -> dict[str, frozenset[str]]:
    """A row whose lists of names may come in any order."""
    return {name: frozenset(value.split("; ")) for name, value in row.items()}


def things_in(triples: list[ox.Triple], listing: Listing) -> set[str]:
    return {
        triple.subject.value for triple in triples
        if (triple.predicate, triple.object) == (term("rdf:type"), term(listing.class_name))
        and isinstance(triple.subject, ox.NamedNode)
    }  # fmt: skip


@pytest.mark.parametrize("listing", [EVENTS, ARTICLES], ids=lambda listing: listing.name)
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_page_csv_and_query_hold_the_same(world: World, listing: Listing, data: st.DataObject) -> None:
    asked = data.draw(selections(world, listing))
    iris = world.iris(world.select(asked))
    by_query, by_csv = told_by_query(world, asked), told_by_csv(world, asked)
    assert [row[listing.table] for row in by_csv] == iris
    assert sorted(row[listing.table] for row in by_query) == sorted(iris)
    queried = {row[listing.table]: unordered(row) for row in by_query}
    assert queried == {row[listing.table]: unordered(row) for row in by_csv}


@pytest.mark.parametrize("listing", [EVENTS, ARTICLES], ids=lambda listing: listing.name)
@given(data=st.data())
@settings(max_examples=15, deadline=None)
def test_turtle_and_jsonld_hold_the_same_things_and_facts(
    world: World, listing: Listing, data: st.DataObject
) -> None:  # fmt: skip
    asked = data.draw(selections(world, listing))
    iris = world.iris(world.select(asked))
    nodes = [ox.NamedNode(iri) for iri in iris]
    turtle = [quad.triple for quad in ox.parse(b"".join(write_turtle(world.store, nodes, BASE)), ox.RdfFormat.TURTLE)]
    document = json.loads(b"".join(write_jsonld(world.store, nodes, CONTEXT_IRI)))
    options = {"documentLoader": load_frozen, "format": "application/n-quads"}
    quads = jsonld.to_rdf(document, options)
    assert things_in(turtle, listing) == set(iris)
    assert {quad.triple for quad in ox.parse(quads.encode(), ox.RdfFormat.N_QUADS)} == set(turtle)
    assert set(turtle) <= {quad.triple for quad in world.store}


def test_query_that_asks_for_nothing_asks_for_everything(world: World) -> None:
    assert len(told_by_query(world, Asked(EVENTS))) == 120


def test_order_of_the_query_is_that_of_the_page_for_dates(world: World) -> None:
    for sort in ("date", "-date"):
        asked = Asked(EVENTS, sort=sort)
        told = [row["event"] for row in told_by_query(world, asked)]
        assert told == world.iris(world.select(asked))


def test_names_with_quotes_and_braces_stay_out_of_the_query(world: World) -> None:
    asked = Asked(EVENTS).with_values("donor", ["organization/sly", "article/a0#unnamed-1-2"])
    text = write_query(asked, world.select(asked).choices, BASE)
    assert "Sly" not in text
    assert f"<{node('article/a0#unnamed-1-2').value}>" in text

"""Files of lists: whole or not at all."""

from __future__ import annotations

import csv
import io

import pyoxigraph as ox
import pytest
from world import BASE, World, node, term

from server.explore.exports import MOST, check_size, pieces, triples_of_things, write_csv, write_turtle
from server.problems import NotEvaluated


def test_csv_keeps_commas_quotes_and_lines() -> None:
    cells = ('a, "b"\nc', "=1+1", 7)
    text = b"".join(write_csv(("x", "y", "z"), [cells])).decode()
    assert text.startswith("x,y,z\r\n")
    assert list(csv.reader(io.StringIO(text, newline="")))[1] == ['a, "b"\nc', "=1+1", "7"]


def test_pieces_are_the_whole() -> None:
    assert list(pieces(range(5), 2)) == [[0, 1], [2, 3], [4]]


def test_file_that_would_be_too_large_is_refused_with_its_limit() -> None:
    check_size("ttl", MOST["ttl"], "")
    with pytest.raises(NotEvaluated, match=r"Choose less\.") as caught:
        check_size("ttl", MOST["ttl"] + 1, "Choose less.")
    assert caught.value.extra == {"limit": MOST["ttl"]}


def test_file_of_nothing_is_a_document() -> None:
    assert list(ox.parse(b"".join(write_turtle(ox.Store(), [], BASE)), ox.RdfFormat.TURTLE)) == []


def test_file_tells_items_and_names_of_what_an_event_points_to(world: World) -> None:
    (triples,) = triples_of_things(world.store, [node("event/e1")])
    subjects = {triple.subject for triple in triples}
    assert node("article/a1#item-1") in subjects
    parties = {triple.object for triple in triples if triple.predicate == term("aid:donor")}
    assert parties <= subjects
    typed = {triple.subject for triple in triples if triple.predicate == term("rdf:type")}
    assert typed == {node("event/e1")}


def test_part_of_itself_is_told_once() -> None:
    one, item = node("event/one"), node("article/a#item")
    store = ox.Store()
    store.extend([ox.Quad(one, term("aid:item"), item), ox.Quad(item, term("aid:item"), item)])
    (triples,) = triples_of_things(store, [one])
    assert [(triple.subject, triple.object) for triple in triples] == [(one, item), (item, item)]


def test_pieces_of_turtle_declare_prefixes_once(world: World) -> None:
    nodes = [node(f"article/a{number % 40}") for number in range(450)]
    text = b"".join(write_turtle(world.store, nodes, BASE)).decode()
    assert text.count("@prefix schema:") == 1
    assert len({quad.subject for quad in ox.parse(text, ox.RdfFormat.TURTLE)}) > 40

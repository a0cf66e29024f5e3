"""Counting and reading: every triple once, however one pages, with little read twice."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from server.fragments import shelf
from server.fragments.pattern import Pattern
from server.fragments.shelf import SIZE, Shelf, Total
from server.problems import NotEvaluated

NAME, KIND = ox.NamedNode("http://example.org/name"), ox.NamedNode("http://example.org/kind")
THING = ox.NamedNode("http://example.org/Thing")
NUMBER = 1234


@pytest.fixture(scope="module")
def store() -> ox.Store:
    store = ox.Store()
    for number in range(NUMBER):
        node = ox.NamedNode(f"http://example.org/{number}")
        store.add(ox.Quad(node, KIND, THING))
        store.add(ox.Quad(node, NAME, ox.Literal(f"thing {number % 7}")))
        store.add(ox.Quad(node, KIND, ox.Literal("not in the default graph"), ox.NamedNode("http://example.org/graph")))
    return store


def nobody() -> None:
    """Nobody has counted the triples."""


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        (Pattern(), 2 * NUMBER),
        (Pattern(predicate=KIND), NUMBER),
        (Pattern(None, NAME, ox.Literal("thing 0")), 177),
        (Pattern(ox.NamedNode("http://example.org/0")), 2),
        (Pattern(ox.NamedNode("http://example.org/0"), KIND, THING), 1),
        (Pattern(THING), 0),
        (Pattern(ox.Literal("a subject")), 0),
        (Pattern(predicate=ox.Literal("a predicate")), 0),
    ],
)
def test_pages_together_hold_each_triple_once(store: ox.Store, pattern: Pattern, number: int) -> None:
    pages = Shelf()
    assert pages.total(store, pattern, nobody) == Total(number)
    found = [triple for page in range(1, number // SIZE + 2) for triple in pages.page(store, pattern, page)]
    assert len(found) == len(set(found)) == number
    assert pages.page(store, pattern, number // SIZE + 2) == ()
    expected = (
        store.quads_for_pattern(pattern.subject, pattern.predicate, pattern.object, ox.DefaultGraph())
        if pattern.is_possible
        else ()
    )
    assert set(found) == {quad.triple for quad in expected}


def test_who_goes_on_does_not_have_the_beginning_read_again(store: ox.Store, monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[tuple[int, int]] = []
    real = shelf._read

    def counted(store: ox.Store, pattern: Pattern, offset: int, limit: int) -> shelf.Triples:
        reads.append((offset, limit))
        return real(store, pattern, offset, limit)

    monkeypatch.setattr(shelf, "_read", counted)
    monkeypatch.setattr(shelf, "AHEAD", 5)
    pages = Shelf()
    for number in range(1, 13):
        assert pages.page(store, Pattern(predicate=KIND), number)
    assert reads == [(0, SIZE), (0, 5 * SIZE), (5 * SIZE, 5 * SIZE), (10 * SIZE, 5 * SIZE)]


def test_pieces_are_forgotten_but_for_the_last_few(store: ox.Store) -> None:
    pages = Shelf()
    for number in range(3 * shelf.KEPT):
        pages.page(store, Pattern(ox.NamedNode(f"http://example.org/{number}")), 2)
    assert len(pages._pieces) == shelf.KEPT


def test_large_count_stops_and_says_so(store: ox.Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "COUNTED", 1000)
    assert Shelf().total(store, Pattern(predicate=KIND), nobody) == Total(1000, is_least=True)
    assert Shelf().total(store, Pattern(), lambda: 2468) == Total(2468)


def test_page_too_far_away_is_refused(store: ox.Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "DEEPEST", 5000)
    with pytest.raises(NotEvaluated, match="narrower pattern"):
        Shelf().page(store, Pattern(), 101)

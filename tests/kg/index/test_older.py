"""An older index that stands in for one that is being made: carried on, without what is gone, and replaced."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import StoreError
from kg.index import making
from kg.index.build import OLDER, build_index
from kg.index.older import carry_older, gone_things, is_behind, open_older
from kg.index.opened import has_index, version_of

NAME = ox.NamedNode("http://schema.org/name")
COUNTRY = ox.NamedNode("http://schema.org/Country")
A = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def countries(*names: str) -> ox.Store:
    store = ox.Store()
    for name in names:
        node = ox.NamedNode(f"http://x/id/country/{name}")
        store.extend([ox.Quad(node, A, COUNTRY), ox.Quad(node, NAME, ox.Literal(name))])
    return store


@pytest.fixture
def folder(tmp_path: Path) -> Callable[[str], Path]:
    """Makes the folder of a generation."""

    def make(name: str) -> Path:
        (tmp_path / name).mkdir()
        return tmp_path / name

    return make


@pytest.fixture
def behind(folder: Callable[[str], Path]) -> Path:
    """A generation with the index of the one before, which had Chad and Peru."""
    old, new = folder("1"), folder("2")
    build_index(countries("chad", "peru"), old)
    carry_older(old, new)
    return new


@pytest.fixture
def opened(behind: Path) -> Iterator[sqlite3.Connection]:
    """The older index, with a store that has Peru and Togo."""
    with closing(open_older(behind, gone_things(behind, countries("peru", "togo")))) as connection:
        yield connection


def names(connection: sqlite3.Connection) -> list[str]:
    return [name for (name,) in connection.execute("SELECT name FROM thing WHERE kind = 'country' ORDER BY id")]


def test_older_index_has_what_is_still_there(opened: sqlite3.Connection) -> None:
    assert names(opened) == ["peru"]
    assert version_of(opened) == "1"


def test_what_is_gone_is_not_found_by_its_words_either(opened: sqlite3.Connection) -> None:
    query = "SELECT name FROM search JOIN document ON document.id = search.rowid JOIN thing ON thing.id = thing"
    assert [name for (name,) in opened.execute(f"{query} WHERE search MATCH 'chad OR peru'")] == ["peru"]


def test_all_that_is_still_there_hides_nothing(behind: Path) -> None:
    store = countries("chad", "peru")
    assert gone_things(behind, store) == ()
    with closing(open_older(behind, ())) as connection:
        assert connection.execute("SELECT name FROM temp.sqlite_schema").fetchall() == []


def test_thing_that_only_has_a_name_is_still_there(behind: Path) -> None:
    store = countries("peru")
    store.add(ox.Quad(ox.NamedNode("http://x/id/country/chad"), NAME, ox.Literal("chad")))
    assert gone_things(behind, store) == ()


def test_older_index_is_carried_on(behind: Path, folder: Callable[[str], Path]) -> None:
    third = folder("3")
    carry_older(behind, third)
    assert is_behind(third)
    with closing(open_older(third, gone_things(third, countries("chad")))) as connection:
        assert (names(connection), version_of(connection)) == (["chad"], "1")


def test_generation_without_any_index_has_no_older_one(folder: Callable[[str], Path]) -> None:
    old, new = folder("1"), folder("2")
    carry_older(old, new)
    assert not is_behind(new)
    with pytest.raises(StoreError, match="there is no index"):
        gone_things(new, countries())


def test_own_index_takes_the_place_of_the_older_one(behind: Path) -> None:
    build_index(countries("peru", "togo"), behind)
    assert not is_behind(behind)
    assert not (behind / OLDER).exists()


@pytest.mark.parametrize(("most", "made"), [(4, True), (3, False)])
def test_only_small_graphs_are_indexed_before_they_are_published(
    most: int, made: bool, folder: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "AT_ONCE", most)
    old, new = folder("1"), folder("2")
    build_index(countries("chad"), old)
    assert making.index_generation(countries("peru", "togo"), new, 4, previous=old) is made
    assert (has_index(new), is_behind(new)) == (made, not made)


def test_first_large_graph_has_no_index_yet(folder: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "AT_ONCE", 0)
    new = folder("1")
    assert not making.index_generation(countries("peru"), new, 2, previous=None)
    assert [file.name for file in new.iterdir()] == []

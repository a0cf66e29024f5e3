"""What is found, in which order, and what is looked for when nothing is found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.index.opened import open_index
from kg.search.functions import index_of
from kg.search.words import parse_search
from kg.store import current_version
from server.search.find import ALIAS, ALL, ANY, BEGINS, EXACT, HAS, MOST, Finder, Found, name_fit, read_shelves
from server.search.kinds import kinds_of


@pytest.fixture(scope="module")
def finder(words_data: Path) -> Iterator[Finder]:
    folder = words_data / "stores" / str(current_version(words_data))
    index_of(folder).close()
    connection = open_index(folder)
    yield Finder(connection, read_shelves(connection))
    connection.close()


def find(finder: Finder, typed: str, *, is_exact: bool = False) -> Found:
    return finder.find(parse_search(typed, is_open=True), is_exact=is_exact)


def titles(finder: Finder, found: Found, kind: str) -> list[str]:
    ids = finder.ranked(found.expression, kinds_of(kind), found.asked.name)
    return [finder.index.execute("SELECT title FROM document WHERE id = ?", (one,)).fetchone()[0] for one in ids]


def test_results_are_counted_by_kind(finder: Finder) -> None:
    counts = find(finder, "masks").counts
    assert {kind: counts[kind] for kind in ("event", "item", "evidence")} == {"event": 1, "item": 1, "evidence": 1}


def test_sentence_is_found_by_its_own_words_and_not_by_the_headline(finder: Finder) -> None:
    assert "evidence" not in find(finder, "flood").counts
    assert find(finder, "thursday").counts == {"evidence": 1}


def test_thing_of_that_name_comes_first(finder: Finder) -> None:
    assert titles(finder, find(finder, "zantavia"), "entity")[:2] == ["Zantavia", "Zantavia Relief"]
    assert titles(finder, find(finder, "merristan courier"), "entity")[0] == "Merristan Courier"
    assert titles(finder, find(finder, "ztv"), "entity") == ["Zantavia"]


def test_equal_events_come_latest_first(finder: Finder) -> None:
    found = titles(finder, find(finder, "tents number"), "event")
    assert found[0] == "Zantavia delivers tents number 30"


@pytest.mark.parametrize(
    ("typed", "name", "is_corrected", "match"),
    [
        ("masks", "masks", False, ALL),
        ("zantivia masks", "zantavia masks", True, ALL),
        ("who sent masks to merristan", "sent masks merristan", False, MOST),
        ("who sends masks to merristan", "sends masks merristan", False, ALL),
        ("tents thursday", "tents thursday", False, ANY),
        ("merr", "merr", False, ALL),
    ],
)
def test_words_are_looked_for_all_then_near_then_any(
    finder: Finder, typed: str, name: str, is_corrected: bool, match: str
) -> None:
    found = find(finder, typed)
    assert (found.asked.name, found.is_corrected, found.match) == (name, is_corrected, match)
    assert found.counts


@pytest.mark.parametrize("typed", ["zantivia", "xyzzyxyzzy", "", "-masks"])
def test_nothing_is_found_as_it_is_spelled(finder: Finder, typed: str) -> None:
    assert find(finder, typed, is_exact=True).counts == {}


@pytest.mark.parametrize(
    ("name", "fit"),
    [("zantavia", EXACT), ("ztv", ALIAS), ("land of zant", ALIAS), ("zant", BEGINS), ("relief", HAS)],
)
def test_name_fits_well_or_less_well(name: str, fit: int) -> None:
    assert name_fit(name, "Zantavia", "ZTV; Land of Zant") == fit

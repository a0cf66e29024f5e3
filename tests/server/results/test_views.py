"""Only pictures that the columns allow are offered, made of the columns that suit best, and with a reason."""

from __future__ import annotations

import pytest

from server.results.answer import Cell, Rows
from server.results.columns import Column, Kind
from server.results.views import offer_graph_views, offer_views


def columns(words: str) -> list[Column]:
    """``donor:place n:number``; an exclamation mark for cells that all differ."""
    kinds: dict[str, Kind] = {kind: kind for kind in ("place", "date", "number", "thing", "text", "empty")}
    parts = ([*word.rstrip("!").split(":"), word.endswith("!")] for word in words.split())
    return [Column(str(name), kinds[str(kind)], bool(differs)) for name, kind, differs in parts]


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ("x:text", ["table"]),
        ("x:empty y:empty", ["table"]),
        ("x:number", ["table"]),
        ("x:thing", ["table"]),
        ("where:place", ["table", "map"]),
        ("donor:place recipient:place", ["table", "map", "graph"]),
        ("day:date", ["table"]),
        ("day:date who:text", ["table", "timeline"]),
        ("day:date n:number", ["table", "chart"]),
        ("who:text! n:number", ["table", "chart"]),
        ("who:text n:number", ["table"]),
        ("day:date who:text n:number", ["table", "timeline", "chart"]),
        ("a:thing b:thing", ["table", "graph"]),
        ("day:date donor:place recipient:place n:number", ["table", "map", "timeline", "chart", "graph"]),
    ],
)
def test_views_are_those_that_fit(given: str, names: list[str]) -> None:
    assert [view.name for view in offer_views(columns(given))] == names


@pytest.mark.parametrize(
    ("given", "source", "target"),
    [
        ("a:place b:place", "a", "b"),
        ("recipient:place donor:place", "donor", "recipient"),
        ("to:place x:place", "x", "to"),
        ("x:place y:place from:place", "from", "x"),
        ("donor:place x:place recipient:place", "donor", "recipient"),
    ],
)
def test_names_of_columns_tell_which_way_an_arc_goes(given: str, source: str, target: str) -> None:
    view = next(view for view in offer_views(columns(given)) if view.name == "map")
    assert (view["source"].name, view["target"].name) == (source, target)


def test_reason_names_the_columns() -> None:
    reasons = {view.name: view.reason for view in offer_views(columns("day:date donor:place to:place n:number"))}
    assert "?donor" in reasons["map"]
    assert "?to" in reasons["map"]
    assert "?n" in reasons["chart"]
    assert "?day" in reasons["timeline"]


def test_two_dates_make_bands() -> None:
    view = next(view for view in offer_views(columns("who:text first:date last:date")) if view.name == "timeline")
    assert (view["day"].name, view["end"].name) == ("first", "last")


@pytest.mark.parametrize(("is_iri", "names"), [(True, ["text", "table", "graph"]), (False, ["text", "table"])])
def test_triples_are_a_picture_if_they_link_things(is_iri: bool, names: list[str]) -> None:
    thing = Cell("http://x/a", is_iri=True)
    rows = Rows(("subject", "predicate", "object"), ((thing, thing, Cell("http://x/b", is_iri=is_iri)),), 1)
    assert [view.name for view in offer_graph_views(rows)] == names

"""Pictures are of the rows, say what of these is not on them, and link to what they show."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from server.addresses import Addresses
from server.drawing import BarDrawing, ChartDrawing, GraphDrawing, MapDrawing, TimelineDrawing
from server.results.answer import Cell, Rows
from server.results.columns import read_columns
from server.results.known import Knowledge, Known
from server.results.links import link_of
from server.results.pictures import MOST_BARS, Picture, draw
from server.results.views import offer_graph_views, offer_views
from server.views.reader import Link

XSD = "http://www.w3.org/2001/XMLSchema#"
BASE = "http://x/"
PLACES = {"italy": (42.8, 12.8), "russia": (60.0, 90.0), "france": (46.0, 2.0)}
KNOWN = Knowledge({
    Cell(f"{BASE}id/country/{name}", is_iri=True): Known(Link(name.title(), f"/page/country/{name}"), at)
    for name, at in PLACES.items()
})  # fmt: skip


def cell(word: str) -> Cell | None:
    """``c/italy`` a country, ``12`` a number, ``2020-03`` a date, ``-`` nothing, else a text."""
    if word == "-":
        return None
    if word.startswith("c/"):
        return Cell(f"{BASE}id/country/{word[2:]}", is_iri=True)
    if word.lstrip("~").isdigit():
        return Cell(word.replace("~", "-"), datatype=f"{XSD}integer")
    return Cell(word, datatype=f"{XSD}date" if word[:4].isdigit() else None)


def picture(name: str, columns: str, *lines: str) -> Picture:
    names = tuple(columns.split())
    rows = Rows(names, tuple(tuple(map(cell, line.split())) for line in lines), len(lines))
    view = next(view for view in offer_views(read_columns(rows, KNOWN)) if view.name == name)
    addresses = Addresses(BASE)
    drawn = draw(view, rows, KNOWN, lambda one: KNOWN.link(one) or link_of(one, addresses))
    assert drawn is not None
    return drawn


def titles(marks: Sequence[object]) -> list[str]:
    return [str(getattr(mark, "title", "")) for mark in marks]


def test_map_joins_rows_of_one_pair_and_counts_those_without_a_place() -> None:
    made = picture("map", "donor recipient", "c/russia c/italy", "c/russia c/italy", "c/france c/italy", "c/x c/italy")
    assert isinstance(made.drawing, MapDrawing)
    assert set(titles(made.drawing.arcs)) == {"Russia to Italy: 2 rows", "France to Italy: 1 row"}
    assert made.notes == ("1 row has no place whose position is known.",)
    assert made.drawing.legend == ()


def test_map_counts_by_the_number_in_a_row() -> None:
    made = picture("map", "donor recipient n", "c/russia c/italy 12", "c/france c/italy 0")
    assert isinstance(made.drawing, MapDrawing)
    assert len(set(titles(made.drawing.arcs))) == 1
    assert titles(made.drawing.arcs)[0] == "Russia to Italy: 12 ?n"


def test_map_of_one_column_has_dots_as_large_as_their_largest_numbers() -> None:
    made = picture("map", "place n", "c/russia 1234", "c/italy 5", "c/russia 234")
    assert isinstance(made.drawing, MapDrawing)
    assert titles(made.drawing.dots) == ["Russia: 1,234", "Italy: 5"]
    assert made.drawing.dots[0].href == "/page/country/russia"
    assert made.drawing.description == "2 places. The largest: Russia: 1,234; Italy: 5."


def test_map_of_one_column_without_numbers_counts_rows() -> None:
    made = picture("map", "place", "c/russia", "c/italy", "c/russia")
    assert isinstance(made.drawing, MapDrawing)
    assert titles(made.drawing.dots) == ["Russia: 2 rows", "Italy: 1 row"]


def test_timeline_names_rows_by_all_that_is_in_them() -> None:
    made = picture("timeline", "day who what", "2020-03-21 c/russia masks", "2021-05 c/italy tents", "- c/italy boats")
    assert isinstance(made.drawing, TimelineDrawing)
    assert titles(made.drawing.marks) == ["Russia; masks", "Italy; tents"]
    assert made.notes == ("1 row has no ?day.",)
    assert made.drawing.description == "2 rows as dots."


def test_timeline_of_two_dates_has_bands_in_whatever_order_they_stand() -> None:
    made = picture("timeline", "who last first", "c/russia 2020-03-21 2020-01-01", "c/italy 2020-02-01 2020-02-01")
    assert isinstance(made.drawing, TimelineDrawing)
    assert titles(made.drawing.bands) == ["Russia", "Italy"]
    assert made.drawing.description == "2 rows as bands."


def test_chart_over_time_has_a_point_for_each_number() -> None:
    made = picture("chart", "day n who", "2020-03-21 793 c/italy", "2020-03-22 ~5 c/italy", "- 4 c/italy")
    assert isinstance(made.drawing, ChartDrawing)
    assert titles(made.drawing.points) == ["Italy: 793"]
    assert made.notes == ("1 row has no number with a date.", "1 number below zero is only in the table.")


def test_chart_by_name_has_a_bar_for_each_row_in_the_order_of_the_answer() -> None:
    made = picture("chart", "who n", "Kremlin 3", "Conte 7", "Nobody ~1")
    assert isinstance(made.drawing, BarDrawing)
    assert [title.partition(",")[0] for title in titles(made.drawing.bars)] == ["Kremlin", "Conte"]
    assert made.notes == ("1 number below zero is only in the table.",)


def test_chart_says_how_many_bars_there_are_not() -> None:
    made = picture("chart", "who n", *(f"name{number} {number}" for number in range(MOST_BARS + 3)))
    assert made.notes == (f"The first {MOST_BARS} of {MOST_BARS + 3} rows are drawn.",)


def test_graph_says_how_many_links_find_no_room() -> None:
    made = picture("graph", "a b", *(f"c/italy c/x{number}" for number in range(70)))
    assert isinstance(made.drawing, GraphDrawing)
    assert len(made.drawing.nodes) == 60
    assert made.drawing.nodes[0].title == "Italy"
    assert made.notes == ("A picture holds 60 things: 11 further links are only in the table.",)


def test_texts_of_triples_are_no_things_though_a_country_has_that_name() -> None:
    italy, name = Cell(f"{BASE}id/country/italy", is_iri=True), Cell("http://schema.org/name", is_iri=True)
    russia = Cell("Russia")
    known = Knowledge({**KNOWN.things, russia: Known(Link("Russia"), PLACES["russia"])})
    rows = Rows(("subject", "predicate", "object"), ((italy, name, russia), (italy, name, italy)), 2)
    made = draw(offer_graph_views(rows)[2], rows, known, lambda one: known.link(one) or Link(one.value))
    assert made is not None
    assert isinstance(made.drawing, GraphDrawing)
    assert titles(made.drawing.nodes) == ["Italy"]


@pytest.mark.parametrize("name", ["map", "timeline", "chart", "graph"])
def test_pictures_are_drawn_of_any_fitting_rows(name: str) -> None:
    made = picture(name, "donor recipient day n", "c/russia c/italy 2020-02 0", "c/italy c/italy 2020-03-01 5")
    assert made.drawing.description

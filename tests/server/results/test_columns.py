"""What a column holds is found out from its cells, and is said only if it holds for all of them."""

from __future__ import annotations

import pytest

from server.results.answer import Cell, Rows
from server.results.columns import day_of, number_of, read_columns, time_of
from server.results.known import Knowledge, Known
from server.views.reader import Link

XSD = "http://www.w3.org/2001/XMLSchema#"
ITALY = Cell("http://x/id/country/italy", is_iri=True)
RUSSIA = Cell("Russia")
KNOWN = Knowledge({
    ITALY: Known(Link("Italy", "/page/country/italy"), (42.8, 12.8)),
    RUSSIA: Known(Link("Russia"), (60.0, 90.0)),
})  # fmt: skip


def typed(value: str, name: str) -> Cell:
    return Cell(value, datatype=f"{XSD}{name}")


def iri(name: str) -> Cell:
    return Cell(f"http://x/{name}", is_iri=True)


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ([ITALY, iri("organization/un")], "place"),
        ([iri("a"), iri("b")], "thing"),
        ([RUSSIA, Cell("Red Cross")], "place"),
        ([RUSSIA, Cell("Red Cross"), Cell("UN")], "text"),
        ([typed("2020-03-21", "date"), typed("1908-12", "gYearMonth"), typed("1908", "gYear")], "date"),
        ([typed("2020-03-21T10:00:00Z", "dateTime"), Cell("2020-03")], "date"),
        ([typed("2020-03-21", "date"), Cell("soon")], "text"),
        ([typed("1", "integer"), typed("1.5", "decimal"), typed("1e3", "double")], "number"),
        ([typed("1", "integer"), typed("NaN", "double")], "text"),
        ([typed("1", "integer"), Cell("1")], "text"),
        ([iri("a"), Cell("a")], "text"),
        ([None, None], "empty"),
        ([None, typed("1", "integer")], "number"),
    ],
)
def test_column_is_of_the_kind_of_all_its_cells(cells: list[Cell | None], kind: str) -> None:
    (column,) = read_columns(Rows(("x",), tuple((cell,) for cell in cells), len(cells)), KNOWN)
    assert column.kind == kind


@pytest.mark.parametrize(("name", "kind"), [("year", "date"), ("firstYear", "date"), ("n", "number")])
def test_integers_are_years_only_by_the_name_of_their_column(name: str, kind: str) -> None:
    rows = Rows((name,), ((typed("1908", "integer"),), (typed("2020", "integer"),)), 2)
    assert read_columns(rows, KNOWN)[0].kind == kind


def test_column_knows_whether_its_cells_differ() -> None:
    rows = Rows(("x", "y"), ((iri("a"), iri("a")), (iri("a"), iri("b"))), 2)
    assert [column.differs for column in read_columns(rows, KNOWN)] == [False, True]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (typed("2020-03-21Z", "date"), "2020-03-21"),
        (typed("2020-03-21+02:00", "date"), "2020-03-21"),
        (typed("2020-02-30", "date"), None),
        (typed("-0044-03-15", "date"), None),
        (Cell("2020-13"), None),
        (Cell("2020-03-21 and later"), None),
        (Cell("2020", lang="en"), None),
        (iri("2020"), None),
    ],
)
def test_day_of_is_a_day_that_exists(cell: Cell, day: str | None) -> None:
    assert day_of(cell) == day


def test_time_of_takes_a_year_that_is_an_integer() -> None:
    assert [time_of(typed("1908", "integer")), time_of(typed("12", "integer"))] == ["1908", None]


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (typed("-1.5", "decimal"), -1.5),
        (typed("INF", "double"), None),
        (Cell("1"), None),
        (typed("x", "integer"), None),
    ],
)
def test_number_of_is_finite(cell: Cell, number: float | None) -> None:
    assert number_of(cell) == number

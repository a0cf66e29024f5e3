"""The comparison of results sees what differs and nothing else."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from w3c.compare import difference
from w3c.results import CSV, Solutions, read_graph, read_table

XSD = "http://www.w3.org/2001/XMLSchema#"


def table(*values: str) -> Solutions:
    """Rows of one variable, each value in N-Triples."""
    graph = "".join(f"<s:{place}> <p:p> {value} .\n" for place, value in enumerate(values))
    rows = tuple({"v": triple.object} for triple in ox.parse(graph, format=ox.RdfFormat.N_TRIPLES))
    return Solutions(frozenset("v"), rows)


@pytest.mark.parametrize(
    ("expected", "got"),
    [
        (["<a:1>", '"x"'], ['"x"', "<a:1>"]),
        (["_:a", "_:b", "_:b"], ["_:x", "_:y", "_:x"]),
        ([f'"3.0"^^<{XSD}decimal>'], [f'"3"^^<{XSD}decimal>']),
        ([f'"1.0E2"^^<{XSD}double>'], [f'"100"^^<{XSD}double>']),
        ([f'"2020-01-01+00:00"^^<{XSD}date>'], [f'"2020-01-01Z"^^<{XSD}date>']),
        ([f'<<( _:a <p:p> "1"^^<{XSD}integer> )>>'], [f'<<( _:b <p:p> "01"^^<{XSD}integer> )>>']),
        ([f'"x"^^<{XSD}integer>'], [f'"x"^^<{XSD}integer>']),
    ],
)
def test_same_tables_have_no_difference(expected: list[str], got: list[str]) -> None:
    assert difference(table(*expected), table(*got)) == ""


@pytest.mark.parametrize(
    ("expected", "got"),
    [
        (["<a:1>"], ["<a:2>"]),
        (['"x"'], ['"x"@en']),
        (['"x"', '"x"'], ['"x"']),
        (["_:a", "_:a"], ["_:a", "_:b"]),
        (["_:a"], ["<b:a>"]),
        ([f'"1"^^<{XSD}integer>'], [f'"1"^^<{XSD}decimal>']),
        (["<<( <a:s> <p:p> <a:o> )>>"], ["<<( <a:s> <p:p> <a:x> )>>"]),
    ],
)
def test_other_tables_have_a_difference(expected: list[str], got: list[str]) -> None:
    assert difference(table(*expected), table(*got))


def test_difference_tells_the_rows() -> None:
    told = difference(table("<a:1>", "<a:1>", "<a:2>"), table("<a:2>", "<a:3>"))
    assert told == "3 rows expected, 2 got\n- ?v=<a:1>\n- ?v=<a:1>\n+ ?v=<a:3>"


def test_difference_counts_places_where_order_does() -> None:
    first, second = table("<a:1>", "<a:2>"), table("<a:2>", "<a:1>")
    assert difference(first, second) == ""
    assert difference(first, second, is_ordered=True)


@pytest.mark.parametrize(("got", "is_same"), [(["<a:1>"], True), (["<a:1>"] * 3, False), ([], False)])
def test_difference_may_be_lax_about_repeats(got: list[str], is_same: bool) -> None:
    assert (difference(table("<a:1>", "<a:1>"), table(*got), is_lax=True) == "") is is_same


def test_difference_sees_variables_and_truth() -> None:
    assert difference(Solutions(frozenset("v"), ()), Solutions(frozenset("w"), ()))
    assert difference(True, False) == "expected True, got False"
    assert difference(True, Solutions(frozenset(), ())) == "expected True, got 0 rows"


def test_csv_is_read_as_blank_nodes_numbers_and_text() -> None:
    read = read_table(b'v\r\n_:x\r\n1.0E6\r\n"4,4"\r\n', CSV)
    assert isinstance(read, Solutions)
    assert difference(table("_:a", f'"1000000"^^<{XSD}double>', '"4,4"'), read) == ""


def test_graphs_are_compared_as_sets() -> None:
    first = read_graph("[] <p:p> [ <p:q> 1, 1 ] , <x> .", "http://base.example/")
    second = read_graph("_:a <p:p> _:b, <http://base.example/x> . _:b <p:q> 1 .", "http://base.example/")
    assert difference(first, second) == ""

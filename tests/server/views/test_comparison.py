"""What articles say side by side: who differs, who says nothing."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from server.views.claims import Claim, Telling, Value
from server.views.comparison import MOST_COLUMNS, compare


def telling(*values: str) -> Telling:
    """One article that says these of the donor."""
    return Telling(None, "asserted", (), (), (Claim("From", tuple(Value(value, value) for value in values)),))


def flags(*said: Sequence[str]) -> list[bool]:
    table = compare([telling(*values) for values in said])
    assert table is not None
    return [cell.differs for cell in table.rows[0].cells]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (["A", "A"], [False, False]),
        (["A", "B"], [True, True]),
        (["A", "A", "B"], [False, False, True]),
        (["A", "", "B"], [True, False, True]),
        (["AB", "BA"], [False, False]),
        (["AB", "A"], [True, True]),
    ],
    ids=["agree", "differ", "two against one", "one is silent", "same in another order", "one says more"],
)
def test_cells_differ_from_what_most_say(said: list[str], expected: list[bool]) -> None:
    assert flags(*said) == expected


def test_row_on_which_all_who_speak_agree_is_folded() -> None:
    table = compare([telling("A"), telling(), telling("A")])
    assert table is not None
    assert ([value.text for value in table.rows[0].agreed], table.rows[0].speakers) == (["A"], 2)
    assert table.differing == ()


def test_row_of_which_nobody_speaks_is_left_out() -> None:
    table = compare([telling(), telling()])
    assert table is not None
    assert table.rows == ()


def test_one_article_is_compared_with_nothing() -> None:
    assert compare([telling("A")]) is None


def test_articles_without_room_are_compared_and_counted() -> None:
    table = compare([*[telling("A")] * MOST_COLUMNS, telling("B")])
    assert table is not None
    assert (len(table.rows[0].cells), table.left_out, table.differing) == (MOST_COLUMNS, 1, ("From",))

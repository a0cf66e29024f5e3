"""When two articles tell the same giving, and when they are kept apart."""

from dataclasses import replace
from decimal import Decimal

import pytest

from kg.merge.event import Telling
from kg.merge.same import blocking_key, compare, compare_dates
from kg.records import Category, Item, PartialDate, Quantity, Report, Span


def item(category: Category, value: int | None = None, unit: str | None = None) -> Item:
    quantity = None if value is None else Quantity(Decimal(value), unit=unit)
    return Item(Span(0, 5), "words", category, quantity)


def telling(article: str, date: str | None, *items: Item, crisis: str | None = "crisis/flood") -> Telling:
    report = Report(
        "delivered", "asserted", (Span(0, 9),), ("country/a",), ("country/b",), items=items,
        date=PartialDate(date) if date else None, crisis=crisis,
    )  # fmt: skip
    return Telling(article, report)


TENTS, MASKS, SUITS = item("shelter", 100, "tents"), item("masks"), item("ppe")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (telling("x", "2020-03-22", TENTS), telling("y", "2020-03-22", TENTS), True),
        (telling("x", "2020-03-22", TENTS), telling("y", "2020-03-22", item("shelter")), True),
        (telling("x", "2020-03-22", MASKS), telling("y", "2020-03-22", SUITS), True),
        (telling("x", "2020-03-22", TENTS), telling("y", "2020-03-22"), True),
        (telling("x", "2020-03-22", TENTS), telling("y", "2020-03", TENTS), True),
        (telling("x", "2020-03-22", TENTS), telling("y", None, TENTS), True),
        (telling("x", "2020-03-22", TENTS), telling("y", "2020-03-22", TENTS, crisis=None), True),
        (telling("x", "2020-03-22", TENTS), telling("x", "2020-03-22", TENTS), False),
        (telling("x", "2020-03-22", TENTS), telling("y", "2020-03-23", TENTS), False),
        (telling("x", "2020-03-22", TENTS), telling("y", "2020-03-22", MASKS), False),
        (telling("x", "2020-03-22", TENTS), telling("y", "2020-03-22", item("shelter", 90, "tents")), False),
        (telling("x", "2020-03-22", TENTS), telling("y", "2020-03-22", TENTS, crisis="crisis/war"), False),
        (telling("x", "2020-03-22"), telling("y", "2020-03", TENTS), False),
        (telling("x", None, MASKS), telling("y", None, MASKS), False),
        (telling("x", "2020-03-22"), telling("y", "2020-03-22", crisis=None), False),
    ],
)
def test_tellings_are_compared(one: Telling, other: Telling, same: bool) -> None:
    assert compare(one, other).same is same
    assert compare(other, one) == compare(one, other)
    assert compare(one, other).reason


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("2020-03-22", "2020-03-22", "same day"),
        ("2020-03", "2020-03", "overlapping"),
        ("2020", "2020-12-31", "overlapping"),
        ("2020-02-29", "2020-03", "apart"),
        (None, "2020", "unknown"),
    ],
)
def test_dates_are_compared_as_far_as_they_are_known(a: str | None, b: str, expected: str) -> None:
    assert compare_dates(PartialDate(a) if a else None, PartialDate(b)) == expected


@pytest.mark.parametrize("parties", [{"donors": ()}, {"recipients": ()}, {"donors": ("unnamed/some",)}])
def test_reports_without_known_parties_stay_alone(parties: dict[str, tuple[str, ...]]) -> None:
    assert blocking_key(replace(telling("x", None).report, **parties)) is None

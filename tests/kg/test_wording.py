"""Records in words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.records import Figure, Item, PartialDate, Quantity, Report, Span
from kg.wording import field_words, figure_words, item_words, quantity_words, report_words

NAMES = {"country/norway": "Norway", "country/chile": "Chile"}


def name_of(key: str) -> str:
    return NAMES.get(key, key)


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        (Quantity(Decimal(6000), qualifier="over", unit="people"), "over 6,000 people"),
        (Quantity(Decimal("2.50"), unit="tonnes"), "2.5 tonnes"),
        (Quantity(Decimal("5E+6"), currency="GBP"), "GBP 5,000,000"),
        (Quantity(minimum=Decimal(10), maximum=Decimal(20), qualifier="range", unit="lorries"), "10 to 20 lorries"),
        (Quantity(Decimal(3)), "3"),
    ],
)
def test_quantity_in_words(quantity: Quantity, words: str) -> None:
    assert quantity_words(quantity) == words


def test_report_in_words() -> None:
    report = Report("pledged", "denied", (Span(0, 1),), donors=("country/norway", "country/chile"))
    assert report_words(report, name_of) == "Norway, Chile to –, pledged, denied"


def test_figure_in_words() -> None:
    figure = Figure("deaths", Quantity(Decimal(12)), Span(0, 1), change=True, place="country/chile")
    assert figure_words(figure, name_of) == "deaths (change): 12, Chile"


def test_item_in_words() -> None:
    assert item_words(Item(Span(0, 5), "tents", "shelter", Quantity(Decimal(20), unit="tents"))) == (
        "tents: 20 tents, shelter"
    )
    assert item_words(Item(Span(0, 5), "tents", "shelter")) == "tents: shelter"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (("country/norway", "country/chile"), "Norway; Chile"),
        ((), "–"), (None, "–"), (True, "true"), ("pledged", "pledged"), (PartialDate("2020-03"), "2020-03"),
        ((Span(0, 5), Span(6, 9)), "tents; for"),
    ],
)  # fmt: skip
def test_field_in_words(value: object, words: str) -> None:
    assert field_words(value, "tents for all", name_of) == words

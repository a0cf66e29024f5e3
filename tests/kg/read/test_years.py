"""The year of a day without one: what decides, and that nothing is guessed."""

from __future__ import annotations

import pytest

from kg.read.dates import find_dates
from kg.read.years import choose_year, latest_year
from kg.records import PartialDate


def choose(day: str, *, page: tuple[str, ...] = (), lead: str = "", text: str = "") -> str | None:
    (found,) = find_dates(day)
    date = choose_year(found, page_dates=[PartialDate(iso) for iso in page], lead=lead, text=f"{lead} {text}")
    return date.iso if date else None


@pytest.mark.parametrize(
    "day, page, iso",
    [
        ("March 21", "2020-04", "2020-03-21"),
        ("December 31", "2011-01-02", "2010-12-31"),
        ("January 2", "2010-12", "2011-01-02"),
        ("July 12", "2009-07-13", "2009-07-12"),
        ("March 21", "2020", "2020-03-21"),
        ("March 21", "2020-10", None),
    ],
)
def test_page_date_decides(day: str, page: str, iso: str | None) -> None:
    assert choose(day, page=(page,)) == iso


def test_copyright_year_that_the_weekday_contradicts_does_not_decide() -> None:
    assert choose("March 21", page=("2023",), lead="he said on Saturday", text="in late 2019") == "2020-03-21"


@pytest.mark.parametrize(
    "day, lead, text, iso",
    [
        ("March 21", "the office said on Saturday", "In late December 2019, an outbreak", "2020-03-21"),
        ("March 22", "the office said on Saturday", "In late December 2019, an outbreak", "2020-03-22"),
        ("May 13", "officials said Tuesday", "the quake of May 12, 2008", "2008-05-13"),
        ("March 21", "he said on Saturday", "a goal by March 2030 and by 2025; since 2019", "2020-03-21"),
        ("March 21", "compared to last Friday, on Saturday", "since 2019", "2020-03-21"),
    ],
)
def test_weekday_and_latest_year_decide(day: str, lead: str, text: str, iso: str) -> None:
    assert choose(day, lead=lead, text=text) == iso


def test_last_day_named_decides_within_a_month() -> None:
    assert choose("January 20", text="after the quake of January 12, 2010") == "2010-01-20"
    assert choose("January 4", text="after the flood of December 12, 2009") == "2010-01-04"


@pytest.mark.parametrize(
    "lead, text",
    [("", ""), ("on Saturday", ""), ("", "in late 2019"), ("", "the quake of May 12, 2008")],
)
def test_nothing_decides(lead: str, text: str) -> None:
    assert choose("March 21", lead=lead, text=text) is None


def test_weekday_is_looked_for_in_five_years_only() -> None:
    assert choose("March 21", lead="on Monday", text="in 1908") == "1910-03-21"
    assert choose("March 21", lead="on Wednesday", text="in 1908") is None


@pytest.mark.parametrize(
    "text, year",
    [
        ("in 2010 and since 2011", 2011),
        ("by 2030, until 2025, since 2014", 2014),
        ("of 2000 people in 1990", 1990),
        ("(2015)", 2015),
        ("between 2011-2013", 2013),
        ("from 2000 tonnes", None),
        ("room 2050", None),
    ],
)
def test_latest_year(text: str, year: int | None) -> None:
    assert latest_year(text) == year

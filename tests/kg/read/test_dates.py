"""Dates as pages print them, and what is no date."""

from __future__ import annotations

import pytest

from kg.read.dates import find_dates, is_weekday, parse_stamp


@pytest.mark.parametrize(
    "text, iso",
    [
        ("3 May 2011", "2011-05-03"),
        ("3rd of May, 2011", "2011-05-03"),
        ("May 3, 2011", "2011-05-03"),
        ("MAY 3RD 2011".replace("RD", "rd"), "2011-05-03"),
        ("Sept. 3, 2011", "2011-09-03"),
        ("03-May-2011", "2011-05-03"),
        ("2011-05-03", "2011-05-03"),
        ("2011/05/03", "2011-05-03"),
        ("3.5.2011", "2011-05-03"),
        ("25/12/2011", "2011-12-25"),
        ("12/25/2011", "2011-12-25"),
        ("April 2020", "2020-04"),
        ("Aug. 20, 1921", "1921-08-20"),
        ("Saturday, March 21, 2020", "2020-03-21"),
        ("3 June 2011 10:30 GMT", "2011-06-03"),
        ("2020-03-13 18:23:51", "2020-03-13"),
        ("June 3, 2011 at 10:15 a.m. EST", "2011-06-03"),
        ("on 3 May 2011.", "2011-05-03"),
    ],
)
def test_parse_stamp(text: str, iso: str) -> None:
    stamp = parse_stamp(text)
    assert stamp
    assert stamp.partial
    assert stamp.partial.iso == iso


@pytest.mark.parametrize(
    "text",
    ["3/5/2011", "31 February 2011", "May", "may 3 people", "3 May 2011 in Rome", "3 May 2011, 4 May 2011", "2011"],
)
def test_parse_stamp_takes_no_other_words(text: str) -> None:
    stamp = parse_stamp(text)
    assert stamp is None or stamp.partial is None


def test_find_dates_without_a_year() -> None:
    (date,) = find_dates("MOSCOW, March 21. /TASS/.")
    assert (date.year, date.month, date.day, date.partial) == (None, 3, 21, None)


def test_find_dates_in_text_order_and_never_twice() -> None:
    text = "On April 5, 2010, after 12 January 2010 and in May 2011, but not 1,500 in March 2,000."
    assert [(date.year, date.month, date.day) for date in find_dates(text)] == [
        (2010, 4, 5),
        (2010, 1, 12),
        (2011, 5, None),
    ]


def test_leap_day_exists_in_leap_years_only() -> None:
    (day,) = find_dates("29 February")
    assert day.in_year(2019) is None
    assert day.in_year(2020)


@pytest.mark.parametrize(
    "text, known", [("Monday", True), ("Tue", True), ("sat.", True), ("Sunrise", False), ("May", False)]
)
def test_is_weekday(text: str, known: bool) -> None:
    assert is_weekday(text) is known

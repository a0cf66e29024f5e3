"""Days as numbers, before our era too."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.drawing.dates import civil, day_number, days_of, iso_day, month_words, year_words


@given(st.dates())
def test_day_numbers_are_as_far_apart_as_days_are(day: datetime.date) -> None:
    base = day_number(1, 1, 1) - datetime.date.min.toordinal()
    assert day_number(day.year, day.month, day.day) - base == day.toordinal()


@given(st.integers(-5_000_000, 5_000_000))
def test_civil_is_the_inverse_of_day_number(number: int) -> None:
    assert day_number(*civil(number)) == number


@pytest.mark.parametrize(
    ("iso", "first", "last"),
    [
        ("2020", "2020-01-01", "2020-12-31"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("1900-02", "1900-02-01", "1900-02-28"),
        ("2020-12", "2020-12-01", "2020-12-31"),
        ("2020-03-21", "2020-03-21", "2020-03-21"),
        ("-0043", "-0043-01-01", "-0043-12-31"),
    ],
)
def test_dates_mean_all_days_that_they_may_mean(iso: str, first: str, last: str) -> None:
    days = days_of(iso)
    assert days is not None
    assert (iso_day(days[0]), iso_day(days[1])) == (first, last)


@pytest.mark.parametrize("iso", ["", None, "spring", "2020-13", "2020-02-30", "2020-00", "2020-3", "2020-03-00"])
def test_what_is_no_date_means_no_days(iso: str | None) -> None:
    assert days_of(iso) is None


@pytest.mark.parametrize(("year", "words"), [(2020, "2020"), (79, "79 CE"), (0, "1 BCE"), (-43, "44 BCE")])
def test_years_before_our_era_are_counted_backwards(year: int, words: str) -> None:
    assert year_words(year) == words
    assert month_words(year, 3) == f"Mar {words}"

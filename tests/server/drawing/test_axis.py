"""The axis of time: its unit, its breaks, its labels."""

import itertools

import pytest

from server.drawing.axis import BREAK, Axis, make_axis
from server.drawing.dates import days_of


def axis(*dates: str) -> Axis:
    stretches = [(days[0], days[1] + 1) for date in dates if (days := days_of(date))]
    made = make_axis(stretches, 0, 900)
    assert made is not None
    return made


def day(iso: str) -> int:
    days = days_of(iso)
    assert days is not None
    return days[0]


@pytest.mark.parametrize(
    ("dates", "unit"),
    [
        (("2020-03-01", "2020-04-20"), "day"),
        (("2020-03", "2020-09", "2021-11"), "month"),
        (("2010", "2014", "2018", "2020"), "year"),
        (("1921-03-01", "2020-03-01"), "day"),
    ],
)
def test_axis_has_the_unit_of_what_there_is_to_see(dates: tuple[str, ...], unit: str) -> None:
    assert axis(*dates).unit == unit


def test_axis_fills_its_length() -> None:
    made = axis("2010", "2014")
    assert made.x(day("2010-01-01")) == 0
    assert made.x(day("2015-01-01")) == pytest.approx(900)


def test_long_gap_becomes_a_break() -> None:
    made = axis("1921", "1922", "2019", "2020")
    assert len(made.breaks) == 1
    assert made.x(day("2019-01-01")) - made.x(day("1923-01-01")) == pytest.approx(BREAK)


def test_years_are_equally_long_on_both_sides_of_a_break() -> None:
    made = axis("1921", "2020")
    lengths = [made.x(day(f"{year}-07-01")) - made.x(day(f"{year}-01-01")) for year in (1921, 2022 - 3)]
    assert made.x(day("1921-12-31")) < made.breaks[0] < made.x(day("2020-01-01"))
    assert lengths[0] == pytest.approx(181 * made.scale)


def test_short_gap_is_drawn() -> None:
    assert axis("2010", "2011", "2013", "2014").breaks == ()


def test_axis_of_nothing_is_none() -> None:
    assert make_axis([], 0, 900) is None


def test_labels_do_not_run_into_each_other_or_over_the_end() -> None:
    made = axis("1700", "2020", *(str(year) for year in range(1700, 2020, 9)))
    places = [x for x, _ in made.ticks()]
    assert all(after - before > 30 for before, after in itertools.pairwise(places))
    assert places[-1] < 880


def test_labels_name_years_before_our_era() -> None:
    assert axis("-0043").ticks()[0][1] == "Jan 44 BCE"

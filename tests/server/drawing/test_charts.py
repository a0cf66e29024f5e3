"""Charts of bars and of figures."""

import re

import pytest

from server.drawing import Bar, Point, draw_bars, draw_points
from server.drawing.scale import powers, round_steps, short


def xs(ds: list[str]) -> list[float]:
    return [float(re.findall(r"M(\S+)", d)[0]) for d in ds]


def test_years_are_columns_and_the_second_series_hangs() -> None:
    drawing = draw_bars({"Given": [Bar("2020", 4)], "Received": [Bar("2020", 2)]}, title="Aid")
    up, down = (re.findall(r"V(\S+?)h", bar.d)[0] for bar in drawing.bars)
    assert float(up) < float(down)
    assert {"Given", "Received", "2020"} <= {text.words for text in drawing.texts}
    assert drawing.bars[1].title == "2020, Received: 2"


def test_empty_year_keeps_its_place_and_many_become_a_break() -> None:
    places = xs([bar.d for bar in draw_bars({"": [Bar(str(year), 1) for year in (1921, 2018, 2020)]}, title="").bars])
    drawing = draw_bars({"": [Bar(str(year), 1) for year in (1921, 2018, 2020)]}, title="")
    assert places[2] - places[1] == pytest.approx(places[1] - places[0])
    assert drawing.breaks.count("M") == 1


def test_names_are_rows_with_their_bounds() -> None:
    drawing = draw_bars({"Deaths": [Bar("Italy", 10, low=8, high=12), Bar("A name " * 20, 5)]}, title="Deaths")
    assert drawing.bars[0].title == "Italy, Deaths: 10 (8 to 12)"
    assert drawing.ranges.count("M") == 1
    assert any(text.words.endswith("…") for text in drawing.texts)


def test_chart_of_nothing_is_empty() -> None:
    assert draw_bars({"Given": []}, title="Aid").bars == ()


def test_chart_says_its_sum_and_its_peak() -> None:
    bars = [Bar("2019", 1), Bar("2020", 1200)]
    assert draw_bars({"Given": bars}, title="Aid").description == "Given: 1,201 in all, most in 2020 (1,200)."


@pytest.mark.parametrize("qualifier", ["exact", "about", "over", "at-least", "up-to", "range"])
def test_each_hedge_has_a_mark_and_a_word(qualifier: str) -> None:
    drawing = draw_points([Point("2020-03-21", 5, "five", qualifier=qualifier)], title="Deaths")
    assert drawing.points[0].css == f"point hedge-{qualifier}"
    assert [key.css for key in drawing.legend] == [f"point hedge-{qualifier}"]


def test_range_is_a_line_between_its_bounds() -> None:
    drawing = draw_points([Point("2020", None, "", low=5, high=8, qualifier="range"), Point("2020", 9, "")], title="")
    assert drawing.ranges.count("M") == 1


def test_figures_far_apart_are_counted_in_powers_of_ten() -> None:
    far = draw_points([Point("2020", 3, ""), Point("2021", 5e6, "")], title="")
    near = draw_points([Point("2020", 3, ""), Point("2021", 50, "")], title="")
    assert (far.by_powers, near.by_powers) == (True, False)


def test_figures_without_a_date_are_counted_and_not_drawn() -> None:
    drawing = draw_points([Point(None, 3, ""), Point("2020", 4, "")], title="")
    assert (len(drawing.points), drawing.undated) == (1, 1)
    assert draw_points([Point(None, 3, "")], title="").description == "None of the figures has a date."


@pytest.mark.parametrize(
    ("highest", "steps"), [(0, (0, 1)), (4, (0, 1, 2, 3, 4)), (37, (0, 10, 20, 30, 40)), (1.2, (0, 0.5, 1, 1.5))]
)
def test_steps_are_round_and_reach_the_highest(highest: float, steps: tuple[float, ...]) -> None:
    assert round_steps(highest) == pytest.approx(steps)


def test_powers_take_in_both_ends() -> None:
    assert powers(3, 5000) == (1, 10, 100, 1000, 10_000)


@pytest.mark.parametrize(
    ("value", "words"),
    [(0, "0"), (0.5, "0.5"), (1200, "1,200"), (45000, "45k"), (3_500_000, "3.5m"), (2e9, "2bn"), (4e12, "4tn")],
)
def test_numbers_of_an_axis_are_short(value: float, words: str) -> None:
    assert short(value) == words

"""Numbers, words and boxes of drawings."""

import pytest

from server.drawing.shapes import Box, num, shorten, text_width


@pytest.mark.parametrize(("value", "text"), [(12.0, "12"), (12.54, "12.5"), (-0.04, "0"), (-0.36, "-0.4")])
def test_lengths_are_written_short(value: float, text: str) -> None:
    assert num(value) == text


def test_wide_letters_take_more_room_than_narrow_ones_and_marks_none() -> None:
    assert text_width("日本", 10) == 20
    assert text_width("ill", 10) < text_width("mmm", 10)
    assert text_width("e\u0301", 10) == text_width("e", 10)


def test_long_names_are_cut_to_their_room() -> None:
    cut = shorten("Kingdom of the Two Sicilies", 12, 80)
    assert cut.endswith("…")
    assert text_width(cut, 12) <= 80
    assert shorten("Italy", 12, 80) == "Italy"


def test_boxes_that_only_touch_do_not_meet() -> None:
    assert not Box(0, 0, 1, 1).meets(Box(1, 0, 2, 1))
    assert Box(0, 0, 1, 1).meets(Box(0.5, 0.5, 2, 2))

"""Wrong spelling put right, from a handful of words."""

from __future__ import annotations

import pytest

from kg.search.words import parse_search
from server.search.near import Spelling, allowed_slips, close_words, other_readings, put_right

SPELLING = Spelling(
    {
        "italy": 40, "italian": 12, "masks": 30, "mask": 9, "tasks": 2, "ventilators": 7, "russia": 50, "prussia": 1,
        "chad": 3, "china": 60, "chine": 1, "from": 90, "form": 1, "aid": 200, "aides": 2, "humanitarian": 20,
    }
)  # fmt: skip


def right(typed: str, *, is_open: bool = False) -> str:
    return put_right(parse_search(typed, is_open=is_open), SPELLING).name


@pytest.mark.parametrize(
    ("word", "slips"), [("aid", 0), ("chad", 1), ("italian", 1), ("ventilat", 2), ("2020", 0), ("covid19", 0)]
)
def test_longer_words_may_have_more_slips(word: str, slips: int) -> None:
    assert allowed_slips(word) == slips


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("itly", "italy"), ("iatly", "italy"), ("jtaly", "italy"), ("italyy", "italy"), ("venitlatosr", "ventilators"),
        ("chiny", "china"), ("rusia masks", "russia masks"), ("italy", "italy"), ("xyzzyx", "xyzzyx"), ("adi", "adi"),
        ("ventilator", "ventilator"), ("humanitarain aid", "humanitarian aid"), ("2021", "2021"),
    ],
)  # fmt: skip
def test_word_that_no_text_has_becomes_the_nearest(typed: str, meant: str) -> None:
    assert right(typed) == meant


def test_beginning_of_a_known_word_is_left_alone() -> None:
    assert right("humani", is_open=True) == "humani"
    assert right("humain", is_open=True) == "humanitarian"


def test_phrase_is_put_right_word_by_word() -> None:
    assert right('"from rusia"') == "from russia"


def test_open_word_is_closed_where_it_is_one() -> None:
    closed = close_words(parse_search("aid", is_open=True), SPELLING)
    assert not closed.wanted[0].is_open
    assert close_words(parse_search("ita", is_open=True), SPELLING).wanted[0].is_open


def test_near_words_are_tried_for_one_that_is_rare() -> None:
    asked = parse_search("masks form china")
    assert [other.name for other in other_readings(asked, SPELLING, 5)] == ["masks from china"]


def test_words_that_go_on_are_found_by_their_beginning() -> None:
    assert [*SPELLING.going_on("ital")] == ["italian", "italy"]
    assert [*SPELLING.going_on("zz")] == []

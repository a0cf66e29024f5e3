"""The forms of lines: every entry keeps its word, and none can be made slow."""

from __future__ import annotations

import re

import pytest

from kg.read.dates import find_dates
from kg.read.lines import Form, find_genre, find_notes, forms, recognise, tidy

LINES = [(form, line) for form in forms().lines for line in form.examples]
COUNTER = [line for form in forms().lines for line in form.counter]
SEARCHED = [*forms().headlines, *forms().notes]


@pytest.mark.parametrize("form, line", LINES, ids=[line for _, line in LINES])
def test_line_example_is_recognised_as_its_form(form: Form, line: str) -> None:
    found = recognise(line)
    assert found
    assert (found.what, found.kind, found.genre) == (form.line.what, form.line.kind, form.line.genre)


@pytest.mark.parametrize("line", COUNTER)
def test_line_counter_example_is_prose(line: str) -> None:
    assert recognise(line) is None


@pytest.mark.parametrize("form", SEARCHED, ids=[form.examples[0] for form in SEARCHED])
def test_searched_form_finds_its_examples_only(form: Form) -> None:
    assert all(form.pattern.search(line) for line in form.examples)
    assert not any(form.pattern.search(line) for line in form.counter)


def test_every_form_has_an_example() -> None:
    assert all(form.examples for form in [*forms().lines, *SEARCHED])


@pytest.mark.parametrize("form", [*forms().lines, *SEARCHED], ids=lambda form: form.line.what)
def test_no_form_repeats_a_group_without_bound(form: Form) -> None:
    """A group under * or + is what makes patterns take exponential time; a repeat of any character must have an end."""
    pattern = re.sub(r"\[(?:\\.|[^\]\\])*\]", "C", form.pattern.pattern)
    assert not re.search(r"(?<!\\)[).C](?:[*+]|\{\d*,\})", pattern)


@pytest.mark.parametrize("form", [form for form in forms().lines if not form.needs], ids=lambda form: form.line.what)
def test_form_without_needs_begins_with_words_of_its_own(form: Form) -> None:
    assert not re.match(r"(?:\(\?:|\()*(?:\.|\[\^)\{", form.pattern.pattern)


@pytest.mark.parametrize("form", [form for form in forms().lines if form.needs], ids=lambda form: form.line.what)
def test_needs_are_met_by_every_example(form: Form) -> None:
    assert all(any(need in line.lower() for need in form.needs) for line in form.examples)


@pytest.mark.parametrize(
    "line, authors, outlet",
    [
        ("By Jane Doe | Reuters | 3 May 2011", ("Jane Doe",), "Reuters"),
        ("JANE DOE · Example Daily · 3 May 2011", ("Jane Doe",), "EXAMPLE DAILY".title()),
        ("Jane Doe | 3 May 2011 | 5 min read", ("Jane Doe",), None),
        ("Reuters - 3 May 2011", (), "Reuters"),
        ("By Jane Doe in Nairobi and John Roe in Goma", ("Jane Doe", "John Roe"), None),
        ("BY JANE DOE, SPECIAL CORRESPONDENT", ("Jane Doe",), None),
        ("By Jane Doe, New York", ("Jane Doe",), None),
        ("By Jane Doe for the Associated Press", ("Jane Doe",), "Associated Press"),
        ("By the Associated Press", (), "Associated Press"),
        ("By Reuters Staff", (), "Reuters"),
    ],
)
def test_byline_parts(line: str, authors: tuple[str, ...], outlet: str | None) -> None:
    found = recognise(line)
    assert found
    assert (found.kind, found.authors, found.outlet) == ("byline", authors, outlet)


def test_byline_date() -> None:
    found = recognise("Example Magazine | 12 May 2010")
    assert found
    assert found.date == find_dates("12 May 2010")[0]
    assert not found.updated


@pytest.mark.parametrize("line", ["Red Cross - Red Crescent", "Nordland | Estria", "Rice - oil - beans - 12 May"])
def test_parts_need_a_byline_among_them(line: str) -> None:
    assert recognise(line) is None


@pytest.mark.parametrize(
    "line, plain",
    [
        (">>> Read\u00a0 more »", "Read more"),
        ("(Cover: Aid)", "Cover: Aid"),
        ("[Aid] and (more)", "[Aid] and (more)"),
        ("# # #", ""),
        ("• Aid", "Aid"),
    ],
)
def test_tidy(line: str, plain: str) -> None:
    assert tidy(line) == plain


def test_long_line_is_prose() -> None:
    assert recognise("Read more: " + "aid " * 200) is None


def test_genre_of_headline() -> None:
    assert find_genre("Horn: Situation Report No. 4") == "situation_report"
    assert find_genre("Report on the situation of children") is None


def test_notes_in_a_paragraph() -> None:
    notes = list(
        find_notes("Jane Doe teaches. First published in Example Review. The views expressed here are her own.")
    )
    assert {(note.genre, note.outlet) for note in notes} == {("opinion", None), (None, "Example Review")}

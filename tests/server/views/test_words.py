"""Dates, numbers and quantities in words."""

from __future__ import annotations

import pytest

from kg.index.naming import humanise
from server.views.words import date_words, number_words, quantity_words


@pytest.mark.parametrize(
    ("iso", "words"),
    [("2020-03-21", "21 March 2020"), ("2020-03", "March 2020"), ("2020", "2020"), ("1908-12-28", "28 December 1908"),
     ("2020-13", "2020-13"), ("", ""), ("spring", "spring")],
)  # fmt: skip
def test_date_words_keep_the_precision(iso: str, words: str) -> None:
    assert date_words(iso) == words


@pytest.mark.parametrize(
    ("lexical", "words"),
    [("42681", "42,681"), ("3.5", "3.5"), ("1E6", "1,000,000"), ("-5", "-5"), ("NaN", "NaN"), ("x", "x")],
)
def test_number_words_group_thousands(lexical: str, words: str) -> None:
    assert number_words(lexical) == words


@pytest.mark.parametrize(
    ("numbers", "more", "words"),
    [
        (("6000", "6000", None), {"qualifier": "over", "unit": "people"}, "over 6,000 people"),
        ((None, "17000000", "50000000"), {"qualifier": "range"}, "17,000,000–50,000,000"),
        (("3000000", None, None), {"qualifier": "exact", "currency": "EUR"}, "EUR 3,000,000"),
        (("100", None, None), {"qualifier": "about", "unit": "tonnes"}, "about 100 tonnes"),
        ((None, "50", None), {}, "at least 50"),
        ((None, None, "50"), {"qualifier": "up-to"}, "up to 50"),
        ((None, None, None), {}, ""),
    ],
)
def test_quantity_words_keep_the_hedge(
    numbers: tuple[str | None, str | None, str | None], more: dict[str, str], words: str
) -> None:
    assert quantity_words(*numbers, **more) == words


@pytest.mark.parametrize(
    ("iri", "words"),
    [
        ("http://x/ontology#statedDonor", "stated donor"),
        ("http://x/id/a#report-1", "report 1"),
        ("http://x/", "x"),
        ("#", "#"),
    ],
)
def test_humanise_reads_the_last_part(iri: str, words: str) -> None:
    assert humanise(iri) == words

"""What ``Accept-Language`` asks for."""

from __future__ import annotations

import pytest

from server.locales import DEFAULT, parse_taste
from server.views.words import date_words, number_words


@pytest.mark.parametrize(
    ("header", "day", "number"),
    [
        (None, "21 March 2020", "42,681.5"),
        ("en", "21 March 2020", "42,681.5"),
        ("en-US,en;q=0.5", "March 21, 2020", "42,681.5"),
        ("de", "21 March 2020", "42.681,5"),
        ("de-AT, de;q=0.9", "21 March 2020", "42.681,5"),
        ("sv-SE", "21 March 2020", "42\xa0681,5"),
        ("en-US;q=0.2, de-DE", "21 March 2020", "42.681,5"),
        ("tlh, *;q=0.1, ;;;", "21 March 2020", "42,681.5"),
    ],
)
def test_dates_and_numbers_are_written_as_in_the_readers_country(header: str | None, day: str, number: str) -> None:
    locale = parse_taste(header).locale
    assert (date_words("2020-03-21", locale), number_words("42681.5", locale)) == (day, number)


@pytest.mark.parametrize(
    ("header", "languages"),
    [(None, ("en",)), ("pt-BR, en;q=0.4", ("pt", "en")), ("en;q=0.4, FR", ("fr", "en")), ("de;q=0", ("en",))],
)
def test_languages_come_the_liked_best_first(header: str | None, languages: tuple[str, ...]) -> None:
    assert parse_taste(header).languages == languages


def test_an_unreadable_header_means_no_preference() -> None:
    assert parse_taste("\x00\xff,,;q=").locale == DEFAULT

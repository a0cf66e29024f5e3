"""Names by their shape: persons, outlets, capitals."""

from __future__ import annotations

import pytest

from kg.read.names import Names, find_outlet, is_name, is_person, parse_names, title_case


@pytest.mark.parametrize(
    "text", ["Ministry of Defence of the Russian Federation", "PMP Magazine", "World Food Programme", "20 Minutes"]
)
def test_is_name(text: str) -> None:
    assert is_name(text)


@pytest.mark.parametrize("text", ["", "the field hospital", "Trucks with rice", "A b", "– Doe", "Aa " * 11])
def test_is_no_name(text: str) -> None:
    assert not is_name(text)


@pytest.mark.parametrize(
    "text, outlet",
    [
        ("tass", "TASS"),
        ("The Associated Press", "Associated Press"),
        ("Example Magazine", "Example Magazine"),
        ("Jane Doe", None),
        ("Sunday Times", "Sunday Times"),
        ("Nordland", None),
        ("his daily news", None),
    ],
)
def test_find_outlet(text: str, outlet: str | None) -> None:
    assert find_outlet(text) == outlet


@pytest.mark.parametrize(
    "text, person",
    [
        ("Jane Doe", True),
        ("J. R. van der Doe", False),
        ("Jean-Luc O'Roe", True),
        ("Jane", False),
        ("Daily Times", False),
        ("May Roe", True),
        ("Monday Morning", False),
        ("By Jane", False),
        ("Jane 2", False),
    ],
)
def test_is_person(text: str, person: bool) -> None:
    assert is_person(text) is person


@pytest.mark.parametrize(
    "text, names",
    [
        ("Jane Doe", Names(("Jane Doe",))),
        ("JANE DOE and JOHN ROE", Names(("Jane Doe", "John Roe"))),
        ("Jane Doe, John Roe and Mary Major", Names(("Jane Doe", "John Roe", "Mary Major"))),
        ("Jane Doe, Associated Press", Names(("Jane Doe",), "Associated Press")),
        ("Jane Doe, Senior Correspondent", Names(("Jane Doe",))),
        ("Air and Sea", None),
        ("helping Italy", None),
        ("Jane Doe and others who fled", None),
    ],
)
def test_parse_names(text: str, names: Names | None) -> None:
    assert parse_names(text) == names


@pytest.mark.parametrize(
    "printed, usual",
    [
        ("MOSCOW", "Moscow"),
        ("PORT-AU-PRINCE", "Port-au-Prince"),
        ("N'DJAMENA", "N'Djamena"),
        ("SANA'A", "Sana'a"),
        ("L’AQUILA", "L’Aquila"),
        ("UNITED NATIONS", "United Nations"),
        ("WASHINGTON D.C.", "Washington D.C."),
        ("New York", "New York"),
    ],
)
def test_title_case(printed: str, usual: str) -> None:
    assert title_case(printed) == usual

"""Slugs are part of published IRIs: these results may not change."""

import pytest

from kg.slugs import plain, slug, slug_or_hash


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Italy", "italy"),
        ("United States", "united-states"),
        ("COVID-19 pandemic", "covid-19-pandemic"),
        ("Côte d'Ivoire", "cote-divoire"),
        ("N’Djamena", "ndjamena"),
        ("São Tomé and Príncipe", "sao-tome-and-principe"),
        ("  St. John's  ", "st-johns"),
        ("Łódź", "lodz"),
        ("Straße", "strasse"),
        ("Médecins Sans Frontières", "medecins-sans-frontieres"),
    ],
)
def test_slug_of_a_name(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_slug_of_a_slug_is_itself() -> None:
    assert slug(slug("Bosnia and Herzegovina")) == "bosnia-and-herzegovina"


def test_slug_refuses_a_name_without_latin_letters() -> None:
    with pytest.raises(ValueError, match="Latin"):
        slug("Москва")


def test_plain_keeps_spaces_and_signs() -> None:
    assert plain("Élysée Palace!") == "elysee palace!"


@pytest.mark.parametrize(("name", "expected"), [("Łódź", "lodz"), ("Москва", "eb63f79a229771cd")])
def test_slug_or_hash_names_in_any_script(name: str, expected: str) -> None:
    assert slug_or_hash(name) == expected


def test_slug_of_an_endless_name_ends_with_a_hash() -> None:
    slugs = {slug("a" * 200), slug("a" * 5_000), slug("a" * 5_000 + "b")}
    assert "a" * 200 in slugs
    assert [len(one) for one in slugs] == [200, 200, 200]

"""When two written names are one."""

import pytest

from kg.link.names import acronym, folded, is_acronym, is_proper


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("the United States", "united states"),
        ("Côte d’Ivoire", "cote divoire"),
        ("Cote d'Ivoire's", "cote divoire"),
        ("St. Lucia", "saint lucia"),
        ("Guinea-Bissau", "guinea bissau"),
        ("Trinidad & Tobago", "trinidad and tobago"),
        ("Polish–Lithuanian  Commonwealth", "polish lithuanian commonwealth"),
        ("The", "the"),
        ("theatre", "theatre"),
    ],
)
def test_folded_ignores_how_a_name_is_written(name: str, form: str) -> None:
    assert folded(name) == form


@pytest.mark.parametrize(
    ("name", "form"), [("U.S.", "US"), ("the U.K.'s", "UK"), ("U.S", "US"), ("WHO’s", "WHO"), ("G7", "G7")]
)
def test_acronym_drops_dots_and_keeps_capitals(name: str, form: str) -> None:
    assert acronym(name) == form
    assert is_acronym(name.removesuffix("'s").removesuffix("’s"))


@pytest.mark.parametrize("name", ["Unicef", "us", "World Bank", "A", "St. Louis", "Nato"])
def test_names_in_small_letters_are_no_acronyms(name: str) -> None:
    assert not is_acronym(name)


def test_proper_names_have_a_capital() -> None:
    assert [name for name in ("Turkey", "turkey", "al-Shabab", "el-niño") if is_proper(name)] == ["Turkey", "al-Shabab"]

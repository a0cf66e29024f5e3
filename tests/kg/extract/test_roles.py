"""Offices of invented persons, before and behind their names."""

from __future__ import annotations

from typing import Any

import pytest

from kg.extract.roles import find_roles

# sentence: person, title, what the office is of
ROLES: dict[str, list[tuple[str, str, str | None]]] = {
    "Danish Prime Minister Karen Holm spoke.": [("karen-holm", "Prime Minister", "denmark")],
    "The President of Ghana, Kofi Asante, spoke.": [("kofi-asante", "President", "ghana")],
    "Kofi Asante, the president of Ghana, spoke.": [("kofi-asante", "president", "ghana")],
    "Peru's foreign minister, Rosa Quispe, spoke.": [("rosa-quispe", "foreign minister", "peru")],
    "Rosa Quispe, the Peruvian foreign minister, spoke.": [("rosa-quispe", "foreign minister", "peru")],
    "Erik Lund, head of UNICEF, spoke.": [("erik-lund", "head", "unicef")],
    "UNICEF spokeswoman Maria Santos spoke.": [("maria-santos", "spokeswoman", "unicef")],
    "Having met the president, Kofi Asante left.": [],
    "King Harun Aziz spoke.": [("harun-aziz", "King", None)],
    "Kofi Asante met President Maria Santos.": [("maria-santos", "President", None)],
    "Karen Holm spoke to Kofi Asante.": [],
    "Ingrid Nilsund, the mayor of Nilsund, spoke.": [("ingrid-nilsund", "mayor", None)],
}


@pytest.mark.parametrize(("sentence", "roles"), ROLES.items())
def test_person_has_an_office(read: Any, sentence: str, roles: list[tuple[str, str, str | None]]) -> None:
    found = find_roles(read(sentence).scene)
    assert [
        (role.person.partition("/")[2], role.title, role.of.partition("/")[2] if role.of else None) for role in found
    ] == roles


@pytest.mark.xfail(reason="the recogniser takes the country for a part of the name")
def test_office_and_country_stand_before_the_name(read: Any) -> None:
    (role,) = find_roles(read("President of Ghana Kofi Asante spoke.").scene)
    assert (role.title, role.of) == ("President", "country/ghana")


def test_office_told_twice_is_one_role(read: Any) -> None:
    text = "Danish Prime Minister Karen Holm spoke.\n\nThe Danish Prime Minister Karen Holm left."
    assert len(find_roles(read(text).scene)) == 1


def test_evidence_holds_title_and_name(read: Any) -> None:
    document = read("On Monday Danish Prime Minister Karen Holm spoke.", headline="Ghana ❤ tents")
    (role,) = find_roles(document.scene)
    assert role.evidence.of(document.article.text) == "Danish Prime Minister Karen Holm"

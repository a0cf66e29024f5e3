"""Licence lines of any wording and version to their addresses."""

from __future__ import annotations

import pytest

from kg.read import parse_text
from kg.read.licences import PUBLIC_DOMAIN, find_licence

CC = "https://creativecommons.org/licenses/"


@pytest.mark.parametrize(
    "text, address",
    [
        ("Creative Commons Attribution-ShareAlike 4.0 International License", f"{CC}by-sa/4.0/"),
        ("Creative Commons Attribution 2.5 License", f"{CC}by/2.5/"),
        ("Creative Commons Attribution-NonCommercial-NoDerivs 3.0 Unported", f"{CC}by-nc-nd/3.0/"),
        ("Creative Commons Attribution-NonCommercial-ShareAlike (CC BY-NC-SA) 4.0", f"{CC}by-nc-sa/4.0/"),
        ("Creative Commons Attribution-NoDerivatives 4.0", f"{CC}by-nd/4.0/"),
        ("CC BY 2.5", f"{CC}by/2.5/"),
        ("CC-BY-SA-4.0", f"{CC}by-sa/4.0/"),
        ("cc by-nc 4.0", f"{CC}by-nc/4.0/"),
        ("CC BY-NC-SA 3.0 IGO", f"{CC}by-nc-sa/3.0/igo/"),
        ("see https://creativecommons.org/licenses/by-nc-nd/2.0/", f"{CC}by-nc-nd/2.0/"),
        ("CC0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("public domain (US government)", PUBLIC_DOMAIN),
        ("Creative Commons License", None),
        ("CC BY", None),
        ("All rights reserved", None),
    ],
)
def test_find_licence(text: str, address: str | None) -> None:
    assert find_licence(text) == address


PICTURE = "Photo: Jane Doe. - A well is dug. / Licensed under a Creative Commons Attribution 2.0 licence."


@pytest.mark.parametrize("badge, address", [("Creative Commons License\n", f"{CC}by/2.0/"), ("", None)])
def test_licence_of_a_picture_counts_beside_a_badge_only(badge: str, address: str | None) -> None:
    text = f"Wells for all\n\nWells were dug in the north. More will follow.\n\n{badge}{PICTURE}\n"
    assert parse_text(text.encode(), id="a", source="a.txt").license == address

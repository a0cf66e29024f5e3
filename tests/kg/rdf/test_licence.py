"""Which licences let the text be published again."""

import pytest

from kg.rdf.licence import may_republish


@pytest.mark.parametrize(
    "licence",
    [
        "CC BY 2.5",
        "CC BY-SA 4.0",
        "CC BY-NC 4.0",
        "CC0 1.0",
        "https://creativecommons.org/licenses/by-sa/4.0/",
        "https://creativecommons.org/publicdomain/zero/1.0/",
        "Creative Commons Attribution-ShareAlike 4.0 International",
        "public domain (US government)",
    ],
)
def test_free_licence_allows_the_text(licence: str) -> None:
    assert may_republish(licence)


@pytest.mark.parametrize(
    "licence",
    [
        None,
        "",
        "unknown",
        "All rights reserved",
        "CC BY-ND 4.0",
        "https://creativecommons.org/licenses/by-nc-nd/4.0/",
        "Creative Commons Attribution-NoDerivatives 4.0",
        "Creative Commons",
        "Creative Commons License, photo by A. Person",
        "https://example.org/licenses/by/4.0/",
    ],
)
def test_other_licence_does_not(licence: str | None) -> None:
    assert not may_republish(licence)

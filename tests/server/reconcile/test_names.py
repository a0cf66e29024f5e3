"""Likeness of names: what counts and what does not."""

from __future__ import annotations

import pytest

from server.reconcile.names import likeness


@pytest.mark.parametrize(
    ("typed", "name", "low", "high"),
    [
        ("Côte d’Ivoire", "COTE D'IVOIRE", 100, 100),
        ("U.S. Army", "US Army", 100, 100),
        ("Al-Shabaab", "al shabaab", 100, 100),
        ("Putin, Vladimir", "Vladimir Putin", 95, 95),
        ("Vladmir Putin", "Vladimir Putin", 85, 94),
        ("Red Cross", "International Committee of the Red Cross", 75, 75),
        ("Norway", "Peru", 0, 40),
        ("", "Peru", 0, 0),
        ("…", "…", 0, 0),
    ],
)
def test_likeness_is_within(typed: str, name: str, low: float, high: float) -> None:
    assert low <= likeness(typed, [name]).score <= high


def test_nearest_name_is_the_one_that_is_told() -> None:
    found = likeness("WHO", ["World Health Organization", "WHO"])
    assert (found.name, found.is_same) == ("WHO", True)

"""What editors say of two tellings goes before the rules."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from kg.merge.event import Telling
from kg.merge.events import Merged, merge_readings
from kg.merge.judged import Judged
from kg.records import Article, PartialDate, Reading, Report, Span


def report(date: str, **fields: Any) -> Report:
    given = {"donors": ("country/a",), "recipients": ("country/b",), "crisis": "crisis/flood"}
    return Report(
        fields.pop("phase", "delivered"), "asserted", (Span(0, 9),), date=PartialDate(date), **(given | fields)
    )


def merged(tellings: dict[str, Report], *judged: tuple[str, str, bool]) -> Merged:
    """The articles with one report each, and what is judged of two of them."""
    readings = [
        Reading(Article(name, "0" * 64, "text " * 9, "headline", ()), reports=(one,)) for name, one in tellings.items()
    ]
    said = [
        Judged(Telling.of(one, tellings[one]), Telling.of(other, tellings[other]), same, "so it was", f"{one}:1", place)
        for place, (one, other, same) in enumerate(judged)
    ]
    return merge_readings(readings, said)


def told(merged: Merged) -> list[list[str]]:
    return sorted(sorted(event.articles) for event in merged.events)


APART = {"x": report("2020-03-22"), "y": report("2020-04-01"), "z": report("2020-05-01")}
ALIKE = {"x": report("2020-03-22"), "y": report("2020-03-22")}


def test_tellings_that_rules_keep_apart_are_joined() -> None:
    result = merged(APART, ("x", "y", True))
    assert told(result) == [["x", "y"], ["z"]]
    assert {event.reason for event in result.events} == {"an editor says so: so it was", "told by one article"}


def test_tellings_that_rules_join_are_kept_apart() -> None:
    assert told(merged(ALIKE)) == [["x", "y"]]
    assert told(merged(ALIKE, ("y", "x", False))) == [["x"], ["y"]]


def test_joining_reaches_through_a_third_telling() -> None:
    for order in permutations([("x", "y", True), ("z", "y", True)]):
        assert told(merged(APART, *order)) == [["x", "y", "z"]]


def test_parties_may_differ_in_what_is_joined() -> None:
    tellings = {"x": report("2020-03-22"), "y": report("2020-03-22", donors=("country/c",))}
    assert told(merged(tellings, ("x", "y", True))) == [["x", "y"]]


REFUSED = [
    ({"phase": "pledged"}, (), "one is delivered, the other pledged"),
    ({"crisis": "crisis/quake"}, (), "crisis/flood and crisis/quake"),
    ({}, (("y", "x", False),), "another correction says"),
]


@pytest.mark.parametrize(("fields", "more", "problem"), REFUSED)
def test_judgement_that_cannot_be_followed_is_refused(
    fields: dict[str, Any], more: tuple[tuple[str, str, bool], ...], problem: str
) -> None:
    result = merged({"x": report("2020-03-22"), "y": report("2020-04-01", **fields)}, ("x", "y", True), *more)
    assert told(result) == [["x"], ["y"]]
    (refused,) = result.refused
    assert problem in refused.problem

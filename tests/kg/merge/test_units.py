"""Merging unit by unit comes to what merging all at once does, and what happens in one unit changes no other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_readings import judgements, readings

from kg.merge.event import Event, Telling
from kg.merge.events import Merged, merge_readings
from kg.merge.judged import Judged, in_order
from kg.merge.units import (
    Provisional,
    final_events,
    final_slug,
    joined_units,
    merge_unit,
    tellings_of,
    unit_of,
)  # fmt: skip
from kg.records import Article, PartialDate, Reading, Report, Span


def telling(article: str, phase: Any = "delivered", **fields: Any) -> Telling:
    parties = {"donors": ("country/a",), "recipients": ("country/b",), "crisis": "crisis/flood"} | fields
    return Telling(article, Report(phase, "asserted", (Span(0, 9),), date=PartialDate("2020-03-22"), **parties))


def by_unit(tellings: Iterable[Telling], judged: Sequence[Judged]) -> dict[str, set[Telling]]:
    joined, units = joined_units(judged), defaultdict[str, set[Telling]](set)
    for one in tellings:
        unit = unit_of(one)
        units[joined.get(unit, unit)].add(one)
    return units


def judge(one: Telling, other: Telling, *, same: bool = True) -> Judged:
    return Judged(one, other, same, "so it was", "file:1", 0)


def test_all_phases_of_the_same_parties_are_one_unit_in_any_order() -> None:
    one = telling("x", donors=("country/a", "country/c"))
    other = telling("y", "pledged", donors=("country/c", "country/a"))
    assert unit_of(one) == unit_of(other) == "parties country/a country/c to country/b"


@pytest.mark.parametrize("fields", [{"donors": ()}, {"recipients": ()}, {"donors": ("unnamed/some", "country/a")}])
def test_parties_that_nobody_names_keep_a_telling_with_its_article(fields: dict[str, Any]) -> None:
    assert unit_of(telling("x y", **fields)) == "article x y"


def test_judgement_joins_units_and_those_of_the_two_articles() -> None:
    one, other, third = telling("x"), telling("y", donors=("country/c",)), telling("z", donors=("country/d",))
    joined = joined_units([judge(one, other), judge(other, third, same=False)])
    assert set(joined.values()) == {"article x"}
    assert set(joined) == {unit_of(one), unit_of(other), "article x", "article y"}


def test_joining_goes_on_from_one_unit_to_the_next() -> None:
    tellings = [telling("x", donors=(f"country/{name}",)) for name in "cab"]
    joined = joined_units([judge(tellings[0], tellings[1]), judge(tellings[2], tellings[0])])
    assert {joined[unit_of(one)] for one in tellings} == {"article x"}


def test_slug_is_told_apart_only_where_others_have_it() -> None:
    event = Provisional(Event("a-to-b", (telling("x"),), ""), "12345678")
    assert [final_slug(event, uses) for uses in (1, 2)] == ["a-to-b", "a-to-b-12345678"]


def test_earlier_phase_is_a_place_in_the_unit_and_becomes_a_slug() -> None:
    unit = merge_unit([telling("x"), telling("y", "pledged")])
    assert [one.fulfils for one in unit.events] == [1, None]
    bases = [one.event.slug for one in unit.events]
    late, early = final_events(unit.events, {bases[0]: 1, bases[1]: 2})
    assert late.fulfils == early.slug == f"{bases[1]}-{unit.events[1].mark}"


@settings(max_examples=40, deadline=None)
@given(readings().flatmap(judgements), st.randoms())
def test_units_in_any_order_come_to_the_whole(made: tuple[list[Reading], list[Judged]], chance: Any) -> None:
    told, judged = made
    tellings = [one for reading in told for one in tellings_of(reading)]
    chance.shuffle(tellings)
    units = [merge_unit(unit, judged) for unit in by_unit(tellings, judged).values()]
    chance.shuffle(units)
    uses = Counter(one.event.slug for unit in units for one in unit.events)
    events = {event for unit in units for event in final_events(unit.events, uses)}
    whole = merge_readings(told, judged)
    assert events == set(whole.events)
    assert in_order(one for unit in units for one in unit.refused) == whole.refused


@settings(max_examples=40, deadline=None)
@given(readings().flatmap(judgements))
def test_every_telling_tells_one_event_of_the_graph(made: tuple[list[Reading], list[Judged]]) -> None:
    told, judged = made
    merged = merge_readings(told, judged)
    assert sorted(map(repr, (one for event in merged.events for one in event.tellings))) == sorted(
        repr(one) for reading in told for one in tellings_of(reading)
    )
    assert len(merged.by_slug) == len(merged.events)
    assert all(event.fulfils in merged.by_slug for event in merged.events if event.fulfils)


@settings(max_examples=40, deadline=None)
@given(readings())
def test_no_rule_joins_or_links_across_units(told: list[Reading]) -> None:
    """What the units rest on: asked of all tellings at once, as if they were one unit."""
    tellings = [one for reading in told for one in tellings_of(reading)]
    at_once = merge_unit(tellings).events
    assert all(len(set(map(unit_of, one.event.tellings))) == 1 for one in at_once)
    for one in at_once:
        if one.fulfils is not None:
            assert unit_of(one.event.tellings[0]) == unit_of(at_once[one.fulfils].event.tellings[0])
    whole = merge_readings(told)
    assert links_of(whole) == {
        (one.event.tellings, None if one.fulfils is None else at_once[one.fulfils].event.tellings) for one in at_once
    }


def links_of(merged: Merged) -> set[tuple[tuple[Telling, ...], tuple[Telling, ...] | None]]:
    return {
        (event.tellings, merged.by_slug[event.fulfils].tellings if event.fulfils else None) for event in merged.events
    }


def test_tellings_are_what_is_asserted_once_and_in_order() -> None:
    pledge, giving = telling("x", "pledged").report, telling("x").report
    reports = (giving, pledge, Report("delivered", "denied", (Span(0, 1),)), Report(**_with_rule(giving)))
    reading = Reading(Article("x", "0" * 64, "text", "headline", ()), reports=reports)
    assert tellings_of(reading) == (Telling("x", giving), Telling("x", pledge))


def _with_rule(report: Report) -> dict[str, Any]:
    return {name: getattr(report, name) for name in report.__slots__} | {"rule": "another"}

"""Facets say what choosing a value would give, and that they are cut short."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from world import PHASES, World

from server.explore import facets
from server.explore.asking import Asked, parse_asked
from server.explore.facets import Facet, read_chips, read_facets
from server.explore.filters import ARTICLES, EVENTS, Listing


def read(world: World, asked: Asked) -> dict[str, Facet]:
    return {facet.name: facet for facet in read_facets(world.index, world.addresses, world.select(asked))}


def follow(listing: Listing, href: str) -> Asked:
    return parse_asked(parse_qsl(urlsplit(href).query), listing)


@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_count_of_a_value_is_what_choosing_it_alone_gives(world: World, data: st.DataObject) -> None:
    listing = data.draw(st.sampled_from([EVENTS, ARTICLES]))
    asked = Asked(listing, show=tuple(sorted(listing.by_name)))
    for name in data.draw(st.sets(st.sampled_from([*listing.by_name]), max_size=2)):
        known = world.values(listing, name)
        asked = asked.with_values(name, data.draw(st.lists(st.sampled_from(known), max_size=2, unique=True)))
    for name, facet in read(world, asked).items():
        for value in facet.values:
            target = follow(listing, value.href)
            chosen = {*target.values.get(name, ())} ^ {*asked.values.get(name, ())}
            assert value.count == world.select(asked.with_values(name, sorted(chosen))).total
            assert value.is_chosen == (len(target.values.get(name, ())) < len(asked.values.get(name, ())))


def test_facet_that_is_cut_short_says_how_much_is_left_out(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facets, "FEW", 3)
    everything = read(world, Asked(EVENTS, show=("donor",)))["donor"]
    few = read(world, Asked(EVENTS))["donor"]
    assert [value.label for value in few.values] == [value.label for value in everything.values[:3]]
    assert few.left_out == len(everything.values) - 3 > 0
    assert few.longer == "/events?show=donor"
    assert (everything.left_out, everything.longer, everything.shorter) == (0, None, "/events")


def test_facet_too_long_to_be_shown_whole_says_so(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facets, "FEW", 1)
    monkeypatch.setattr(facets, "MANY", 2)
    facet = read(world, Asked(EVENTS, show=("donor",)))["donor"]
    assert len(facet.values) == 2
    assert facet.left_out > 0
    assert facet.longer is None


def test_what_is_chosen_is_shown_though_few_have_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facets, "FEW", 1)
    asked = Asked(EVENTS).with_values("donor", ["crisis/flood"])
    values = read(world, asked)["donor"].values
    assert [(value.label, value.count) for value in values if value.is_chosen] == [("The flood", 0)]
    assert [value.href for value in values if value.is_chosen] == ["/events"]


def test_phases_stand_in_their_own_order(world: World) -> None:
    assert [value.label for value in read(world, Asked(EVENTS))["phase"].values] == [*PHASES]


def test_most_frequent_values_stand_first(world: World) -> None:
    counts = [value.count for value in read(world, Asked(EVENTS))["donor"].values]
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] > 0


def test_chips_give_up_one_choice_each(world: World) -> None:
    asked = parse_asked(parse_qsl("donor=country/russia&donor=country/italy&from=2020"), EVENTS)
    chips = read_chips(world.select(asked), "from 2020")
    assert [(chip.filter, chip.label, chip.href) for chip in chips] == [
        ("Donor", "Italy", "/events?donor=country/russia&from=2020"),
        ("Donor", "Russia", "/events?donor=country/italy&from=2020"),
        ("Date", "from 2020", "/events?donor=country/italy&donor=country/russia"),
    ]

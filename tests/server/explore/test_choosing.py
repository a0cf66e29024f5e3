"""Which things a selection holds, and in which order."""

from __future__ import annotations

import pytest
from world import ELSEWHERE, World

from kg.records import PartialDate
from server.explore.asking import Asked, Dates
from server.explore.choosing import iri_of, value_of
from server.explore.filters import ARTICLES, EVENTS, Listing
from server.problems import NotFound


def dates_of(world: World, since: str | None, until: str | None) -> set[str | None]:
    dates = Dates(PartialDate(since) if since else None, PartialDate(until) if until else None)
    ids = set(world.select(Asked(EVENTS, dates=dates)).ids())
    return {row["date"] for row in world.index.execute("SELECT id, date FROM event") if row["id"] in ids}


def test_span_holds_whatever_may_lie_in_it(world: World) -> None:
    assert dates_of(world, "2020-03-22", "2020-03-31") == {"2020-03-22", "2020-03", "2020"}
    assert dates_of(world, "2020-04", None) == {"2020-04-01", "2020", "2021"}
    assert dates_of(world, None, "1999") == {"1999-02-28"}
    assert None in dates_of(world, None, None)


def test_values_of_one_filter_are_alternatives_and_filters_are_conditions(world: World) -> None:
    def chosen(**values: list[str]) -> set[int]:
        asked = Asked(EVENTS)
        for name, some in values.items():
            asked = asked.with_values(name, some)
        return set(world.select(asked).ids())

    russia, oland = chosen(donor=["country/russia"]), chosen(donor=["country/oland"])
    assert russia - oland
    assert chosen(donor=["country/russia", "country/oland"]) == russia | oland
    delivered = chosen(phase=["delivered"])
    assert chosen(donor=["country/russia"], phase=["delivered"]) == russia & delivered


def test_value_that_nothing_has_gives_an_empty_list(world: World) -> None:
    assert world.select(Asked(EVENTS).with_values("donor", ["crisis/flood"])).total == 0


@pytest.mark.parametrize(
    ("name", "value"), [("donor", "country/atlantis"), ("phase", "scheme/phase/delivered"), ("donor", "javascript:1")]
)
def test_value_that_the_graph_never_heard_of_is_not_found(world: World, name: str, value: str) -> None:
    with pytest.raises(NotFound, match=f"^{name}: the graph knows nothing of"):
        world.select(Asked(EVENTS).with_values(name, [value]))


def test_value_of_another_kind_is_not_found(world: World) -> None:
    with pytest.raises(NotFound, match="as a country"):
        world.select(Asked(ARTICLES).with_values("country", ["person/ada"]))


@pytest.mark.parametrize("value", ["country/italy", "article/a0#unnamed-1-2", ELSEWHERE])
def test_values_and_iris_stand_for_each_other(world: World, value: str) -> None:
    donor = EVENTS.by_name["donor"]
    assert value_of(donor, iri_of(donor, value, world.addresses), world.addresses) == value


@pytest.mark.parametrize("sort", ["donor", "-donor"])
def test_what_has_no_key_stands_last_in_both_directions(world: World, sort: str) -> None:
    ids = list(world.select(Asked(EVENTS, sort=sort)).ids())
    given = {row[0] for row in world.index.execute("SELECT source FROM link WHERE role = 'donor'")}
    assert [thing in given for thing in ids] == [True] * len(given) + [False] * (len(ids) - len(given))


@pytest.mark.parametrize(("listing", "sort"), [(EVENTS, "date"), (EVENTS, "-date"), (ARTICLES, "date")])
def test_dates_sort_by_their_last_day_and_undated_last(world: World, listing: Listing, sort: str) -> None:
    days = {row["id"]: row["last"] for row in world.index.execute(f"SELECT id, last FROM {listing.table}")}
    told = [days[thing] for thing in world.select(Asked(listing, sort=sort)).ids()]
    dated = [day for day in told if day]
    assert dated == sorted(dated, reverse=sort.startswith("-"))
    assert told == dated + [None] * (len(told) - len(dated))


def test_counts_sort_upwards_and_downwards(world: World) -> None:
    counts = {row["id"]: row["articles"] for row in world.index.execute("SELECT id, articles FROM event")}
    for sort, backwards in (("articles", False), ("-articles", True)):
        told = [counts[thing] for thing in world.select(Asked(EVENTS, sort=sort)).ids()]
        assert told == sorted(told, reverse=backwards)

"""Who may go where, without a single worker."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from server.engine.lanes import QUICK_PLACES, SHARE, SLOW_PLACES, STOPPED_PLACES, Lanes
from server.engine.run import DONE, QUICK_LANE, SLOW_LANE, STOPPED, WAITING, Run
from server.engine.wire import QueryJob
from server.problems import Busy

JOB = QueryJob("ASK {}", "http://localhost/", 1.0)


def add(lanes: Lanes, clients: Iterable[str], state: int = WAITING) -> list[Run]:
    """A query of each of these clients, one after the other."""
    runs = [Run(JOB, client, 1.0, float(number)) for number, client in enumerate(clients)]
    for run in runs:
        lanes.add(run)
        if state != WAITING:
            lanes.waiting.remove(run)
            lanes.move(run, state)
    return runs


def test_next_is_of_the_client_that_has_least() -> None:
    lanes = Lanes()
    add(lanes, "a", QUICK_LANE)
    first, *_, last = add(lanes, "aaab")
    assert [lanes.take_next(), lanes.take_next()] == [last, first]


def test_what_could_not_be_started_is_still_the_next() -> None:
    lanes = Lanes()
    run, *_ = add(lanes, "aaa")
    lanes.move(lanes.take_next(), QUICK_LANE)
    assert lanes.quick_places == QUICK_PLACES - 1
    lanes.put_back(run)
    assert (lanes.take_next(), lanes.quick_places) == (run, QUICK_PLACES)


def test_client_with_its_share_is_refused_until_one_is_over() -> None:
    lanes = Lanes()
    runs = add(lanes, "a" * SHARE)
    with pytest.raises(Busy, match="of yours"):
        add(lanes, "a")
    add(lanes, "b")
    lanes.drop(runs[0])
    add(lanes, "a")
    assert lanes.counts[WAITING] == len(lanes.runs) == SHARE + 1
    assert (lanes.counts[DONE], runs[0] in lanes.waiting) == (1, False)


@pytest.mark.parametrize(
    ("running", "client", "state"),
    [
        ("", "a", SLOW_LANE),
        ("a" * (SLOW_PLACES - 1), "a", STOPPED),
        ("a" * (SLOW_PLACES - 1), "b", SLOW_LANE),
        ("a" * (SLOW_PLACES - 1) + "b", "c", STOPPED),
    ],
)
def test_heavy_query_gets_a_place_that_is_free_for_its_client(running: str, client: str, state: int) -> None:
    lanes = Lanes()
    add(lanes, running, SLOW_LANE)
    (run,) = add(lanes, client, QUICK_LANE)
    lanes.move_heavy(run)
    assert (run.state, lanes.counts[QUICK_LANE]) == (state, 0)


@pytest.mark.parametrize("stopped", ["a" * (SHARE // 4), [f"client-{number}" for number in range(STOPPED_PLACES)]])
def test_too_many_heavy_queries_are_refused(stopped: Iterable[str]) -> None:
    lanes = Lanes()
    add(lanes, stopped, STOPPED)
    (run,) = add(lanes, "a", QUICK_LANE)
    with pytest.raises(Busy, match="too many heavy"):
        lanes.move_heavy(run)
    assert run.state == QUICK_LANE


def test_wake_gives_free_places_to_who_has_waited_longest() -> None:
    lanes = Lanes()
    add(lanes, "a" * (SLOW_PLACES - 2), SLOW_LANE)
    stopped = add(lanes, "aabb", STOPPED)
    assert lanes.wake() == [stopped[0], stopped[2]]
    assert (lanes.counts[SLOW_LANE], lanes.counts[STOPPED]) == (SLOW_PLACES, 2)
    assert lanes.wake() == []

"""How far a build is: what is told where, and the time of stages."""

from __future__ import annotations

from kg.progress import Lines, Stages, duration


class Clock:
    """Tells the seconds that it is set to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def lines_at(*steps: tuple[float, str, int, int]) -> list[str]:
    clock, told = Clock(), list[str]()
    show = Lines(told.append, clock)
    for clock.now, stage, done, total in steps:
        show(stage, done, total)
    return told


def test_a_short_build_prints_no_line() -> None:
    assert lines_at((0, "reading", 0, 100), (30, "reading", 99, 100), (59, "writing", 0, 0)) == []


def test_a_long_one_tells_rate_and_remaining_time_once_a_minute() -> None:
    told = lines_at(*((second, "reading", second * 2, 1000) for second in range(130)))
    assert told == [
        "reading: 120 of 1,000, 2/s, 7 min left",
        "reading: 240 of 1,000, 2/s, 6 min left",
    ]


def test_a_stage_of_unknown_length_is_told_by_its_time() -> None:
    assert lines_at((0, "reading", 0, 9), (10, "writing", 0, 0), (100, "writing", 0, 0)) == ["writing, for 2 min"]


def test_the_rate_is_that_of_the_stage_and_not_of_the_build() -> None:
    told = lines_at((0, "reading", 0, 9), (100, "writing", 0, 50), (161, "writing", 30, 61))
    assert told[-1] == "writing: 30 of 61, 0/s, 63 s left"


def test_stages_are_timed_and_told_with_their_amounts() -> None:
    shown: list[tuple[str, int, int]] = []
    stages = Stages(lambda *step: shown.append(step))
    stages("reading", 0, 8)
    stages("reading", 4, 8)
    stages("writing", 0, 0)
    stages.end()
    assert list(stages.seconds) == ["reading", "writing"]
    assert stages.amounts == {"reading": 8}
    assert shown == [("reading", 0, 8), ("reading", 4, 8), ("writing", 0, 0)]
    stages.seconds = {"reading": 4.0, "writing": 1.5}
    assert stages.told == "reading 4.0 s (8 at 2/s), writing 1.5 s"


def test_a_stage_that_comes_again_adds_up() -> None:
    stages = Stages()
    for stage in ("reading", "writing", "reading"):
        stages(stage, 0, 0)
    stages.end()
    assert list(stages.seconds) == ["reading", "writing"]


def test_durations_are_told_as_people_do() -> None:
    assert [duration(seconds) for seconds in (3.2, 89, 600, 11_100)] == ["3 s", "89 s", "10 min", "3 h 5 min"]

"""Work in other processes, with stand-ins for it: where results go, and what becomes of workers that die."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from kg.errors import AidgraphError, DataError
from kg.workers import Lost, spread

# What a worker imports has to lie in a module that it can find; test modules are imported by their path.
WORK = """
import os, signal, time
from kg.errors import DataError

def make(work):
    if work == "no start":
        os._exit(3)
    return globals()[work]

def double(chunk):
    return [2 * number for number in chunk]

def die_of_seven(chunk):
    if 7 in chunk:
        os.kill(os.getpid(), signal.SIGKILL)
    return double(chunk)

def hang_at_seven(chunk):
    while 7 in chunk:
        time.sleep(1)
    return double(chunk)

def refuse(chunk):
    raise DataError("no numbers today")
"""


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Callable[[], Any]]:
    """A maker of the work of this name."""
    (tmp_path / "made_up_work.py").write_text(WORK)
    monkeypatch.syspath_prepend(tmp_path)
    import made_up_work

    return lambda work: partial(made_up_work.make, work)


def chunks(numbers: Sequence[int], size: int = 2) -> list[Sequence[int]]:
    return [numbers[start : start + size] for start in range(0, len(numbers), size)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_chunk_comes_back_with_its_results(make: Callable[[str], Any], jobs: int) -> None:
    found = list(spread(chunks(range(7)), make("double"), jobs=jobs))
    assert sorted((list(chunk), list(results)) for chunk, results in found) == [
        ([0, 1], [0, 2]), ([2, 3], [4, 6]), ([4, 5], [8, 10]), ([6], [12]),
    ]  # fmt: skip


def test_no_more_chunks_are_taken_than_workers_hold(make: Callable[[str], Any]) -> None:
    taken: list[int] = []

    def endless() -> Any:
        while True:
            taken.append(len(taken))
            yield [len(taken)]

    results = spread(endless(), make("double"), jobs=1)
    seen = [next(results) for _ in range(3)]
    results.close()
    assert len(seen) <= len(taken) <= len(seen) + 1


def test_worker_that_dies_loses_only_the_part_that_killed_it(make: Callable[[str], Any]) -> None:
    found = list(spread(chunks(range(5, 11), 3), make("die_of_seven"), jobs=1))
    lost = [(list(chunk), results.reason) for chunk, results in found if isinstance(results, Lost)]
    assert lost == [([7], "the process that worked on it ended (killed by SIGKILL)")]
    done = [number for _, results in found if not isinstance(results, Lost) for number in results]
    assert sorted(done) == [10, 12, 16, 18, 20]


def test_part_that_never_ends_is_told_and_the_others_are_done(make: Callable[[str], Any]) -> None:
    found = list(spread(chunks(range(5, 11), 3), make("hang_at_seven"), jobs=2, longest=2))
    lost = [(list(chunk), results.reason) for chunk, results in found if isinstance(results, Lost)]
    assert lost == [([7], "the process that worked on it ended (after 2 seconds it had not come to an end)")]
    done = [number for _, results in found if not isinstance(results, Lost) for number in results]
    assert sorted(done) == [10, 12, 16, 18, 20]


def test_error_of_the_work_is_raised_here(make: Callable[[str], Any]) -> None:
    with pytest.raises(DataError, match="no numbers today"):
        list(spread(chunks(range(4)), make("refuse"), jobs=2))


def test_worker_that_cannot_start_is_an_error(make: Callable[[str], Any]) -> None:
    with pytest.raises(AidgraphError, match=r"could not start \(exit code 3\)"):
        list(spread(chunks(range(4)), make("no start"), jobs=1))

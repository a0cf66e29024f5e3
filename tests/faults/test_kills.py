"""Builds that are killed at random, a few in every run of the tests; ``helpers/kills.py --kills 200`` kills more."""

import random
from pathlib import Path

import pytest
from kills import killing, run


@pytest.mark.slow
def test_killed_builds_leave_the_old_graph_or_the_new_one(tmp_path: Path) -> None:
    seed = random.randrange(10**6)
    with killing(tmp_path, seed) as found:
        run(found, 15)
    assert sum(found.stages.values()) >= 15, seed
    assert found.seen["finished"] >= 4
    assert set(found.seen) == {"old", "new", "finished"} or set(found.seen) == {"old", "finished"}

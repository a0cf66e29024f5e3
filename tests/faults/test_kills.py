"""Builds that are killed at random, a few in every run of the tests; ``helpers/kills.py --kills 200`` kills more."""

import os
import random
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
import words
from kills import check_clean, graph_of, killing, run, wait_for_token


@pytest.mark.slow
def test_killed_builds_leave_the_old_graph_or_the_new_one(tmp_path: Path) -> None:
    seed = random.randrange(10**6)
    with killing(tmp_path, seed) as found:
        run(found, 7)
    assert sum(found.stages.values()) >= 7, seed
    assert found.seen["finished"] >= 2
    assert set(found.seen) == {"old", "new", "finished"} or set(found.seen) == {"old", "finished"}


@pytest.mark.slow
def test_killed_command_leaves_no_process_and_the_next_one_makes_the_graph(seeds_data: Path, tmp_path: Path) -> None:
    data, whole = tmp_path / "data", graph_of(seeds_data)
    seeds = Path(__file__).parents[2] / "seeds"
    command = [str(Path(sys.executable).parent / "aidgraph"), "build", str(seeds), "--data", str(data), "--jobs", "2"]
    for number in range(2):
        token = f"command-{os.getpid()}-{number}"
        with subprocess.Popen(
            command, env=os.environ | {"AIDGRAPH_TEST_TOKEN": token}, stdout=subprocess.DEVNULL
        ) as process:
            time.sleep(random.uniform(0.5, 8))
            process.kill()
        wait_for_token(token)
        assert not (data / "store").is_symlink() or graph_of(data) == whole
    assert subprocess.run(command, timeout=120, stdout=subprocess.DEVNULL).returncode == 0
    assert graph_of(data) == whole
    check_clean(data)


@pytest.mark.slow
def test_server_answers_from_a_whole_graph_while_builds_are_killed(tmp_path: Path) -> None:
    with killing(tmp_path, 3) as found:
        words.write_articles(found.articles, 0)
        found.finish(found.order())
        sizes = {len(graph) for graph in found.graphs.values()}
        with serving(found.data) as address:
            for state in (1, 3, 0):
                words.write_articles(found.articles, state)
                found.kill(found.order(**found.options()))
                assert quads_at(address) in sizes
            words.write_articles(found.articles, 2)
            found.finish(found.order())
            assert quads_at(address) == len(found.graphs[2])


@contextmanager
def serving(data: Path) -> Iterator[str]:
    command = [str(Path(sys.executable).parent / "aidgraph"), "serve", "--data", str(data), "--port", "0"]
    with subprocess.Popen([*command, "--workers", "1"], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        found = re.match(r"Serving on (http://\S+?)/ ", process.stdout.readline())
        assert found
        yield found[1]
        process.terminate()
        assert process.wait(40) == 0


def quads_at(address: str) -> int:
    """How many quads a server has, in all graphs together."""
    query = "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    request = urllib.request.Request(f"{address}/sparql?query={quote(query)}", headers={"Accept": "text/csv"})
    with urllib.request.urlopen(request, timeout=30) as answer:  # nosec B310  # loopback
        return int(answer.read().split()[1])

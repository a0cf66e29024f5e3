"""Writers that are killed at random points: the store is as it was, or as it was to be, and takes the next write.

A small program forks the writers, each in a process group of its own, so that nothing here is forked that has a store
open, and that a writer starts at once.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox
import pytest

from kg.store import current_version, open_snapshot
from kg.writing import BULK, Payload, PutGraph, Update, perform

GRAPH = "http://example.org/graph"
COUNT = f"SELECT ?value (COUNT(*) AS ?number) {{ GRAPH <{GRAPH}> {{ ?s ?p ?value }} }} GROUP BY ?value"

FORKER = """
import os, pickle, signal, sys
from pathlib import Path
from kg.writing import perform

signal.signal(signal.SIGCHLD, signal.SIG_IGN)
while True:
    write = pickle.load(sys.stdin.buffer)
    if os.fork() == 0:
        os.setsid()
        print(os.getpid(), flush=True)
        perform(Path(sys.argv[1]), write)
        os._exit(0)
"""


class Writers:
    """Starts writers on a data folder, and knows when they have ended."""

    def __init__(self, data: Path, process: subprocess.Popen[bytes]) -> None:
        self.data = data
        self._process = process

    def start(self, write: Update | PutGraph) -> int:
        """Start a writer; the number of its process and of its group."""
        pickle.dump(write, cast("IO[bytes]", self._process.stdin))
        cast("IO[bytes]", self._process.stdin).flush()
        return int(cast("IO[bytes]", self._process.stdout).readline())

    def wait(self, writer: int) -> None:
        """Wait until the writer has ended."""
        end = time.monotonic() + 30
        with contextlib.suppress(ProcessLookupError):
            while time.monotonic() < end:
                os.kill(writer, 0)
                time.sleep(0.001)
            raise TimeoutError(f"writer {writer} does not end")


@pytest.fixture
def writers(tmp_path: Path) -> Iterator[Writers]:
    command = [sys.executable, "-c", FORKER, str(tmp_path / "data")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        yield Writers(tmp_path / "data", process)
        process.kill()


def state(data: Path) -> dict[str, int]:
    """Each value of the graph, and how many triples have it."""
    rows = cast(ox.QuerySolutions, open_snapshot(data).store.query(COUNT))
    return {row["value"].value: int(row["number"].value) for row in rows}


def update_to(value: int, _folder: Path) -> tuple[Update, int]:
    """An update of two operations that gives all triples another value, and their number."""
    triples = " . ".join(f"<http://x/{number}> <http://x/p> '{value}'" for number in range(500))
    return Update(f"DROP SILENT GRAPH <{GRAPH}> ; INSERT DATA {{ GRAPH <{GRAPH}> {{ {triples} }} }}", GRAPH), 500


def upload_to(value: int, folder: Path) -> tuple[PutGraph, int]:
    """An upload, large enough to be loaded in bulk, of triples that have this value, and their number."""
    path = folder / f"{value % 2}.nt"
    lines = [f"<http://example.org/a-longer-name/{number}> <http://x/p> \"{value}\" .\n" for number in range(40_000)]
    path.write_text("".join(lines), encoding="ascii")
    assert path.stat().st_size > BULK
    return PutGraph(GRAPH, (Payload(path, "nt"),), True, GRAPH), len(lines)


Make = Callable[[int, Path], tuple[Update | PutGraph, int]]


@pytest.mark.slow
@pytest.mark.parametrize(("make", "kills"), [(update_to, 50), (upload_to, 10)])
def test_killed_write_is_done_whole_or_not_at_all(writers: Writers, tmp_path: Path, make: Make, kills: int) -> None:
    write, size = make(0, tmp_path)
    duration = min(_complete(writers, write) for _ in range(3))
    expected, killed, value = {"0": size}, 0, 0
    while killed < kills:
        value += 1
        assert value < 5 * kills
        write, size = make(value, tmp_path)
        reader = open_snapshot(writers.data)
        writer = writers.start(write)
        time.sleep(random.uniform(0, duration))
        with contextlib.suppress(ProcessLookupError):  # it was done already
            os.killpg(writer, signal.SIGKILL)
            killed += 1
        writers.wait(writer)
        found = state(writers.data)
        assert found in (expected, {str(value): size})
        assert len(reader.store) == sum(expected.values())
        assert perform(writers.data, update_to(-value, tmp_path)[0]).version == current_version(writers.data)
        expected = {str(-value): 500}
        assert state(writers.data) == expected
    assert len(list((writers.data / "stores").iterdir())) <= 3  # what the killed ones left is gone


def _complete(writers: Writers, write: Update | PutGraph) -> float:
    """How long a write takes that is let be, in seconds."""
    began = time.monotonic()
    writers.wait(writers.start(write))
    return time.monotonic() - began

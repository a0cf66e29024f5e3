"""Builds that are killed at random, each followed by a look at everything that they left.

``python tests/faults/helpers/kills.py --kills 200`` prints what was found as a table. A kill is one of three kinds: at
a random time within a random stage, at a random time of the whole, and at a random file operation. After it the served
graph must be the old or the new one to the last quad; whatever the build had started must end by itself; and after a
while a build that is left alone must make the graph, and the dumps, that a build from nothing makes, and clean up.
"""

from __future__ import annotations

import argparse
import gzip
import os
import pickle
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Final, cast

import words
from starter import Order

from kg.errors import StoreError
from kg.loading import load_files
from kg.quadfile import quad_lines
from kg.store import current_version, open_snapshot

YEAR: Final = 365 * 86400
OTHERS: Final = '<http://x/s> <http://x/p> "kept" <http://x/graph> .\n<http://x/s> <http://x/p> "kept" .\n'
STATES: Final = 5
"""How many sets of articles the builds go to and fro between."""


class Faults(AssertionError):
    """What a kill left is not as it should be."""


@dataclass
class Killing:
    """A data folder, the builds that are killed on it, and the graphs that it may hold. ``stages`` counts the kills by
    what the build was at."""

    folder: Path
    forker: subprocess.Popen[bytes]
    chosen: random.Random
    graphs: dict[int, frozenset[bytes]] = field(default_factory=dict)
    dumps: dict[int, bytes] = field(default_factory=dict)
    windows: dict[tuple[object, ...], list[tuple[str, float]]] = field(default_factory=dict)
    events: dict[tuple[object, ...], int] = field(default_factory=dict)
    stages: Counter[str] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)
    builds: int = 0

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def articles(self) -> Path:
        return self.folder / "articles"

    def order(self, **options: object) -> Order:
        self.builds += 1
        order = Order(self.data, self.articles, self.folder / "notes", f"build-{os.getpid()}-{self.builds}")
        return replace(order, **options)  # type: ignore[arg-type]  # the fields are given by name

    def start(self, order: Order) -> int:
        pickle.dump(order, cast("IO[bytes]", self.forker.stdin))
        cast("IO[bytes]", self.forker.stdin).flush()
        return int(cast("IO[bytes]", self.forker.stdout).readline())

    def finish(self, order: Order) -> float:
        """Let a build be done; how long it took, in seconds."""
        began = time.monotonic()
        wait_for_end(self.start(order))
        seconds, notes = time.monotonic() - began, self.notes(order)
        if not notes or not notes[-1][0].startswith("done"):
            raise Faults(f"a build that was let be did not end well: {notes}")
        kind = self.kind(order)
        self.windows[kind] = notes
        self.events[kind] = int(notes[-1][0].split()[1])
        wait_for_token(order.token)
        return seconds

    @staticmethod
    def wait(processes: list[int]) -> None:
        """Until all have ended."""
        for process in processes:
            wait_for_end(process)

    @staticmethod
    def notes(order: Order) -> list[tuple[str, float]]:
        lines = order.notes.read_text(encoding="ascii").splitlines() if order.notes.exists() else []
        return [(line.partition(" ")[2], float(line.partition(" ")[0])) for line in lines]

    def kind(self, order: Order) -> tuple[object, ...]:
        return (order.later, order.in_bulk, order.jobs, order.data.exists())

    def learn(self) -> None:
        """Build each state from nothing: what the graph and the dumps are then."""
        for state in range(STATES):
            words.write_articles(self.articles, state)
            order = self.order(data=self.folder / f"fresh-{state}")
            self.finish(order)
            self.graphs[state] = graph_of(order.data)
            self.dumps[state] = dump_of(order.data)

    def options(self) -> dict[str, object]:
        choice = self.chosen.choice
        return {
            "jobs": choice((1, 1, 2)),
            "shift": choice((0.0, 0.0, -YEAR * 3.0, YEAR * 3.0, self.chosen.uniform(-9, 9))),
            "later": choice((False, True)),
            "in_bulk": choice((False, True)),
            "shacl": self.chosen.random() < 0.1,
        }

    def kill(self, order: Order) -> bool:
        """Start a build and kill it at random; whether it was killed before it was done."""
        known = self.windows.get(self.kind(order)) or next(iter(self.windows.values()))
        way = self.chosen.choice(("stage", "time", "event"))
        if way == "event":
            most = self.events.get(self.kind(order)) or max(self.events.values())
            order = replace(order, kill_at=self.chosen.randint(1, most))
            wait_for_end(self.start(order))
        else:
            end = known[-1][1]
            place = self.chosen.randrange(len(known) - 1) if way == "stage" else 0
            until = known[place + 1][1] if way == "stage" else end
            moment = self.chosen.uniform(known[place][1], until)
            process = self.start(order)
            time.sleep(moment)
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
            wait_for_end(process)
        notes = self.notes(order)
        stage = notes[-1][0] if notes else "starting"
        if stage.startswith("done"):
            return False
        self.stages[stage] += 1
        return True

    def check_graph(self, allowed: dict[str, frozenset[bytes] | None]) -> str:
        """Which of these graphs is served; None is the graph of a folder where nothing was built."""
        try:
            found = graph_of(self.data)
        except StoreError:
            found = None
            if (self.data / "store").is_symlink():
                raise
        for name, graph in allowed.items():
            if graph == found:
                self.seen[name] += 1
                return name
        sizes = {name: None if graph is None else len(graph) for name, graph in allowed.items()}
        raise Faults(f"the graph has {None if found is None else len(found)} quads and is none of {sizes}")


def with_others(graph: frozenset[bytes]) -> frozenset[bytes]:
    return graph | frozenset(OTHERS.encode().splitlines(keepends=True))


def graph_of(data: Path) -> frozenset[bytes]:
    return frozenset(quad_lines(open_snapshot(data).store))


def dump_of(data: Path) -> bytes:
    return gzip.decompress((data / "dumps" / "aidgraph.nq.gz").read_bytes())


def wait_for_end(process: int) -> None:
    end = time.monotonic() + 120
    with suppress(ProcessLookupError):
        while time.monotonic() < end:
            os.kill(process, 0)
            time.sleep(0.002)
        raise Faults(f"build {process} does not end")


def processes_with(token: str) -> list[int]:
    """The processes in whose environment this word stands."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if f"AIDGRAPH_TEST_TOKEN={token}\0".encode() in (folder / "environ").read_bytes():
                found.append(int(folder.name))
    return found


def wait_for_token(token: str, *, patience: float = 30) -> None:
    """All that a build started ends by itself."""
    end = time.monotonic() + patience
    while left := processes_with(token):
        if time.monotonic() > end:
            commands = [Path(f"/proc/{one}/cmdline").read_bytes().replace(b"\0", b" ") for one in left]
            raise Faults(f"these go on without their build: {commands}")
        time.sleep(0.01)


def check_clean(data: Path) -> None:
    """Nothing is left of builds that were killed before the last one."""
    stores, dumps, ledgers = data / "stores", data / "dumps", data / "ledger"
    left = [*data.glob("store.*-*"), *stores.glob("work-*"), *data.glob(".*.new")]
    left += [one for one in dumps.glob(".unfinished-*") if any(one.iterdir())]  # empty: all took their places
    whole = [one for one in stores.iterdir() if (one / "rocksdb").is_dir()]
    if left or len(whole) > 2 or len([*stores.iterdir()]) > 2:
        raise Faults(f"left behind: {left}, {[one.name for one in stores.iterdir()]}")
    names = {one.name.split(".")[0] for one in ledgers.iterdir()}
    if len(names) != 1:
        raise Faults(f"ledgers left behind: {names}")


@contextmanager
def killing(folder: Path, seed: int) -> Iterator[Killing]:
    """Something to kill builds with; the forker ends with the block."""
    program = Path(__file__).with_name("starter.py")
    path = os.pathsep.join([str(program.parent), *sys.path])
    environment = os.environ | {"PYTHONPATH": path}
    with subprocess.Popen(
        [sys.executable, "-P", str(program)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    ) as forker:
        try:
            found = Killing(folder, forker, random.Random(seed))  # nosec B311
            found.learn()
            yield found
        finally:
            forker.kill()


def run(found: Killing, kills: int) -> None:
    """Kill so many builds. Every few rounds the data folder is new, else what is there is changed."""
    done = rounds = 0
    served: int | None = None  # the state that is served, None before the first build
    others = False
    while done < kills:
        rounds += 1
        if rounds % 4 == 1:
            shutil.rmtree(found.data, ignore_errors=True)
            served, others = None, False
        target = found.chosen.choice([state for state in range(STATES) if state != served])
        words.write_articles(found.articles, target)
        old = None if served is None else found.graphs[served]
        new = found.graphs[target]
        allowed = {"old": old, "new": new}
        if others:
            allowed = {name: with_others(graph) for name, graph in allowed.items() if graph is not None}
        reader = open_snapshot(found.data) if served is not None else None
        before = len(reader.store) if reader else 0
        for _ in range(found.chosen.choice((1, 1, 2, 3))):
            order = found.order(**found.options())
            done += found.kill(order)
            wait_for_token(order.token)
            if found.check_graph(allowed) == "new":
                allowed = {"new": allowed["new"]}  # there is no way back
        if reader is not None and len(reader.store) != before:
            raise Faults("a reader lost its snapshot")
        reader = None
        found.finish(found.order(**found.options() | {"later": False}))
        found.check_graph({"finished": allowed["new"]})
        lines = frozenset(dump_of(found.data).splitlines(keepends=True))
        if lines != allowed["new"]:
            raise Faults("the dump is not the graph")
        if not others and dump_of(found.data) != found.dumps[target]:
            raise Faults("the dump is not that of a build from nothing")
        check_clean(found.data)
        served = target
        if not others:
            file = found.folder / "others.nq"
            file.write_text(OTHERS, encoding="ascii")
            load_files(found.data, [file])
            others = True
    assert current_version(found.data)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    options = parser.parse_args()
    began = time.monotonic()
    print(f"seed {options.seed}", flush=True)
    with tempfile.TemporaryDirectory() as folder, killing(Path(folder), options.seed) as found:
        run(found, options.kills)
    print(f"{sum(found.stages.values())} kills of {found.builds} builds in {time.monotonic() - began:.0f} s")
    print("served afterwards:", ", ".join(f"{name} {number}" for name, number in found.seen.most_common()))
    for stage, number in found.stages.most_common():
        print(f"{number:5} while {stage}")


if __name__ == "__main__":
    main()

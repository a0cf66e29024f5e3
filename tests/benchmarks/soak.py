"""Asks a server for everything at once for minutes: ``python tests/benchmarks/soak.py DATA [--minutes 10] [--faults]``.

DATA is copied (hard links) to a folder of the soak's own, and served as users serve it. Clients ask for pages, lists,
data, queries, dumps, searches, reconciliation and fragments, write graphs and read them back, and update the default
graph. Every answer is compared with what the store said before. Told are, for each kind, how many answers were right,
honest errors (a problem with 503 or 504, and a time to come back for 503), cut off (a client sees that they have no
end), or wrong, with times in milliseconds; and how memory and open files of the server's processes went.

Without ``--faults`` only right answers are allowed. With it faults come one after the other; then no answer may be
wrong, and after each fault all has to be well again by itself within :data:`RECOVERY` seconds. The exit code says so.

Not locust, which brings a Flask of its own and gevent, and takes an answer for good by its status.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, IncompleteRead
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parents[1] / "server" / "helpers"))  # folders of tests are no packages

from live import TOKEN, Live, running
from soak_faults import FAULTS, Scene, small_disk
from soak_mix import Known, Mix, Request, learn
from soak_watch import Growth, Watch, growth

from kg.settings import Settings
from kg.store import open_snapshot

RECOVERY: Final = 30.0
"""Seconds within which everything is answered rightly again after a fault: those after which clients come back."""

FAULT_SECONDS: Final = 6.0
"""How long a fault lasts, and how long all is well between two."""

ROOM: Final = 300 << 20
"""Bytes that the small file system has beyond the data."""

GROWTH_MEMORY, GROWTH_FILES = 0.10, 0.10
"""Part by which memory and open files of the lasting processes may be more at the end than in the second quarter."""

OUTCOMES: Final = ("right", "honest", "cut", "refused", "wrong")


@dataclass
class Tally:
    """What one client got: outcomes and times by kind, and what was wrong, with when."""

    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    faults: list[str] = field(default_factory=list)


@dataclass
class Asker:
    """A client: a connection that is kept, and what became of the requests on it."""

    port: int
    tally: Tally = field(default_factory=Tally)
    _connection: HTTPConnection | None = None

    def ask(self, request: Request) -> str:
        """The outcome, one of :data:`OUTCOMES`: ``refused`` is a connection that ended before any answer."""
        began = time.monotonic()
        outcome, detail = self._outcome(request)
        self.tally.outcomes[request.kind, outcome] += 1
        self.tally.seconds[request.kind].append(time.monotonic() - began)
        if outcome != "right":
            when = time.strftime("%H:%M:%S")
            self.tally.faults.append(f"{when} {outcome} {request.kind} {request.path[:90]}: {detail}")
        return outcome

    def _outcome(self, request: Request) -> tuple[str, str]:
        connection = self._connection or HTTPConnection("127.0.0.1", self.port, timeout=90)
        self._connection = None
        try:
            connection.request(request.method, request.path, request.body, request.headers)
            response = connection.getresponse()
        except (OSError, HTTPException) as error:
            connection.close()
            return "refused", repr(error)
        try:
            body = response.read()
        except (OSError, HTTPException, IncompleteRead) as error:
            connection.close()
            return "cut", repr(error)
        self._connection = connection
        if response.status in request.statuses:
            return _judge(request, body)
        told = f"{response.status} {body[:200]!r}"
        is_problem = response.getheader("Content-Type", "").startswith(("application/problem+json", "text/html"))
        is_timed = response.getheader("Retry-After") is not None or response.status == 504
        is_health = request.kind == "health" and response.status == 503
        is_honest = response.status in (503, 504) and (is_health or (is_problem and is_timed))
        return ("honest" if is_honest else "wrong"), told


def _judge(request: Request, body: bytes) -> tuple[str, str]:
    try:
        wrong = request.check(body)
    except (ValueError, KeyError, SyntaxError) as error:
        wrong = f"cannot be read: {error!r}"
    return ("wrong", wrong) if wrong else ("right", "")


@contextmanager
def clients(port: int, known: Known, number: int) -> Iterator[list[Tally]]:
    """Clients that ask while the block runs; their tallies are complete afterwards."""
    over, askers = threading.Event(), [Asker(port) for _ in range(number)]

    def run(client: int) -> None:
        for requests in Mix(known, TOKEN, client):
            if over.is_set():
                return
            outcomes = map(askers[client].ask, requests)
            if next((one for one in outcomes if one != "right"), "") == "refused":
                time.sleep(0.05)

    threads = [threading.Thread(target=run, args=(client,)) for client in range(number)]
    for thread in threads:
        thread.start()
    try:
        yield [asker.tally for asker in askers]
    finally:
        over.set()
        for thread in threads:
            thread.join()


def recovery(server: Live, known: Known) -> float:
    """Seconds until one request of each kind is answered rightly, all in a row."""
    began = time.monotonic()
    while time.monotonic() - began < 4 * RECOVERY:
        asker = Asker(server.port)
        if all(asker.ask(request) == "right" for request in Mix(known, TOKEN, 1000).each()):
            return time.monotonic() - began
        time.sleep(0.1)
    return float("inf")


def make_faults(scene: Scene, known: Known, end: float, lasting: float) -> list[tuple[str, float]]:
    """One fault after the other until ``end``, each at least once; the names with the seconds to recover."""
    told, names = list[tuple[str, float]](), [name for name in FAULTS if name != "disk full" or scene.room]
    while True:
        for name in names:
            time.sleep(lasting)
            with FAULTS[name](scene):
                time.sleep(lasting)
            told.append((name, recovery(scene.server, known)))
            print(f"{time.strftime('%H:%M:%S')} {name}: well again after {told[-1][1]:.1f} s", flush=True)
        if time.monotonic() > end:
            return told


def report(tallies: list[Tally], seconds: float) -> dict[str, int]:
    """Print the table; the sums by outcome."""
    outcomes = sum((tally.outcomes for tally in tallies), Counter[tuple[str, str]]())
    print(f"\n| kind | {' | '.join(OUTCOMES)} | a second | p50 | p95 | p99 | most |\n|---|{'---|' * 10}")
    for kind in sorted({kind for kind, _ in outcomes}):
        times = sorted(1000 * one for tally in tallies for one in tally.seconds[kind])
        cuts = statistics.quantiles(times, n=100) if len(times) > 1 else times * 99
        numbers = " | ".join(f"{outcomes[kind, outcome]:,}" for outcome in OUTCOMES)
        marks = " | ".join(f"{one:,.0f}" for one in (cuts[49], cuts[94], cuts[98], times[-1]))
        print(f"| {kind} | {numbers} | {len(times) / seconds:.1f} | {marks} |")
    sums = {name: sum(number for (_, outcome), number in outcomes.items() if outcome == name) for name in OUTCOMES}
    print(f"all: {sums}, {sum(sums.values()) / seconds:.0f} a second for {seconds:.0f} s")
    return sums


def report_growth(watch: Watch) -> dict[str, Growth]:
    """Print how memory (MiB) and open files went."""
    names = ("lasting_memory", "all_memory", "lasting_files", "all_files", "processes")
    found = {name: growth(watch.looks, name) for name in names}
    print("\n| | second quarter | last quarter | most | a minute |\n|---|---|---|---|---|")
    for name, one in found.items():
        print(f"| {name.replace('_', ' ')} | {one.early:,.0f} | {one.late:,.0f} | {one.most:,.0f} | {one.slope:+.2f} |")
    return found


def prepare(data: Path, folder: Path) -> None:
    """Copy the data folder, by hard links where that can be, and leave what was not finished."""

    def link(source: str, target: str) -> None:
        try:
            os.link(source, target)
        except OSError:
            shutil.copy2(source, target)

    shutil.copytree(data, folder, copy_function=link, symlinks=True, dirs_exist_ok=True)


def soak(given: argparse.Namespace) -> bool:
    """Whether all was well."""
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="soak-", dir=given.scratch)))
        data, logs, room = scratch / "data", scratch / "logs", 0
        data.mkdir()
        logs.mkdir()
        if given.faults:
            size = sum(path.stat().st_size for path in given.data.rglob("*") if path.is_file())
            room = size + ROOM if stack.enter_context(small_disk(data, size + ROOM)) else 0
            print("the disk has its own file system" if room else "no file system can be mounted: no full disk")
        prepare(given.data, data)
        known = learn(open_snapshot(data).store, data, base=Settings().base)
        options = ("--workers", str(given.workers), "--cache", str(given.cache))
        server = stack.enter_context(running(data, logs, *options))
        watch, began = Watch(server), time.monotonic()
        watch.start()
        with clients(server.port, known, given.clients) as tallies:
            faults = list[tuple[str, float]]()
            if given.faults:
                faults = make_faults(Scene(server, data, room), known, began + 60 * given.minutes, given.fault_seconds)
            else:
                time.sleep(60 * given.minutes)
        seconds = time.monotonic() - began
        watch.stop()
        sums, grown = report(tallies, seconds), report_growth(watch)
        mishaps = [line for tally in tallies for line in tally.faults]
        stopped = server.stop()
        log = server.log.read_text()
        print(f"stopped with {stopped}; log:\n{log[-3000:]}")
        mishaps += [f"log {line}" for line in log.splitlines()]
    if given.mishaps:
        given.mishaps.write_text("\n".join(sorted(mishaps)) + "\n")
    for line in [one for one in mishaps if " wrong " in one or not given.faults][:20]:
        print(line)
    with suppress(OSError):
        print(f"load of the machine over the last 15 minutes: {os.getloadavg()[2]:.1f}")
    slow = [name for name, time_taken in faults if time_taken > RECOVERY]
    memory, files = grown["lasting_memory"], grown["lasting_files"]
    steady = memory.late <= memory.early * (1 + GROWTH_MEMORY) and files.late <= files.early * (1 + GROWTH_FILES)
    print(json.dumps({"sums": sums, "steady": steady, "slow to recover": slow, "stopped": stopped}))
    only_right = given.faults or sums["right"] == sum(sums.values())
    return not sums["wrong"] and only_right and not slow and stopped == 0 and (steady or given.minutes < 2)


def main() -> int:
    parser = argparse.ArgumentParser(description="Asks a server for everything at once for minutes.")
    parser.add_argument("data", type=Path, help="data folder; only read")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--cache", type=int, default=Settings().cache, help="MiB of answers that a process remembers")
    parser.add_argument("--faults", action="store_true")
    parser.add_argument("--fault-seconds", type=float, default=FAULT_SECONDS)
    parser.add_argument("--scratch", type=Path, help="folder for the copy, on the same file system as DATA for links")
    parser.add_argument("--mishaps", type=Path, help="file for a line on each answer that was not right")
    return 0 if soak(parser.parse_args()) else 1


if __name__ == "__main__":
    sys.exit(main())

"""What the validators take: ``python tests/benchmarks/validation.py [--articles N…] [--data DIR] [--engines fast]``.

Graphs of made-up articles (``graph.py``), or the graph of a data folder, are validated whole by each engine, each in a
process of its own, so that its memory is its own too. Then one article of each graph is validated the way a build
does it, with what the rules must see besides, and all articles of a data folder in one process and in two. Engines that
find different things end the benchmark with an error.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Final

import pyoxigraph as ox
from graph import write_graph

from kg.formats import open_rdf
from kg.store import open_snapshot
from kg.validate import ENGINES, Finding, validate_changed, validate_graphs, validate_store

KIB_A_MIB: Final = 1024


@dataclass(frozen=True)
class Cost:
    """Seconds, the peak of memory above what there was before (MiB), and the findings."""

    seconds: float
    memory: float
    findings: tuple[Finding, ...]


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB_A_MIB


def opened(source: Path) -> ox.Store:
    """The store of a data folder, or one in memory of a file."""
    if source.is_dir():
        return open_snapshot(source).store
    store = ox.Store()
    with open_rdf(source) as file:
        store.bulk_load(file, ox.RdfFormat.N_QUADS)
    return store


def articles(store: ox.Store) -> list[str]:
    return sorted(graph.value for graph in store.named_graphs() if "#" not in graph.value)


def whole(store: ox.Store, engine: str) -> tuple[Finding, ...]:
    return validate_store(store, engine=engine)


def one_article(store: ox.Store, engine: str) -> tuple[Finding, ...]:
    return validate_graphs(store, articles(store)[:1], engine=engine)


def every_article(store: ox.Store, engine: str) -> tuple[Finding, ...]:
    """As a build that changed them all."""
    return validate_graphs(store, articles(store), engine=engine)


Task = Callable[[ox.Store, str], tuple[Finding, ...]]
TASKS: Final[dict[str, Task]] = {"whole": whole, "all in parts": every_article, "one article": one_article}


def measure(source: Path, engine: str, task: str) -> Cost:
    """The second run of a task in this process, or the first if that took long: the first one reads the shapes."""
    store = opened(source)
    before, started = peak(), time.perf_counter()
    findings = TASKS[task](store, engine)
    seconds = time.perf_counter() - started
    if seconds < 2:
        started = time.perf_counter()
        TASKS[task](store, engine)
        seconds = time.perf_counter() - started
    return Cost(seconds, peak() - before, findings)


def apart(source: Path, engine: str, task: str) -> Cost:
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(measure, (source, engine, task))


def in_processes(data: Path, jobs: int) -> None:
    """Print what a build that changed all articles takes with so many processes."""
    snapshot, started = open_snapshot(data), time.perf_counter()
    findings = validate_changed(snapshot, articles(snapshot.store), jobs=jobs, tell=lambda done, total: None)
    seconds = time.perf_counter() - started
    print(f"  all in parts, {jobs} processes: {seconds:.1f} s, {len(findings)} findings", flush=True)


def report(name: str, source: Path, engines: Sequence[str]) -> bool:
    """Print a line for each task and engine; whether the engines agree."""
    agreed = True
    print(f"{name}: {len({quad.triple for quad in opened(source)}):,} triples")
    for task in TASKS:
        costs = {engine: apart(source, engine, task) for engine in engines}
        slowest = max(cost.seconds for cost in costs.values())
        for engine, cost in costs.items():
            print(
                f"  {task}, {engine}: {cost.seconds * 1000:,.0f} ms, {cost.memory:,.0f} MiB, "
                f"{slowest / cost.seconds:.0f}x, {len(cost.findings)} findings",
                flush=True,
            )
        agreed = agreed and len({cost.findings for cost in costs.values()}) == 1
    for jobs in (1, 2) if source.is_dir() else ():
        in_processes(source, jobs)
    return agreed


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, nargs="*", default=[10, 100, 1000])
    parser.add_argument("--data", type=Path, help="a data folder to validate instead")
    parser.add_argument("--engines", nargs="+", default=[*ENGINES], choices=[*ENGINES])
    options = parser.parse_args(arguments)
    if options.data:
        return 0 if report(str(options.data), options.data, options.engines) else 1
    with tempfile.TemporaryDirectory() as folder:
        agreed = True
        for number in options.articles:
            path = Path(folder) / f"{number}.nq.gz"
            write_graph(path, number)
            agreed = report(f"{number} articles", path, options.engines) and agreed
    return 0 if agreed else 1


if __name__ == "__main__":
    sys.exit(main())

"""How long the index takes, and in how much memory: ``python tests/benchmarks/index.py DATA [DATA…]``.

Each data folder (made with ``aidgraph load``, of a graph by ``graph.py``) is read only; the index is made in a
folder that goes again, by a process of its own for each run, so that the peak of memory is that of the run. Several
folders of different sizes tell whether memory grows with the graph.
"""

from __future__ import annotations

import argparse
import resource
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.index.build import build_index
from kg.store import open_snapshot

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Run:
    """One making of an index. Memory in MiB: before it, when the store was open, and at most."""

    quads: int
    seconds: float
    processor: float
    before: int
    peak: int
    size: float
    documents: int


def main() -> None:
    """Measure, and print a line a folder: the fastest of its runs."""
    parser = argparse.ArgumentParser(description=__doc__.split(":")[0])
    parser.add_argument("data", nargs="+", type=Path)
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    for data in options.data:
        runs = [measure(data) for _ in range(options.repeats)]
        best = min(runs, key=lambda run: run.seconds)
        print(
            f"{best.quads:,} quads: {best.seconds:.2f} s ({best.processor:.2f} s of the processor), "
            f"peak {best.peak} MiB ({best.before} before), {best.documents:,} documents, {best.size:.1f} MiB on disk",
            flush=True,
        )


def measure(data: Path) -> Run:
    """One run in a process of its own."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(make, (data,))


def make(data: Path) -> Run:
    """Make the index of the newest generation elsewhere."""
    snapshot = open_snapshot(data)
    before = peak()
    with TemporaryDirectory() as folder:
        wall, processor = time.monotonic(), time.process_time()
        path = build_index(snapshot.store, Path(folder))
        seconds, used = time.monotonic() - wall, time.process_time() - processor
        most = peak()
        with closing(sqlite3.connect(path)) as index:
            (documents,) = index.execute("SELECT count(*) FROM document").fetchone()
        return Run(len(snapshot.store), seconds, used, before, most, path.stat().st_size / MIB, documents)


def peak() -> int:
    """The most memory that this process had, in MiB (Linux counts it in KiB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()

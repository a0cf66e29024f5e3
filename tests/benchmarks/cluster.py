"""How fast a cluster on this machine reads beside processes of this machine: ``python tests/benchmarks/cluster.py``.

Both have as many processes, and the same articles. Three times are told: reading here; on a cluster, whose workers
start and load their model meanwhile; and again from the shards that are there, which is what the machine that builds
does itself, for each article, however many machines read. Nothing is written to a graph.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from articles import write_articles

from kg import understand
from kg.cluster.client import read_on_cluster
from kg.intake import Spreading, read_here, take_in
from kg.readings import open_readings
from kg.settings import Settings

_STARTING = 60.0  # seconds in which the scheduler must listen


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--words", type=int, default=100, help="that an article has at least")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="aidgraph-") as name:
        folder = Path(name)
        write_articles(folder / "news", options.articles, words=(options.words, options.words + 20))
        here = _seconds(folder, "here", read_here, jobs=options.jobs)
        with _cluster(folder, options.jobs) as address:
            there = _seconds(folder, "there", read_on_cluster, cluster=address)
            again = _seconds(folder, "again", read_on_cluster, cluster=address, shards=str(folder / "there" / "shards"))
        size = sum(path.stat().st_size for path in (folder / "there" / "shards").rglob("*.zst"))
    print(f"{options.articles} articles, {options.jobs} processes")
    for what, seconds in (("here", here), ("on a cluster", there), ("from its shards", again)):
        print(f"{what}: {seconds:.1f} s, {1000 * seconds / options.articles:.1f} ms an article")
    print(f"shards: {size / options.articles / 1024:.1f} KiB an article")


def _seconds(folder: Path, name: str, spreading: Spreading, **more: Any) -> float:
    """How long it takes to bring the articles into the readings of a new data folder of this name."""
    settings = Settings(data=folder / name, **more)
    settings.data.mkdir()
    began = time.monotonic()
    with open_readings(settings.data) as readings:
        intake = take_in([str(folder / "news")], readings, understand, settings, lambda *_: None, spreading=spreading)
    if intake.failures:
        raise SystemExit(f"{len(intake.failures)} articles failed: {intake.failures[0]}")
    return time.monotonic() - began


@contextmanager
def _cluster(folder: Path, workers: int) -> Iterator[str]:
    """A scheduler on loopback and so many workers; its address."""
    log = folder / "scheduler.log"
    with log.open("wb") as out:
        command = ["scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show"]
        processes = [_dask(*command, out=out.fileno())]
        try:
            address = _address(log)
            number = ["--nworkers", str(workers), "--nthreads", "1", "--no-dashboard", "--local-directory", str(folder)]
            processes.append(_dask("worker", address, *number, out=out.fileno()))
            yield address
        finally:
            for process in reversed(processes):
                process.terminate()
                process.wait()


def _dask(*arguments: str, out: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "dask", *arguments], stdout=out, stderr=out)


def _address(log: Path) -> str:
    deadline = time.monotonic() + _STARTING
    while time.monotonic() < deadline:
        for line in log.read_text(encoding="utf-8").splitlines():
            if "Scheduler at:" in line:
                return line.split()[-1]
        time.sleep(0.1)
    raise SystemExit(f"no scheduler listens: {log.read_text(encoding='utf-8')}")


if __name__ == "__main__":
    main()

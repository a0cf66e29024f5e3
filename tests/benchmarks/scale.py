"""Builds of ever more articles: ``python tests/benchmarks/scale.py FOLDER [--articles 100 1000 10000] [--jobs N]``.

For each number the articles of :mod:`briefs` are written to FOLDER and built by ``aidgraph build`` as a user calls it;
then ten articles are added, one is changed and one removed. Memory is that of all processes of the build together,
looked at five times a second (proportional set size: shared pages are counted once). Bare spaCy reads the same texts,
or a part of them, in as many processes. What came of it is kept in FOLDER/results.json, from which ``plot.py`` draws.

A large build that is stopped goes on where it was: call the same command again. Its time is the sum of its runs.
Linux only: it reads ``/proc``.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from briefs import made_up_briefs, write_briefs
from questions import ask_all

from kg.index.opened import has_index
from kg.lock import is_held

AIDGRAPH: Final = str(Path(sys.executable).with_name("aidgraph"))
LOOKS: Final = 0.2  # seconds between two looks at memory
ADDED: Final = 10
BARE_ARTICLES: Final = 2_000
"""As many articles are read by bare spaCy at most: it takes the same time for each."""
AS_USUAL: Final = ("--dumps", "never")
"""Dumps are timed apart, by ``aidgraph dump``."""
_BARE: Final = """
import sys, time, spacy
sys.path[:0] = {path!r}
from briefs import made_up_briefs
from kg.extract.nlp import BATCH, MODEL
nlp = spacy.load(MODEL)
texts = [part for brief in made_up_briefs({start}, {end}) for part in brief.text.strip().split("\\n\\n")]
list(nlp.pipe(texts[:50]))
print(flush=True)
sys.stdin.readline()
start, used = time.perf_counter(), time.process_time()
for _ in nlp.pipe(texts, batch_size=BATCH): pass
print(time.perf_counter() - start, time.process_time() - used)
"""


@dataclass
class Memory:
    """The most memory that a process and its children took at a time, in MiB."""

    process: int
    peak: float = 0.0
    _over: threading.Event = field(default_factory=threading.Event)

    def look(self) -> None:
        """Look until it is over."""
        while not self._over.wait(LOOKS):
            self.peak = max(self.peak, sum(_memory(one) for one in _family(self.process)))

    def end(self) -> None:
        self._over.set()


def _family(process: int) -> Iterator[int]:
    yield process
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except (FileNotFoundError, ProcessLookupError):
        return
    for child in children:
        yield from _family(int(child))


def _memory(process: int) -> float:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


@dataclass
class Run:
    """A command that was run: seconds on the wall and of all its processes, memory in MiB, and the build's report."""

    wall: float
    processor: float
    memory: float
    report: dict[str, Any]


def run(command: Sequence[str], data: Path) -> Run:
    """Run a command of aidgraph.

    Raises:
        SystemExit: it failed.
    """
    used, began = _used(), time.perf_counter()
    process = subprocess.Popen([AIDGRAPH, *command, "--data", str(data)])
    memory = Memory(process.pid)
    looker = threading.Thread(target=memory.look)
    looker.start()
    code = process.wait()
    memory.end()
    looker.join()
    if code:
        sys.exit(f"{' '.join(command)}: exit code {code}")
    report = json.loads((data / "report.json").read_text())
    return Run(time.perf_counter() - began, _used() - used, memory.peak, report)


def _used() -> float:
    times = os.times()
    return times.children_user + times.children_system


def bare(number: int, jobs: int) -> tuple[float, float]:
    """Seconds that bare spaCy takes for an article: on the wall with ``jobs`` processes, and of a processor."""
    share = max(1, min(number, BARE_ARTICLES) // jobs)
    here = str(Path(__file__).parent)
    readers = []
    for place in range(jobs):
        text = _BARE.format(path=[here, *sys.path], start=place * share, end=(place + 1) * share)
        command = [sys.executable, "-c", text]
        readers.append(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True))
    for reader in readers:
        _output(reader)
    began = time.perf_counter()
    for reader in readers:
        assert reader.stdin is not None
        reader.stdin.write("\n")
        reader.stdin.flush()
    seconds = [[float(part) for part in _output(reader).split()] for reader in readers]
    wall = time.perf_counter() - began
    for reader in readers:
        reader.communicate()
    return wall / (share * jobs), sum(used for _, used in seconds) / (share * jobs)


def _output(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def measure(folder: Path, number: int, jobs: int, *, dumps: bool) -> dict[str, Any]:
    """Build that many articles, then add, change and remove some; everything that was measured."""
    articles, data, note = folder / f"articles-{number}", folder / f"data-{number}", folder / f"runs-{number}.json"
    ready = articles / ".ready"
    if not ready.exists():
        write_briefs(articles, 0, number)
        ready.touch()
    build = ["build", str(articles), "--jobs", str(jobs), *AS_USUAL]
    runs = json.loads(note.read_text()) if note.exists() else []
    with _noted(note, runs) as done:
        full = run(build, data)
        done.append(full.wall)
    settle(data)
    wall_of_bare, processor_of_bare = bare(number, jobs)
    result = {
        "articles": number, "jobs": jobs, "wall": sum(done), "runs": len(done), "processor": full.processor,
        "memory": full.memory, "stages": full.report["stages"], "quads": full.report["graph"]["quads"],
        "bare_wall": wall_of_bare * number, "bare_processor": processor_of_bare * number,
        "graph": full.report["graph"],
    }  # fmt: skip
    result |= _increments(articles, data, build, number)
    settle(data)
    if dumps:
        began = time.perf_counter()
        subprocess.run([AIDGRAPH, "dump", "--data", str(data)], check=True)
        result["dumps"] = time.perf_counter() - began
    result["questions"] = ask_all(data)
    result["disk"] = sum(path.stat().st_size for path in data.rglob("*") if path.is_file()) / (1 << 20)
    note.unlink()
    return result


def settle(data: Path) -> None:
    """Wait until the index is there, which a process makes that a build does not wait for.

    Raises:
        SystemExit: nobody makes it any more.
    """
    folder, is_made = (data / "store").resolve().parent, True
    while not has_index(folder):
        if not is_made:
            raise SystemExit(f"{data}: has no index, and nobody makes one; see index.log there")
        time.sleep(2)  # the process has begun by then
        is_made = has_index(folder) or is_held(data / "index.lock", fcntl.LOCK_EX)


@contextmanager
def _noted(note: Path, runs: list[float]) -> Iterator[list[float]]:
    """Keep what a run took that is stopped."""
    began = time.perf_counter()
    try:
        yield runs
    except BaseException:
        note.write_text(json.dumps([*runs, time.perf_counter() - began]))
        raise
    note.write_text(json.dumps(runs))


def _increments(articles: Path, data: Path, build: Sequence[str], number: int) -> dict[str, float]:
    """Seconds until queries see ten more articles, a changed one and one less; a build without a change besides."""
    nothing = run(build, data)
    write_briefs(articles, number, number + ADDED)
    added = run(build, data)
    changed = articles / "brief-00000000.txt"
    text = changed.read_text()
    changed.write_text(next(made_up_briefs(number + ADDED, number + ADDED + 1)).text)
    another = run(build, data)
    changed.unlink()
    less = run(build, data)
    changed.write_text(text)
    for place in range(number, number + ADDED):
        (articles / f"brief-{place:08}.txt").unlink()
    return {"again": nothing.wall, "added": added.wall, "changed": another.wall, "removed": less.wall}


def main() -> None:
    parser = argparse.ArgumentParser(description="Builds of ever more articles.")
    parser.add_argument("folder", type=Path, help="where articles, stores and results are kept")
    parser.add_argument("--articles", type=int, nargs="+", default=[100, 1_000, 10_000])
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--dumps", action="store_true", help="time the dumps as well")
    parser.add_argument("--keep", action="store_true", help="keep articles and stores")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    kept = given.folder / "results.json"
    results = json.loads(kept.read_text()) if kept.exists() else {}
    for number in given.articles:
        result = measure(given.folder, number, given.jobs, dumps=given.dumps)
        results[str(number)] = result
        kept.write_text(json.dumps(results, indent=1) + "\n")
        print(told(result), flush=True)
        if not given.keep:
            for name in ("articles", "data"):
                shutil.rmtree(given.folder / f"{name}-{number}")


def told(result: dict[str, Any]) -> str:
    """What was measured, in a few lines."""
    number, wall = result["articles"], result["wall"]
    apart = wall - result["stages"]["validating"]
    stages = ", ".join(f"{stage} {seconds:.1f}" for stage, seconds in result["stages"].items())
    return (
        f"{number:,} articles, {result['quads']:,} quads, jobs {result['jobs']}: {wall:.1f} s, runs {result['runs']}, "
        f"{wall / number * 1000:.1f} ms an article, "
        f"without SHACL {apart / result['bare_wall']:.2f} of bare spaCy on the wall, "
        f"with it {result['processor'] / result['bare_processor']:.2f} of its processor time, "
        f"peak {result['memory']:.0f} MiB\n"
        f"  stages in seconds: {stages}\n"
        f"  again {result['again']:.1f} s; {ADDED} more {result['added']:.1f} s, "
        f"{result['added'] / wall:.1%} of the build; one changed {result['changed']:.1f} s, "
        f"one removed {result['removed']:.1f} s"
    )


if __name__ == "__main__":
    main()

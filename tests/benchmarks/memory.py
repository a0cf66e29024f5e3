"""Whether memory stays flat over many articles: ``python tests/benchmarks/memory.py [--articles N] [--jobs N]``.

Short made-up articles are built; at each tenth of them the peak of the resident memory since the tenth before is
printed, of this process and of the largest worker. It fails if a peak of the second half is more than a tenth above
that of the first half. What comes after the reading (merging, writing, dumping) is told apart: the merge keeps what
all articles report, by its nature. SHACL is left out: it looks at fifty articles at a time.
Linux only: it reads and resets the peaks in ``/proc``.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from articles import write_articles

from kg import understand
from kg.pipeline import build
from kg.settings import Settings, usable_jobs

MAY_GROW: Final = 1.1
TENTHS: Final = 10


def processes() -> list[Path]:
    """This process first, then its children."""
    me = Path("/proc/self").resolve()
    children = (me / "task" / me.name / "children").read_text().split()
    return [me, *(Path("/proc", child) for child in children)]


def take_peak(process: Path) -> float:
    """The peak since the last time it was taken, in MiB; 0 for a process that has just ended."""
    try:
        status = (process / "status").read_text()
        (process / "clear_refs").write_text("5")  # resets the peak: proc(5)
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0.0)


@dataclass
class Peaks:
    """Takes the peaks at every tenth of the articles; called by a build with what it is doing."""

    peaks: list[tuple[float, float]] = field(default_factory=list)

    def __call__(self, what: str, done: int, total: int) -> None:
        if what == "reading" and (done + 1) * TENTHS // total > len(self.peaks):
            self.take(f"{done + 1} articles")

    def take(self, what: str) -> None:
        """Print the peaks since the last time."""
        here, *others = (take_peak(process) for process in processes())
        self.peaks.append((here, max(others, default=0.0)))
        print(f"{what}: peak {here:.0f} MiB here, {self.peaks[-1][1]:.0f} MiB in the largest worker", flush=True)

    def growth(self) -> float:
        """The most by which a peak of the second half is above that of the first half, as a factor."""
        factors = []
        for series in zip(*self.peaks[:TENTHS], strict=True):
            first, second = max(series[: TENTHS // 2]), max(series[TENTHS // 2 :])
            factors.append(second / first if first else 1.0)
        return max(factors)


def main() -> None:
    parser = argparse.ArgumentParser(description="Memory over many articles.")
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--jobs", type=int, default=0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as made_up:
        write_articles(Path(made_up, "articles"), given.articles, words=(60, 120))
        settings, peaks = Settings(data=Path(made_up, "data"), jobs=given.jobs), Peaks()
        print(f"{given.articles} articles, jobs {usable_jobs(settings)}", flush=True)
        report = build([f"{made_up}/articles"], settings, understand, progress=peaks, shacl=False)
        peaks.take("merging, writing and dumping")
    growth = peaks.growth()
    print(f"{report.counts}")
    print(f"second half to first half: {growth:.2f}, at most {MAY_GROW:.2f} is flat")
    if growth > MAY_GROW:
        sys.exit("memory grows with the number of articles")


if __name__ == "__main__":
    main()

"""How fast a build is beside bare spaCy on the same texts: ``python tests/benchmarks/speed.py [FOLDER...]``.

Bare spaCy is ``nlp.pipe`` of the same model, components and batch size over the same paragraphs, with nothing done to
the result. The build is everything from the files to the dumps; SHACL validation is told apart, since it is a check
and takes longer than all the rest. Both run in turns, in one process that has loaded model and tables before, and
each figure is the median of its runs. The clock on the wall suffers from whatever else the machine does; the
processor's time of this process does not, but it leaves other processes (``--jobs``) out.
"""

from __future__ import annotations

import argparse
import re
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import spacy
from articles import write_articles

from kg import understand
from kg.extract.nlp import BATCH, MODEL
from kg.pipeline import build
from kg.read import find_sources, read_article
from kg.settings import Settings

SHACL = "validating"


@dataclass
class Watch:
    """Takes the time of stages, on the wall and of the processor; called by a build with what it is doing."""

    stages: dict[str, tuple[float, float]] = field(default_factory=dict)
    _now: str = ""
    _since: tuple[float, float] = (0.0, 0.0)

    def __call__(self, what: str, done: int, total: int) -> None:
        self.start(what)

    def start(self, stage: str) -> None:
        """End the stage before and begin this one; an empty name only ends."""
        at = (time.perf_counter(), time.process_time())
        if self._now:
            wall, cpu = self.stages.get(self._now, (0.0, 0.0))
            self.stages[self._now] = (wall + at[0] - self._since[0], cpu + at[1] - self._since[1])
        self._now, self._since = stage, at

    def seconds(self, clock: int, *, without: str = "") -> float:
        """All stages but one; clock 0 is on the wall, 1 the processor's."""
        return sum(times[clock] for stage, times in self.stages.items() if stage != without)


def read_bare(nlp: spacy.language.Language, paragraphs: Sequence[str]) -> Watch:
    watch = Watch()
    watch.start("nlp.pipe")
    for _ in nlp.pipe(paragraphs, batch_size=BATCH):
        pass
    watch.start("")
    return watch


def build_whole(folders: Sequence[str], jobs: int) -> Watch:
    with tempfile.TemporaryDirectory() as data:
        watch = Watch()
        watch.start("reading")
        report = build(folders, Settings(data=Path(data), jobs=jobs), understand, progress=watch)
        watch.start("")
        assert not report.intake.failures, report.intake.failures
    return watch


def compare(folders: Sequence[str], *, jobs: int, repeats: int) -> None:
    """Run both in turns and print what came of it."""
    articles = [read_article(source) for source in find_sources(folders)]
    paragraphs = [text for article in articles for text in re.split(r"\n\s*\n", article.text) if text.strip()]
    words = sum(len(text.split()) for text in paragraphs)
    nlp = spacy.load(MODEL)
    print(f"{len(articles)} articles, {len(paragraphs)} paragraphs, {words} words, {repeats} runs, jobs {jobs}")
    bare, whole = [], []
    for _ in range(repeats):
        bare.append(read_bare(nlp, paragraphs))
        whole.append(build_whole(folders, jobs))
    for clock, name in enumerate(("wall", "processor")):
        plain = words / statistics.median(run.seconds(clock) for run in bare)
        ours = words / statistics.median(run.seconds(clock, without=SHACL) for run in whole)
        ratios = [one.seconds(clock) / two.seconds(clock, without=SHACL) for one, two in zip(bare, whole, strict=True)]
        ratio = statistics.median(ratios)
        print(f"{name}: bare spaCy {plain:.0f} words/s, build {ours:.0f} words/s, ratio {ratio:.2f}")
    for stage in whole[0].stages:
        wall, cpu = (statistics.median(run.stages[stage][clock] for run in whole) for clock in (0, 1))
        print(f"{stage}: {wall:.2f} s wall, {cpu:.2f} s processor{' (apart)' if stage == SHACL else ''}")


def main() -> None:
    parser = argparse.ArgumentParser(description="A build beside bare spaCy on the same texts.")
    parser.add_argument("folders", nargs="*", help="folders of articles; made-up articles if none is given")
    parser.add_argument("--articles", type=int, default=100, help="how many to make up")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as made_up:
        warm_up = Path(made_up, "warm-up")
        write_articles(warm_up, 2, words=(20, 40), seed=0)
        build_whole([str(warm_up)], 1)
        if not given.folders:
            write_articles(Path(made_up, "articles"), given.articles)
            given.folders = [str(Path(made_up, "articles"))]
        compare(given.folders, jobs=given.jobs, repeats=given.repeats)


if __name__ == "__main__":
    main()

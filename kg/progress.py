"""How far a build is: a bar on a terminal, a line a minute in a log, and the time of each stage for the report.

A build of many articles takes hours. Whoever looks wants to know what it is at, how fast it goes and when it ends;
whoever reads the log of a nightly build wants that now and then, and not a line for each article.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

Tell = Callable[[str, int, int], None]
"""Called with a stage, how much of it is done, and how much there is (0: nobody knows)."""

_LINE_EVERY: Final = 60.0
"""Seconds between two lines where there is no terminal; a build that takes less prints none."""


@dataclass(slots=True)
class Stages:
    """The wall time of each stage, in seconds, in the order in which they began; hands on what it is told."""

    show: Tell = lambda stage, done, total: None
    seconds: dict[str, float] = field(default_factory=dict)
    amounts: dict[str, int] = field(default_factory=dict)
    """How much there was to do in stages that know it."""
    _stage: str = ""
    _since: float = 0.0

    def __call__(self, stage: str, done: int, total: int) -> None:
        if stage != self._stage:
            self.end()
            self._stage, self._since = stage, time.monotonic()
        if total:
            self.amounts[stage] = total
        self.show(stage, done, total)

    @property
    def told(self) -> str:
        """``reading 25.1 s (100 at 4/s), writing 3.0 s``."""
        return ", ".join(f"{stage} {seconds:,.1f} s{self._rate(stage)}" for stage, seconds in self.seconds.items())

    def _rate(self, stage: str) -> str:
        amount, seconds = self.amounts.get(stage, 0), self.seconds[stage]
        return f" ({amount:,} at {amount / seconds:,.0f}/s)" if amount and seconds else ""

    def end(self) -> None:
        """The stage that is under way has ended."""
        if self._stage:
            self.seconds[self._stage] = self.seconds.get(self._stage, 0.0) + time.monotonic() - self._since
        self._stage = ""


@contextmanager
def shown_stages() -> Iterator[Stages]:
    """Stages that are shown on standard error, as fits what that is."""
    with _bar() if sys.stderr.isatty() else _lines() as show:
        stages = Stages(show)
        try:
            yield stages
        finally:
            stages.end()


@contextmanager
def _bar() -> Iterator[Tell]:
    """A bar with how much is done, how many a second, and the time that is left at that rate."""
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", rate="")
        now = ""

        def show(stage: str, done: int, total: int) -> None:
            nonlocal now
            if stage != now:
                progress.reset(task, description=stage, total=total or None)
                now = stage
            speed = progress.tasks[0].speed
            progress.update(task, completed=done, total=total or None, rate=f"{speed:,.0f}/s" if speed else "")

        yield show


@contextmanager
def _lines() -> Iterator[Tell]:
    yield Lines(lambda line: click.echo(line, err=True))


@dataclass(slots=True)
class Lines:
    """``reading: 12,000 of 100,000, 46/s, 32 min left``, once a minute; ``clock`` gives seconds."""

    write: Callable[[str], None]
    clock: Callable[[], float] = time.monotonic
    _stage: str = ""
    _began: float = 0.0
    _told: float | None = None

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = self.clock()
        if self._told is None:
            self._told = now
        if stage != self._stage:
            self._stage, self._began = stage, now
        if now - self._told >= _LINE_EVERY:
            self._told = now
            self.write(_told(stage, done, total, now - self._began))


def _told(stage: str, done: int, total: int, seconds: float) -> str:
    if not total:
        return f"{stage}, for {duration(seconds)}"
    rate = done / seconds if seconds else 0.0
    left = f", {rate:,.0f}/s, {duration((total - done) / rate)} left" if rate else ""
    return f"{stage}: {done:,} of {total:,}{left}"


def duration(seconds: float) -> str:
    """``45 s``, ``12 min``, ``3 h 5 min``."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"

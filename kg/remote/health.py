"""Whether the store answers, as all processes of a data folder know it: a circuit breaker in one small file.

A breaker in the memory of each process would let every worker find out for itself, by waiting, that the store is
gone. So what one learns, all know: the file is looked at before each request and written only when something changes.
Its states are those of the pattern: *closed* (requests go through), *open* (they fail at once), and *half-open*, when
the pause is over and one request at a time is let through to see. Two processes that write at once lose one count of
failures, which does no harm.
"""

from __future__ import annotations

import contextlib
import json
import secrets
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

FILE: Final = "backend-health.json"
FAILURES: Final = 5
"""Failed requests in a row after which no more are sent for a while."""
PAUSE: Final = 5.0
"""Seconds for which none is sent; twice as long after each try that fails, up to :data:`LONGEST`."""
LONGEST: Final = 60.0
TRIAL: Final = 2.0
"""Seconds that a trial has before another process may try as well."""


@dataclass(frozen=True, slots=True)
class Health:
    """What is known of the store. ``until`` and ``failed_at``: seconds since 1970. ``error`` names no credentials."""

    failures: int = 0
    until: float = 0.0
    pause: float = 0.0
    error: str = ""
    failed_at: float = 0.0

    def state(self, now: float) -> str:
        """``closed``, ``open`` or ``half-open``."""
        if self.failures < FAILURES:
            return "closed"
        return "open" if now < self.until else "half-open"


class Breaker:
    """Lets requests through or not. ``folder`` is that of the data, None for a breaker of this process alone."""

    def __init__(self, folder: Path | None, clock: Callable[[], float] = time.time) -> None:
        self._path = folder / FILE if folder else None
        self._clock = clock
        self._own = Health()

    def read(self) -> Health:
        """What is known now."""
        if self._path is None:
            return self._own
        try:
            return Health(**json.loads(self._path.read_text(encoding="utf-8")))
        except (FileNotFoundError, ValueError, TypeError):
            return Health()  # nothing failed yet; a file that is no JSON says nothing

    def admits(self) -> bool:
        """Whether a request may be sent. When the pause is over, whoever asks first makes the trial."""
        health, now = self.read(), self._clock()
        if health.state(now) == "open":
            return False
        if health.state(now) == "half-open":
            self._write(replace(health, until=now + TRIAL))
        return True

    def succeed(self) -> None:
        """A request was answered. The last error is kept for whoever looks."""
        health = self.read()
        if health.failures:
            self._write(replace(health, failures=0, until=0.0, pause=0.0))

    def fail(self, error: str) -> None:
        """A request was not answered."""
        health, now = self.read(), self._clock()
        failures = health.failures + 1
        pause = min(LONGEST, health.pause * 2 or PAUSE) if failures >= FAILURES else 0.0
        self._write(Health(failures, now + pause if pause else 0.0, pause, error, now))

    def _write(self, health: Health) -> None:
        self._own = health
        if self._path is None:
            return
        unfinished = self._path.with_name(f"{FILE}.{secrets.token_hex(4)}")
        with contextlib.suppress(OSError):  # a read-only folder: this process still knows
            unfinished.write_text(json.dumps(asdict(health)), encoding="utf-8")
            unfinished.replace(self._path)

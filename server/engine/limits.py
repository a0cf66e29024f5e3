"""What a worker may take: memory by the kernel's own limit, time by its own alarm.

``RLIMIT_DATA`` counts what a process may write to (heap, anonymous mappings), so that a store that is read
through mapped files, or was inherited from a parent, does not count. Past it an allocation fails and the engine
aborts: the process dies, and its parent tells from its last words why.
"""

from __future__ import annotations

import resource
import signal
from pathlib import Path

GRACE = 2.0
"""Seconds after the limit at which a worker ends itself, for when nobody is left to end it."""

_PAGE = resource.getpagesize()


def data_size() -> int:
    """Bytes of this process that RLIMIT_DATA counts; 0 where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5]) * _PAGE
    except OSError:
        return 0


def limit_memory(mebibytes: int) -> None:
    """Let this process take so much more than it has now; 0 is no limit. To be called before :func:`start_alarm`."""
    if mebibytes:
        bound_memory(mebibytes)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # of the alarm below
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a worker that is ended on purpose leaves no core file


def bound_memory(mebibytes: int | None) -> None:
    """Let this process take so much more than it has now, or again as much as its own parent allowed (None)."""
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    most = hard if mebibytes is None else data_size() + (mebibytes << 20)
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)  # what we were started with may be less
    resource.setrlimit(resource.RLIMIT_DATA, (most, hard))


def start_alarm(seconds: float) -> None:
    """End this process when the time is over. By the signal's default, since the engine does not let Python run."""
    signal.setitimer(signal.ITIMER_REAL, seconds + GRACE)


def stop_alarm() -> None:
    """The job is done in time."""
    signal.setitimer(signal.ITIMER_REAL, 0)

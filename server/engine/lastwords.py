"""What a worker's last words mean to whoever asked the query that it died of."""

from __future__ import annotations

import sys

from server.problems import AWAY, REPAIR, Exhausted, Problem, Unavailable, unusable


class Aborted(Exhausted):
    """The engine aborted on an ORDER BY over terms that it cannot compare."""


def explain_death(words: str, memory: int) -> Problem:
    """The problem to tell. Words that are not known are also printed, for whoever runs the server.

    Args:
        words: what the worker wrote on its standard error; Rust and Python name a failed allocation there.
        memory: MiB that it could take.
    """
    if "memory allocation" in words or "MemoryError" in words:
        detail = f"The query needs more memory than the {memory} MiB that one may take; ask for less."
        return Exhausted(detail, extra={"memory": memory})
    if "total order" in words:
        return Aborted("The query sorts by values of kinds that the engine cannot compare with each other.")
    print(f"aidgraph: a worker died: {words}", file=sys.stderr)
    if "MissingError" in words:
        return Unavailable(AWAY, extra={"retry-after": REPAIR})
    if "StoreError" in words:
        return unusable(words)
    if not words:  # somebody else ended it: the system, for want of memory, or an operator
        return Exhausted("The engine gave up on the query: it was ended.", extra={"retry-after": 5})
    return Exhausted(f"The engine gave up on the query: {words.splitlines()[-1]}.")

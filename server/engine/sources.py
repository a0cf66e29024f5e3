"""Where a worker answers from: the store on disk, or for most queries a copy of its default graph in memory.

The default graph holds every fact once, and nearly all queries ask nothing else. In memory it answers several times
as fast as the store on disk; a copy of all graphs would be slower than the disk, since the engine's store in memory
goes through all quads of a thing, and each article repeats what it says of a country.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from kg.search.functions import TextFunctions
from kg.store import Snapshot, open_snapshot
from server.engine.functions import functions_for
from server.engine.wire import QueryJob


@dataclass(frozen=True, slots=True)
class Copied:
    """The default graph of one version, in memory."""

    store: ox.Store
    version: str


class Sources:
    """The two, of which the store on disk is opened when it is first needed, or at once if there is no copy."""

    def __init__(self, data: Path, copied: Copied | None) -> None:
        self._data = data
        self._copied = copied
        self._snapshot: Snapshot | None = None  # kept: it holds the lock that keeps the files from being deleted
        if copied is None:
            self._open()

    def store_for(self, job: QueryJob) -> ox.Store:
        """The store that answers a query."""
        if self._copied is not None and not may_name_graphs(job):
            return self._copied.store
        return self._open().store

    @cached_property
    def functions(self) -> TextFunctions:
        """What a query may call besides the engine's own functions, with what went wrong in it."""
        version = self._open().version if self._copied is None else self._copied.version
        return functions_for(self._data / "stores" / version)

    def _open(self) -> Snapshot:
        if self._snapshot is None:
            self._snapshot = open_snapshot(self._data)
        return self._snapshot


def may_name_graphs(job: QueryJob) -> bool:
    """Whether a query may ask for another graph than the default one.

    A look at its letters, not its words: it takes next to no time, and who is wrongly sent to the disk gets the same
    answer. ``aidgraph`` is part of every IRI of ours, and no keyword of SPARQL ends in ``aid``.
    """
    if job.default_graphs or job.named_graphs:
        return True
    text = job.text.lower()
    return "from" in text or text.count("graph") != text.count("aidgraph")

"""Versions of data that others may change: a folder for each, like those of the embedded store, but for the data.

So all that asks which version is served, remembers answers by it, or lists from its index works as ever. A write
through us makes a new version at once. What others write is noticed by a look now and then at the store's
*fingerprint*: the ETag and Last-Modified of its answer, if it sends any, and how many triples the default graph has and
how many named graphs there are. A change that leaves all of that as it was is not noticed; ``aidgraph refresh`` tells.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, cast

import pyoxigraph as ox

from kg.errors import BackendError, DataError
from kg.index.build import build_index
from kg.lock import write_lock
from kg.remote.backend import Backend, read_backend, secrets_of, write_backend
from kg.remote.client import Client
from kg.remote.health import Breaker
from kg.remote.results import ROWS
from kg.remote.store import RemoteStore
from kg.store import current_version, new_reference

UNKNOWN: Final = "unknown"
"""The fingerprint after a write of ours, until the next look."""
SHARE: Final = 20.0
"""Looks may take a twentieth of the store's time: a store that counts slowly is looked at more rarely."""
_PRINT: Final = "fingerprint"
_COUNTS: Final = (
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }",
)


def fingerprint(client: Client) -> str:
    """What tells two states of the store apart, for all that can be asked cheaply.

    Raises:
        BackendError: the store does not answer.
    """
    told = hashlib.sha256()
    default = [client.backend.default_graph] if client.backend.default_graph else []
    for query in _COUNTS:
        try:
            with client.query(query, ROWS, default_graphs=default) as response:
                told.update(b"".join(response.iter_bytes()))
                for name in ("etag", "last-modified"):
                    told.update(response.headers.get(name, "").encode())
        except DataError as error:
            raise BackendError(str(error)) from error
    return told.hexdigest()


@contextmanager
def publish(data: Path, backend: Backend, seen: str) -> Iterator[Path]:
    """A new version of the data, with what the block adds to its folder. The caller holds the write lock."""
    with new_reference(data) as folder:
        write_backend(backend, folder)
        (folder / _PRINT).write_text(seen, encoding="utf-8")
        yield folder


def look(data: Path, backend: Backend, *, always: bool = False) -> bool:
    """Make a new version, with its index, if the store has changed since the last; whether that was so.

    Args:
        always: make one in any case.

    Raises:
        BackendError: the store does not answer.
        LockedError: somebody is writing from here.
    """
    client = Client(backend, secrets_of(), Breaker(data))
    try:
        seen = fingerprint(client)
        with write_lock(data, patience=1.0):
            folder = data / "stores" / (current_version(data) or "none")
            known = _known(folder)
            if known == UNKNOWN and not always and read_backend(folder) == backend:
                (folder / _PRINT).write_text(seen, encoding="utf-8")
                return False
            if known == seen and not always and read_backend(folder) == backend:
                return False
            with publish(data, backend, seen) as folder:
                build_index(cast("ox.Store", RemoteStore(client)), folder)
            return True
    finally:
        client.close()


def _known(folder: Path) -> str | None:
    path = folder / _PRINT
    return path.read_text(encoding="utf-8") if path.exists() else None


def keep_looking(
    data: Path, backend: Backend, seconds: float, wait: Callable[[float], bool], tell: Callable[[str], None]
) -> None:
    """Look every so many seconds until ``wait`` says that it is over; a store that does not answer is told of once."""
    trouble, pause = "", seconds
    while not wait(pause):
        began = time.monotonic()
        try:
            look(data, backend)
            trouble = ""
        except (BackendError, OSError) as error:
            if not trouble:
                tell(f"aidgraph: {error}")
            trouble = str(error)
        pause = max(seconds, (time.monotonic() - began) * SHARE)

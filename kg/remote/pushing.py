"""Brings what a build stands for into a store elsewhere. The embedded store of the build stays the truth.

What was brought is kept beside it as a sorted file, and only the difference is sent (:mod:`.plan`). Everything in it
may be sent twice: a push that was broken off is taken up where it was, and the next one begins when it is done. What
others wrote to the store is left alone. To find the difference takes one pass over both files, whatever changed.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.errors import BackendError, DataError
from kg.lock import write_lock
from kg.quadfile import difference, open_lines, quad_lines, sorted_lines, write_lines
from kg.remote.attaching import folder_of
from kg.remote.backend import Backend, backend_of, export_secrets, secrets_of
from kg.remote.client import Client
from kg.remote.health import Breaker
from kg.remote.opening import enter
from kg.remote.plan import Plan, write_plan
from kg.remote.store import RemoteStore
from kg.remote.versions import look
from kg.settings import Settings
from kg.store import open_snapshot

PUSHED: Final = "pushed.nq.gz"
COMING: Final = "coming.nq.gz"
PLAN: Final = "plan.sqlite"
MARKER: Final = "version"


@dataclass(frozen=True, slots=True)
class Pushed:
    """What was sent: quads added and removed, by how many requests. ``version`` is that of the embedded store."""

    version: str
    added: int
    removed: int
    requests: int
    seconds: float


def push(settings: Settings, progress: Callable[[str, int, int], None] = lambda what, done, total: None) -> Pushed:
    """Let the store at ``settings.store`` hold what was built in ``settings.data``, and make a new version of it here.

    Args:
        progress: told the number of requests that are done, and of all.

    Raises:
        BackendError: the store does not answer; it holds some articles as they were and others as they are, and the
            next push goes on from there.
        LockedError: another push is running.
    """
    export_secrets(settings)
    enter()
    backend, data = backend_of(settings), folder_of(settings)
    began = time.monotonic()
    with write_lock(data):
        folder = _folder(data, backend)
        client = Client(backend, secrets_of(), Breaker(data))
        try:
            sent = [_send(folder, client, progress)] if (folder / PLAN).exists() else []
            version = _prepare(settings.data, folder)
            sent.append(_send(folder, client, progress))
        finally:
            client.close()
        (folder / MARKER).write_text(version + "\n", encoding="utf-8")
    added, removed, requests = (sum(numbers) for numbers in zip(*sent, strict=True))
    if requests or not (data / "store").is_symlink():
        look(data, backend, always=True)
    return Pushed(version, added, removed, requests, time.monotonic() - began)


def _folder(data: Path, backend: Backend) -> Path:
    """Where it is noted what this store was sent: by its address, so that another one gets everything."""
    name = hashlib.sha256(f"{backend.update} {backend.default_graph}".encode()).hexdigest()[:12]
    folder = data / "pushed" / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _prepare(data: Path, folder: Path) -> str:
    """Write the plan from what was sent to what is built; the version of the latter."""
    snapshot = open_snapshot(data)
    write_lines(folder / COMING, sorted_lines(quad_lines(snapshot.store)))
    old = folder / PUSHED
    with open_lines(old if old.exists() else None) as before, open_lines(folder / COMING) as after:
        write_plan(folder / PLAN, difference(before, after))
    return snapshot.version


def _send(folder: Path, client: Client, progress: Callable[[str, int, int], None]) -> tuple[int, int, int]:
    """Carry a plan out from where it is, and note that it is done; lines added and removed, and requests."""
    requests = 0
    with Plan(folder / PLAN) as plan:
        steps, added, removed = plan.size()
        try:
            for step, update in plan.steps(client.backend.default_graph):
                client.update(update, may_repeat=True)
                plan.note_done(step)
                requests += 1
                progress("publishing", step, steps)
            _drop_empty(client, plan.shrunk_graphs())
        except DataError as error:
            raise BackendError(f"the store refuses what is to be published: {error}") from error
    (folder / COMING).replace(folder / PUSHED)
    (folder / PLAN).unlink()
    return added, removed, requests


def _drop_empty(client: Client, graphs: list[str]) -> None:
    """Some stores list a graph without triples."""
    store = RemoteStore(client)
    for graph in graphs:
        if not store.contains_named_graph(ox.NamedNode(graph)):
            client.update(f"DROP SILENT GRAPH <{graph}>", may_repeat=True)

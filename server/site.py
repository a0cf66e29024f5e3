"""What the routes share: the settings, the graph and the addresses, carried by the Flask application."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from flask import Flask, current_app, g

from kg.index.older import Older
from kg.index.opened import counts_of
from kg.settings import Settings
from kg.store import Snapshot
from kg.writing import Write, Written, perform
from server.addresses import Addresses
from server.dataset import Dataset
from server.indexes import Indexes

_KEY = "aidgraph"
T = TypeVar("T")

Perform = Callable[[Write], Written]
"""Carries out a write, in this process or another; raises what :func:`kg.writing.perform` raises."""


@dataclass(frozen=True, slots=True)
class Site:
    """One server's state. ``dataset`` and ``indexes`` change when a new version is published, the rest never."""

    settings: Settings
    dataset: Dataset
    indexes: Indexes
    addresses: Addresses
    perform: Perform


def install_site(app: Flask, settings: Settings, write: Perform | None = None) -> None:
    """Give ``app`` its state; the store is opened by the first request that needs it.

    Args:
        write: carries out writes; without it that is done in this process.
    """
    write, indexes = write or partial(perform, settings.data), Indexes()
    written = partial(_perform, write, indexes, settings.data)
    app.extensions[_KEY] = Site(settings, Dataset(settings.data), indexes, Addresses(settings.base), written)
    app.teardown_appcontext(_give_back)


def _perform(write: Perform, indexes: Indexes, data: Path, wanted: Write) -> Written:
    """Carry out a write, and have the index of what came of it made while nobody asks for it yet."""
    written = write(wanted)
    if written.changed:
        indexes.makers.start(data)
    return written


def site() -> Site:
    """The state of the application that answers the current request."""
    state: Site = current_app.extensions[_KEY]
    return state


def snapshot() -> Snapshot:
    """The snapshot of the current request: the same from its first look to its last, whatever is built meanwhile."""
    if "snapshot" not in g:
        g.snapshot = site().dataset.snapshot()
    chosen: Snapshot = g.snapshot
    return chosen


def modified() -> datetime:
    """When the snapshot of the current request was made, as its folder tells."""
    current = snapshot()
    return site().dataset.remember(current, "modified", _made)


def _made(current: Snapshot) -> datetime:
    return datetime.fromtimestamp((current.path.parent / "readers").stat().st_mtime, UTC)


def index(*, patience: float | None = None) -> sqlite3.Connection:
    """The index of :func:`snapshot`, for reading with the statements of the tables in :mod:`kg.index.schema`.

    It serves the current request and no longer. Waits for it to be made where a write was just before, unless there is
    an older one to go by meanwhile; :func:`lists_of` tells.

    Args:
        patience: seconds to wait, for who can do without; None: as long as a reader of a page may be kept.

    Raises:
        NotReadyError: it is not made in time.
        StoreError: it cannot be made.
    """
    if "index" not in g:
        g.index = site().indexes.take(snapshot(), patience)
    chosen: sqlite3.Connection = g.index
    return chosen


def lists_of() -> str:
    """The version that the lists of the current request are of, if they are older than its snapshot; else empty.

    A large index takes minutes to be made, and an older one stands in for it meanwhile (:mod:`kg.index.older`).
    """
    current = g.get("index")
    return current.version if isinstance(current, Older) else ""


def remember_lists(name: str, make: Callable[[], T]) -> T:
    """What ``make`` makes of :func:`index`, once a version of that."""
    index()
    return site().dataset.remember(snapshot(), name, lambda _: make(), listed=lists_of())


def are_behind() -> bool:
    """Whether lists of the current request's snapshot are made from an older index, whether it needs them or not."""
    return site().indexes.are_behind(snapshot())


def counts() -> dict[str, int]:
    """How much there is of each thing in the snapshot: :data:`kg.index.schema.COUNTED`."""
    return counts_of(index())


def _give_back(_: BaseException | None) -> None:
    if "index" in g:
        site().indexes.give_back(g.snapshot, g.pop("index"))

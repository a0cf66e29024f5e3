"""What the routes share: the settings, the graph and the addresses, carried by the Flask application."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from flask import Flask, current_app, g

from kg.settings import Settings
from kg.store import Snapshot
from kg.writing import Write, Written, perform
from server.addresses import Addresses
from server.dataset import Dataset

_KEY = "aidgraph"

Perform = Callable[[Write], Written]
"""Carries out a write, in this process or another; raises what :func:`kg.writing.perform` raises."""


@dataclass(frozen=True, slots=True)
class Site:
    """One server's state. ``dataset`` changes when a new version is published, the rest never."""

    settings: Settings
    dataset: Dataset
    addresses: Addresses
    perform: Perform


def install_site(app: Flask, settings: Settings, write: Perform | None = None) -> None:
    """Give ``app`` its state; the store is opened by the first request that needs it.

    Args:
        write: carries out writes; without it that is done in this process.
    """
    write = write or partial(perform, settings.data)
    app.extensions[_KEY] = Site(settings, Dataset(settings.data), Addresses(settings.base), write)


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

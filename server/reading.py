"""The reader of the current request: its snapshot, its index, and names in the language that is preferred."""

from __future__ import annotations

import pyoxigraph as ox

from server.rendering import taste
from server.site import index, site, snapshot
from server.views.reader import Reader


def reader() -> Reader:
    """A reader on the current request's snapshot."""
    return Reader(snapshot().store, site().addresses, index, taste())


def reader_of(store: ox.Store) -> Reader:
    """A reader on another store than the dataset's, for the current request's reader."""
    return Reader(store, site().addresses, index, taste())

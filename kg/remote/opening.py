"""Opens a generation whose data are in a store elsewhere; also the program that makes its index.

``enter`` tells :mod:`kg.store` and :mod:`kg.writing` of it, in every process that may meet such a generation.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import cast

import pyoxigraph as ox

from kg import store, writing
from kg.index.__main__ import main
from kg.remote.backend import FILE, read_backend, secrets_of
from kg.remote.client import Client
from kg.remote.health import Breaker
from kg.remote.store import RemoteStore
from kg.remote.writing import perform_elsewhere


def enter() -> None:
    """Let this process open such generations and write to them."""
    store.ELSEWHERE[FILE] = open_elsewhere
    writing.ELSEWHERE[FILE] = perform_elsewhere


def open_elsewhere(folder: Path) -> ox.Store:
    """The store that a generation stands for. Nothing is asked of it yet.

    It has the methods of ``ox.Store`` that read, and passes for one: what reads a graph need not know where it is.

    Raises:
        StoreError: the folder is damaged.
    """
    return cast("ox.Store", RemoteStore(client_of(folder)))


def client_of(folder: Path) -> Client:
    """What asks the store of a generation; whether it answers is known in the whole data folder.

    Raises:
        StoreError: the folder is damaged.
    """
    return Client(read_backend(folder), secrets_of(), Breaker(folder.parent.parent))


if __name__ == "__main__":
    enter()
    sys.exit(main(sys.argv[1:]))

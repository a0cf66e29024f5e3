"""What commands call to use a store elsewhere: the settings with a folder of their own for what stands for it here."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from kg.errors import BackendError
from kg.remote.backend import backend_of, export_secrets
from kg.remote.opening import enter
from kg.remote.versions import keep_looking, look
from kg.settings import Settings
from kg.store import current_version

FOLDER: Final = "remote"
"""Folder in DATA for the versions, indexes and dumps of the store that is elsewhere."""


def attached(settings: Settings, *, always: bool = False) -> Settings:
    """The settings for working with the store at ``settings.store``; the same settings if there is none.

    A store that does not answer now is no error if it did before: what is remembered of it is used.

    Args:
        always: take it for changed.

    Raises:
        BackendError: it has never answered.
    """
    if not settings.store:
        return settings
    export_secrets(settings)
    enter()
    data = folder_of(settings)
    try:
        look(data, backend_of(settings), always=always)
    except BackendError:
        if always or current_version(data) is None:
            raise
    _share_readings(settings.data, data)
    # a copy in memory would be one of the whole store, made anew for each version
    return replace(settings, data=data, copy_memory=0)


def _share_readings(build: Path, data: Path) -> None:
    """Let pages tell why something was read, if the articles were read in the folder that is meant."""
    link = data / "readings.sqlite"
    if (build / link.name).exists() and not link.exists():
        link.symlink_to(Path("..") / link.name)


@contextmanager
def looking(settings: Settings) -> Iterator[None]:
    """Look for changes by others, in a thread, while the block runs; nothing to do without a store elsewhere."""
    if not settings.store:
        yield
        return
    is_over = threading.Event()
    arguments = (folder_of(settings), backend_of(settings), settings.store_look, is_over.wait, _tell)
    thread = threading.Thread(target=keep_looking, args=arguments, daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()


def _tell(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def folder_of(settings: Settings) -> Path:
    """Where the versions of the store are kept."""
    return settings.data / FOLDER

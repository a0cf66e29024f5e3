"""Answers that took long, as files that all processes of one server read: each is made once, not once a process.

They lie in the server's own temporary folder, one folder for each version of the data. A process writes no more than
its bound and does not look for what to drop: a new version, or a new start, begins anew.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Hashable
from hashlib import sha256
from pathlib import Path
from typing import Final

import msgspec

LONG: Final = 0.005
"""Seconds of the engine after which an answer is worth a file, which takes far less time to write and to read."""

Fields = list[tuple[bytes, bytes]]
_CONTENT: Final = msgspec.msgpack.Decoder(tuple[Fields, str, bytes])


class SharedAnswers:
    """A folder of answers. ``most``: bytes that this process may write of one version."""

    def __init__(self, folder: Path, most: int) -> None:
        self._folder = folder
        self._most = most
        self._size = 0
        self._version = ""

    def get(self, version: str, key: Hashable) -> tuple[Fields, str, bytes] | None:
        """Header fields, query and body of the answer, if some process has written it."""
        try:
            return _CONTENT.decode(Path(self._name(version, key)).read_bytes())
        except OSError:
            return None

    def put(self, version: str, key: Hashable, headers: Fields, query: str, body: bytes) -> None:
        """Write an answer, if there is room. A file appears whole or not at all."""
        if version != self._version:
            self._begin(version)
        content = msgspec.msgpack.encode((headers, query, body))
        if self._size + len(content) > self._most:
            return
        name = self._name(version, key)
        part = f"{name}.{os.getpid()}"
        try:
            Path(part).write_bytes(content)
            Path(part).rename(name)
        except OSError:
            self._most = 0  # no room on the disk: memory remembers too
            return
        self._size += len(content)

    def _begin(self, version: str) -> None:
        self._version, self._size = version, 0
        for old in self._folder.glob("*"):
            if old.name != version:
                shutil.rmtree(old, ignore_errors=True)  # another process may do the same
        (self._folder / version).mkdir(parents=True, exist_ok=True)

    def _name(self, version: str, key: Hashable) -> str:
        return f"{self._folder}/{version}/{sha256(repr(key).encode()).hexdigest()}"

"""Answers that were given before on the same version of the data, bounded in bytes, the longest unused out first.

Version and key are all that an answer depends on, so that nothing here can be stale: after a write the version is
another, and what was remembered of the one before is let go.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from server.front.shared import LONG, SharedAnswers
from server.headers import DATA, encoded

OVERHEAD: Final = 1280
"""Bytes counted for each answer besides its body and what was asked: headers, the form, and Python's own. 1,100 by
:mod:`tracemalloc`, as the tests look."""

COMMON_FIELDS: Final = encoded(DATA)

Key = tuple[bytes, bytes, Hashable]
"""All that an answer depends on besides the version of the data: address, body, and the form that was asked for."""

LARGEST: Final = 8
"""An answer may take this part of the whole; larger ones would push out everything else."""


@dataclass(frozen=True)
class Stored:
    """An answer that was given: its header fields and its body, and the query."""

    headers: list[tuple[bytes, bytes]]
    body: bytes
    query: str

    @cached_property
    def head(self) -> bytes:
        """The header fields as they go over the wire, with those of every answer and the length of the body."""
        fields = [*self.headers, *COMMON_FIELDS, (b"content-length", b"%d" % len(self.body))]
        return b"".join(b"%b: %b\r\n" % field for field in fields)


class AnswerCache:
    """Remembers answers; ``most`` is in bytes. ``shared``: where those that took long are kept for all processes."""

    def __init__(self, most: int, shared: SharedAnswers | None = None) -> None:
        self.most = most
        self._shared = shared
        self.size = 0
        self.hits = 0
        self.misses = 0
        self._version = ""
        self._answers: OrderedDict[Key, tuple[Stored, int]] = OrderedDict()

    def get(self, version: str, key: Key) -> Stored | None:
        """The answer for this key, if it is remembered; ``version`` is the newest, and those of others are let go."""
        if version != self._version:
            self._version, self.size = version, 0
            self._answers.clear()
        found = self._answers.get(key)
        if found is not None:
            self.hits += 1
            self._answers.move_to_end(key)
            return found[0]
        written = self._shared.get(version, key) if self._shared is not None else None
        if written is None:
            self.misses += 1
            return None
        self.hits += 1
        headers, query, body = written
        stored = Stored(headers, body, query)
        self._keep(key, stored)
        return stored

    def put(self, version: str, key: Key, stored: Stored, *, seconds: float) -> None:
        """Remember an answer that took the engine so long, in memory if its version is that which was last asked of."""
        if version == self._version:
            self._keep(key, stored)
        if self._shared is not None and seconds >= LONG:
            self._shared.put(version, key, stored.headers, stored.query, stored.body)

    def _keep(self, key: Key, stored: Stored) -> None:
        address, body, _ = key
        size = len(stored.body) + len(stored.query) + len(address) + len(body) + OVERHEAD
        if size * LARGEST > self.most or key in self._answers:
            return
        self._answers[key] = (stored, size)
        self.size += size
        while self.size > self.most:
            _, (_, dropped) = self._answers.popitem(last=False)
            self.size -= dropped

    def __len__(self) -> int:
        return len(self._answers)

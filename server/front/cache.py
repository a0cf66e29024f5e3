"""Answers that were given before on the same version of the data, bounded in bytes, the longest unused out first.

A key holds all that an answer depends on, the version included, so that nothing here can be stale: after a write
the keys are others.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from server.headers import DATA, encoded

OVERHEAD: Final = 512
"""Bytes counted for each answer besides its body: key, headers and Python's own."""

COMMON_FIELDS: Final = encoded(DATA)

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
    """Remembers answers; ``most`` is in bytes."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.size = 0
        self.hits = 0
        self.misses = 0
        self._answers: OrderedDict[Hashable, tuple[Stored, int]] = OrderedDict()

    def get(self, key: Hashable) -> Stored | None:
        """The answer for this key, if it is remembered."""
        found = self._answers.get(key)
        if found is None:
            self.misses += 1
            return None
        self.hits += 1
        self._answers.move_to_end(key)
        return found[0]

    def put(self, key: Hashable, stored: Stored, *, key_size: int) -> None:
        """Remember an answer; ``key_size``: bytes of the key."""
        size = len(stored.body) + key_size + OVERHEAD
        if size * LARGEST > self.most or key in self._answers:
            return
        self._answers[key] = (stored, size)
        self.size += size
        while self.size > self.most:
            _, (_, dropped) = self._answers.popitem(last=False)
            self.size -= dropped

    def __len__(self) -> int:
        return len(self._answers)

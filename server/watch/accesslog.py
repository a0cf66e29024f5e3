"""One line of JSON for each request, written in batches by a thread of its own.

A thread, because a full disk or a reader that has stopped reading must not hold the server; lines that find no
place are counted and dropped. What a client sends stands in JSON strings in ASCII, so that no line can be forged and
no terminal be spoken to. Neither a token nor the text of a query is ever written.
"""

from __future__ import annotations

import json
import os
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Final

from kg.errors import SettingsError
from server.front.exchange import Exchange

PAUSE: Final = 0.5
"""Seconds that a line may wait to be written; a server that is killed loses those."""

MOST: Final = 100_000
"""Lines that may wait; about 30 MB."""

PIECE: Final = 4096
"""Bytes of one write at most, in whole lines: then other processes cannot cut in, even on a pipe (POSIX, PIPE_BUF)."""

_LENGTHS: Final = {"client": 45, "method": 16, "path": 240, "agent": 100}
"""Characters that are kept of what a client sends. Escaped, one of a path takes up to twelve bytes, one of a header
field six: a line stays below :data:`PIECE`."""

LAST_WORDS: Final = 2.0
"""Seconds that the end of the server waits for the last lines."""

_ENCODER: Final = json.JSONEncoder(separators=(",", ":"))


def access_line(exchange: Exchange, *, began: datetime, seconds: float, version: str) -> bytes:
    """The line of one exchange. ``began`` is in UTC, ``version`` of the dataset."""
    query = exchange.query
    entry = {
        "time": began.isoformat(timespec="milliseconds")[:-6] + "Z",
        "client": exchange.client[: _LENGTHS["client"]],
        "method": exchange.method[: _LENGTHS["method"]],
        "path": exchange.path[: _LENGTHS["path"]],
        "status": exchange.status,
        "bytes": exchange.sent,
        "seconds": round(seconds, 6),
        "query": sha256(query.encode(errors="replace")).hexdigest()[:16] if query else None,
        "cached": exchange.was_cached,
        "broken": exchange.is_broken,
        "version": version,
        "agent": (exchange.header(b"user-agent") or "")[: _LENGTHS["agent"]],
    }
    return _ENCODER.encode(entry).encode("ascii") + b"\n"


def open_log(name: str) -> int:
    """The file to append to; ``-`` is standard output.

    Raises:
        SettingsError: it cannot be written to.
    """
    if name == "-":
        return os.dup(1)
    try:
        return os.open(name, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
    except OSError as error:
        message = f"access_log: {name!r} cannot be written to ({error.strerror}); name a file in a folder that there is"
        raise SettingsError(message) from error


class AccessLog:
    """Appends lines to ``file``, which is open for appending and is closed at the end."""

    def __init__(self, file: int) -> None:
        self._file = file
        self._lines: deque[bytes] = deque()
        self._dropped = 0  # counted by the caller's thread
        self._failed = 0  # counted by ours
        self._has_lines = threading.Event()
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="access log", daemon=True)
        self._thread.start()

    @property
    def lost(self) -> int:
        """How many lines could not be written."""
        return self._dropped + self._failed

    def write(self, line: bytes) -> None:
        """Take a line; it is written soon."""
        if len(self._lines) >= MOST:
            self._dropped += 1
            return
        self._lines.append(line)
        self._has_lines.set()

    def close(self) -> None:
        """Write what is left, if that does not take long."""
        self._is_over.set()
        self._has_lines.set()
        self._thread.join(LAST_WORDS)

    def _run(self) -> None:
        while not self._is_over.wait(PAUSE):
            self._has_lines.wait()
            self._write_all()
        self._write_all()
        os.close(self._file)

    def _write_all(self) -> None:
        self._has_lines.clear()
        lines = [self._lines.popleft() for _ in range(len(self._lines))]
        for piece in _pieces(lines):
            try:
                _write_whole(self._file, piece)
            except OSError:  # a full disk, or nobody reads the pipe any more
                self._failed += piece.count(b"\n")


def _pieces(lines: Sequence[bytes]) -> Iterator[bytes]:
    piece = b""
    for line in lines:
        if len(piece) + len(line) > PIECE:
            yield piece
            piece = b""
        piece += line
    if piece:
        yield piece


def _write_whole(file: int, data: bytes) -> None:
    while data:
        data = data[os.write(file, data) :]

"""Where the engine writes an answer: into frames, compressed on the way, in pieces of a useful size.

The engine writes 8 KiB at a time; a frame for each would cost more than the copying. Compression is done here,
in a process that may be killed, and not in the one that answers everybody.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Final, Protocol

import brotli
import zstandard

from server.engine.wire import LONGEST, body_frames

SHORT: Final = 1024
"""Bytes below which an answer is not compressed: it fits into one packet anyway."""


class Compressor(Protocol):
    """What zlib, brotli and zstandard have in common, once their names are made alike."""

    def compress(self, data: bytes, /) -> bytes:
        """Some more of the compressed form."""
        ...

    def flush(self) -> bytes:
        """The rest of it."""
        ...


class _Brotli:
    def __init__(self) -> None:
        self._inner = brotli.Compressor(quality=3)

    def compress(self, data: bytes, /) -> bytes:
        return bytes(self._inner.process(data))

    def flush(self) -> bytes:
        return bytes(self._inner.finish())


def _gzip() -> Compressor:
    return zlib.compressobj(1, zlib.DEFLATED, zlib.MAX_WBITS | 16)


COMPRESSORS: Final[dict[str, Callable[[], Compressor]]] = {
    "zstd": lambda: zstandard.ZstdCompressor(level=1).compressobj(),
    "br": _Brotli,
    "gzip": _gzip,
}
"""Content codings that we send, best first, at levels that cost little beside making the answer."""


class Sink:
    """As much of a file as the engine needs to write to it.

    Args:
        send: takes frames.
        head: makes the first frame; it is told the content coding that was chosen.
        encoding: the coding that the client takes; short answers are sent as they are.
    """

    def __init__(self, send: Callable[[bytes], None], head: Callable[[str], bytes], encoding: str) -> None:
        self._send = send
        self._head = head
        self._encoding = encoding
        self._compressor: Compressor | None = None
        self._has_begun = False
        self._pieces: list[bytes] = []
        self._size = 0

    def write(self, data: bytes, /) -> int:
        """Some more of the answer; how much of it was taken, which is all."""
        self._pieces.append(data)
        self._size += len(data)
        if self._size >= LONGEST:
            self._send(self._taken())
        return len(data)

    def flush(self) -> None:
        """Asked by the engine at the end; :meth:`finish` sends the rest."""

    def finish(self) -> bytes:
        """What is left to send."""
        if not self._has_begun and self._size < SHORT:
            self._encoding = "identity"
        rest = self._taken()
        return rest + (body_frames(self._compressor.flush()) if self._compressor else b"")

    def _taken(self) -> bytes:
        first = b"" if self._has_begun else self._begin()
        body = b"".join(self._pieces)
        if self._compressor:
            body = self._compressor.compress(body)
        self._pieces.clear()
        self._size = 0
        return first + (body_frames(body) if body else b"")

    def _begin(self) -> bytes:
        self._has_begun = True
        if self._encoding in COMPRESSORS:
            self._compressor = COMPRESSORS[self._encoding]()
        return self._head(self._encoding)


def whole_frames(body: bytes, head: Callable[[str], bytes], encoding: str) -> bytes:
    """The frames of an answer that is there as a whole."""
    if encoding not in COMPRESSORS or len(body) < SHORT:
        return head("identity") + body_frames(body)
    return head(encoding) + body_frames(compressed(body, encoding))


def compressed(body: bytes, encoding: str) -> bytes:
    """A whole body in one content coding of :data:`COMPRESSORS`."""
    compressor = COMPRESSORS[encoding]()
    return compressor.compress(body) + compressor.flush()

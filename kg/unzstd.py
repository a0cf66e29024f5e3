"""Files packed with Zstandard, read like any other. Python has a reader of its own from 3.14 on.

The package's own reader takes a file that was cut short for a whole one; this one tells, as Python's gzip does.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, cast

import zstandard

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_CHUNK: Final = 1 << 17


def open_zstd(path: Path) -> IO[bytes]:
    """Open a file for reading. What is no Zstandard raises an OSError, what is cut short an EOFError, when read.

    Raises:
        OSError: there is no such file, or it may not be read.
    """
    return cast("IO[bytes]", io.BufferedReader(_Unpacked(path.open("rb")), _CHUNK))


class _Unpacked(io.RawIOBase):
    """The unpacked bytes of a packed file of one or more frames."""

    def __init__(self, packed: IO[bytes]) -> None:
        self._packed = packed
        self._frame: zstandard.ZstdDecompressionObj | None = None
        self._rest = b""
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        self._packed.close()
        super().close()

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        while not self._ready:
            chunk = self._rest or self._packed.read(_CHUNK)
            if not chunk:
                if self._frame is not None:
                    raise EOFError("the file ends before its last frame does")
                return 0
            self._ready = memoryview(self._unpack(chunk))
        wanted = memoryview(buffer).cast("B")
        size = min(len(wanted), len(self._ready))
        wanted[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size

    def _unpack(self, chunk: bytes) -> bytes:
        frame = self._frame or zstandard.ZstdDecompressor().decompressobj()
        try:
            unpacked = frame.decompress(chunk)
        except zstandard.ZstdError as error:
            raise OSError(f"is not Zstandard ({error})") from error
        self._rest, self._frame = (frame.unused_data, None) if frame.eof else (b"", frame)
        return unpacked

"""What is kept of articles between builds, packed: lines of RDF and parses say the same words again and again."""

from __future__ import annotations

from typing import Final

import zstandard

_PACKER: Final = zstandard.ZstdCompressor(level=1)
_UNPACKER: Final = zstandard.ZstdDecompressor()


def pack(content: bytes) -> bytes:
    """The bytes as they are kept. One thread of a process at a time may pack."""
    return _PACKER.compress(content)


def unpack(packed: bytes, *, most: int = 0) -> bytes:
    """The inverse of :func:`pack`.

    Args:
        most: bytes that may come of what does not say how long it is; 0 takes only what says so, as :func:`pack` does.

    Raises:
        ValueError: they are no such thing.
    """
    try:
        return _UNPACKER.decompress(packed, max_output_size=most)
    except zstandard.ZstdError as error:
        raise ValueError(f"no packed content ({error})") from error


NOTHING: Final = pack(b"")

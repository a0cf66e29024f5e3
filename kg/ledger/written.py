"""How lines of an article are kept: packed, since a graph's lines say the same addresses again and again."""

from __future__ import annotations

from typing import Final

import zstandard

_PACKER: Final = zstandard.ZstdCompressor(level=1)
_UNPACKER: Final = zstandard.ZstdDecompressor()


def pack(content: bytes) -> bytes:
    """Lines as they are kept."""
    return _PACKER.compress(content)


def unpack(packed: bytes) -> bytes:
    """The inverse of :func:`pack`."""
    return _UNPACKER.decompress(packed)


NOTHING: Final = pack(b"")

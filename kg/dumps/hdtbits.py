"""The parts that an HDT file is made of: checksums, numbers of bytes, arrays of numbers of a few bits, front coding.

As the W3C member submission has them (https://www.w3.org/Submission/2011/SUBM-HDT-20110330/) where it says, and as
hdt-cpp and hdt-java write them where it does not: which checksum is where, and how arrays begin. None of the checksums
but CRC-8 has a length that matters; CRC-32C is not the CRC-32 of ``zlib``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

BLOCK: Final = 16
"""Texts of a block of front coding; the first of each is whole. What hdt-cpp writes."""
_CHUNK: Final = 8_000  # numbers packed at once: a multiple of 8, so that each chunk ends with a whole byte


def _table(polynomial: int) -> tuple[int, ...]:
    """The remainder of each byte, lowest bit first."""
    remainders = list(range(256))
    for _ in range(8):
        remainders = [(one >> 1) ^ (polynomial if one & 1 else 0) for one in remainders]
    return tuple(remainders)


_CRC16: Final = _table(0xA001)  # CRC-16/ARC
_CRC32C: Final = _table(0x82F63B78)  # Castagnoli


def crc8(data: bytes) -> bytes:
    """CRC-8 (polynomial 0x07, highest bit first)."""
    rest = 0
    for byte in data:
        rest ^= byte
        for _ in range(8):
            rest = (rest << 1 ^ (0x07 if rest & 0x80 else 0)) & 0xFF
    return bytes([rest])


def crc16(data: bytes) -> bytes:
    """CRC-16/ARC, lowest byte first."""
    rest = 0
    for byte in data:
        rest = rest >> 8 ^ _CRC16[(rest ^ byte) & 0xFF]
    return rest.to_bytes(2, "little")


def crc32c(data: bytes | bytearray) -> bytes:
    """CRC-32C, lowest byte first. Two bytes at a time, with a table for all pairs, took a third longer."""
    rest, table = 0xFFFFFFFF, _CRC32C
    for byte in data:
        rest = rest >> 8 ^ table[(rest ^ byte) & 0xFF]
    return (rest ^ 0xFFFFFFFF).to_bytes(4, "little")


def vbyte(number: int) -> bytes:
    """A number in groups of seven bits, the lowest first; the last one has its high bit set."""
    groups = bytearray()
    while number > 0x7F:
        groups.append(number & 0x7F)
        number >>= 7
    groups.append(number | 0x80)
    return bytes(groups)


def control(kind: int, form: str, **properties: object) -> bytes:
    """The control information before each part. ``kind``: 1 whole file, 2 header, 3 dictionary, 4 triples."""
    said = "".join(f"{key}={value};" for key, value in properties.items())
    block = b"$HDT" + bytes([kind]) + form.encode() + b"\0" + said.encode() + b"\0"
    return block + crc16(block)


def array(numbers: ArrayLike) -> bytes:
    """Numbers of as many bits as the greatest needs."""
    found = np.asarray(numbers, np.uint64)
    width = max(1, int(found.max(initial=0)).bit_length())
    head = bytes([1, width]) + vbyte(len(found))
    packed = b"".join(_packed(found, width))
    return head + crc8(head) + packed + crc32c(packed)


def bitmap(bits: ArrayLike) -> bytes:
    """One bit for each number, which is 0 or 1."""
    found = np.asarray(bits, np.uint8)
    head = bytes([1]) + vbyte(len(found))
    packed = np.packbits(found, bitorder="little").tobytes()
    return head + crc8(head) + packed + crc32c(packed)


def _packed(numbers: NDArray[np.uint64], width: int) -> Iterator[bytes]:
    """The first number in the lowest bits."""
    places = np.arange(width, dtype=np.uint64)
    for start in range(0, len(numbers), _CHUNK):
        bits = (numbers[start : start + _CHUNK, None] >> places) & np.uint64(1)
        yield np.packbits(bits.astype(np.uint8), bitorder="little").tobytes()


class FrontCoded:
    """Texts in order, in blocks: after the first of a block, each says how many bytes it shares with the one before.

    ``count`` are the texts, ``size`` their bytes with a zero after each.
    """

    def __init__(self) -> None:
        self.count = self.size = 0
        self._coded = bytearray()
        self._blocks = list[int]()
        self._before = b""

    def add(self, text: bytes) -> int:
        """Take the next text; its number, from 1."""
        if self.count % BLOCK == 0:
            self._blocks.append(len(self._coded))
            self._coded += text
        else:
            shared = _shared(self._before, text)
            self._coded += vbyte(shared) + text[shared:]
        self._coded += b"\0"
        self._before = text
        self.size += len(text) + 1
        self.count += 1
        return self.count

    def parts(self) -> Iterator[bytes | bytearray]:
        """The section as a file has it, in parts."""
        head = bytes([2]) + vbyte(self.count) + vbyte(len(self._coded)) + vbyte(BLOCK)
        yield head + crc8(head)
        yield array([*self._blocks, len(self._coded)])
        yield self._coded
        yield crc32c(self._coded)


def _shared(one: bytes, other: bytes) -> int:
    """How many bytes two texts begin with alike: as numbers they differ below the first bit that does."""
    length = min(len(one), len(other))
    differing = int.from_bytes(one[:length], "big") ^ int.from_bytes(other[:length], "big")
    return length - (differing.bit_length() + 7) // 8

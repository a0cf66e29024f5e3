"""Parts of HDT files: checksums have the values that others tell for them, and numbers are packed lowest first."""

from __future__ import annotations

import random

import pytest

from kg.dumps.hdtbits import array, bitmap, crc8, crc16, crc32c


@pytest.mark.parametrize(("checksum", "value"), [(crc8, 0xF4), (crc16, 0xBB3D), (crc32c, 0xE3069283)])
def test_checksum_has_its_check_value(checksum: object, value: int) -> None:
    """The catalogue of CRC algorithms tells them for these nine digits: https://reveng.sourceforge.io/crc-catalogue/"""
    assert callable(checksum)
    assert int.from_bytes(checksum(b"123456789"), "little") == value


@pytest.mark.parametrize("count", [0, 1, 7, 8, 9, 8_000, 8_001, 20_000])
def test_bits_are_packed_lowest_first(count: int) -> None:
    bits = bytearray(random.Random(count).choices((0, 1), k=count))
    packed = sum(bit << place for place, bit in enumerate(bits)).to_bytes((count + 7) // 8, "little")
    assert bitmap(bits).endswith(packed + crc32c(packed))


@pytest.mark.parametrize("width", [2, 5, 17])
def test_numbers_are_packed_lowest_first(width: int) -> None:
    numbers = [*random.Random(width).choices(range(1 << width), k=9_000), (1 << width) - 1]
    packed = sum(number << width * place for place, number in enumerate(numbers))
    data = packed.to_bytes((width * len(numbers) + 7) // 8, "little")
    assert array(numbers)[1] == width
    assert array(numbers).endswith(data + crc32c(data))

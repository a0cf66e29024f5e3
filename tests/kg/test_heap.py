"""What was freed goes back to the system."""

from __future__ import annotations

import ctypes
from pathlib import Path

import pytest

from kg.heap import give_back

BLOCK, BLOCKS = 64 << 10, 2_000  # small ones, of which the allocator keeps the pages


def resident() -> int:
    """Bytes of this process in memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_trim"), reason="not with this C library")
def test_freed_memory_below_what_is_still_used_is_given_back() -> None:
    library = ctypes.CDLL(None)
    library.malloc.restype = ctypes.c_void_p
    blocks = [ctypes.c_void_p(library.malloc(BLOCK)) for _ in range(BLOCKS)]
    for block in blocks:
        ctypes.memset(block, 1, BLOCK)
    last = blocks.pop()
    for block in blocks:
        library.free(block)
    before = resident()
    give_back()
    assert resident() < before - BLOCK * BLOCKS // 2
    library.free(last)

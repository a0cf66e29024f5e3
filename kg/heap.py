"""Memory that was freed, given back to the system.

glibc keeps what lies between things that are still in use, for whoever asks next. After a large store was filled that
is some 300 MiB, which nobody in the build asks for again while other processes need theirs.
"""

from __future__ import annotations

import ctypes
import gc
from contextlib import suppress


def give_back() -> None:
    """Give back whole pages that are free: ``malloc_trim`` of glibc (malloc_trim(3)). Elsewhere nothing is done."""
    gc.collect()
    with suppress(AttributeError, OSError):  # another C library
        ctypes.CDLL(None).malloc_trim(0)

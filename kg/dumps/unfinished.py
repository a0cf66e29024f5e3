"""Hidden folders beside the dumps, for what is being made of them.

Whoever makes one holds a lock on it, which the system frees with the process: the next one deletes what that left.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from kg.lock import is_held

_PREFIX: Final = ".unfinished-"


@contextmanager
def unfinished(folder: Path) -> Iterator[Path]:
    """A hidden folder in this one that is gone after the block."""
    new = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=folder))
    lock = os.open(new, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield new
    finally:
        shutil.rmtree(new, ignore_errors=True)
        os.close(lock)


def clear_unfinished(folder: Path) -> None:
    """Delete those of processes that were killed."""
    for left in folder.glob(f"{_PREFIX}*"):
        if not is_held(left, fcntl.LOCK_EX):
            shutil.rmtree(left, ignore_errors=True)

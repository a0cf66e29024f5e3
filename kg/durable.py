"""What has to outlast a power cut is on the disk before anything leads to it."""

from __future__ import annotations

import os
from pathlib import Path


def sync(*paths: Path) -> None:
    """Wait until the content of these files, and the names in these folders, are on the disk (POSIX ``fsync``).

    Raises:
        OSError: they are not there, or the disk failed.
    """
    for path in paths:
        file = os.open(path, os.O_RDONLY)
        try:
            os.fsync(file)
        finally:
            os.close(file)

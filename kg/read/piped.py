"""Standard input as a source: copied to a file of ours, so that it is read like any other.

Why a copy: it may hold more articles than the memory, and other processes that read them cannot share it.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from kg.errors import SettingsError
from kg.read.jsonl import LONGEST_ID
from kg.read.source import Piped
from kg.read.sources import FORMATS, OF_LINES


@contextmanager
def copy_input(stream: BinaryIO, *, form: str, id: str | None) -> Iterator[Piped]:
    """Standard input as a source, for as long as the block runs.

    Args:
        stream: the bytes.
        form: what they are, one of :data:`kg.read.sources.FORMATS`.
        id: the identifier of a single article; a file of articles has one in each line.

    Raises:
        SettingsError: the form is unknown, or the identifier is missing, of no use or one too many.
    """
    if form not in FORMATS:
        raise SettingsError(f"--format: got {form!r}, expected one of {', '.join(FORMATS)}")
    of_lines = f".{form}" == OF_LINES
    if of_lines and id is not None:
        raise SettingsError("--id: lines of jsonl have identifiers of their own; leave the option out")
    if not of_lines and not _is_identifier(id):
        raise SettingsError(f"--id: got {id or 'none'!r}; an article on standard input needs a printable identifier")
    with tempfile.TemporaryDirectory(prefix="aidgraph-") as folder:
        path = Path(folder, f"input.{form}")
        with path.open("wb") as file:
            shutil.copyfileobj(stream, file)
        yield Piped(path, id)


def _is_identifier(id: str | None) -> bool:
    return bool(id and id.strip() == id and id.isprintable() and len(id) <= LONGEST_ID)

"""Finds files in unpacked packages and writes tables; the only input and output of the generator."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent.parent / "data"

# Largest table that we keep in the repository, in bytes.
LIMIT = 1_500_000


def read_json(folder: Path, pattern: str) -> Any:
    """The parsed JSON file that matches ``pattern`` below ``folder``; errors as :func:`read_text`."""
    return json.loads(read_text(folder, pattern))


def read_text(folder: Path, pattern: str) -> str:
    """The text of the one file that matches ``pattern`` below ``folder``.

    Raises:
        FileNotFoundError: no file, or more than one version of the package, is there.
    """
    found = sorted(folder.glob(pattern))
    if len(found) != 1:
        raise FileNotFoundError(
            f"{folder / pattern}: {len(found)} files, not one; unpack the package as SOURCES.md says"
        )
    return found[0].read_text(encoding="utf-8")


def write_records(name: str, records: Iterable[Mapping[str, Any]]) -> None:
    """Writes a JSON list with one record a line, so that a difference shows the records that changed."""
    lines = [json.dumps(record, ensure_ascii=False, separators=(",", ":")) for record in records]
    _write(name, "[\n" + ",\n".join(lines) + "\n]\n")


def write_rows(name: str, header: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """Writes tab-separated rows under a header."""
    lines = ["\t".join(header), *("\t".join(row) for row in rows)]
    _write(name, "\n".join(lines) + "\n")


def _write(name: str, text: str) -> None:
    if (size := len(text.encode())) > LIMIT:
        raise ValueError(f"{name} would have {size} bytes, more than {LIMIT}; take fewer records")
    (DATA / name).write_text(text, encoding="utf-8")
    print(f"{name}: {size} bytes")  # the operator's only output

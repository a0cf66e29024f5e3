"""The page that lists the dumps."""

from __future__ import annotations

from dataclasses import dataclass

from server.views.page import Head

_UNITS = ("bytes", "kB", "MB", "GB", "TB")


@dataclass(frozen=True, slots=True)
class DumpFile:
    """One file: its name, its size in bytes, when it was written (ISO 8601, UTC)."""

    name: str
    size: int
    changed: str

    @property
    def size_words(self) -> str:
        """The size as people read it, in decimal units: ``1.2 MB``."""
        power = min((len(str(self.size)) - 1) // 3, len(_UNITS) - 1)
        return f"{self.size / 1000**power:.{min(power, 1)}f} {_UNITS[power]}"


@dataclass(frozen=True, slots=True)
class DumpsPage:
    """The variables of ``dumps.html``."""

    head: Head
    files: tuple[DumpFile, ...]

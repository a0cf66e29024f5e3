"""The page of the data: its files, how to load them elsewhere, what may be done with them and what they do not say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from server.views.page import Head
from server.views.recipes import Recipe

_UNITS = ("bytes", "kB", "MB", "GB", "TB")

_ABOUT: Final = {
    "ttl": ("Turtle", "every fact once, grouped by what it is about; the easiest to read"),
    "nt": ("N-Triples", "every fact once, one a line; the easiest to stream"),
    "nq": ("N-Quads", "every fact once, and again with the article that tells it"),
    "trig": ("TriG", "as N-Quads, grouped as Turtle is"),
    "jsonld": ("JSON-LD", "as N-Quads, for who works with JSON"),
}
"""What each dump is, by its ending."""


@dataclass(frozen=True, slots=True)
class DumpFile:
    """One file: its name, its size in bytes, when it was written (ISO 8601, UTC), its SHA-256 if that is known."""

    name: str
    size: int
    changed: str
    sha256: str = ""

    @property
    def size_words(self) -> str:
        """The size as people read it, in decimal units: ``1.2 MB``."""
        power = min((len(str(self.size)) - 1) // 3, len(_UNITS) - 1)
        return f"{self.size / 1000**power:.{min(power, 1)}f} {_UNITS[power]}"

    @property
    def form(self) -> str:
        """The format's name, or nothing for what is no dump."""
        return self._about[0]

    @property
    def holds(self) -> str:
        """What is in it, in words."""
        return self._about[1]

    @property
    def _about(self) -> tuple[str, str]:
        ending = next(iter(self.name.split(".")[1:]), "")
        known = {"": ("", "SHA-256 of the dumps"), "json": ("", "when and from what they were made")}
        return _ABOUT.get(ending, known.get(ending, ("", "")))


@dataclass(frozen=True, slots=True)
class DumpsPage:
    """The variables of ``dumps.html``. ``root`` is the address of this server, ``base`` of the data's IRIs.

    ``stale``: the graph was written to since the dumps were made.
    """

    head: Head
    files: tuple[DumpFile, ...]
    recipes: tuple[Recipe, ...]
    root: str
    version: str
    stale: bool
    made: str

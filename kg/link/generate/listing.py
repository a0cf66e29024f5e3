"""The table of packages in ``data/SOURCES.md``, made from ``sources.toml`` so that the two cannot differ."""

from __future__ import annotations

import re

from kg.link.generate.packages import DATA
from kg.link.sources import LinkSource, link_sources

HEADER = "| package | version | registry | licence | what was taken |\n|---|---|---|---|---|\n"
_TABLE = re.compile(re.escape(HEADER) + r"(?:\|.*\n)*")


def sources_table() -> str:
    """The table in Markdown, one line a package."""
    return HEADER + "".join(f"{_row(source)}\n" for source in link_sources())


def write_sources_table() -> None:
    """Puts the table in the place of the one in ``SOURCES.md``."""
    path = DATA / "SOURCES.md"
    path.write_text(_TABLE.sub(lambda _: sources_table(), path.read_text(encoding="utf-8")), encoding="utf-8")


def _row(source: LinkSource) -> str:
    licence = source.licence.name
    if source.origin and source.origin_licence:
        licence += f"; its data from {source.origin}, {source.origin_licence.name}"
    files = ", ".join(f"`{name}`" for name in source.files)
    cells = (f"`{source.package}`", source.version, source.registry, licence, f"{source.taken} ({files})")
    return f"| {' | '.join(cells)} |"

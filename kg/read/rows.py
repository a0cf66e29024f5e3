"""The rows of a table within a text: they are kept, and no sentence is read into them.

Why not as prose: "Norway | 200 tents | Chile" has no verb, and a parser that must find one makes up who gave to whom.
"""

from __future__ import annotations

import re
from functools import partial
from itertools import groupby

from kg.records import Span

CELLS = 6
"""The fewest cells of a table: three rows of two, or two of three. Less may be a byline or a menu."""
LONGEST_CELL = 120
"""Code points. Longer cells are columns of prose."""

_CUTS = tuple(map(re.compile, (r"\t", r"\|", r"\s{3,}")))
"""What parts cells: a tab, a bar, or the spaces of a table that was aligned by hand."""
_RULE = re.compile(r"[\s|+:=_-]{3,}")


def find_rows(text: str, regions: list[Span]) -> frozenset[int]:
    """Indexes of the regions that are rows: successive lines with cells parted alike, :data:`CELLS` in all."""
    lines = [region.of(text) for region in regions]
    rows: set[int] = set()
    for cut in _CUTS:
        counts = [_count_cells(line, cut) if i not in rows and cut.search(line) else 0 for i, line in enumerate(lines)]
        if sum(counts) < CELLS:
            continue
        for is_row, group in groupby(range(len(lines)), key=partial(_is_row, lines, counts)):
            members = list(group)
            if is_row and len(members) > 1 and sum(counts[i] for i in members) >= CELLS:
                rows.update(members)
    return frozenset(rows)


def _is_row(lines: list[str], counts: list[int], i: int) -> bool:
    return counts[i] > 1 or _RULE.fullmatch(lines[i]) is not None


def _count_cells(line: str, cut: re.Pattern[str]) -> int:
    """Cells of a line; 0 where it is no row."""
    cells = [cell for cell in cut.split(line) if cell.strip()]
    return len(cells) if "\n" not in line and all(len(cell) <= LONGEST_CELL for cell in cells) else 0

"""Things that have certain links and may be of a certain day, by one statement on the index.

It starts from the first link and looks for the others from each thing that has it, which the index finds at once.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Final

_DAY: Final = re.compile(r"\d{4}(?:-\d\d){0,2}")
"""A year, month or day."""

_FIRST: Final = "SELECT DISTINCT thing.id FROM link JOIN thing ON thing.id = link.source "
_DATED: Final = "LEFT JOIN event ON event.id = thing.id LEFT JOIN article ON article.id = thing.id "
_WITHIN: Final = "coalesce(event.first, article.first) <= ? AND coalesce(event.last, article.last) >= ?"
_HAS: Final = (
    "EXISTS (SELECT 1 FROM link AS more WHERE more.source = thing.id AND more.role = ? AND more.target IN ({}))"
)


def linked(
    index: sqlite3.Connection,
    links: Mapping[str, Sequence[int]],
    dates: Sequence[Sequence[str]],
    kinds: Sequence[str],
    most: int,
) -> list[int]:
    """The numbers of at most ``most`` things of these kinds.

    Args:
        links: by role, the numbers of the things of which it has to lead to one; at least one role.
        dates: of each, one day, month or year must be what a thing's date may mean.
    """
    (role, targets), *others = links.items()
    clauses = [f"link.role = ? AND link.target IN ({_places(targets)})", f"thing.kind IN ({_places(kinds)})"]
    values: list[str | int] = [role, *targets, *kinds]
    for role, targets in others:
        clauses.append(_HAS.format(_places(targets)))
        values += [role, *targets]
    for choices in dates:
        days = [day for day in choices if _DAY.fullmatch(day)]
        clauses.append(f"({' OR '.join([_WITHIN] * len(days)) or 'FALSE'})")
        values += [bound for day in days for bound in (f"{day}~", day)]  # '~' stands behind all digits and hyphens
    statement = f"{_FIRST}{_DATED if dates else ''}WHERE {' AND '.join(clauses)} LIMIT ?"
    return [place for (place,) in index.execute(statement, (*values, most))]


def _places(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))

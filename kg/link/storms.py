"""Storms by their own names: "Cyclone Nora", "Super Typhoon Lan", and "Nora" alone once it was named in full.

Place and year, by which other crises are known, are the worse names of a storm: offices of the weather give each its
own, and writers use nothing else. Names come back after some years, so the year stands in the key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_KINDS = "[Cc]yclone|[Tt]yphoon|[Hh]urricane|[Ss]torm|[Dd]epression"
_STORM = re.compile(rf"\b(?P<kind>(?:[Tt]ropical )?(?:{_KINDS})) (?P<name>[A-Z][a-z]+)\Z")


def storm_title(text: str) -> str | None:
    """The usual name of the storm that these words name in full: ``"super typhoon Lan"`` gives ``"Typhoon Lan"``."""
    found = _STORM.search(text)
    if found is None:
        return None
    kind = found["kind"].title()
    return f"{kind.removeprefix('Tropical ') if kind == 'Tropical Cyclone' else kind} {found['name']}"


def other_titles(title: str) -> Iterator[str]:
    """Other names that a storm goes by: a storm grows into a hurricane and fades, and keeps its name."""
    name = title.split()[-1]
    yield from (
        f"{kind} {name}" for kind in ("Hurricane", "Typhoon", "Cyclone", "Tropical Storm", "Storm", "Tropical Cyclone")
    )


def bare_name(title: str) -> str:
    """``"Typhoon Lan"`` gives ``"Lan"``."""
    return title.split()[-1]

"""What a timeline is drawn from: crises that last, and events and reports of one time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from server.views.reader import Link


@dataclass(frozen=True, slots=True)
class Band:
    """Something that lasted: a crisis. ``first`` and ``last`` are ISO dates of any precision, or none."""

    link: Link
    first: str | None
    last: str | None
    note: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """Events or reports of one time. ``band`` is the ``key`` of the band that it stands on, empty for none."""

    first: str | None
    last: str | None
    words: str
    count: int = 1
    band: str = ""
    kind: Literal["event", "report"] = "event"
    href: str | None = None


Between = Callable[[Mark, str, str], str | None]
"""The address of the events or reports from one day to another, of the same band and kind as a mark."""

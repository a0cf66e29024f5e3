"""What the pictures need of the index, kept in memory once a version, and the selections of the current request."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from server.atlas.asking import MAP, Select, load_selects
from server.atlas.givings import Givings, load_givings
from server.atlas.map_page import home_map
from server.atlas.tellings import Tellings, load_tellings
from server.drawing import MapDrawing
from server.explore.asking import Asked
from server.explore.choosing import Selection, choose_things
from server.explore.columns import Columns, load_columns
from server.explore.filters import EVENTS
from server.site import index, remember_lists, site, snapshot

T = TypeVar("T")


def remembered(name: str, make: Callable[[], T]) -> T:
    """What ``make`` makes, once a version."""
    return remember_lists(name, make)


def event_columns() -> Columns:
    """The list of events, the same as that of ``/events``."""
    return remembered(f"explore/{EVENTS.name}", lambda: load_columns(index(), EVENTS))


def givings() -> Givings:
    """Who gave to whom."""
    return remembered("atlas/givings", lambda: load_givings(index(), snapshot().store, event_columns()))


def tellings() -> Tellings:
    """When events were, and which articles tell them."""
    return remembered("atlas/tellings", lambda: load_tellings(index(), event_columns()))


def selects() -> tuple[Select, ...]:
    """The fields of the forms."""
    return remembered("atlas/selects", lambda: load_selects(index(), site().addresses, event_columns()))


def select_events(asked: Asked) -> Selection:
    """The events that are asked for."""
    return choose_things(index(), site().addresses, event_columns(), asked)


def small_map(width: int = 960) -> MapDrawing:
    """The map of who helped whom most, drawn once a version."""

    def make() -> MapDrawing:
        everything = event_columns().everything()
        return home_map(index(), site().addresses, givings(), Asked(MAP), everything, width=width)

    return remembered(f"atlas/map-{width}", make)

"""What the pictures need of the index, kept in memory once a version, and the selections of the current request."""

from __future__ import annotations

from kg.store import Snapshot
from server.atlas.asking import MAP, Select, load_selects
from server.atlas.givings import Givings, load_givings
from server.atlas.map_page import home_map
from server.atlas.tellings import Tellings, load_tellings
from server.drawing import MapDrawing
from server.explore.asking import Asked
from server.explore.choosing import Selection, choose_things
from server.explore.columns import Columns, load_columns
from server.explore.filters import EVENTS
from server.site import index, site, snapshot


def event_columns() -> Columns:
    """The list of events, the same as that of ``/events``."""

    def make(_: Snapshot) -> Columns:
        return load_columns(index(), EVENTS)

    return site().dataset.remember(snapshot(), f"explore/{EVENTS.name}", make)


def givings() -> Givings:
    """Who gave to whom."""

    def make(current: Snapshot) -> Givings:
        return load_givings(index(), current.store, event_columns())

    return site().dataset.remember(snapshot(), "atlas/givings", make)


def tellings() -> Tellings:
    """Which articles tell which events."""

    def make(_: Snapshot) -> Tellings:
        return load_tellings(index(), event_columns())

    return site().dataset.remember(snapshot(), "atlas/tellings", make)


def selects() -> tuple[Select, ...]:
    """The fields of the forms."""

    def make(_: Snapshot) -> tuple[Select, ...]:
        return load_selects(index(), site().addresses, event_columns())

    return site().dataset.remember(snapshot(), "atlas/selects", make)


def select_events(asked: Asked) -> Selection:
    """The events that are asked for."""
    return choose_things(index(), site().addresses, event_columns(), asked)


def small_map(width: int = 960) -> MapDrawing:
    """The map of who helped whom most, drawn once a version."""

    def make(_: Snapshot) -> MapDrawing:
        everything = event_columns().everything()
        return home_map(index(), site().addresses, givings(), Asked(MAP), everything, width=width)

    return site().dataset.remember(snapshot(), f"atlas/map-{width}", make)

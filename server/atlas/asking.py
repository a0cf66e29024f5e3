"""The addresses of the map and the timeline: parameters, forms, and the list of the events behind a picture.

Both take what ``/events`` takes. A form has a select for each of its filters with the values that most events have;
whatever else the address holds is carried along hidden, so that a form never shows more than was asked for.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from server.addresses import Addresses
from server.explore.asking import Asked, Dates
from server.explore.choosing import Selection, value_of
from server.explore.filters import EVENTS, Filter
from server.explore.links import links_of

MAP: Final = replace(EVENTS, name="map")
TIMELINE: Final = replace(EVENTS, name="timeline")
FIELDS: Final = ("donor", "recipient", "crisis", "category", "phase")
MOST_OPTIONS: Final = 120
"""Values of one select: those that most events have."""


@dataclass(frozen=True, slots=True)
class Option:
    """A value that can be chosen."""

    value: str
    label: str
    lang: str | None
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Select:
    """One field of a form. ``left_out`` values have fewer events than those that can be chosen."""

    name: str
    label: str
    options: tuple[Option, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Form:
    """A form. ``hidden`` are the parameters that it has no field for; ``everything`` is the address without any."""

    action: str
    selects: tuple[Select, ...]
    since: str
    until: str
    hidden: tuple[tuple[str, str], ...]
    everything: str | None


def read_form(index: sqlite3.Connection, addresses: Addresses, selection: Selection) -> Form:
    """The form with what is chosen."""
    asked = selection.asked
    selects = tuple(_select(index, addresses, selection, asked.listing.by_name[name]) for name in FIELDS)
    shown = {(name, values[0]) for name, values in asked.values.items() if name in FIELDS}
    hidden = tuple(one for one in asked.selection().parameters() if one not in shown and one[0] not in ("from", "to"))
    since, until = asked.dates.since, asked.dates.until
    return Form(
        asked.listing.path,
        selects,
        since.iso if since else "",
        until.iso if until else "",
        hidden,
        asked.listing.path if asked.is_filtered else None,
    )


def _select(index: sqlite3.Connection, addresses: Addresses, selection: Selection, entry: Filter) -> Select:
    places = selection.columns.places[entry.name]
    chosen = selection.choices.get(entry.name, ())[:1]
    most = sorted(places, key=lambda key: (-len(places[key]), key))[:MOST_OPTIONS]
    links = links_of(index, addresses, {*most, *(choice.key for choice in chosen)})
    options = [
        Option(value_of(entry, link.iri or "", addresses), link.label, link.lang, key in {one.key for one in chosen})
        for key, link in links.items()
    ]
    steps = {step: place for place, step in enumerate(entry.steps)}
    options.sort(key=lambda option: steps.get(option.value, len(steps)))
    return Select(entry.name, entry.label, tuple(options), len(places) - len(most))


def events_href(asked: Asked, values: Mapping[str, Sequence[str]], dates: Dates | None = None) -> str:
    """The list of the events of a selection that have these values besides, and lie within ``dates``."""
    kept = {name: chosen for name, chosen in asked.values.items() if name not in values}
    narrowed = {name: _narrowed(asked.values.get(name), given) for name, given in values.items()}
    return Asked(EVENTS, {**kept, **narrowed}, asked.dates if dates is None else dates).href()


def _narrowed(asked: Sequence[str] | None, given: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(value for value in given if not asked or value in asked))

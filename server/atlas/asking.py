"""The addresses of the map and the timeline: parameters, forms, and the list of the events behind a picture.

Both take what ``/events`` takes. A form has a select for each of its filters with the values that most events have;
whatever else the address holds is carried along hidden, so that a form never shows more than was asked for.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final
from urllib.parse import quote

from server.addresses import Addresses
from server.explore.asking import Asked
from server.explore.choosing import Selection, value_of
from server.explore.columns import Columns
from server.explore.filters import EVENTS, Filter
from server.explore.links import links_of

MAP: Final = replace(EVENTS, name="map")
TIMELINE: Final = replace(EVENTS, name="timeline")
FIELDS: Final = ("donor", "recipient", "crisis", "category", "phase")
MOST_OPTIONS: Final = 80
"""Values of one select: those that most events have."""


@dataclass(frozen=True, slots=True)
class Option:
    """A value that can be chosen."""

    value: str
    label: str
    lang: str | None


@dataclass(frozen=True, slots=True)
class Select:
    """One field of a form. ``left_out`` values have fewer events than those that can be chosen."""

    name: str
    label: str
    options: tuple[Option, ...]
    left_out: int
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form. ``hidden`` are the parameters that it has no field for; ``everything`` is the address without any."""

    action: str
    selects: tuple[Select, ...]
    since: str
    until: str
    hidden: tuple[tuple[str, str], ...]
    everything: str | None


def load_selects(index: sqlite3.Connection, addresses: Addresses, columns: Columns) -> tuple[Select, ...]:
    """The fields with their values, the same for every selection of one version."""
    return tuple(_select(index, addresses, columns, EVENTS.by_name[name]) for name in FIELDS)


def _select(index: sqlite3.Connection, addresses: Addresses, columns: Columns, entry: Filter) -> Select:
    places = columns.places[entry.name]
    most = sorted(places, key=lambda key: (-len(places[key]), key))[:MOST_OPTIONS]
    options = [
        Option(value_of(entry, link.iri or "", addresses), link.label, link.lang)
        for link in links_of(index, addresses, most).values()
    ]
    steps = {step: place for place, step in enumerate(entry.steps)}
    options.sort(key=lambda option: steps.get(option.value, len(steps)))
    return Select(entry.name, entry.label, tuple(options), len(places) - len(most))


def read_form(selects: Sequence[Select], selection: Selection) -> Form:
    """The form with what is chosen."""
    asked = selection.asked
    filled = tuple(_chosen(select, selection) for select in selects)
    shown = {(select.name, select.chosen) for select in filled}
    hidden = tuple(one for one in asked.selection().parameters() if one not in shown and one[0] not in ("from", "to"))
    since, until = asked.dates.since, asked.dates.until
    return Form(
        asked.listing.path,
        filled,
        since.iso if since else "",
        until.iso if until else "",
        hidden,
        asked.listing.path if asked.is_filtered else None,
    )


def _chosen(select: Select, selection: Selection) -> Select:
    """The field with the first chosen value, which is among its options even if few events have it."""
    choices = selection.choices.get(select.name)
    if not choices:
        return select
    one = choices[0]
    options = select.options
    if one.value not in {option.value for option in options}:
        options = (Option(one.value, one.name, one.lang), *options)
    return replace(select, options=options, chosen=one.value)


class EventLists:
    """The addresses of the lists behind one picture: its own selection, narrowed to some values and days.

    They are those of :meth:`Asked.href`, put together from parts: a page has some hundreds of them.
    """

    def __init__(self, asked: Asked) -> None:
        self._asked = asked

    def href(self, values: Mapping[str, Sequence[str]], days: tuple[str, str] | None = None) -> str:
        """The events that have any of these values too, between two ISO dates.

        What was asked for of the same filter stays asked for; the days take the place of those asked for.
        """
        given = self._asked.values
        parts = [
            f"{entry.name}={_quoted(value)}"
            for entry in EVENTS.filters
            for value in (
                _narrowed(given.get(entry.name), values[entry.name])
                if entry.name in values
                else given.get(entry.name, ())
            )
        ]
        since, until = self._asked.dates.since, self._asked.dates.until
        span = days or (since.iso if since else "", until.iso if until else "")
        parts += [f"{name}={day}" for name, day in zip(("from", "to"), span, strict=True) if day]
        return f"{EVENTS.path}{'?' if parts else ''}{'&'.join(parts)}"


def _narrowed(asked: Sequence[str] | None, given: Sequence[str]) -> list[str]:
    return sorted(value for value in given if not asked or value in asked)


@lru_cache(maxsize=4096)
def _quoted(value: str) -> str:
    return quote(value, safe="/:")

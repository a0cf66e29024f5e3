"""Facets: what else could be chosen, and how many things there would be.

Values of one filter are alternatives, so each facet is counted with all other filters applied: its numbers say what
choosing that value adds. A facet that is cut short says so, with the number of values that are left out.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from server.addresses import Addresses
from server.explore.asking import Asked
from server.explore.choosing import Choice, Selection, value_of
from server.explore.filters import Filter
from server.explore.links import foreign, links_of
from server.views.reader import Link

FEW: Final = 8
"""Values of a facet that are shown at first."""

MANY: Final = 250
"""Values that are shown when all are asked for; a page with thousands would be of no use and of great size."""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value. ``href`` chooses it, or gives it up if it is chosen."""

    label: str
    lang: str | None
    count: int
    href: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """One filter with its values. ``left_out``: values not shown; ``longer``, ``shorter``: where more or fewer are."""

    name: str
    label: str
    values: tuple[FacetValue, ...]
    left_out: int
    longer: str | None
    shorter: str | None


@dataclass(frozen=True, slots=True)
class Chip:
    """Something chosen. ``href`` gives it up."""

    filter: str
    label: str
    lang: str | None
    href: str


def read_facets(index: sqlite3.Connection, addresses: Addresses, selection: Selection) -> tuple[Facet, ...]:
    """The facets of a selection; those without any value are left out."""
    asked = selection.asked
    counted = {entry.name: _counts(selection, entry) for entry in asked.listing.filters}
    shown = {entry.name: _shown(asked, entry, counted[entry.name]) for entry in asked.listing.filters}
    things = {key for entry in asked.listing.filters if not entry.fixed for key in shown[entry.name]}
    links = links_of(index, addresses, things | _keys(selection.choices.values()))
    made = (
        _facet(selection, entry, _options(entry, shown[entry.name], links, addresses), counted[entry.name])
        for entry in asked.listing.filters
    )
    return tuple(facet for facet in made if facet.values)


def read_chips(selection: Selection, date_words: str) -> tuple[Chip, ...]:
    """What is chosen, in the order of the filters. ``date_words``: the span of dates as a reader says it."""
    asked = selection.asked
    chips = [
        Chip(entry.label, choice.name, foreign(choice.lang), asked.toggled(entry.name, choice.value).href())
        for entry in asked.listing.filters
        for choice in selection.choices.get(entry.name, ())
    ]
    undated = replace(asked, dates=type(asked.dates)(), page=1)
    return (*chips, *([Chip("Date", date_words, None, undated.href())] if asked.dates else []))


def _keys(chosen: Iterable[Iterable[Choice]]) -> set[int]:
    return {choice.key for choices in chosen for choice in choices if choice.iri}


def _counts(selection: Selection, entry: Filter) -> dict[int, int]:
    """How many things have each value, those that none has left out; those chosen are always there."""
    mask = selection.without(entry.name)
    places = selection.columns.places[entry.name]
    counts = {key: sum(map(mask.__getitem__, some)) for key, some in places.items()}
    chosen = {choice.key for choice in selection.choices.get(entry.name, ())}
    return {key: counts.get(key, 0) for key in counts.keys() | chosen if counts.get(key) or key in chosen}


def _shown(asked: Asked, entry: Filter, counts: Mapping[int, int]) -> list[int]:
    """The values that most things have. Of equal ones the earlier in the index, which is by name."""
    ranked = sorted(counts, key=lambda key: (-counts[key], key))
    return ranked[: MANY if entry.name in asked.show else FEW]


def _options(
    entry: Filter, keys: Iterable[int], links: Mapping[int, Link], addresses: Addresses
) -> list[tuple[int, str, Link]]:
    """Key, value in an address, and name of each value; those with steps in the order of these."""
    if entry.fixed:
        values = [*entry.fixed]
        return [(key, values[key], Link(entry.fixed[values[key]])) for key in sorted(keys)]
    options = [(key, value_of(entry, links[key].iri or "", addresses), links[key]) for key in keys]
    order = {step: place for place, step in enumerate(entry.steps)}
    return sorted(options, key=lambda option: order.get(option[1], len(order))) if order else options


def _facet(
    selection: Selection, entry: Filter, options: Iterable[tuple[int, str, Link]], counts: Mapping[int, int]
) -> Facet:
    asked = selection.asked
    chosen = selection.choices.get(entry.name, ())
    shown = {key: (value, link) for key, value, link in options}
    beyond = {choice.key: (choice.value, Link(choice.name, lang=foreign(choice.lang))) for choice in chosen}
    keys = {choice.key for choice in chosen}
    values = tuple(
        FacetValue(link.label, link.lang, counts[key], asked.toggled(entry.name, value).href(), key in keys)
        for key, (value, link) in ({key: one for key, one in beyond.items() if key not in shown} | shown).items()
    )
    others = tuple(name for name in asked.show if name != entry.name)
    is_long = entry.name in asked.show
    longer = replace(asked, show=tuple(sorted((*others, entry.name))), page=1).href()
    return Facet(
        entry.name, entry.label, values, left_out=len(counts) - len(values),
        longer=None if is_long or len(counts) <= FEW else longer,
        shorter=replace(asked, show=others, page=1).href() if is_long else None,
    )  # fmt: skip

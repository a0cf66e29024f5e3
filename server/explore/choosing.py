"""A selection: which things of a list an address asks for, with what its values are called.

Values in an address are paths of things (``country/russia``), concepts of the filter's own scheme (``delivered``), or
whole IRIs of what others loaded. A value that the graph has never heard of is a 404, as its page would be; one that
it knows but no event has is an empty list.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import compress, islice
from typing import Final

from server.addresses import Addresses
from server.explore.asking import Asked
from server.explore.columns import Columns, Mask
from server.explore.filters import Filter
from server.problems import NotFound

_WITH_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter. ``key``: as in :attr:`Columns.places`; ``iri``: nothing for a fixed value."""

    key: int
    value: str
    name: str
    lang: str | None = None
    iri: str = ""


@dataclass(frozen=True, slots=True)
class Selection:
    """What was asked for, as it is in one version of the graph. ``choices``: the values, by the name of the filter;
    ``order``: the places of all things as asked for."""

    asked: Asked
    columns: Columns
    order: Sequence[int]
    choices: Mapping[str, tuple[Choice, ...]]
    masks: Mapping[str, Mask]

    @property
    def mask(self) -> Mask:
        """The things that fit all filters."""
        return self.without("")

    @property
    def total(self) -> int:
        """How many these are."""
        return self.mask.count(1)

    def without(self, name: str) -> Mask:
        """The things that fit all filters but one."""
        masks = [mask for other, mask in self.masks.items() if other != name]
        return reduce(_both, masks, self.columns.everything())

    def ids(self, offset: int = 0, limit: int | None = None) -> Iterator[int]:
        """The ids of the things in the order asked for."""
        chosen = compress(self.order, map(self.mask.__getitem__, self.order))
        end = None if limit is None else offset + limit
        return (self.columns.start + place for place in islice(chosen, offset, end))


def choose_things(index: sqlite3.Connection, addresses: Addresses, columns: Columns, asked: Asked) -> Selection:
    """The selection that is asked for.

    Raises:
        NotFound: the graph has never heard of a value.
    """
    by_name = asked.listing.by_name
    choices = {
        name: tuple(find_choice(index, addresses, by_name[name], value) for value in values)
        for name, values in asked.values.items()
    }
    masks = {name: columns.mask(_places(columns, name, chosen)) for name, chosen in choices.items()}
    if asked.dates:
        masks["dates"] = columns.within(asked.dates.first, asked.dates.last)
    return Selection(asked, columns, columns.order(index, asked.sort), choices, masks)


def _places(columns: Columns, name: str, chosen: Sequence[Choice]) -> Iterator[Sequence[int]]:
    return (columns.places[name][choice.key] for choice in chosen if choice.key in columns.places[name])


def _both(one: Mask, other: Mask) -> Mask:
    return (int.from_bytes(one, "little") & int.from_bytes(other, "little")).to_bytes(len(one), "little")


def find_choice(index: sqlite3.Connection, addresses: Addresses, entry: Filter, value: str) -> Choice:
    """The thing that a value of a filter stands for.

    Raises:
        NotFound: the graph has never heard of it, or it is of another kind.
    """
    if entry.fixed:
        return Choice([*entry.fixed].index(value), value, entry.fixed[value])
    iri = iri_of(entry, value, addresses)
    row = index.execute("SELECT id, iri, kind, name, lang FROM thing WHERE iri = ?", (iri,)).fetchone()
    if row is None or (entry.kinds and row["kind"] not in entry.kinds):
        wanted = f" as a {' or '.join(entry.kinds)}" if entry.kinds else ""
        raise NotFound(f"{entry.name}: the graph knows nothing of {value!r}{wanted}.")
    return Choice(row["id"], value, row["name"], row["lang"], row["iri"])


def iri_of(entry: Filter, value: str, addresses: Addresses) -> str:
    """The IRI that a value of a filter stands for; the inverse of :func:`value_of`."""
    if _WITH_SCHEME.match(value):
        return value
    return f"{_namespace(entry, addresses)}{value}"


def value_of(entry: Filter, iri: str, addresses: Addresses) -> str:
    """How a thing is written as a value of a filter."""
    return iri.removeprefix(_namespace(entry, addresses))


def _namespace(entry: Filter, addresses: Addresses) -> str:
    return f"{addresses.vocabulary}scheme/{entry.scheme}/" if entry.scheme else f"{addresses.base}id/"

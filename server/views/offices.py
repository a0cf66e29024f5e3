"""Who holds which office where, each once, however many articles say so.

Every article that names an office has a node for it, so that a president has a hundred: they are gathered by person,
title and country, and counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from server.views.backlinks import some_pointing
from server.views.reader import Link, Reader

MOST_READ: Final = 30
"""Nodes of offices that are looked at for one page."""
MOST_SHOWN: Final = 12


@dataclass(frozen=True, slots=True)
class Office:
    """An office of a person: ``of`` is the country or organisation, ``times`` how often articles say so."""

    person: Link | None
    title: str
    of: Link | None
    times: int


@dataclass(frozen=True, slots=True)
class Offices:
    """The most frequent ones; ``is_cut`` if there are more than were looked at or are shown."""

    rows: tuple[Office, ...]
    is_cut: bool


def offices_of(reader: Reader, person: ox.NamedNode) -> Offices:
    """The offices that a person holds."""
    roles = reader.nodes(person, "schema:affiliation")
    found = [(None, _title(reader, role), reader.link_to(role, "schema:affiliation")) for role in roles[:MOST_READ]]
    return _gathered(found, is_cut=len(roles) > MOST_READ)


def offices_in(reader: Reader, node: ox.NamedNode) -> Offices:
    """The offices of a country or organisation."""
    roles = some_pointing(reader, node, "schema:affiliation", MOST_READ + 1)
    held = [(role, one) for role in roles[:MOST_READ] for one in some_pointing(reader, role, "schema:affiliation", 2)]
    found = [(reader.link(holder), _title(reader, role), None) for role, holder in held]
    return _gathered(found, is_cut=len(roles) > MOST_READ)


def _title(reader: Reader, role: ox.NamedNode) -> str:
    return reader.text(role, "schema:roleName") or ""


def _gathered(found: Iterable[tuple[Link | None, str, Link | None]], *, is_cut: bool) -> Offices:
    counted = Counter(found).most_common()
    rows = tuple(Office(*office, times) for office, times in counted[:MOST_SHOWN])
    return Offices(rows, is_cut or len(counted) > MOST_SHOWN)

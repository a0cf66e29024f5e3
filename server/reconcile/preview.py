"""A small page about one thing, for the box that a client shows beside a candidate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from server.reconcile.describing import describe
from server.reconcile.kinds import TYPE_OF
from server.reconcile.properties import properties_of
from server.reconcile.things import Thing
from server.reconcile.ways import Source, Value
from server.views.page import Head

_LEFT_OUT: Final = ("name", "iri", "sameAs", "latitude", "longitude", "gave", "received", "mentionedIn", "events")
"""Properties that say what the box has no room for."""

_VALUES: Final = 3
_FACTS: Final = 6


@dataclass(frozen=True, slots=True)
class Fact:
    """A property with its first values."""

    name: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """The variables of the template. ``href`` is the thing's own page, if it has one."""

    head: Head
    name: str
    type: str
    about: str
    facts: tuple[Fact, ...]
    href: str | None


def preview(source: Source, thing: Thing) -> Preview:
    """The page about a thing."""
    known = [one for one in properties_of([thing.kind]) if one.id not in _LEFT_OUT]
    facts = (Fact(one.name, tuple(one.way.values(source, thing, _VALUES))) for one in known)
    told = [fact for fact in facts if fact.values]
    return Preview(
        head=Head(thing.name, noindex=True),
        name=thing.name,
        type=TYPE_OF[thing.kind].name,
        about=describe(source, thing),
        facts=tuple(told[:_FACTS]),
        href=source.addresses.page_of(thing.iri),
    )

"""Candidates and suggestions as JSON, with a line that tells namesakes apart."""

from __future__ import annotations

from server.reconcile.kinds import TYPE_OF, short_type
from server.reconcile.matching import Candidate
from server.reconcile.properties import PROPERTIES
from server.reconcile.things import Thing, identifier_of
from server.reconcile.ways import Source

_TELLING = ("country", "office", "date", "publisher")
"""Properties of which a value tells a thing from others of its name."""


def candidate_data(source: Source, one: Candidate) -> dict[str, object]:
    """A candidate as the specification has it."""
    found = one.likeness.name if one.likeness is not None else ""
    return {
        "id": identifier_of(source.addresses, one.thing.iri),
        "name": one.thing.name,
        "description": describe(source, one.thing, found),
        "type": [short_type(one.thing.kind)],
        "score": one.score,
        "match": one.is_match,
        "features": [{"id": name, "value": value} for name, value in one.features.items()],
    }


def suggestion_data(source: Source, thing: Thing) -> dict[str, object]:
    """A suggested entity."""
    return {
        "id": identifier_of(source.addresses, thing.iri),
        "name": thing.name,
        "description": describe(source, thing),
        "notable": [short_type(thing.kind)],
    }


def describe(source: Source, thing: Thing, found: str = "") -> str:
    """What sort of thing it is, in one line.

    Args:
        found: the name that it was found by; told if it is another one.
    """
    parts = [TYPE_OF[thing.kind].name]
    for name in _TELLING:
        known = PROPERTIES[name]
        if thing.kind in known.kinds:
            parts += [value.text for value in known.way.values(source, thing, 1)]
    if found and found != thing.name:
        parts.append(f"also called {found}")
    if thing.uses:
        parts.append(f"told of in {thing.uses} {'event or article' if thing.uses == 1 else 'events and articles'}")
    return "; ".join(parts)

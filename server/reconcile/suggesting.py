"""Suggestions while somebody types: things, properties and types whose names begin so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, TypeVar

from kg.search.words import MOST_TERMS, SHORTEST_BEGINNING, Asked, Term, fold_words, match_all
from server.reconcile.candidates import LOOKED_AT, Candidates
from server.reconcile.kinds import TYPES, Type
from server.reconcile.properties import Property, properties_of
from server.reconcile.things import Thing
from server.search.find import name_fit
from server.search.near import put_right

SUGGESTED: Final = 10
"""Suggestions of one answer."""

FARTHEST: Final = 1_000
"""Suggestions that may be skipped."""

N = TypeVar("N", Property, Type)


def suggest_things(candidates: Candidates, typed: str, kinds: Sequence[str], skip: int) -> list[Thing]:
    """Things of these kinds for the beginning of a name, or for an identifier; the likeliest first."""
    found = dict.fromkeys(thing for thing in candidates.by_identifier(typed) if thing.kind in kinds)
    asked = _opened(typed)
    if asked.wanted:
        named = _named(candidates, asked, kinds) or _named(
            candidates, put_right(asked, candidates.shelves.spelling), kinds
        )
        found |= dict.fromkeys(named)
    return [*found][skip : skip + SUGGESTED]


def _opened(typed: str) -> Asked:
    """The words typed, of which the last may go on."""
    terms = [Term((word,)) for word in fold_words(typed)[:MOST_TERMS]]
    if terms and not typed[-1:].isspace() and len(terms[-1].text) >= SHORTEST_BEGINNING:
        terms[-1] = replace(terms[-1], is_open=True)
    return Asked(tuple(dict.fromkeys(terms)))


def _named(candidates: Candidates, asked: Asked, kinds: Sequence[str]) -> list[Thing]:
    expression = match_all(asked)
    things = [thing for kind in kinds for thing in candidates.having(expression, kind, LOOKED_AT)]

    def order(thing: Thing) -> tuple[int, int, int, str]:
        return name_fit(asked.name, thing.name, "; ".join(thing.names[1:])), -thing.uses, len(thing.name), thing.iri

    return sorted(things, key=order)


def suggest_types(typed: str, skip: int) -> list[Type]:
    """Types with such a name or IRI; all of them for nothing."""
    return _suggest(TYPES.values(), typed, skip)


def suggest_properties(typed: str, kinds: Sequence[str], skip: int) -> list[Property]:
    """Properties of things of these kinds with such a name or identifier; all of them for nothing."""
    return _suggest(properties_of(kinds), typed, skip)


def _suggest(known: Iterable[N], typed: str, skip: int) -> list[N]:
    """Those whose name begins so come first, then those that have the letters anywhere."""
    letters = typed.strip().casefold()
    fitting = [one for one in known if letters in one.name.casefold() or letters in one.id.casefold()]
    fitting.sort(key=lambda one: not one.name.casefold().startswith(letters))
    return fitting[skip : skip + SUGGESTED]

"""Decides: which things a query may mean, how well each fits, and whether one of them is certainly meant.

The score is from 0 to 100: how alike the names are (:mod:`.names`); of a query with properties three fifths of that
and two fifths of how well those agree on average that the graph tells of the thing; a property that no thing of its
kind has does not agree. An identifier that agrees is 100 by
itself, one that does not halves the score. Of a query without a name the score is the agreement, and what the graph
does not tell counts as none.

A candidate is a match only if nobody needs to look at it: the identifier is its own and no other's; or it alone among
all things of the types is called so, by any of its names, and no property speaks against it; or all properties speak
for it, two or more, and for no other candidate that is called so (or, without a name, for no other thing at all).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from server.reconcile.agreement import agreement
from server.reconcile.asking import Condition, Query
from server.reconcile.candidates import GOOD, Candidates, Found
from server.reconcile.kinds import TOLD, UNTYPED, type_of
from server.reconcile.names import SAME, Likeness, likeness
from server.reconcile.properties import property_of
from server.reconcile.things import Thing

NAME_SHARE: Final = 0.6
"""Part of the score that is the name's where there are properties."""

WRONG_CODE: Final = 0.5
"""What an identifier that is another one leaves of a score."""

LEAST: Final = 30.0
"""Candidates of a lower score are not worth reading; names share that much by chance."""

SURE: Final = 2
"""Properties that may stand for a name."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that a query may mean. ``features`` are what the score was made from."""

    thing: Thing
    score: float
    is_match: bool
    likeness: Likeness | None
    features: Mapping[str, float | bool]


@dataclass(frozen=True, slots=True)
class _Compared:
    """A thing with what was found out of it. ``agreements``: of the properties that the graph tells, by identifier."""

    thing: Thing
    likeness: Likeness | None
    agreements: Mapping[str, float]
    is_identified: bool
    is_refuted: bool

    @property
    def is_against(self) -> bool:
        return self.is_refuted or any(value < 1 for value in self.agreements.values())

    @property
    def is_called_so(self) -> bool:
        return self.likeness is not None and self.likeness.is_same


def match(candidates: Candidates, query: Query) -> list[Candidate]:
    """The candidates of a query, the best first.

    Raises:
        BadRequest: it has a type or a property that there is not.
    """
    text = (query.query or "").strip()
    kinds = _kinds(query.types)
    for condition in query.conditions:
        property_of(condition.pid)
    identified = [thing for thing in candidates.by_identifier(text) if not query.types or thing.kind in kinds]
    if identified:
        return [_identified(thing, alone=len(identified) == 1) for thing in identified][: query.most]
    if not text:
        found = candidates.by_conditions(query.conditions, kinds)
        return _judge(candidates, query, "", found)
    judged = _judge(candidates, query, text, candidates.by_name(text, kinds if query.types else UNTYPED))
    if query.types or any(one.likeness and one.likeness.score >= GOOD for one in judged):
        return judged
    told = _judge(candidates, query, text, candidates.by_name(text, TOLD))
    return sorted([*judged, *told], key=_order)[: query.most]


def _kinds(types: Sequence[str]) -> tuple[str, ...]:
    if not types:
        return (*UNTYPED, *TOLD)
    return tuple(dict.fromkeys(kind for name in types for kind in type_of(name).kinds))


def _identified(thing: Thing, *, alone: bool) -> Candidate:
    return Candidate(thing, SAME, alone, None, {"identifier": True, "uses": thing.uses})


def _judge(candidates: Candidates, query: Query, text: str, found: Found) -> list[Candidate]:
    compared = [_compare(candidates, thing, text, query.conditions) for thing in _nearest(found, text)]
    match_of = _certain(compared, found, len(query.conditions))
    judged = [
        Candidate(one.thing, score, one is match_of, one.likeness, _features(one))
        for one in compared
        if (score := _score(one, len(query.conditions))) >= LEAST
    ]
    return sorted(judged, key=_order)[: query.most]


def _nearest(found: Found, text: str, most: int = 100) -> Sequence[Thing]:
    """The things whose names are nearest: values are looked up of these only."""
    if not text or len(found.things) <= most:
        return found.things
    return sorted(found.things, key=lambda thing: -likeness(text, thing.names).score)[:most]


def _compare(candidates: Candidates, thing: Thing, text: str, conditions: Sequence[Condition]) -> _Compared:
    candidates.source.deadline.check()
    agreements: dict[str, float] = {}
    codes: list[float] = []
    for condition in conditions:
        known = property_of(condition.pid)
        value = agreement(candidates.source, known, thing, condition.values) if thing.kind in known.kinds else 0.0
        if value is not None and known.is_identifier:
            codes.append(value)
        elif value is not None:
            agreements[known.id] = value
    is_identified = 1.0 in codes
    near = likeness(text, thing.names) if text else None
    return _Compared(thing, near, agreements, is_identified, is_refuted=bool(codes) and not is_identified)


def _score(one: _Compared, asked: int) -> float:
    if one.is_identified:
        return SAME
    agreed = 100 * sum(one.agreements.values())
    if one.likeness is None:
        score = agreed / max(1, asked)
    elif one.agreements:
        score = NAME_SHARE * one.likeness.score + (1 - NAME_SHARE) * agreed / len(one.agreements)
    else:
        score = one.likeness.score
    return round(score * (WRONG_CODE if one.is_refuted else 1), 1)


def _certain(compared: Sequence[_Compared], found: Found, asked: int) -> _Compared | None:
    """The one that is certainly meant, if any is."""
    identified = [one for one in compared if one.is_identified]
    if identified:
        return identified[0] if len(identified) == 1 else None
    if not found.is_whole:
        return None
    has_name = any(one.likeness is not None for one in compared)
    fitting = [one for one in compared if one.is_called_so or not has_name]
    possible = [one for one in fitting if not one.is_against]
    if has_name and len(possible) == 1:
        return possible[0]
    agreeing = [one for one in possible if len(one.agreements) == asked and (has_name or asked >= SURE) and asked]
    return agreeing[0] if len(agreeing) == 1 else None


def _features(one: _Compared) -> dict[str, float | bool]:
    features: dict[str, float | bool] = {"uses": one.thing.uses}
    if one.likeness is not None:
        features |= {"name": round(one.likeness.score, 1), "same_name": one.is_called_so}
    if one.is_identified or one.is_refuted:
        features["identifier"] = one.is_identified
    return features | {f"property:{name}": round(value, 2) for name, value in one.agreements.items()}


def _order(one: Candidate) -> tuple[float, bool, int, str]:
    """The best first; of those that fit as well, what is told of more often."""
    return -one.score, not one.is_match, -one.thing.uses, one.thing.iri

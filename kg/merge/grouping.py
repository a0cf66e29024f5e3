"""Tellings of one unit in groups of one giving each (:mod:`kg.merge.units`).

Near-linear: tellings are compared only inside a block of the same parties and phase, and there only with those
filed under their own date or amount. A telling joins a group only if it fits every member, and only if it fits one
group alone; so what comes out does not hang on the order in which the articles were given, and a vague report does
not glue two precise ones together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable

import msgspec

from kg.merge.event import Event, Telling
from kg.merge.same import amounts, blocking_key, compare


def grouped(tellings: Iterable[Telling], apart: frozenset[frozenset[Telling]]) -> list[Event]:
    """The givings that the tellings tell, without slugs; no giving has a pair that is ``apart``."""
    return [event for block in _blocks(tellings) for event in _grouped(block, apart)]


def sort_key(telling: Telling) -> str:
    """The article and all that it says in this report."""
    return f"{telling.article} {msgspec.json.encode(telling.report).decode()}"


def _blocks(tellings: Iterable[Telling]) -> Iterable[list[Telling]]:
    """Tellings that have to be compared with each other; one that stays alone is a block of its own."""
    blocks: defaultdict[tuple[str, ...] | Telling, list[Telling]] = defaultdict(list)
    for telling in tellings:
        blocks[blocking_key(telling.report) or telling].append(telling)
    return blocks.values()


def _grouped(block: list[Telling], apart: frozenset[frozenset[Telling]]) -> Iterable[Event]:
    """The block's tellings in groups of one giving each, precise dates first; no group has a pair that is apart."""
    if len(block) == 1:
        return [Event("", tuple(block), "told by one article")]
    groups: list[list[Telling]] = []
    reasons: list[str] = []
    index: defaultdict[Hashable, set[int]] = defaultdict(set)
    for telling in sorted(block, key=_precise_first):
        near = sorted({number for key in _wanted_keys(telling) for number in index[key]})
        fitting = [
            number
            for number in near
            if all(compare(telling, member).same and {telling, member} not in apart for member in groups[number])
        ]
        if len(fitting) == 1:
            reasons[fitting[0]] = compare(telling, groups[fitting[0]][0]).reason
            groups[fitting[0]].append(telling)
        else:
            fitting.append(len(groups))
            groups.append([telling])
            reasons.append("two other givings fit as well" if len(fitting) > 1 else "told by one article")
        for key in _given_keys(telling):
            index[key].add(fitting[-1])
    return [
        Event("", tuple(sorted(group, key=sort_key)), reason) for group, reason in zip(groups, reasons, strict=True)
    ]


def _wanted_keys(telling: Telling) -> set[Hashable]:
    """What a group must have been filed under to be worth comparing: the same or a more precise date, which
    came before; without a date, the same amount (:mod:`kg.merge.same` asks for no less)."""
    date = telling.report.date
    return {date.iso} if date else set(amounts(telling.report.items))


def _given_keys(telling: Telling) -> set[Hashable]:
    """What a telling is filed under: its day, its month, its year, and its amounts."""
    date = telling.report.date
    parts = date.iso.split("-") if date else []
    return {"-".join(parts[: number + 1]) for number in range(len(parts))} | set(amounts(telling.report.items))


def _precise_first(telling: Telling) -> tuple[int, str]:
    date = telling.report.date
    return -len(date.iso) if date else 0, sort_key(telling)

"""Which event carries an earlier one further: a pledge that was sent, a shipment that arrived.

The rule: the same donors and recipients, the same crisis, a later phase that begins no earlier, and items
that do not contradict (they share a kind, or one side names none). An article that tells both itself is
trusted where a date or the crisis is missing on one side; across articles all must be known, the parties
must have names, and no more than a year may lie between, since old promises are told anew. Of several
earlier ones the nearest counts: the furthest phase, then the latest date, then the most kinds of help in
common. If two are equally near, none is taken.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from kg.merge.event import Event, has_unnamed
from kg.merge.same import kinds
from kg.records import Phase

LONGEST_WAIT_DAYS: Final = 365
_RANK: Final[dict[Phase, int]] = {"pledged": 1, "dispatched": 2, "delivered": 3}
"""A request is left out: it is the recipient's act, and what is given often differs from what was asked."""


def link_phases(events: Sequence[Event]) -> tuple[Event, ...]:
    """The same events, each with the one that it fulfils, if there is one."""
    blocks: defaultdict[tuple[frozenset[str], frozenset[str]], list[Event]] = defaultdict(list)
    for event in events:
        if event.donors and event.phase in _RANK:
            blocks[event.donors, event.recipients].append(event)
    return tuple(_linked(event, blocks.get((event.donors, event.recipients), ())) for event in events)


def _linked(late: Event, others: Sequence[Event]) -> Event:
    fitting = [(_nearness(late, early), early, reason) for early in others if (reason := _reason(late, early))]
    fitting.sort(key=lambda found: found[0], reverse=True)
    if not fitting or (len(fitting) > 1 and fitting[0][0] == fitting[1][0]):
        return late
    return replace(late, fulfils=fitting[0][1].slug, fulfils_reason=fitting[0][2])


def _nearness(late: Event, early: Event) -> tuple[int, str, int]:
    return _RANK[early.phase], early.date.iso if early.date else "", len(kinds(late.items) & kinds(early.items))


def _reason(late: Event, early: Event) -> str | None:
    """Why the later one fulfils the earlier one, or None."""
    if _RANK.get(late.phase, 0) <= _RANK[early.phase] or _contradict(late, early):
        return None
    if late.articles & early.articles:
        fits = _crises_may_agree(late, early) and _dates_may_agree(late, early)
        return "one article tells both, with the same parties" if fits else None
    named = late.recipients and not has_unnamed(late.donors | late.recipients)
    if named and late.crisis and late.crisis == early.crisis and _follows_soon(late, early):
        return "same parties and crisis, and the dates follow one another"
    return None


def _contradict(late: Event, early: Event) -> bool:
    return bool(late.items and early.items) and not kinds(late.items) & kinds(early.items)


def _crises_may_agree(late: Event, early: Event) -> bool:
    return late.crisis == early.crisis or late.crisis is None or early.crisis is None


def _dates_may_agree(late: Event, early: Event) -> bool:
    return late.date is None or early.date is None or early.date.first <= late.date.first


def _follows_soon(late: Event, early: Event) -> bool:
    if late.date is None or early.date is None or early.date.first > late.date.first:
        return False
    return (late.date.first - early.date.last).days <= LONGEST_WAIT_DAYS

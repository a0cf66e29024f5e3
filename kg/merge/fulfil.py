"""Which event carries an earlier one further: a pledge that was sent, a shipment that arrived.

The rule: the same donors and recipients, the same crisis, a later phase that begins no earlier, and items
that do not contradict (they share a kind, or one side names none). An article that tells both itself is
trusted where a date or the crisis is missing on one side; across articles all must be known, the parties
must have names, and no more than a year may lie between, since old promises are told anew. Of several
earlier ones the nearest counts: the furthest phase, then the latest date, then the most kinds of help in
common. If two are equally near, none is taken.
"""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from kg.merge.event import Event, has_unnamed
from kg.merge.same import kinds
from kg.records import Phase

LONGEST_WAIT_DAYS: Final = 365
MOST_LOOKED_AT: Final = 500
"""Earlier events of one phase, crisis and the same parties that are looked at, latest first: so many pledges between
the same two within a year that none of the latest 500 fits cannot be told apart by these rules."""
_TOO_LONG_AGO: Final = LONGEST_WAIT_DAYS + 366
"""Days. What began so long before, were it any day of a year, has ended too long ago."""
_RANK: Final[dict[Phase, int]] = {"pledged": 1, "dispatched": 2, "delivered": 3}
"""A request is left out: it is the recipient's act, and what is given often differs from what was asked."""

_Placed = tuple[int, Event]
_Dated = tuple[datetime.date, int, Event]


class Link(NamedTuple):
    """The place of the earlier event among those given, and why it was taken."""

    earlier: int
    reason: str


def link_phases(events: Sequence[Event]) -> list[Link | None]:
    """For each event of a unit the one that it fulfils, if there is one.

    Args:
        events: in an order that hangs on their content; only where there are too many to look at all does it decide.
    """
    blocks: defaultdict[tuple[frozenset[str], frozenset[str]], _Block] = defaultdict(_Block)
    for place, event in enumerate(events):
        if event.donors and event.phase in _RANK:
            blocks[event.donors, event.recipients].add(place, event)
    for block in blocks.values():
        block.sort()
    return [_link(event, blocks.get((event.donors, event.recipients))) for event in events]


class _Block:
    """Events of the same parties, filed so that the earlier ones near an event are found without looking at all."""

    def __init__(self) -> None:
        self._of_article: defaultdict[str, list[_Placed]] = defaultdict(list)
        self._dated: defaultdict[tuple[int, str], list[_Dated]] = defaultdict(list)

    def add(self, place: int, event: Event) -> None:
        for article in event.articles:
            self._of_article[article].append((place, event))
        date, crisis = event.date, event.crisis
        if date and crisis:  # across articles neither may be missing
            self._dated[_RANK[event.phase], crisis].append((date.first, place, event))

    def sort(self) -> None:
        for dated in self._dated.values():
            dated.sort(key=lambda entry: entry[:2])

    def before(self, late: Event) -> dict[int, Event]:
        """By place: all that an article of this event tells, and of each earlier phase the latest of its crisis that
        fit."""
        near = {place: event for article in late.articles for place, event in self._of_article[article]}
        crisis = late.crisis
        for rank in range(1, _RANK.get(late.phase, 0) if crisis else 0):
            near |= self._latest_fitting(late, self._dated.get((rank, crisis or ""), []))
        return near

    @staticmethod
    def _latest_fitting(late: Event, dated: list[_Dated]) -> Iterator[_Placed]:
        date = late.date
        if date is None or not dated:
            return
        position = bisect_right(dated, date.first, key=lambda entry: entry[0])
        found: datetime.date | None = None
        for day, place, early in reversed(dated[max(0, position - MOST_LOOKED_AT) : position]):
            if (date.first - day).days > _TOO_LONG_AGO or (found is not None and day != found):
                return
            if _reason(late, early):
                found = day
                yield place, early


def _link(late: Event, block: _Block | None) -> Link | None:
    others = block.before(late).items() if block else ()
    fitting = [
        (_nearness(late, early), Link(place, reason)) for place, early in others if (reason := _reason(late, early))
    ]
    fitting.sort(key=lambda found: found[0], reverse=True)
    if not fitting or (len(fitting) > 1 and fitting[0][0] == fitting[1][0]):
        return None
    return fitting[0][1]


def _nearness(late: Event, early: Event) -> tuple[int, datetime.date, int]:
    day = early.date.first if early.date else datetime.date.min
    return _RANK[early.phase], day, len(kinds(late.items) & kinds(early.items))


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

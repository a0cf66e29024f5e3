"""Whether two articles tell the same giving. When unsure, they are kept apart: precision over recall.

Compared are only reports of two articles that already agree on donors, recipients and phase, all of them
known and named (that is the blocking key). What decides then is a small table of dates and items.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal, NamedTuple

from kg.merge.event import Telling, has_unnamed
from kg.records import Category, Item, PartialDate, Report

Dates = Literal["same day", "overlapping", "apart", "unknown"]
Items = Literal["same amount", "same kind", "absent", "different"]

_SAME: Final[dict[tuple[Dates, Items], str]] = {
    ("same day", "same amount"): "same parties, phase and day, and the same amount",
    ("same day", "same kind"): "same parties, phase and day, and the same kind of help",
    ("same day", "absent"): "same parties, phase and day, and nothing speaks against it",
    ("overlapping", "same amount"): "same parties and phase, dates that overlap, and the same amount",
    ("overlapping", "same kind"): "same parties and phase, dates that overlap, and the same kind of help",
    ("unknown", "same amount"): "same parties and phase, and the same amount",
}

_BROADER: Final[dict[Category, Category]] = {"masks": "ppe"}
"""Articles differ in how narrowly they name a thing; ``skos:broader`` of the category scheme."""


class Verdict(NamedTuple):
    """Whether two tellings are of one giving, and why or why not."""

    same: bool
    reason: str


def blocking_key(report: Report) -> tuple[str, ...] | None:
    """What two reports must have in common to be compared at all, or None if this one stays alone."""
    if not report.donors or not report.recipients or has_unnamed((*report.donors, *report.recipients)):
        return None
    return report.phase, *sorted(set(report.donors)), "to", *sorted(set(report.recipients))


def compare(one: Telling, other: Telling) -> Verdict:
    """Compare two tellings that have one blocking key."""
    if one.article == other.article:
        return Verdict(False, "one article tells them apart")
    a, b = one.report, other.report
    if a.crisis and b.crisis and a.crisis != b.crisis:
        return Verdict(False, "different crises")
    dates, items = compare_dates(a.date, b.date), compare_items(a.items, b.items)
    if items == "absent" and not (a.crisis and b.crisis):
        return Verdict(False, "neither crisis nor items tell that it is the same giving")
    reason = _SAME.get((dates, items))
    return Verdict(True, reason) if reason else Verdict(False, f"dates: {dates}, items: {items}")


def compare_dates(a: PartialDate | None, b: PartialDate | None) -> Dates:
    """How two dates, each perhaps a month or a year only, lie to each other."""
    if a is None or b is None:
        return "unknown"
    if a == b and a.first == a.last:
        return "same day"
    return "overlapping" if a.first <= b.last and b.first <= a.last else "apart"


def compare_items(a: tuple[Item, ...], b: tuple[Item, ...]) -> Items:
    """How two lists of items lie to each other. Amounts of one kind and unit that differ speak against."""
    if not a or not b:
        return "absent"
    if not kinds(a) & kinds(b):
        return "different"
    ours, theirs = amounts(a), amounts(b)
    if ours & theirs:
        return "same amount"
    if {amount[:2] for amount in ours} & {amount[:2] for amount in theirs}:
        return "different"
    return "same kind"


def kinds(items: Iterable[Item]) -> set[Category]:
    """The categories of the items, each as broad as articles would agree on."""
    return {_BROADER.get(item.category, item.category) for item in items}


def amounts(items: Iterable[Item]) -> set[tuple[str, str, str]]:
    """Kind, unit and value of each item that has all of them."""
    return {
        (
            _BROADER.get(item.category, item.category),
            item.quantity.currency or item.quantity.unit or "",
            str(item.quantity.value.normalize()),
        )
        for item in items
        if item.quantity is not None and item.quantity.value is not None
    }

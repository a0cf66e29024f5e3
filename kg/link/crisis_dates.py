"""Help has the crisis of its own time: what was sent ten years after a famine ended relieved another one.

The rules for sentences give an act the crisis that the text speaks of. Where the act has a date that the crisis
cannot have, the gazetteer is asked for one of the same kind, place and day; if it knows none, none is told.
"""

from __future__ import annotations

from dataclasses import replace

from kg.link.crises import FRESH
from kg.link.gazetteer import Gazetteer
from kg.records import Entity, PartialDate, Report

RELIEF_YEARS = 4
"""How many years after its end a crisis is still relieved; reconstruction goes on for about so long."""


def crisis_in_time(report: Report, crisis: Entity | None, gazetteer: Gazetteer) -> Report:
    """The report with a crisis that its date allows.

    Args:
        report: an act as the sentences tell it.
        crisis: the crisis that the report names by its key, if any.
    """
    if crisis is None or report.date is None or _is_possible(crisis, report.date, gazetteer):
        return report
    for place in report.recipients:
        found = gazetteer.crisis_matching(crisis.disaster, place, report.date.last)
        if found is not None:
            return replace(report, crisis=found.key)
    return replace(report, crisis=None)


def _is_possible(crisis: Entity, date: PartialDate, gazetteer: Gazetteer) -> bool:
    """Whether the crisis was on, or not long past; help may be readied in the weeks before, as with a storm."""
    if crisis.start is None:
        return True
    if (crisis.start.first - date.last).days > FRESH:
        return False
    entry = gazetteer.entry(crisis.key)
    if entry is None or entry.end is None:
        return entry is not None or date.first.year - crisis.start.first.year <= RELIEF_YEARS
    return date.first.year - PartialDate(entry.end).last.year <= RELIEF_YEARS

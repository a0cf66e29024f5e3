"""Tellings and events: what one article says of a giving, and the giving that several articles tell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Final

from kg.records import Item, PartialDate, Phase, Report

UNNAMED = "unnamed/"
"""Keys of parties without a name start so; they mean something inside their article only."""
_ALL_BUT_RULE: Final = attrgetter(*(field.name for field in fields(Report) if field.name != "rule"))
"""The fields in their order, of which ``rule`` is the last. :func:`dataclasses.replace` takes four times as long."""


@dataclass(frozen=True, slots=True)
class Telling:
    """An asserted report and the identifier of its article."""

    article: str
    report: Report

    @classmethod
    def of(cls, article: str, report: Report) -> Telling:
        """The telling without the name of the rule that found it: two rules may find one report."""
        return cls(article, Report(*_ALL_BUT_RULE(report)) if report.rule else report)


@dataclass(frozen=True, slots=True)
class Event:
    """One giving. ``slug`` is its name under ``{base}id/event/``; all tellings agree on the parties and the phase.

    ``fulfils`` is the slug of the earlier phase that it carries further. The reasons are for people who
    wonder why two articles were taken to tell one giving, or why one event was taken to follow another.
    """

    slug: str
    tellings: tuple[Telling, ...]
    reason: str
    fulfils: str | None = None
    fulfils_reason: str = ""

    @property
    def phase(self) -> Phase:
        return self.tellings[0].report.phase

    @property
    def donors(self) -> frozenset[str]:
        return frozenset(self.tellings[0].report.donors)

    @property
    def recipients(self) -> frozenset[str]:
        return frozenset(self.tellings[0].report.recipients)

    @property
    def crisis(self) -> str | None:
        return next((telling.report.crisis for telling in self.tellings if telling.report.crisis), None)

    @property
    def date(self) -> PartialDate | None:
        """The most precise date that an article gives."""
        dates = {telling.report.date for telling in self.tellings if telling.report.date}
        return min(dates, key=lambda date: (-len(date.iso), date.iso), default=None)

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for telling in self.tellings for item in telling.report.items)

    @property
    def articles(self) -> frozenset[str]:
        return frozenset(telling.article for telling in self.tellings)


def has_unnamed(parties: Iterable[str]) -> bool:
    """Whether one of these parties is known to its article only."""
    return any(party.startswith(UNNAMED) for party in parties)

"""Corrections of facts: what is added, changed and rejected once the rules have read an article.

They are made in the order of the file, each on what those before it left. A fact that is asked for is found by a
piece of its evidence; where several hold that, none is taken, since a wrong one would be worse than a warning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, Final

from kg.corrections.done import Applied, applied, failed
from kg.corrections.fill import BY_EDITOR, Filler
from kg.corrections.known import Known
from kg.corrections.matching import UnmatchedError, occurrences, one_place
from kg.corrections.model import (
    AddFigure,
    AddQuotation,
    AddReport,
    ChangeFigure,
    ChangeQuotation,
    ChangeReport,
    DifferentEvents,
    RejectFigure,
    RejectQuotation,
    RejectReport,
    SameEvent,
)
from kg.corrections.values import FigureSet, QuotationSet, ReportSet
from kg.records import Correction, Figure, Judgement, Overruled, Quantity, Quotation, Report, Span
from kg.wording import field_words, figure_words, quotation_words, report_words

Fact = Report | Figure | Quotation


@dataclass
class _Slot:
    """A fact that corrections may change or take away; ``by`` are the numbers of those that made it what it is."""

    fact: Fact
    by: list[int] = field(default_factory=list)
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of an article that can be corrected."""

    reports: tuple[Report, ...]
    figures: tuple[Figure, ...]
    quotations: tuple[Quotation, ...]


def correct_facts(facts: Facts, text: str, known: Known) -> tuple[Facts, Applied]:
    """The facts as editors want them, and what became of each of their corrections of facts.

    Args:
        facts: what the rules found.
        text: the article's.
        known: whom a correction may name; it has the corrections.

    Raises:
        ArticleError: a correction names an entity that nobody knows, or leaves a fact that says nothing.
    """
    desk = _Desk(
        text, known, [[_Slot(fact) for fact in found] for found in (facts.reports, facts.figures, facts.quotations)]
    )
    done: Applied = {}
    for number, entry in enumerate(known.corrections.entries):
        if type(entry) not in _STEPS:
            continue
        try:
            done[number] = _STEPS[type(entry)](desk, number, entry)
        except UnmatchedError as error:
            done[number] = failed(known.corrections, number, str(error))
    kept = [[slot for slot in slots if not slot.gone] for slots in desk.slots]
    made: list[tuple[Any, ...]] = [tuple(slot.fact for slot in slots) for slots in kept]
    return Facts(*made), {number: _with_positions(number, one, kept) for number, one in done.items()}


def _with_positions(number: int, done: Correction, kept: Sequence[Sequence[_Slot]]) -> Correction:
    """The correction with the positions of the facts that it made, as far as no later one took them away."""
    reports, figures, quotations = (
        tuple(place for place, slot in enumerate(slots) if number in slot.by) for slots in kept
    )
    return replace(done, reports=reports, figures=figures, quotations=quotations)


@dataclass(frozen=True)
class _Desk:
    """The facts of one article under correction: reports, figures and quotations, each in a slot."""

    text: str
    known: Known
    slots: list[list[_Slot]]

    def add(self, number: int, entry: Any) -> Correction:
        """A fact that no rule found."""
        place, filler = _place_of(entry.set), Filler(self.text, self.known, number)
        words = one_place(entry.words, self.text)
        empty = (
            Report("pledged", "asserted", (words,), rule=BY_EDITOR),
            Figure("other", Quantity(), words, rule=BY_EDITOR),
            Quotation("", words, words),
        )[place]
        self.slots[place].append(_Slot(_filled(filler, empty, entry.set), [number]))
        return applied(self.known.corrections, number)

    def change(self, number: int, entry: Any) -> Correction:
        """Fields of a fact; what they were is kept."""
        slot = self._find(_place_of(entry.set), entry)
        before, after = slot.fact, _filled(Filler(self.text, self.known, number), slot.fact, entry.set)
        slot.fact = after if isinstance(after, Quotation) else replace(after, rule=f"{after.rule}; {BY_EDITOR}")
        slot.by.append(number)
        changed = (name for name in _names(before) if getattr(before, name) != getattr(after, name))
        replaced = tuple(
            Overruled(name, field_words(getattr(before, name), self.text, self.known.name), _evidence(before))
            for name in changed
        )
        return replace(applied(self.known.corrections, number), replaced=replaced)

    def reject(self, number: int, entry: Any) -> Correction:
        """A fact that should not have been found; what it said is kept in words."""
        place = _REJECTED[type(entry)]
        slot = self._find(place, entry)
        overruled = Overruled(_KINDS[place], self._words(slot.fact), _evidence(slot.fact))
        slot.gone = True
        return replace(applied(self.known.corrections, number), replaced=(overruled,))

    def judge(self, number: int, entry: SameEvent | DifferentEvents) -> Correction:
        """Whether a report here and one of another article are one giving: kept for the merge to decide by."""
        slot = self._find(0, entry)
        if isinstance(slot.fact, Report) and slot.fact.modality != "asserted":
            raise UnmatchedError(f"the report is {slot.fact.modality}; only what is asserted tells an event")
        slot.by.append(number)
        there, same = entry.there, isinstance(entry, SameEvent)
        judgement = Judgement(same, entry.article, there.words, there.donors, there.recipients, there.phase)
        return replace(applied(self.known.corrections, number), judgement=judgement)

    def _find(self, place: int, entry: Any) -> _Slot:
        """The one fact that holds the words of the correction and is what else it says."""
        here = [slot for slot in self.slots[place] if not slot.gone]
        asked = {name: getattr(entry, name, None) for name in ("donors", "recipients", "phase", "measure", "place")}
        fitting = [
            slot for slot in here if occurrences(entry.words, self.text, _evidence(slot.fact)) and _is(slot.fact, asked)
        ]
        if len(fitting) == 1:
            return fitting[0]
        kind = _KINDS[place]
        if not fitting:
            raise UnmatchedError(f"no {kind} of that kind has the words “{entry.words}” in its evidence")
        told = "; ".join(self._words(slot.fact) for slot in fitting)
        raise UnmatchedError(
            f"{len(fitting)} {kind}s have the words “{entry.words}” in their evidence: {told}; say more"
        )

    def _words(self, fact: Fact) -> str:
        if isinstance(fact, Report):
            return report_words(fact, self.known.name)
        if isinstance(fact, Figure):
            return figure_words(fact, self.known.name)
        return quotation_words(fact, self.text, self.known.name)


_KINDS: Final = ("report", "figure", "quotation")
_REJECTED: Final[dict[type, int]] = {RejectReport: 0, RejectFigure: 1, RejectQuotation: 2}
_STEPS: Final[dict[type, Callable[[_Desk, int, Any], Correction]]] = {
    AddReport: _Desk.add, AddFigure: _Desk.add, AddQuotation: _Desk.add,
    ChangeReport: _Desk.change, ChangeFigure: _Desk.change, ChangeQuotation: _Desk.change,
    RejectReport: _Desk.reject, RejectFigure: _Desk.reject, RejectQuotation: _Desk.reject,
    SameEvent: _Desk.judge, DifferentEvents: _Desk.judge,
}  # fmt: skip


def _place_of(fields: ReportSet | FigureSet | QuotationSet) -> int:
    return (ReportSet, FigureSet, QuotationSet).index(type(fields))


def _filled(filler: Filler, fact: Fact, fields: Any) -> Any:
    fill: Callable[[Any, Any], Fact] = (filler.report, filler.figure, filler.quotation)[_place_of(fields)]
    return fill(fact, fields)


def _evidence(fact: Fact) -> tuple[Span, ...]:
    return fact.evidence if isinstance(fact, Report) else (fact.evidence,)


def _names(fact: Fact) -> Iterable[str]:
    """The fields that a correction can change."""
    return (item.name for item in fields(fact) if item.name != "rule")


def _is(fact: Fact, asked: Mapping[str, Any]) -> bool:
    """Whether the fact has what the correction says of it; lists of parties in any order."""
    told: Iterator[tuple[Any, Any]] = ((getattr(fact, name, None), value) for name, value in asked.items() if value)
    return all(set(got) == set(value) if isinstance(value, tuple) else got == value for got, value in told)

"""Facts from the fields of a correction: new ones, or earlier ones with some fields changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from msgspec import UNSET, UnsetType

from kg.corrections.known import CRISES, PARTIES, PLACES, Known
from kg.corrections.matching import UnmatchedError, occurrences, one_place
from kg.corrections.values import FigureSet, ItemSet, QuantitySet, QuotationSet, ReportSet
from kg.records import Figure, Item, PartialDate, Quantity, Quotation, Report, Span

BY_EDITOR = "an editor"
"""The rule of a fact that no rule found."""


@dataclass(frozen=True)
class Filler:
    """Fills facts of one article for the correction with this number."""

    text: str
    known: Known
    entry: int

    def report(self, report: Report, fields: ReportSet) -> Report:
        """The report with these fields.

        Raises:
            UnmatchedError: words of the correction do not stand in the article.
            ArticleError: an entity is unknown or of the wrong kind, or no party is left.
        """
        evidence = self._or(fields.words, report.evidence, lambda words: (one_place(words, self.text),))
        changed = replace(
            report,
            evidence=evidence,
            phase=_given(fields.phase, report.phase),
            modality=_given(fields.modality, report.modality),
            donors=self._keys(fields.donors, report.donors, PARTIES),
            recipients=self._keys(fields.recipients, report.recipients, PARTIES),
            implementers=self._keys(fields.implementers, report.implementers, PARTIES),
            locations=self._keys(fields.locations, report.locations, PLACES),
            items=self._or(fields.items, report.items, lambda items: self._items(items, evidence)),
            date=_date(fields.date, report.date),
            crisis=self._key(fields.crisis, report.crisis, CRISES),
        )
        if not (changed.donors or changed.recipients):
            raise self.known.corrections.fault(self.entry, "leaves the report without donors and recipients")
        return changed

    def figure(self, figure: Figure, fields: FigureSet) -> Figure:
        """The figure with these fields; errors as for a report."""
        return replace(
            figure,
            evidence=self._or(fields.words, figure.evidence, lambda words: one_place(words, self.text)),
            measure=_given(fields.measure, figure.measure),
            quantity=self._or(fields.quantity, figure.quantity, _quantity),
            change=_given(fields.change, figure.change),
            place=self._key(fields.place, figure.place, PLACES),
            crisis=self._key(fields.crisis, figure.crisis, CRISES),
            date=_date(fields.date, figure.date),
        )

    def quotation(self, quotation: Quotation, fields: QuotationSet) -> Quotation:
        """The quotation with these fields; errors as for a report."""
        speaker = self._key(fields.speaker, quotation.speaker, PARTIES)
        assert speaker is not None  # the type of the field takes no null
        return Quotation(
            speaker,
            self._or(fields.words, quotation.words, lambda words: one_place(words, self.text)),
            self._or(fields.evidence, quotation.evidence, lambda words: one_place(words, self.text)),
        )

    def _or(self, given: Any, before: Any, make: Callable[[Any], Any]) -> Any:
        """What is made of a field that is given, else what was there."""
        return before if given is UNSET else make(given)

    def _key(self, given: str | UnsetType | None, before: str | None, allowed: tuple[str, ...]) -> str | None:
        if isinstance(given, UnsetType):
            return before
        return None if given is None else self.known.entity(given, self.entry, allowed).key

    def _keys(
        self, given: tuple[str, ...] | UnsetType, before: tuple[str, ...], allowed: tuple[str, ...]
    ) -> tuple[str, ...]:
        if isinstance(given, UnsetType):
            return before
        return tuple(sorted({self.known.entity(key, self.entry, allowed).key for key in given}))

    def _items(self, given: Sequence[ItemSet], evidence: Sequence[Span]) -> tuple[Item, ...]:
        return tuple(self._item(item, evidence) for item in given)

    def _item(self, given: ItemSet, evidence: Sequence[Span]) -> Item:
        """Its words are looked for in the report's evidence first, then in the whole article."""
        found = occurrences(given.words, self.text, evidence)
        found = found or occurrences(given.words, self.text, [Span(0, len(self.text))])
        if not found:
            raise UnmatchedError(f"the words “{given.words}” do not stand in the article")
        quantity = None if given.quantity is None else _quantity(given.quantity)
        return Item(found[0], found[0].of(self.text), given.category, quantity)


def _quantity(given: QuantitySet) -> Quantity:
    return Quantity(given.value, given.min, given.max, given.qualifier, given.unit, given.currency)


def _date(given: str | UnsetType | None, before: PartialDate | None) -> PartialDate | None:
    if isinstance(given, UnsetType):
        return before
    return None if given is None else PartialDate(given)


def _given(given: Any, before: Any) -> Any:
    return before if given is UNSET else given

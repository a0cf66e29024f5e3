"""What may stand in a file of corrections: who corrects, when, and a list of corrections, each with its ``do``."""

from __future__ import annotations

import datetime
from typing import Annotated

from msgspec import UNSET, Meta

from kg.corrections.values import (
    Declared,
    FigureSet,
    Key,
    NamedKey,
    QuotationSet,
    ReportSet,
    StrictStruct,
    Words,
)
from kg.records import Measure, Phase

Day = Annotated[str, Meta(pattern=r"^\d{4}-\d\d-\d\d\Z")]
Occurrence = Annotated[int, Meta(ge=1)]


class _Why(StrictStruct, tag_field="do", frozen=True, kw_only=True):
    """Every correction says why it is made."""

    why: Words


class LinkEntry(_Why, tag="link", frozen=True, kw_only=True):
    """These words mean this entity: everywhere, or at one occurrence, counted from 1."""

    words: Words
    to: NamedKey
    occurrence: Occurrence | None = None


class UnlinkEntry(_Why, tag="unlink", frozen=True, kw_only=True):
    """These words mean nobody."""

    words: Words
    occurrence: Occurrence | None = None


class WhichReport(StrictStruct, frozen=True, kw_only=True):
    """A report by a piece of its evidence, and more where several hold that."""

    words: Words
    donors: tuple[Key, ...] | None = None
    recipients: tuple[Key, ...] | None = None
    phase: Phase | None = None


class _OfReport(_Why, frozen=True, kw_only=True):
    words: Words
    donors: tuple[Key, ...] | None = None
    recipients: tuple[Key, ...] | None = None
    phase: Phase | None = None


class AddReport(_Why, tag="add report", frozen=True, kw_only=True):
    """A report that was not found. ``set`` has at least a phase, and a donor or a recipient."""

    words: Words
    set: ReportSet

    def __post_init__(self) -> None:
        if self.set.phase is UNSET or not (self.set.donors or self.set.recipients):
            raise ValueError("a report that is added has a phase, and donors or recipients")


class ChangeReport(_OfReport, tag="change report", frozen=True, kw_only=True):
    """Fields of a report that were read wrongly."""

    set: ReportSet


class RejectReport(_OfReport, tag="reject report", frozen=True, kw_only=True):
    """A report that should not have been found."""


class _OfFigure(_Why, frozen=True, kw_only=True):
    words: Words
    measure: Measure | None = None
    place: NamedKey | None = None


class AddFigure(_Why, tag="add figure", frozen=True, kw_only=True):
    """A figure that was not found. ``set`` has at least a measure and a quantity."""

    words: Words
    set: FigureSet

    def __post_init__(self) -> None:
        if self.set.measure is UNSET or self.set.quantity is UNSET:
            raise ValueError("a figure that is added has a measure and a quantity")


class ChangeFigure(_OfFigure, tag="change figure", frozen=True, kw_only=True):
    """Fields of a figure that were read wrongly."""

    set: FigureSet


class RejectFigure(_OfFigure, tag="reject figure", frozen=True, kw_only=True):
    """A figure that should not have been found."""


class AddQuotation(_Why, tag="add quotation", frozen=True, kw_only=True):
    """A quotation that was not found: its ``words`` between the marks. ``set`` has at least a speaker."""

    words: Words
    set: QuotationSet

    def __post_init__(self) -> None:
        if self.set.speaker is UNSET:
            raise ValueError("a quotation that is added has a speaker")


class ChangeQuotation(_Why, tag="change quotation", frozen=True, kw_only=True):
    """Fields of a quotation that were read wrongly."""

    words: Words
    set: QuotationSet


class RejectQuotation(_Why, tag="reject quotation", frozen=True, kw_only=True):
    """A quotation that should not have been found."""

    words: Words


class SameEvent(_OfReport, tag="same event", frozen=True, kw_only=True):
    """A report of this article and one of another (``there``) tell the same giving."""

    article: Words
    there: WhichReport


class DifferentEvents(_OfReport, tag="different events", frozen=True, kw_only=True):
    """A report of this article and one of another never tell the same giving."""

    article: Words
    there: WhichReport


Entry = (
    LinkEntry | UnlinkEntry | AddReport | ChangeReport | RejectReport | AddFigure | ChangeFigure | RejectFigure
    | AddQuotation | ChangeQuotation | RejectQuotation | SameEvent | DifferentEvents
)  # fmt: skip


class CorrectionFile(StrictStruct, frozen=True, kw_only=True):
    """One document: who corrects, on which day, which article, and what."""

    by: Annotated[str, Meta(min_length=1, max_length=200, pattern=r"\S")]
    date: Day
    article: Words | None = None
    entities: tuple[Declared, ...] = ()
    corrections: tuple[Entry, ...] = ()

    def __post_init__(self) -> None:
        try:
            datetime.date.fromisoformat(self.date)
        except ValueError as error:
            raise ValueError(f"got the date {self.date!r}, expected a day such as 2024-05-02") from error
        keys = [entity.key for entity in self.entities]
        if twice := {key for key in keys if keys.count(key) > 1}:
            raise ValueError(f"the entity {min(twice)!r} is declared twice")

"""What a correction may say of a fact: the fields of reports, figures and quotations, and entities.

The types are the documentation and the check. A field that is left out of ``set`` stays as it was read; one that is
empty is made empty. Words are found in the text as they are, runs of white space aside. Parties, places and crises are
given by their keys (``country/italy``), which ``aidgraph explain`` prints.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Final, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from kg.records import Category, Measure, Modality, PartialDate, Phase, Qualifier

Words = Annotated[str, Meta(min_length=1, max_length=2000, pattern=r"\S")]
Key = Annotated[str, Meta(pattern=r"^(country|place|person|organization|crisis|unnamed)/[a-z0-9]+(-[a-z0-9]+)*\Z")]
NamedKey = Annotated[str, Meta(pattern=r"^(country|place|person|organization|crisis)/[a-z0-9]+(-[a-z0-9]+)*\Z")]
Iri = Annotated[str, Meta(pattern=r'^https?://[^\s/<>"{}|\\^`]+(/[^\s<>"{}|\\^`]*)?\Z')]
Currency = Annotated[str, Meta(pattern=r"^[A-Z]{3}\Z")]
NamedType = Literal["country", "place", "person", "organization", "crisis"]
DisasterType = Literal[
    "epidemic", "infestation", "earthquake", "tsunami", "volcanic-activity", "landslide", "flood", "storm",
    "extreme-temperature", "drought", "wildfire", "technological-accident", "famine", "conflict", "other",
    "tropical-cyclone", "viral-epidemic",
]  # fmt: skip
"""The concepts of ``scheme/disaster``."""


class StrictStruct(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """Every mapping of the file: no key but those that are here."""


class Declared(StrictStruct, rename="camel", frozen=True, kw_only=True):
    """An entity that the gazetteer lacks. ``part_of`` is the key of its country; a crisis has a ``disaster``."""

    key: NamedKey
    type: NamedType
    name: Words
    same_as: tuple[Iri, ...] = ()
    subtype: Annotated[str, Meta(pattern=r"^[A-Z][A-Za-z]+\Z")] | None = None
    part_of: NamedKey | None = None
    disaster: DisasterType | None = None

    def __post_init__(self) -> None:
        if self.key.partition("/")[0] != self.type:
            raise ValueError(f"the key {self.key!r} should begin with {self.type + '/'!r}, as its type")
        if (self.type == "crisis") != (self.disaster is not None):
            raise ValueError("a crisis has a disaster, and nothing else has one")


class QuantitySet(StrictStruct, frozen=True, kw_only=True):
    """A number as the article gives it: a value, or bounds, or both."""

    value: Decimal | None = None
    min: Decimal | None = None
    max: Decimal | None = None
    qualifier: Qualifier = "exact"
    unit: Words | None = None
    currency: Currency | None = None

    def __post_init__(self) -> None:
        numbers = [number for number in (self.value, self.min, self.max) if number is not None]
        if not numbers:
            raise ValueError("a quantity has a value, a min or a max")
        if not all(number.is_finite() and abs(number) < _MOST for number in numbers):
            raise ValueError("a number is finite and below 10 to the 18th")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError("min is greater than max")


_MOST: Final = Decimal(10) ** 18


class ItemSet(StrictStruct, frozen=True, kw_only=True):
    """Something given, by its words in the article."""

    words: Words
    category: Category
    quantity: QuantitySet | None = None


class _Dated(StrictStruct, frozen=True, kw_only=True):
    date: str | UnsetType | None = UNSET

    def __post_init__(self) -> None:
        if isinstance(self.date, str):
            try:
                PartialDate(self.date)
            except ValueError as error:
                raise ValueError(f"got the date {self.date!r}, expected one such as 2020-03-22 or 2020-03") from error


class ReportSet(_Dated, frozen=True, kw_only=True):
    """Fields of a report. ``words`` is its evidence."""

    words: Words | UnsetType = UNSET
    phase: Phase | UnsetType = UNSET
    modality: Modality | UnsetType = UNSET
    donors: tuple[Key, ...] | UnsetType = UNSET
    recipients: tuple[Key, ...] | UnsetType = UNSET
    implementers: tuple[Key, ...] | UnsetType = UNSET
    items: tuple[ItemSet, ...] | UnsetType = UNSET
    locations: tuple[NamedKey, ...] | UnsetType = UNSET
    crisis: NamedKey | UnsetType | None = UNSET


class FigureSet(_Dated, frozen=True, kw_only=True):
    """Fields of a figure. ``change`` tells a rise or fall from a total."""

    words: Words | UnsetType = UNSET
    measure: Measure | UnsetType = UNSET
    quantity: QuantitySet | UnsetType = UNSET
    change: bool | UnsetType = UNSET
    place: NamedKey | UnsetType | None = UNSET
    crisis: NamedKey | UnsetType | None = UNSET


class QuotationSet(StrictStruct, frozen=True, kw_only=True):
    """Fields of a quotation. ``words`` are those between the marks, ``evidence`` those with the speaker."""

    words: Words | UnsetType = UNSET
    evidence: Words | UnsetType = UNSET
    speaker: Key | UnsetType = UNSET

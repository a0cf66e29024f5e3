"""Records in a few plain words, for people who check them: explanations, warnings, what a correction replaced.

Not the names of events (:mod:`kg.merge.naming`), which are part of the data: these words may change at any time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Final

from kg.records import Figure, Item, PartialDate, Qualifier, Quantity, Quotation, Report, Span

NameOf = Callable[[str], str]
"""The words for an entity's key."""

_HEDGES: Final[dict[Qualifier, str]] = {
    "exact": "", "over": "over ", "at-least": "at least ", "about": "about ", "up-to": "up to ", "range": "",
}  # fmt: skip


def quantity_words(quantity: Quantity) -> str:
    """``over 6,000 people``, ``GBP 5,000,000``, ``10 to 20 tonnes``."""
    numbers = [number for number in (quantity.minimum, quantity.maximum) if number is not None]
    if quantity.value is not None:
        numbers = [quantity.value]
    amount = _HEDGES[quantity.qualifier] + " to ".join(map(_number, numbers))
    if quantity.currency:
        return f"{quantity.currency} {amount}"
    return " ".join(filter(None, (amount, quantity.unit)))


def item_words(item: Item) -> str:
    """``tents: 200 tents, shelter``: the words, how much, the kind."""
    amount = f"{quantity_words(item.quantity)}, " if item.quantity else ""
    return f"{item.name}: {amount}{item.category}"


def report_words(report: Report, name_of: NameOf) -> str:
    """``Norway to Chile, pledged, asserted``; nobody is a dash."""
    return f"{_list(report.donors, name_of)} to {_list(report.recipients, name_of)}, {report.phase}, {report.modality}"


def figure_words(figure: Figure, name_of: NameOf) -> str:
    """``deaths: over 350 people, Chile``; a rise or fall says so."""
    measure = f"{figure.measure} (change)" if figure.change else figure.measure
    where = f", {name_of(figure.place)}" if figure.place else ""
    return f"{measure}: {quantity_words(figure.quantity)}{where}"


def quotation_words(quotation: Quotation, text: str, name_of: NameOf) -> str:
    """Who says what; ``text`` is the article's."""
    return f"{name_of(quotation.speaker)}: “{quotation.words.of(text)}”"


def _list(keys: Iterable[str], name_of: NameOf) -> str:
    return ", ".join(map(name_of, keys)) or "–"


def _number(number: Decimal) -> str:
    """With commas, and without the exponent and the trailing zeros of a decimal."""
    whole = number == number.to_integral_value()
    return f"{number:,.0f}" if whole else f"{number.normalize():,f}"


def field_words(value: object, text: str, name_of: NameOf) -> str:
    """The value of a field of a report, figure or quotation; a dash for none. ``text`` is the article's."""
    if isinstance(value, tuple):
        return "; ".join(field_words(one, text, name_of) for one in value) or "–"
    if isinstance(value, Item):
        return item_words(value)
    if isinstance(value, Quantity):
        return quantity_words(value)
    if isinstance(value, Span):
        return value.of(text)
    if isinstance(value, PartialDate):
        return value.iso
    if isinstance(value, str):
        return name_of(value)
    return "–" if value is None else str(value).lower()

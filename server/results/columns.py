"""What the columns of an answer hold, found out from the cells, since SPARQL declares no types.

A column is of a kind only if all its cells are, so that what a page says of it holds for every row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Final, Literal

from server.results.answer import Cell, Rows
from server.results.known import Knowledge

Kind = Literal["place", "date", "number", "thing", "text", "empty"]

_XSD: Final = "http://www.w3.org/2001/XMLSchema#"
_DATES: Final = {f"{_XSD}{name}" for name in ("date", "dateTime", "dateTimeStamp", "gYear", "gYearMonth")}
_NUMBERS: Final = {
    f"{_XSD}{name}"
    for name in (
        "integer", "decimal", "double", "float", "long", "int", "short", "byte", "nonNegativeInteger",
        "positiveInteger", "nonPositiveInteger", "negativeInteger",
        "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte",
    )
}  # fmt: skip
_DAY: Final = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?(?=$|T|Z|[+-]\d{2}:\d{2}$)")
_YEAR_NAME: Final = re.compile(r"year", re.IGNORECASE)
"""YEAR(?day) is a plain integer; only the name that somebody gave it tells that it is a date."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column with what it holds. ``differs``: no two of its cells are the same."""

    name: str
    kind: Kind
    differs: bool = False


def read_columns(rows: Rows, known: Knowledge) -> tuple[Column, ...]:
    """The columns of an answer, in their order."""
    return tuple(
        _column(name, [cell for cell in rows.column(name) if cell is not None], known) for name in rows.columns
    )


def _column(name: str, cells: Sequence[Cell], known: Knowledge) -> Column:
    return Column(name, _kind(name, cells, known), len(set(cells)) == len(cells))


def _kind(name: str, cells: Sequence[Cell], known: Knowledge) -> Kind:
    if not cells:
        return "empty"
    located = sum(known.place(cell) is not None for cell in cells)
    if all(cell.is_iri for cell in cells):
        return "place" if located else "thing"
    if located * 2 >= len(cells):  # names of countries, among them perhaps those of organisations
        return "place"
    if all(map(day_of, cells)) or (_YEAR_NAME.search(name) and all(map(_is_year, cells))):
        return "date"
    return "number" if all(number_of(cell) is not None for cell in cells) else "text"


def day_of(cell: Cell) -> str | None:
    """The day, month or year that a cell tells, as an ISO date of that precision; None if it is no date."""
    if cell.is_iri or not (cell.datatype in _DATES or (cell.datatype is None and cell.lang is None)):
        return None
    match = _DAY.match(cell.value)
    if match is None or (cell.datatype is None and match[0] != cell.value):
        return None
    return match[0] if _exists(match[0]) else None


def _exists(day: str) -> bool:
    year, month, number = (*map(int, day.split("-")), 1, 1)[:3]
    try:
        date(year, month, number)
    except ValueError:
        return False
    return True


def _is_year(cell: Cell) -> bool:
    return cell.datatype in _NUMBERS and re.fullmatch(r"[1-9]\d{3}", cell.value) is not None


def time_of(cell: Cell) -> str | None:
    """The date of a cell in a column of dates, where an integer is a year."""
    return day_of(cell) or (cell.value if _is_year(cell) else None)


def number_of(cell: Cell) -> float | None:
    """The number that a cell is; None if it is none, or not finite."""
    if cell.datatype not in _NUMBERS:
        return None
    try:
        number = float(cell.value)
    except ValueError:
        return None
    return number if isfinite(number) else None


def first_of(columns: Iterable[Column], *kinds: Kind, but: Iterable[Column] = ()) -> Column | None:
    """The first column of one of these kinds that is none of ``but``."""
    taken = {column.name for column in but}
    return next((column for column in columns if column.kind in kinds and column.name not in taken), None)

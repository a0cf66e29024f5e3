"""Data extension: the values of chosen properties for things that were matched, as columns of a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from server.problems import BadRequest
from server.reconcile.asking import Extension, Wanted
from server.reconcile.kinds import TYPES
from server.reconcile.properties import Property, property_of
from server.reconcile.things import Thing, identifier_of, iri_of
from server.reconcile.ways import WIDEST, Source, Value

MOST_VALUES: Final = 1_000
VALUES: Final = 100
"""Values of one cell, at most and if the setting says nothing."""

SETTINGS: Final = (
    {
        "name": "limit", "label": "Most values", "type": "number", "default": VALUES,
        "help_text": f"How many values of one cell are fetched, at most {MOST_VALUES}",
    },
    {
        "name": "count", "label": "Only how many", "type": "checkbox", "default": False,
        "help_text": f"Fetch the number of values instead of the values; it stops at {WIDEST}",
    },
)  # fmt: skip
"""What can be set for each property, as the manifest tells it."""

_YES: Final = (True, 1, "true", "on", "1")
Setting = str | float | bool | None
Cell = list[dict[str, object]]


def extend(source: Source, wanted: Extension) -> dict[str, object]:
    """The answer to a data extension query. Of what nobody knows all cells are empty.

    Raises:
        BadRequest: a property or a setting is none.
    """
    columns = [(property_of(one.id), one) for one in wanted.properties]
    for _, one in columns:
        _limit(one.settings)
    return {
        "meta": [_meta(known, one) for known, one in columns],
        "rows": {identifier: _row(source, identifier, columns) for identifier in wanted.ids},
    }


def _meta(known: Property, wanted: Wanted) -> dict[str, object]:
    meta: dict[str, object] = {"id": wanted.id, "name": known.name}
    if known.type is not None and not _is_counted(wanted.settings):
        meta["type"] = {"id": known.type, "name": TYPES[known.type].name}
    return meta


def _row(source: Source, identifier: str, columns: list[tuple[Property, Wanted]]) -> dict[str, Cell]:
    thing = source.things.by_iri(iri_of(source.addresses, identifier))
    return {one.id: _cell(source, thing, known, one.settings) for known, one in columns}


def _cell(source: Source, thing: Thing | None, known: Property, settings: Mapping[str, Setting]) -> Cell:
    if thing is None or thing.kind not in known.kinds:
        return []
    source.deadline.check()
    if _is_counted(settings):
        return [{"int": len(known.way.values(source, thing, WIDEST))}]
    return [cell_value(source, value) for value in known.way.values(source, thing, _limit(settings))]


def cell_value(source: Source, value: Value) -> dict[str, object]:
    """A value as the specification has it."""
    if value.iri is not None:
        return {"id": identifier_of(source.addresses, value.iri), "name": value.text}
    if isinstance(value.number, int):
        return {"int": value.number}
    return {"str": value.text} if value.number is None else {"float": value.number}


def _is_counted(settings: Mapping[str, Setting]) -> bool:
    return settings.get("count") in _YES


def _limit(settings: Mapping[str, Setting]) -> int:
    told = settings.get("limit")
    if told is None or told == "":
        return VALUES
    try:
        number = int(float(str(told)))
    except (ValueError, OverflowError):
        number = 0
    if number < 1:
        raise BadRequest(f"The setting limit is {str(told)[:100]!r}; it has to be a number from 1 to {MOST_VALUES}.")
    return min(number, MOST_VALUES)

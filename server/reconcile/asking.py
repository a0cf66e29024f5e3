"""Queries as clients send them: JSON in a parameter, read into frozen records, within limits that are told.

Read by msgspec with the types written down, so that what is not as the specification has it is refused with the place
where it stands. What the specification does not name is passed over: clients send members of other versions too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, TypeVar

import msgspec

from server.problems import BadRequest, TooLarge

MOST_QUERIES: Final = 50
"""Queries of one batch. OpenRefine sends ten at a time, others ask the manifest how many they may."""

MOST_IDS: Final = 500
MOST_PROPERTIES: Final = 20
"""Things and properties of one data extension."""

MOST_CELLS: Final = 5_000
"""Cells of one data extension: its things times its properties."""

MOST_CONDITIONS: Final = 10
MOST_VALUES: Final = 10
"""Properties of one query, and values of one of them."""

MOST_CANDIDATES: Final = 50
CANDIDATES: Final = 10
"""Candidates of one query, at most and if it does not say."""

LONGEST: Final = 500
"""Characters of a name or value. The longest headline has half of that."""

T = TypeVar("T")


class Entity(msgspec.Struct, frozen=True):
    """A value that was matched before."""

    id: str
    name: str = ""


Given = str | float | bool | Entity
"""A value that is asked for. JSON has one kind of numbers."""


class Condition(msgspec.Struct, frozen=True):
    """A property that a candidate should have, with the value or the values that will do."""

    pid: str
    v: Given | list[Given]

    @property
    def values(self) -> list[Given]:
        """What will do."""
        return self.v if isinstance(self.v, list) else [self.v]


class Query(msgspec.Struct, frozen=True):
    """A reconciliation query. ``type_strict`` is taken and does nothing: the specification says nobody knows what."""

    query: str | None = None
    type: str | list[str] | None = None
    limit: float | None = None
    properties: list[Condition] | None = None
    type_strict: Literal["any", "should", "all"] | None = None

    @property
    def types(self) -> list[str]:
        """The types that a candidate may have; any if there is none."""
        return [self.type] if isinstance(self.type, str) else [*(self.type or ())]

    @property
    def most(self) -> int:
        """How many candidates are wanted."""
        return CANDIDATES if self.limit is None else min(int(self.limit), MOST_CANDIDATES)

    @property
    def conditions(self) -> list[Condition]:
        """Properties, if any."""
        return self.properties or []


class Wanted(msgspec.Struct, frozen=True):
    """A property to fetch, with settings as a form sends them."""

    id: str
    settings: Mapping[str, str | float | bool | None] = {}


class Extension(msgspec.Struct, frozen=True):
    """A data extension query."""

    ids: list[str]
    properties: list[Wanted]


def parse_batch(text: str) -> dict[str, Query]:
    """The queries of a batch by their keys.

    Raises:
        BadRequest: they are not what the specification has.
        TooLarge: there are too many.
    """
    batch = _decode(text, dict[str, Query], "queries")
    _check_size("queries", len(batch), MOST_QUERIES)
    for key, query in batch.items():
        _check_query(key[:100], query)
    return batch


def parse_extension(text: str) -> Extension:
    """A data extension query.

    Raises:
        BadRequest: it is not what the specification has.
        TooLarge: it wants too much.
    """
    wanted = _decode(text, Extension, "extend")
    _check_size("ids", len(wanted.ids), MOST_IDS)
    _check_size("properties", len(wanted.properties), MOST_PROPERTIES)
    _check_size("cells", len(wanted.ids) * len(wanted.properties), MOST_CELLS)
    return wanted


def _decode(text: str, form: type[T], name: str) -> T:
    try:
        return msgspec.json.decode(text.encode(), type=form)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise BadRequest(f"{name} cannot be read: {error}.") from error


def _check_size(name: str, size: int, most: int) -> None:
    if size > most:
        raise TooLarge(f"There are {size} {name}; one request may have {most}. Send them in several.")


def _check_query(key: str, query: Query) -> None:
    if query.query is None and not query.conditions:
        raise BadRequest(f"Query {key!r} has neither a query nor properties; it needs one of them.")
    if query.limit is not None and not 1 <= query.limit < 1e9:
        raise BadRequest(f"The limit of query {key!r} is {query.limit:g}; it has to be a number from 1.")
    _check_size(f"properties in query {key!r}", len(query.conditions), MOST_CONDITIONS)
    texts = [query.query or ""]
    for condition in query.conditions:
        _check_size(f"values of {condition.pid[:100]!r} in query {key!r}", len(condition.values), MOST_VALUES)
        texts += [value.id if isinstance(value, Entity) else str(value) for value in condition.values]
    longest = max(map(len, texts))
    if longest > LONGEST:
        raise TooLarge(f"Query {key!r} has a text of {longest} characters; a name or value may have {LONGEST}.")

"""Which pictures an answer allows, and from which of its columns each is made.

Only what fits is offered, with its reason, so that nobody wonders why a map is empty. An answer without such
columns is a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from server.results.answer import TRIPLE, Rows
from server.results.columns import Column, first_of

Name = Literal["table", "map", "timeline", "chart", "graph", "text"]

SOURCES: Final = frozenset({"donor", "from", "giver", "source", "sender", "origin", "who"})
TARGETS: Final = frozenset({"recipient", "to", "receiver", "target", "destination", "whom"})
"""Names of columns that say which end of an arc they are; of others the first is the beginning."""


@dataclass(frozen=True, slots=True)
class View:
    """A way to show an answer. ``columns`` are those it is made of, by what they are to it.

    ``reason`` says why it is offered, in a sentence for the reader.
    """

    name: Name
    title: str
    reason: str = ""
    columns: tuple[tuple[str, Column], ...] = ()

    def __getitem__(self, role: str) -> Column:
        return dict(self.columns)[role]

    def get(self, role: str) -> Column | None:
        """The column that plays a role, if there is one."""
        return dict(self.columns).get(role)


TABLE: Final = View("table", "Table")
TEXT: Final = View("text", "Turtle")


def offer_views(columns: Sequence[Column]) -> tuple[View, ...]:
    """The table, and the pictures that the columns allow."""
    made = (_map(columns), _timeline(columns), _chart(columns), _graph(columns))
    return (TABLE, *(view for view in made if view is not None))


def offer_graph_views(rows: Rows) -> tuple[View, ...]:
    """The text and the table of triples; a picture if things are linked with things."""
    source, label, target = (Column(name, "thing") for name in TRIPLE)
    roles = (("source", source), ("label", label), ("target", target))
    graph = View("graph", "Graph", "things that are linked with each other", roles)
    linked = any(cell is not None and cell.is_iri for cell in rows.column(target.name))
    return (TEXT, TABLE, graph) if linked else (TEXT, TABLE)


def _map(columns: Sequence[Column]) -> View | None:
    places = [column for column in columns if column.kind == "place"]
    number = first_of(columns, "number")
    counted = (("number", number),) if number is not None else ()
    if not places:
        return None
    if len(places) == 1:
        size = f"; as large as the largest ?{number.name} of each" if number is not None else ""
        reason = f"?{places[0].name} holds places whose position is known{size}"
        return View("map", "Map", reason, (("place", places[0]), *counted))
    source, target = _ends(places)
    size = f"; as wide as the sum of ?{number.name}" if number is not None else ""
    reason = f"an arc from each ?{source.name} to its ?{target.name}, whose positions are known{size}"
    return View("map", "Map", reason, (("source", source), ("target", target), *counted))


def _ends(places: Sequence[Column]) -> tuple[Column, Column]:
    """Which of several columns of places an arc begins and ends at."""
    source = next((one for one in places if one.name.lower() in SOURCES), None)
    target = next((one for one in places if one.name.lower() in TARGETS and one is not source), None)
    source = source or next(one for one in places if one is not target)
    return source, target or next(one for one in places if one is not source)


def _timeline(columns: Sequence[Column]) -> View | None:
    day = first_of(columns, "date")
    label = first_of(columns, "thing", "place", "text")
    if day is None or label is None:
        return None
    end = first_of(columns, "date", but=[day])
    reason = f"?{day.name} holds dates" if end is None else f"?{day.name} and ?{end.name} hold dates"
    ends = (("end", end),) if end is not None else ()
    return View("timeline", "Timeline", reason, (("day", day), ("label", label), *ends))


def _chart(columns: Sequence[Column]) -> View | None:
    number, day = first_of(columns, "number"), first_of(columns, "date")
    named = [column for column in columns if day is not None or column.differs]  # else bars would hide each other
    label = first_of(named, "place", "text", "thing")
    if number is None or (day is None and label is None):
        return None
    across = day or label
    assert across is not None
    roles = (("number", number), ("day" if day else "label", across), *((("words", label),) if day and label else ()))
    return View("chart", "Chart", f"?{number.name} holds numbers, by ?{across.name}", roles)


def _graph(columns: Sequence[Column]) -> View | None:
    things = [column for column in columns if column.kind in ("thing", "place")]
    if len(things) < 2:
        return None
    source, target = _ends(things)
    reason = f"each ?{source.name} is linked with its ?{target.name}"
    label = first_of(columns, "text", but=things)
    named = (("label", label),) if label is not None else ()
    return View("graph", "Graph", reason, (("source", source), ("target", target), *named))

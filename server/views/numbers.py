"""The figures about a place or a crisis: a chart for each measure that is told on several days, and a table.

A figure keeps its hedge: "over 350" is drawn as a bound that is open above and not as 350. Figures of different
measures, units or currencies are never drawn together, and neither are those of different places of one crisis.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Final

import pyoxigraph as ox

from server.drawing import ChartDrawing, Point, draw_points
from server.views.backlinks import some_pointing
from server.views.parts import Figure, anchor_of, read_quotes, read_source
from server.views.reader import Reader, term
from server.views.words import quantity_words

MOST_READ: Final = 30
"""Figures that are read for one page; a hub has hundreds, and each costs the store a dozen look-ups."""
MOST_SCANNED: Final = 500
"""What belongs to a crisis and may be a figure, an event or a report."""
MOST_ROWS: Final = 10
MOST_CHARTS: Final = 3

_VALUES: Final = ("schema:value", "schema:minValue", "schema:maxValue")

Facts = Mapping[ox.NamedNode, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]


@dataclass(frozen=True, slots=True)
class Numbers:
    """The charts, and the latest figures as rows; ``read`` were looked at, and ``is_cut`` if there are more."""

    charts: tuple[ChartDrawing, ...]
    rows: tuple[Figure, ...]
    read: int
    is_cut: bool


def read_numbers(reader: Reader, node: ox.NamedNode) -> Numbers:
    """The figures about ``node``."""
    found = _find(reader, node)
    figures = found[:MOST_READ]
    facts = {figure: _facts(reader, figure) for figure in figures}
    latest = sorted(figures, key=lambda figure: (_text(facts[figure], "schema:observationDate"), figure.value))[::-1]
    rows = tuple(_row(reader, figure, facts[figure]) for figure in latest[:MOST_ROWS])
    return Numbers(_charts(reader, facts), rows, len(figures), len(found) > MOST_READ)


def _find(reader: Reader, node: ox.NamedNode) -> list[ox.NamedNode]:
    """Figures about a place, else about a crisis; one more than is read, if there are more."""
    about = some_pointing(reader, node, "schema:observationAbout", MOST_READ + 1)
    if about:
        return about
    belonging = some_pointing(reader, node, "aid:crisis", MOST_SCANNED)
    figures = (one for one in belonging if term("schema:Observation") in reader.nodes(one, "rdf:type"))
    return list(islice(figures, MOST_READ + 1))


def _facts(reader: Reader, figure: ox.NamedNode) -> Facts:
    quads = reader.store.quads_for_pattern(figure, None, None, ox.DefaultGraph())
    return {quad.predicate: quad.object for quad in quads}


def _charts(reader: Reader, figures: Mapping[ox.NamedNode, Facts]) -> tuple[ChartDrawing, ...]:
    """Those with the most figures first."""
    alike = groupby(sorted(figures.values(), key=_sort), key=_sort)
    groups = [group for _, found in alike if len(_days(group := list(found))) > 1]
    most = sorted(groups, key=lambda group: -len(group))[:MOST_CHARTS]
    return tuple(
        draw_points([_point(reader, facts) for facts in group if _is_told(facts)], title=_title(reader, group[0]))
        for group in most
    )


def _sort(facts: Facts) -> tuple[str, ...]:
    """What has to be equal for two figures to be drawn together."""
    nodes = (_iri(facts, name) for name in ("schema:variableMeasured", "schema:observationAbout", "aid:crisis"))
    return (*nodes, _text(facts, "schema:unitText"), _text(facts, "schema:currency"))


def _days(group: Iterable[Facts]) -> set[str]:
    return {_text(facts, "schema:observationDate") for facts in group if _is_told(facts)} - {""}


def _title(reader: Reader, facts: Facts) -> str:
    """``deaths, Chile (COVID-19 pandemic)``: what and where is counted."""
    measure, place, crisis = (
        reader.link(ox.NamedNode(iri)).label if (iri := _iri(facts, name)) else ""
        for name in ("schema:variableMeasured", "schema:observationAbout", "aid:crisis")
    )
    where = f"{measure}, {place}" if place else measure
    return f"{where} ({crisis})" if crisis else where


def _row(reader: Reader, figure: ox.NamedNode, facts: Facts) -> Figure:
    """A figure with its words and its article, from facts that were read already."""
    measure, place, crisis, article = (
        ox.NamedNode(iri) if (iri := _iri(facts, name)) else None
        for name in ("schema:variableMeasured", "schema:observationAbout", "aid:crisis", "schema:subjectOf")
    )
    return Figure(
        anchor_of(figure),
        reader.link(measure) if measure else None,
        _words(reader, facts),
        reader.link(place) if place else None,
        reader.link(crisis) if crisis else None,
        _text(facts, "schema:observationDate"),
        read_source(reader, article),
        read_quotes(reader, figure),
    )


def _point(reader: Reader, facts: Facts) -> Point:
    value, low, high = (_number(_text(facts, name)) for name in _VALUES)
    date = _text(facts, "schema:observationDate") or None
    hedge = _iri(facts, "aid:qualifier").rpartition("/")[2] or "exact"
    return Point(date, value, _words(reader, facts), low, high, hedge, _href(reader, facts))


def _words(reader: Reader, facts: Facts) -> str:
    """The number with its hedge and unit."""
    return quantity_words(
        *(_text(facts, name) or None for name in _VALUES),
        qualifier=_iri(facts, "aid:qualifier").rpartition("/")[2],
        unit=_text(facts, "schema:unitText") or None,
        currency=_text(facts, "schema:currency") or None,
        locale=reader.taste.locale,
    )


def _href(reader: Reader, facts: Facts) -> str | None:
    """The page of the article that tells it."""
    article = _iri(facts, "schema:subjectOf")
    return reader.addresses.page_of(article) if article else None


def _is_told(facts: Facts) -> bool:
    """Whether it has a number: data of others may have words there."""
    return any(_number(_text(facts, name)) is not None for name in _VALUES)


def _text(facts: Facts, name: str) -> str:
    value = facts.get(term(name))
    return value.value if isinstance(value, ox.Literal) else ""


def _iri(facts: Facts, name: str) -> str:
    value = facts.get(term(name))
    return value.value if isinstance(value, ox.NamedNode) else ""


def _number(lexical: str | None) -> float | None:
    try:
        number = float(lexical or "")
    except ValueError:
        return None
    return number if abs(number) != float("inf") and number == number else None

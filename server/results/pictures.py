"""An answer as a timeline, a chart or a graph, and what of it is not on the picture."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from server.drawing import (
    Band,
    Bar,
    BarDrawing,
    ChartDrawing,
    Edge,
    GraphDrawing,
    MapDrawing,
    Node,
    Point,
    TimelineDrawing,
    draw_bars,
    draw_graph,
    draw_points,
    draw_timeline,
)
from server.drawing import Mark as Moment
from server.drawing.graph import MOST_NODES
from server.drawing.shapes import plural
from server.results.answer import Cell, Rows
from server.results.columns import number_of, time_of
from server.results.known import Knowledge
from server.results.maps import draw_rows_map
from server.results.views import View
from server.views.reader import Link
from server.views.words import number_words

Linker = Callable[[Cell], Link]
Drawing = MapDrawing | TimelineDrawing | BarDrawing | ChartDrawing | GraphDrawing

MOST_BARS: Final = 40


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing; ``kind`` is the macro of ``_drawings.html`` for it, ``notes`` say what is missing on it."""

    kind: str
    drawing: Drawing
    notes: tuple[str, ...] = ()


def draw(view: View, rows: Rows, known: Knowledge, link: Linker) -> Picture | None:
    """The picture that a view promises; None for those that are text."""
    match view.name:
        case "map":
            drawing, missing = draw_rows_map(view, rows, known)
            pairs = (f"{drawing.left_out:,} pairs with fewer rows are not drawn.",) if drawing.left_out else ()
            return Picture("map", drawing, (*_missing(missing, "place whose position is known"), *pairs))
        case "timeline":
            return _timeline(view, rows, link)
        case "chart":
            return _points(view, rows, link) if view.get("day") else _bars(view, rows, link)
        case "graph":
            return _graph(view, rows, link)
        case _:
            return None


def _missing(count: int, what: str) -> tuple[str, ...]:
    """A note on rows that are left out."""
    return (f"{count:,} {'row has' if count == 1 else 'rows have'} no {what}.",) if count else ()


def _timeline(view: View, rows: Rows, link: Linker) -> Picture:
    """Rows with one date as dots, with two as bands."""
    firsts, end = rows.column(view["day"].name), view.get("end")
    lasts = rows.column(end.name) if end is not None else firsts
    others = [
        place for place, name in enumerate(rows.columns) if name not in (view["day"].name, end.name if end else "")
    ]
    found = [
        (_named(row, others, link), time_of(first) or "", time_of(last or first) or "")
        for row, first, last in zip(rows.rows, firsts, lasts, strict=True)
        if first is not None
    ]
    title, label = f"Rows by ?{view['day'].name}", ", ".join(f"?{rows.columns[place]}" for place in others)
    if end is None:
        marks = [Moment(first, last, one.label, href=one.href) for one, first, last in found]
        drawing = draw_timeline([], marks, title=title, loose_label=label, unit="row")
    else:
        bands = [
            Band(one, min(first, last), max(first, last), key=str(place))
            for place, (one, first, last) in enumerate(found)
        ]
        drawing = replace(draw_timeline(bands, [], title=title), description=f"{plural(len(bands), 'row')} as bands.")
    left = (f"{drawing.left_out:,} rows find no room.",) if drawing.left_out else ()
    return Picture("timeline", drawing, (*_missing(len(rows.rows) - len(found), f"?{view['day'].name}"), *left))


def _named(row: Sequence[Cell | None], places: Iterable[int], link: Linker) -> Link:
    """A row in words, with the address of the first thing in it."""
    links = [link(cell) for place in places if (cell := row[place]) is not None]
    href = next((one.href for one in links if one.href), None)
    return Link("; ".join(one.label for one in links) or "no name", href)


def _points(view: View, rows: Rows, link: Linker) -> Picture:
    """Numbers over time."""
    words = view.get("words")
    names: Iterable[Cell | None] = rows.column(words.name) if words else [None] * len(rows.rows)
    points, below = list[Point](), 0
    for cell, day, name in zip(rows.column(view["number"].name), rows.column(view["day"].name), names, strict=True):
        number = number_of(cell) if cell is not None else None
        if number is None or day is None:
            continue
        below += number < 0
        one = link(name) if name is not None else Link(f"?{view['number'].name}")
        points.append(
            Point(time_of(day), number, f"{one.label}: {number_words(cell.value if cell else '')}", href=one.href)
        )
    drawing = draw_points(points, title=f"?{view['number'].name} by ?{view['day'].name}")
    notes = _missing(len(rows.rows) - len(points), "number with a date")
    return Picture("points", replace(drawing, legend=()), (*notes, *_below(below)))


def _below(count: int) -> tuple[str, ...]:
    return (
        (f"{count:,} {'number below zero is' if count == 1 else 'numbers below zero are'} only in the table.",)
        if count
        else ()
    )


def _bars(view: View, rows: Rows, link: Linker) -> Picture:
    """A bar for each row, in the order of the answer, which the query chose."""
    bars, below = list[Bar](), 0
    for cell, label in zip(rows.column(view["number"].name), rows.column(view["label"].name), strict=True):
        number = number_of(cell) if cell is not None else None
        if number is None or label is None:
            continue
        below += number < 0
        if number >= 0:
            one = link(label)
            bars.append(Bar(one.label, number, one.href))
    drawing = draw_bars(
        {f"?{view['number'].name}": bars[:MOST_BARS]}, title=f"?{view['number'].name} by ?{view['label'].name}"
    )
    more = (f"The first {MOST_BARS} of {len(bars):,} rows are drawn.",) if len(bars) > MOST_BARS else ()
    notes = _missing(len(rows.rows) - len(bars) - below, "number with a name")
    return Picture("bars", drawing, (*notes, *_below(below), *more))


def _graph(view: View, rows: Rows, link: Linker) -> Picture:
    """Things and what links them: two columns of rows, or triples."""
    label = view.get("label")
    by_name = view["target"].kind == "place"  # a text in a triple is no thing, be it the name of a country
    labels: Iterable[Cell | None] = rows.column(label.name) if label else [None] * len(rows.rows)
    ends = zip(rows.column(view["source"].name), rows.column(view["target"].name), labels, strict=True)
    nodes: dict[str, Node] = {}
    edges = list[Edge]()
    left_out = 0
    for source, target, name in ends:
        if source is None or target is None or not (target.is_iri or by_name):
            continue
        new = {one.value: Node(one.value, link(one)) for one in (source, target) if one.value not in nodes}
        if len(nodes) + len(new) > MOST_NODES:
            left_out += 1
            continue
        nodes |= new
        edges.append(Edge(source.value, target.value, link(name).label if name else ""))
    drawing = draw_graph(list(nodes.values()), edges, title="What is linked with what")
    more = (
        (f"A picture holds {MOST_NODES} things: {left_out:,} further links are only in the table.",) if left_out else ()
    )
    return Picture("graph", drawing, more)

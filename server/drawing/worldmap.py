"""The map of who helped whom: an arc from each donor to each recipient, as wide as there are events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from server.drawing.arcs import arcs, ring
from server.drawing.flows import Flow, joined
from server.drawing.labels import Spot, place_labels
from server.drawing.palette import FAMILIES
from server.drawing.projection import HEIGHT, WIDTH, project
from server.drawing.shapes import MAX_LINKS, XY, Box, Key, Mark, Text, circle, isolate, plural
from server.views.reader import Link

MOST_ARCS = 150
"""Arcs on one map; with more it is a ball of wool."""
_THINNEST, _WIDEST = 1.3, 7.0
_FRAME = Box(2, 2, WIDTH - 2, HEIGHT - 2)
_SMALL = 3.0
"""How much larger names are on the map of a telephone, where the map is a third as wide."""

__all__ = ["MOST_ARCS", "Flow", "MapDrawing", "draw_map"]


@dataclass(frozen=True, slots=True)
class MapDrawing:
    """A map to be drawn over the outlines of ``static/world.svg``.

    ``labels`` are for a wide screen, ``small_labels`` for a narrow one, ``font`` their sizes. ``countries`` are the
    slugs of those that take part. ``left_out`` counts pairs that are not drawn.
    """

    title: str
    description: str
    width: float
    height: float
    arcs: tuple[Mark, ...]
    dots: tuple[Mark, ...]
    labels: tuple[Text, ...]
    small_labels: tuple[Text, ...]
    font: tuple[float, float]
    countries: tuple[str, ...]
    legend: tuple[Key, ...]
    left_out: int = 0

    @property
    def tabbable(self) -> bool:
        """Whether its links are few enough to go through with the keyboard."""
        return len(self.arcs) <= MAX_LINKS


def draw_map(
    flows: Sequence[Flow], *, width: int = 960, title: str = "Who helped whom", of: int | None = None
) -> MapDrawing:
    """A map of flows.

    Args:
        width: pixels that the map will be wide on a large screen: names are made to be readable at that width.
        of: how many pairs there are, where only the largest are given.
    """
    pairs = joined(flows)
    drawn, size, total = pairs[:MOST_ARCS], 12 * WIDTH / width, of or len(pairs)
    spots = [Spot(at, link.label, link.lang) for link, at in _parties(drawn)]
    small = size * _SMALL * min(1, width / 960)
    return MapDrawing(
        title=title,
        description=_description(drawn, total),
        width=WIDTH,
        height=round(HEIGHT),
        arcs=tuple(mark for flow in drawn for mark in _marks(flow, drawn[0].count)),
        dots=tuple(Mark(circle(spot.at, 2.4), "dot", spot.words) for spot in spots),
        labels=place_labels(spots, size=size, frame=_FRAME, most=28),
        small_labels=place_labels(spots, size=small, frame=_FRAME, most=9),
        font=(round(size, 1), round(small, 1)),
        countries=tuple(sorted({slug for link, _ in _parties(drawn) if (slug := _country(link))})),
        legend=_legend(drawn),
        left_out=total - len(drawn),
    )


def _marks(flow: Flow, most: int) -> Iterable[Mark]:
    width = _THINNEST + (_WIDEST - _THINNEST) * sqrt(flow.count / most)
    css = f"arc kind-{flow.family.name}"
    if flow.source_at == flow.target_at:
        yield Mark(ring(project(*flow.source_at), width), f"{css} ring", flow.words, flow.href, flow.key)
        return
    for outline, line in arcs(flow.source_at, flow.target_at, width):
        yield Mark(outline, css, flow.words, flow.href, flow.key, line, round(width + 0.4, 1))


def _parties(flows: Iterable[Flow]) -> list[tuple[Link, XY]]:
    """The parties with their places on the map, those with most events first."""
    weight, places = Counter[Link](), dict[Link, XY]()
    for flow in flows:
        for link, at in ((flow.source, flow.source_at), (flow.target, flow.target_at)):
            weight[link] += flow.count
            places[link] = project(*at)
    return [(link, places[link]) for link in sorted(weight, key=lambda link: (-weight[link], link.order))]


def _country(link: Link) -> str | None:
    """The slug of a country's IRI."""
    before, _, slug = (link.iri or "").rpartition("/")
    return slug if before.endswith("/country") else None


def _legend(flows: Iterable[Flow]) -> tuple[Key, ...]:
    """The families that are drawn, with their events."""
    counts = Counter[str]()
    for flow in (flow for flow in flows if flow.unit == "event"):
        counts[flow.family.name] += flow.count
    return tuple(
        Key(f"kind-{family.name}", family.words, counts[family.name]) for family in FAMILIES if counts[family.name]
    )


def _description(drawn: Sequence[Flow], total: int) -> str:
    """The map in words: how much there is, and the largest three."""
    if not drawn:
        return "There is nothing to draw."
    largest = "; ".join(
        f"{isolate(flow.source.label)} to {isolate(flow.target.label)}, {flow.amount}" for flow in drawn[:3]
    )
    rest = f" The {len(drawn)} largest of {total:,} pairs are drawn." if len(drawn) < total else ""
    return f"{plural(total, 'pair')} of donor and recipient. The largest: {largest}.{rest}"

"""A thing and what it is linked to, around it: what it points to on the right, what points to it on the left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from server.drawing.graph import GraphDrawing, arrow
from server.drawing.shapes import XY, Mark, Text, circle, plural, shorten
from server.views.reader import Link

MOST_SPOKES: Final = 12
"""Neighbours on each side; the rest is counted."""
_WIDTH, _ROW, _FONT, _NAME = 720.0, 27.0, 12.0, 190.0

__all__ = ["Spoke", "draw_neighbours"]


@dataclass(frozen=True, slots=True)
class Spoke:
    """A neighbour. ``label`` says how the two are linked; ``outgoing`` if the centre points to it."""

    link: Link
    label: str
    outgoing: bool = True


def draw_neighbours(centre: Link, spokes: Sequence[Spoke], *, title: str = "What it is linked to") -> GraphDrawing:
    """The picture of one thing among its neighbours, in the order given."""
    sides = [[spoke for spoke in spokes if spoke.outgoing is outgoing] for outgoing in (False, True)]
    shown = [side[:MOST_SPOKES] for side in sides]
    rows = max(len(side) for side in shown)
    height = max(90.0, rows * _ROW + 20)
    middle = _WIDTH / 2, height / 2
    nodes = [Mark(circle(middle, 8), "node node-centre", centre.label, centre.href)]
    texts, edges, heads = _centre_text(centre, middle), list[Mark](), ""
    for side, right in zip(shown, (False, True), strict=True):
        for index, spoke in enumerate(side):
            place = _place(index, len(side), right, height)
            line, head = arrow(*((middle, place) if right else (place, middle)), clear=8 if not right else 7)
            nodes.append(Mark(circle(place, 4), "node", spoke.link.label, spoke.link.href))
            edges.append(Mark(line, "edge", spoke.label))
            heads += head
            texts += _spoke_texts(spoke, place, right)
    left_out = sum(len(side) for side in sides) - sum(len(side) for side in shown)
    return GraphDrawing(
        title=title,
        description=_description(sides),
        width=_WIDTH,
        height=height,
        nodes=tuple(nodes),
        edges=tuple(edges),
        heads=heads,
        texts=tuple(texts),
        left_out=left_out,
    )


def _place(index: int, count: int, right: bool, height: float) -> XY:
    """Neighbours stand in a column that bends away from the centre, so that the arrows fan out."""
    share = (index + 0.5) / count * 2 - 1
    away = 0.5 * _WIDTH - _NAME - 34 * share * share
    return _WIDTH / 2 + (away if right else -away), height / 2 + share * count * _ROW / 2


def _centre_text(centre: Link, middle: XY) -> list[Text]:
    words = shorten(centre.label, 14, 240)
    return [Text(middle[0], middle[1] - 16, words, "centre-name", "middle", centre.lang)]


def _spoke_texts(spoke: Spoke, place: XY, right: bool) -> list[Text]:
    name = shorten(spoke.link.label, _FONT, _NAME - 12)
    sign: float = 1 if right else -1
    return [
        Text(
            place[0] + sign * 9,
            place[1] + 1,
            name,
            "node-name",
            "start" if right else "end",
            spoke.link.lang,
            spoke.link.href,
        ),
        Text(
            place[0] + sign * 9,
            place[1] + 12,
            shorten(spoke.label, 10.5, _NAME - 12),
            "edge-label",
            "start" if right else "end",
        ),
    ]


def _description(sides: Sequence[Sequence[Spoke]]) -> str:
    return f"{plural(len(sides[1]), 'thing')} that it points to, {plural(len(sides[0]), 'thing')} that point to it."

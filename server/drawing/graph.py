"""A graph as a picture: names as nodes, properties as arrows between them, laid out the same way each time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import hypot
from typing import Final

from server.drawing.labels import Spot, box_of, place_labels
from server.drawing.layout import lay_out
from server.drawing.shapes import MAX_LINKS, XY, Box, Mark, Text, at, circle, shorten
from server.views.reader import Link

MOST_NODES: Final = 60
"""Nodes in one picture; with more nobody can read it."""
_WIDTH, _HEIGHT, _EDGE, _FONT = 860.0, 560.0, 40.0, 12.0
_RADIUS = 5.0

__all__ = ["MOST_NODES", "Edge", "GraphDrawing", "Node", "draw_graph"]


@dataclass(frozen=True, slots=True)
class Node:
    """A thing. ``key`` tells it from others; ``kind`` ends its class: ``node-event``."""

    key: str
    link: Link
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """A property between two nodes, given by their keys."""

    source: str
    target: str
    label: str


@dataclass(frozen=True, slots=True)
class GraphDrawing:
    """A picture of a graph. ``too_large`` is how many nodes there would be if they are too many to draw, else 0."""

    title: str
    description: str
    width: float
    height: float
    nodes: tuple[Mark, ...]
    edges: tuple[Mark, ...]
    heads: str
    texts: tuple[Text, ...]
    too_large: int = 0
    left_out: int = 0

    @property
    def tabbable(self) -> bool:
        """Whether its links are few enough to go through with the keyboard."""
        return len(self.nodes) <= MAX_LINKS


def draw_graph(nodes: Sequence[Node], edges: Sequence[Edge], *, title: str = "The graph") -> GraphDrawing:
    """A picture of at most :data:`MOST_NODES` nodes; of more there is none, and ``too_large`` says how many."""
    if len(nodes) > MOST_NODES:
        words = f"{len(nodes):,} things are too many for a picture."
        return GraphDrawing(title, words, _WIDTH, 40, (), (), "", (), too_large=len(nodes))
    joined = _joined(nodes, edges)
    places = _fitted(lay_out([node.key for node in nodes], list(joined)), len(nodes))
    height = max((y for _, y in places.values()), default=0) + _EDGE
    lines, heads = list[Mark](), ""
    for (source, target), labels in joined.items():
        if source != target:
            line, head = arrow(places[source], places[target], clear=_RADIUS + 2)
            lines.append(Mark(line, "edge", ", ".join(labels)))
            heads += head
    return GraphDrawing(
        title=title,
        description=f"{len(nodes)} things and {len(edges)} links between them.",
        width=_WIDTH,
        height=round(height, 1),
        nodes=tuple(
            Mark(circle(places[node.key], _RADIUS), f"node node-{node.kind}", node.link.label, node.link.href)
            for node in nodes
        ),
        edges=tuple(lines),
        heads=heads,
        texts=_texts(nodes, joined, places, height),
    )


def _joined(nodes: Sequence[Node], edges: Iterable[Edge]) -> dict[tuple[str, str], list[str]]:
    """The labels of the edges between each pair that is drawn."""
    known, joined = {node.key for node in nodes}, dict[tuple[str, str], list[str]]()
    for edge in edges:
        if edge.source in known and edge.target in known:
            labels = joined.setdefault((edge.source, edge.target), [])
            if edge.label not in labels:
                labels.append(edge.label)
    return joined


def _fitted(places: Mapping[str, XY], count: int) -> dict[str, XY]:
    """The places stretched to the picture, which is lower for few nodes."""
    if not places:
        return {}
    xs, ys = [x for x, _ in places.values()], [y for _, y in places.values()]
    height = min(_HEIGHT, 120 + 26.0 * count)
    across = (_WIDTH - 4 * _EDGE) / ((max(xs) - min(xs)) or 1)
    down = (height - 2 * _EDGE) / ((max(ys) - min(ys)) or 1)
    return {key: (2 * _EDGE + (x - min(xs)) * across, _EDGE + (y - min(ys)) * down) for key, (x, y) in places.items()}


def arrow(start: XY, end: XY, *, clear: float, gap: float = 0) -> tuple[str, str]:
    """A straight line between two points that ends ``clear`` of both (``gap`` more at its start), and its head."""
    length = hypot(end[0] - start[0], end[1] - start[1]) or 1
    right, down = (end[0] - start[0]) / length, (end[1] - start[1]) / length
    first = start[0] + right * (clear + gap), start[1] + down * (clear + gap)
    tip = end[0] - right * clear, end[1] - down * clear
    neck = tip[0] - 7 * right, tip[1] - 7 * down
    one, other = (neck[0] - 3 * down, neck[1] + 3 * right), (neck[0] + 3 * down, neck[1] - 3 * right)
    return f"M{at(first)}L{at(neck)}", f"M{at(tip)}L{at(one)}L{at(other)}z"


def _texts(
    nodes: Sequence[Node], joined: Mapping[tuple[str, str], Sequence[str]], places: Mapping[str, XY], height: float
) -> tuple[Text, ...]:
    """Names of nodes, those with most edges first, then labels of edges where there is room left."""
    degree = {node.key: sum(node.key in pair for pair in joined) for node in nodes}
    frame = Box(0, 0, _WIDTH, height)
    dots = [Box(x - 4, y - 4, x + 4, y + 4) for x, y in places.values()]
    order = sorted(nodes, key=lambda node: (-degree[node.key], node.link.order))
    spots = [Spot(places[node.key], shorten(node.link.label, _FONT, 190), node.link.lang) for node in order]
    names = place_labels(spots, size=_FONT, frame=frame, css="node-name", most=len(spots), taken=dots, gap=8)
    return (*names, *_edge_labels(joined, places, frame, names, dots))


def _edge_labels(
    joined: Mapping[tuple[str, str], Sequence[str]], places: Mapping[str, XY], frame: Box,
    names: Iterable[Text], dots: Sequence[Box],
) -> tuple[Text, ...]:  # fmt: skip
    spots = [
        Spot(_between(places[source], places[target]), shorten(", ".join(labels), 10.5, 130))
        for (source, target), labels in joined.items()
    ]
    taken = [*dots, *(box_of(text, _FONT) for text in names)]
    return place_labels(spots, size=10.5, frame=frame, css="edge-label", most=len(spots), taken=taken)


def _between(one: XY, other: XY) -> XY:
    return (one[0] + other[0]) / 2, (one[1] + other[1]) / 2

"""Pictures of the data as geometry: maps, timelines, charts and graphs, worked out on the server.

Pure functions from plain records to frozen drawings, which ``templates/_drawings.html`` writes as SVG. Made here
and not by a chart library in the browser, so that every picture is there without JavaScript, prints, and is the
same for the same data. All lengths are in units of the drawing's own ``viewBox``; colours are classes of
``static/css/30-drawing.css``. A drawing never stands alone: the page has the same data as a table or list.
"""

from server.drawing.bars import Bar, BarDrawing, draw_bars
from server.drawing.graph import Edge, GraphDrawing, Node, draw_graph
from server.drawing.neighbours import Spoke, draw_neighbours
from server.drawing.points import ChartDrawing, Point, draw_points
from server.drawing.timeline import Band, Mark, TimelineDrawing, draw_timeline
from server.drawing.worldmap import Flow, MapDrawing, draw_map

__all__ = [
    "Band", "Bar", "BarDrawing", "ChartDrawing", "Edge", "Flow", "GraphDrawing", "MapDrawing", "Mark", "Node",
    "Point", "Spoke", "TimelineDrawing",
    "draw_bars", "draw_graph", "draw_map", "draw_neighbours", "draw_points", "draw_timeline",
]  # fmt: skip

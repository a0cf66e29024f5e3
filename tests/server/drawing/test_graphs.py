"""Graphs: their layout, their size, their neighbours."""

import itertools
from math import dist

from server.drawing import Edge, Node, Spoke, draw_graph, draw_neighbours
from server.drawing.graph import MOST_NODES
from server.drawing.layout import lay_out
from server.drawing.neighbours import MOST_SPOKES
from server.views.reader import Link


def nodes(count: int) -> list[Node]:
    return [Node(str(number), Link(f"Thing {number}")) for number in range(count)]


def test_layout_puts_neighbours_nearer_than_strangers() -> None:
    chain = [str(number) for number in range(6)]
    places = lay_out(chain, list(itertools.pairwise(chain)))
    assert dist(places["0"], places["1"]) < dist(places["0"], places["5"]) / 3


def test_layout_is_the_same_each_time() -> None:
    pairs = [("a", "b"), ("b", "c"), ("c", "a"), ("d", "d")]
    assert lay_out("abcd", pairs) == lay_out("abcd", pairs)


def test_layout_puts_no_two_nodes_in_one_place() -> None:
    places = list(lay_out([str(number) for number in range(40)], []).values())
    assert min(dist(one, other) for index, one in enumerate(places) for other in places[:index]) > 0.3


def test_edges_between_the_same_things_are_one_arrow_with_all_labels() -> None:
    drawing = draw_graph(nodes(2), [Edge("0", "1", "donor"), Edge("0", "1", "crisis"), Edge("0", "1", "donor")])
    assert [edge.title for edge in drawing.edges] == ["donor, crisis"]


def test_graph_that_is_too_large_says_so() -> None:
    drawing = draw_graph(nodes(MOST_NODES + 1), [])
    assert (drawing.nodes, drawing.too_large) == ((), MOST_NODES + 1)
    assert drawing.description == f"{MOST_NODES + 1} things are too many for a picture."


def test_edges_to_what_is_not_drawn_are_left_out() -> None:
    assert draw_graph(nodes(1), [Edge("0", "9", "donor")]).edges == ()


def test_neighbours_stand_on_the_side_of_their_direction() -> None:
    spokes = [Spoke(Link("In"), "gave to it", outgoing=False), Spoke(Link("Out"), "its country")]
    texts = {text.words: text for text in draw_neighbours(Link("Italy"), spokes).texts}
    assert texts["In"].x < texts["Italy"].x < texts["Out"].x
    assert (texts["In"].anchor, texts["Out"].anchor) == ("end", "start")


def test_neighbours_beyond_the_room_are_counted() -> None:
    drawing = draw_neighbours(Link("Italy"), [Spoke(Link(str(number)), "x") for number in range(20)])
    assert drawing.left_out == 20 - MOST_SPOKES
    assert len(drawing.nodes) == MOST_SPOKES + 1

"""Arcs, rings, names and words of the map."""

import re

import pytest

from server.drawing import Flow, draw_map
from server.drawing.arcs import arcs
from server.drawing.labels import box_of
from server.drawing.projection import project
from server.drawing.worldmap import MOST_ARCS
from server.views.reader import Link

PLACES = {
    "italy": (42.8, 12.8), "russia": (60.0, 100.0), "japan": (36.0, 138.0), "chile": (-30.0, -71.0),
    "united-states": (38.0, -97.0), "samoa": (-13.6, -172.3),
}  # fmt: skip


def link(slug: str) -> Link:
    return Link(slug.title(), f"/page/country/{slug}", None, f"https://example.org/id/country/{slug}")


def flow(source: str, target: str, count: int = 1, category: str = "masks", **more: str) -> Flow:
    return Flow(link(source), link(target), PLACES[source], PLACES[target], count, category, **more)


def numbers(d: str) -> list[float]:
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", d)]


def test_arc_begins_near_the_donor_and_ends_near_the_recipient() -> None:
    ((outline, line),) = arcs(PLACES["russia"], PLACES["italy"], 4)
    assert numbers(line)[:2] == pytest.approx(project(*PLACES["russia"]), abs=5)
    tip = numbers(outline)[8:10]
    assert tip == pytest.approx(project(*PLACES["italy"]), abs=5)


def test_arcs_of_both_directions_lie_apart() -> None:
    (_, there), (_, back) = *arcs(PLACES["russia"], PLACES["italy"], 4), *arcs(PLACES["italy"], PLACES["russia"], 4)
    assert numbers(there)[3] - numbers(back)[3] > 40


def test_arc_over_the_pacific_is_drawn_at_both_edges() -> None:
    west, east = (numbers(line) for _, line in arcs(PLACES["united-states"], PLACES["samoa"], 2))
    assert {west[0] > 960, east[0] > 960} == {True, False}
    assert len(arcs(PLACES["united-states"], PLACES["russia"], 2)) == 1


def test_flows_of_one_pair_are_one_arc() -> None:
    drawing = draw_map([flow("russia", "italy", 2), flow("russia", "italy", 3), flow("italy", "russia")])
    assert len(drawing.arcs) == 2
    assert drawing.arcs[0].title == "Russia to Italy: 5 events; medicine and protection"


def test_arc_of_mixed_help_says_so() -> None:
    drawing = draw_map([flow("russia", "italy", 2, "masks"), flow("russia", "italy", 2, "funds")])
    assert "kind-other" in drawing.arcs[0].css
    assert drawing.arcs[0].title.endswith("several kinds or not told")


def test_more_events_make_a_wider_arc() -> None:
    wide, narrow = draw_map([flow("russia", "italy", 90), flow("japan", "chile", 1)]).arcs[:2]
    assert wide.width > 3 * narrow.width


def test_help_within_a_country_is_a_ring() -> None:
    (mark,) = draw_map([flow("italy", "italy")]).arcs
    assert mark.css.endswith("ring")
    assert mark.d.count("a") == 4


def test_names_are_isolated_from_the_words_around_them() -> None:
    source = Link("\u200fשלום", "/page/x")
    (mark,) = draw_map([Flow(source, link("italy"), (31.0, 35.0), PLACES["italy"], 1)]).arcs
    assert mark.title.startswith("\u2068\u200fשלום\u2069 to Italy")


def test_no_two_names_overlap() -> None:
    drawing = draw_map([flow(source, target) for source in PLACES for target in PLACES])
    for labels, size in ((drawing.labels, drawing.font[0]), (drawing.small_labels, drawing.font[1])):
        boxes = [box_of(label, size) for label in labels]
        assert not any(one.meets(other) for place, one in enumerate(boxes) for other in boxes[place + 1 :])
    assert {label.words for label in drawing.labels} >= {"Italy", "Japan", "Chile"}


def test_map_that_is_cut_says_how_many_pairs_there_are() -> None:
    many = [Flow(Link(f"P{number}"), link("italy"), (number / 9, 20.0), PLACES["italy"], 1) for number in range(200)]
    drawing = draw_map(many)
    assert (len(drawing.arcs), drawing.left_out) == (MOST_ARCS, 200 - MOST_ARCS)
    assert f"The {MOST_ARCS} largest of 200 pairs are drawn." in drawing.description
    assert not drawing.tabbable


def test_map_of_nothing_says_so() -> None:
    drawing = draw_map([])
    assert (drawing.arcs, drawing.description) == ((), "There is nothing to draw.")


def test_map_names_the_countries_that_take_part_and_the_kinds_that_are_drawn() -> None:
    drawing = draw_map([flow("russia", "italy"), flow("japan", "chile", category="funds")])
    assert drawing.countries == ("chile", "italy", "japan", "russia")
    assert [key.words for key in drawing.legend] == ["Money", "Medicine and protection"]


def test_same_flows_give_the_same_drawing_in_any_order() -> None:
    flows = [flow("russia", "italy", 2), flow("japan", "chile"), flow("italy", "japan")]
    assert draw_map(flows) == draw_map(flows[::-1])

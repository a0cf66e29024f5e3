"""Bands in rows, dots on bands, columns beneath, and what has no date."""

import re

import pytest

from server.drawing import Band, Mark, draw_timeline
from server.drawing.timeline import TimelineDrawing
from server.views.reader import Link


def band(name: str, first: str | None, last: str | None = None) -> Band:
    return Band(Link(name, f"/page/crisis/{name}"), first, last, key=name)


def tops(drawing: TimelineDrawing) -> list[float]:
    return [float(found[1]) for one in drawing.bands if (found := re.match(r"M\S+ (\S+?)h", one.d))]


def test_bands_that_do_not_meet_share_a_row() -> None:
    assert len(set(tops(draw_timeline([band("a", "2000", "2001"), band("b", "2015", "2020")], [])))) == 1


def test_bands_that_meet_stand_in_rows_of_their_own() -> None:
    assert len(set(tops(draw_timeline([band("a", "2000", "2010"), band("b", "2005", "2020")], [])))) == 2


def test_event_stands_on_its_band() -> None:
    drawing = draw_timeline([band("a", "2020", "2021")], [Mark("2020-06-01", "2020-06-01", "help", band="a")])
    (dot,) = drawing.marks
    assert (dot.key, dot.title) == ("a", "help")
    assert abs(float(re.findall(r"M\S+ (\S+?)a", dot.d)[0]) - tops(drawing)[0]) < 10


def test_events_of_one_time_are_one_larger_dot() -> None:
    marks = [Mark("2020-06-01", "2020-06-01", f"help {number}", 2, "a") for number in range(5)]
    (dot,) = draw_timeline([band("a", "2000", "2020")], marks).marks
    assert dot.title == "10 events: help 0; help 1; help 2; …"


def test_address_of_a_dot_is_made_from_its_days() -> None:
    marks = [Mark(f"2020-06-0{day}", f"2020-06-0{day}", "help", band="a") for day in (1, 3)]
    drawing = draw_timeline(
        [band("a", "2000", "2020")], marks, between=lambda mark, first, last: f"/{mark.band}/{first}/{last}"
    )
    assert [dot.href for dot in drawing.marks] == ["/a/2020-06-01/2020-06-03"]


def test_reports_are_columns_beneath() -> None:
    drawing = draw_timeline([], [Mark("2020-06", "2020-06", "June 2020: 3 articles", 3, kind="report")])
    assert [column.title for column in drawing.columns] == ["June 2020: 3 articles"]
    assert "Reports" in [text.words for text in drawing.texts]


def test_what_has_no_date_is_named_and_not_drawn() -> None:
    drawing = draw_timeline([band("a", "2020"), band("b", None)], [Mark(None, None, "help", 3)])
    assert [link.label for link in drawing.undated] == ["b"]
    assert drawing.undated_marks == 3
    assert len(drawing.bands) == 1


def test_timeline_without_any_date_says_so() -> None:
    assert draw_timeline([band("a", None)], []).description == "Nothing in it has a date."


@pytest.mark.parametrize(("since", "until", "count"), [(None, None, 2), ("2010", None, 1), (None, "1999", 0)])
def test_nothing_is_drawn_outside_the_span(since: str | None, until: str | None, count: int) -> None:
    drawing = draw_timeline([band("a", "2000", "2001"), band("b", "2015")], [], since=since, until=until)
    assert len(drawing.bands) == count
    assert drawing.undated == ()


def test_years_before_our_era_are_drawn() -> None:
    drawing = draw_timeline([band("a", "-0043", "-0042"), band("b", "0079-10-24")], [])
    assert "Jan 44 BCE" in [text.words for text in drawing.texts]
    assert drawing.breaks

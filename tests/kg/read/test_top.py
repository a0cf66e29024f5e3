"""The top of reports and releases: titles of a series, who issues them, where and as of which day."""

from __future__ import annotations

import pytest

from kg.read import parse_text
from kg.read.names import find_publisher
from kg.records import Article

STORY = "Nordland has sent 200 tents to Estria, where the floods of the last weeks drove 4,000 families out.\n"


def read(top: str) -> Article:
    return parse_text(
        f"{top}\n\n{STORY}\nMore boats are on their way to the islands.\n".encode(), id="a", source="a.txt"
    )


@pytest.mark.parametrize(
    "top, headline",
    [
        ("Estria: Floods – Update No. 3\n\nAs of 24 May 2012, 18:00 local time", "Estria: Floods – Update No. 3"),
        ("Estria Floods - Flash Update No. 3\n\nAs of 24 May 2012", "Estria Floods - Flash Update No. 3"),
        ("Estria: Floods – Operation Update No. 3\n\nFjord Relief Reports\n\nDate of issue: 24 May 2012",
         "Estria: Floods – Operation Update No. 3"),
        ("Situation Report No. 3 | 24 May 2012\n\nBoats bring tents to Estria", "Boats bring tents to Estria"),
    ],
)  # fmt: skip
def test_title_of_a_series_is_the_headline(top: str, headline: str) -> None:
    assert read(top).headline == headline


@pytest.mark.parametrize(
    "top, day",
    [
        ("Estria: Floods – Update No. 3\n\nAs of 24 May 2012, 18:00 local time", "2012-05-24"),
        ("Estria: Floods – Update No. 3\n\nReporting period: 3–24 May 2012", "2012-05-24"),
        ("Estria: Floods Update No. 3 (27 May 2012)\n\nPeriod covered: 3 to 24 May 2012", "2012-05-27"),
        ("Estria floods – bulletin, Sunday 27 May 2012, 0700", "2012-05-27"),
        ("Tents for Estria\n\nDate of issue: 30 May 2012\nAs of 24 May 2012", "2012-05-30"),
        ("Tents for Estria\n\nAs of 24 May 2012\nPublished: 30 May 2012", "2012-05-30"),
        ("Estria: Update No. 3 (24 May 2012)\n\nIssued: 30 May 2012", "2012-05-30"),
        ("Estria marks the flood of 27 May 2012", None),
    ],
)
def test_day_of_issue_beats_the_day_that_it_tells_of(top: str, day: str | None) -> None:
    published = read(top).published
    assert (published and published.iso) == day


@pytest.mark.parametrize(
    "line, publisher, place",
    [
        ("Fjord Relief Information Service, Goma, 24 May 2012", "Fjord Relief Information Service", "Goma"),
        ("Goma, 24 May 2012", None, "Goma"),
        ("Goma, May 2012", None, "Goma"),
        ("Chronicle & Tide, May 2012", "Chronicle & Tide", None),
        ("Fjord Radio News. Read: Jane Doe", "Fjord Radio News", None),
        ("Nordland Field Reports\n\nDate of issue: 24 May 2012", "Nordland Field Reports", None),
        ("Compiled by the Fjord Relief Desk, Goma. It covers the third week.", "Fjord Relief Desk", "Goma"),
        ("This update is issued by the Delegation in Estria in partnership with others.", "Delegation in Estria", None),
        ("Compiled by Jane Doe.", None, None),
        ("This update is issued by the Fjord Desk in Goma with others.", "Fjord Desk", None),
        ("Nordland Thanks Volunteers of Estria\n\n24 May 2012", None, None),
    ],
)
def test_who_issues_is_told_from_where(line: str, publisher: str | None, place: str | None) -> None:
    article = read(f"Tents reach the villages in the north\n\n{line}")
    assert article.headline == "Tents reach the villages in the north"
    assert (article.publisher, article.dateline and article.dateline.place) == (publisher, place)


@pytest.mark.parametrize("inside, agency", [("Fjord Tsushin", "Fjord Tsushin"), ("Presse du Fjord", "Presse du Fjord")])
def test_unlisted_agency_after_the_day(inside: str, agency: str) -> None:
    article = parse_text(
        f"Tents for Estria\n\nGOMA, May 24, 2012 ({inside}) - {STORY}".encode(), id="a", source="a.txt"
    )
    assert article.dateline
    assert (article.publisher, article.dateline.place) == (agency, "Goma")


@pytest.mark.parametrize(
    "name, found",
    [
        ("Delta Information Cell", True), ("Office of the Coordinator", True), ("FJORD RELIEF DESK", True),
        ("Goma", False), ("Service", False), ("Estria City", False), ("the relief desk", False),
    ],
)  # fmt: skip
def test_find_publisher(name: str, found: bool) -> None:
    assert (find_publisher(name) is not None) == found

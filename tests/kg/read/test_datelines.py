"""Datelines of every make, and openings that only look like one."""

from __future__ import annotations

import pytest

from kg.read.datelines import find_head, find_own_line
from kg.records import Span

REST = "Nordland sent 200 tents to the north, officials said."


@pytest.mark.parametrize(
    "printed, place, day, agency",
    [
        ("MOSCOW, March 21. /TASS/.", "Moscow", (None, 3, 21), "TASS"),
        ("KATHMANDU, Nepal (Reuters) -", "Kathmandu", None, "Reuters"),
        ("GENEVA, 3 May 2011 (AFP) —", "Geneva", (2011, 5, 3), "AFP"),
        ("PARIS —", "Paris", None, None),
        ("Nairobi, 12 July –", "Nairobi", (None, 7, 12), None),
        ("BEIJING, May 13 (Xinhua) --", "Beijing", (None, 5, 13), "Xinhua"),
        ("MOSCOW. March 22 (Interfax) -", "Moscow", (None, 3, 22), "Interfax"),
        ("RIGA, Aug. 20.—", "Riga", (None, 8, 20), None),
        ("RIGA, Aug. 20 (AP).—", "Riga", (None, 8, 20), "AP"),
        ("UNITED NATIONS, Jan. 12 /PRNewswire/ --", "United Nations", (None, 1, 12), "PRNewswire"),
        ("NAIROBI, Kenya, July 12, 2011 /PRNewswire/ --", "Nairobi", (2011, 7, 12), "PRNewswire"),
        ("WASHINGTON, D.C. —", "Washington", None, None),
        ("GENEVA/ROME, 3 August 2011 –", "Geneva", (2011, 8, 3), None),
        ("GENEVA (12 May 2010) –", "Geneva", (2010, 5, 12), None),
        ("12 August 2011, Rome -", "Rome", (2011, 8, 12), None),
        ("Port-au-Prince, 21 January 2010 –", "Port-au-Prince", (2010, 1, 21), None),
        ("PORT-AU-PRINCE, Haiti —", "Port-au-Prince", None, None),
        ("Tokyo, 12 March, Kyodo -", "Tokyo", (None, 3, 12), "Kyodo"),
        ("ISLAMABAD:", "Islamabad", None, None),
        ("ANKARA (AA) -", "Ankara", None, "AA"),
        ("HAVANA, March 22 (acn)", "Havana", (None, 3, 22), "ACN"),
        ("Brussels, 4 November 2014 -", "Brussels", (2014, 11, 4), None),
        ("Moscow, 21 March 2020.", "Moscow", (2020, 3, 21), None),
        ("THE HAGUE, Netherlands —", "The Hague", None, None),
        ("Juba, South Sudan —", "Juba", None, None),
        ("N'DJAMENA, Chad --", "N'Djamena", None, None),
        ("ADDIS ABABA, Ethiopia, July 20, 2011 (FBC) -", "Addis Ababa", (2011, 7, 20), "FBC"),
        ("(Reuters) -", None, None, "Reuters"),
        ("May 3 (Reuters) -", None, (None, 5, 3), "Reuters"),
        ("(CNN) --", None, None, "CNN"),
        ("ROME, Monday, March 23, 2020 —", "Rome", (2020, 3, 23), None),
    ],
)
def test_find_head(
    printed: str, place: str | None, day: tuple[int | None, int, int] | None, agency: str | None
) -> None:
    text = f"Headline\n\n{printed} {REST}"
    head = find_head(text, Span(10, len(text)))
    assert head
    assert (head.span.of(text), head.place, head.agency) == (printed, place, agency)
    assert (head.date and (head.date.year, head.date.month, head.date.day)) == day


@pytest.mark.parametrize(
    "opening",
    [
        "Oxfam – the largest charity of its kind – has sent engineers.",
        "Oxfam – Britain’s largest charity – has sent engineers.",
        "UNICEF – The agency has sent tents.",
        "UPDATE: The plane has landed.",
        "Haiti: Aid arrives at last.",
        "On Saturday, March 21, the plane left.",
        "In May 2011 – The plane left.",
        "Nordland (population 5 million) has sent tents.",
        "Nordland (AFP photo) has sent tents.",
        "Doctors from Nordland, who came on March 21. They left.",
        "The World Health Organization (WHO) — The agency said so.",
        "“We are grateful” — The minister",
        "President Jane Doe (Nordland) said so.",
        "He came in March - They left.",
    ],
)
def test_find_head_not_in_prose(opening: str) -> None:
    assert find_head(opening, Span(0, len(opening))) is None


@pytest.mark.parametrize(
    "line, place",
    [
        ("Brussels, 31 October 2014", "Brussels"),
        ("GENEVA, Switzerland, 3 May 2011", "Geneva"),
        ("(Rome, 3 May)", "Rome"),
    ],
)
def test_find_own_line(line: str, place: str) -> None:
    head = find_own_line(line, Span(0, len(line)))
    assert head
    assert (head.place, head.span.of(line)) == (place, line)


@pytest.mark.parametrize("line", ["Brussels", "31 October 2014", "Aid sent to Haiti, 31 October 2014", "By May 2014"])
def test_find_own_line_needs_place_and_day(line: str) -> None:
    assert find_own_line(line, Span(0, len(line))) is None

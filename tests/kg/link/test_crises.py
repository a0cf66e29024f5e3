"""Short names of crises, and which crisis is meant when none is named."""

import datetime

import pytest

from kg.link.crises import forms, matching
from kg.link.entry import Entry

QUAKE = Entry(
    key="crisis/a", type="crisis", name="A", disaster="earthquake", start="2001-01-10", end="2001-01-10",
    struck=("country/x",),
)  # fmt: skip
SECOND = Entry(
    key="crisis/b", type="crisis", name="B", disaster="earthquake", start="2001-06-01", end="2001-06-01",
    struck=("country/x", "country/y"),
)  # fmt: skip
PLAGUE = Entry(key="crisis/c", type="crisis", name="C", disaster="epidemic", cues=("Pox",), start="2001", end="2002")
ENDLESS = Entry(key="crisis/d", type="crisis", name="D", disaster="epidemic", cues=("Ague",), start="1981")
ALL = (QUAKE, SECOND, PLAGUE, ENDLESS)


def test_forms_leave_the_year_out_or_put_it_last() -> None:
    assert list(forms("1908 Messina earthquake")) == [
        "Messina earthquake", "Messina earthquake of 1908",
        "1908 Messina quake", "Messina quake", "Messina quake of 1908",
    ]  # fmt: skip
    assert list(forms("April 2015 Nepal flood")) == ["Nepal flood", "Nepal flood of 2015"]
    assert list(forms("Spanish flu")) == []


@pytest.mark.parametrize(
    ("disaster", "where", "day", "cue", "expected"),
    [
        ("earthquake", {"country/x"}, "2001-01-09", None, None),  # not yet
        ("earthquake", {"country/x"}, "2001-02-01", None, QUAKE),
        ("earthquake", {"country/x"}, "2001-06-05", None, SECOND),  # both, but one is fresh
        ("earthquake", {"country/x"}, "2001-09-05", None, None),  # both, and neither is
        ("earthquake", {"country/y"}, "2001-09-05", None, SECOND),
        ("earthquake", {"country/y"}, "2002-09-05", None, None),  # long past
        ("earthquake", {"country/y"}, None, None, SECOND),
        ("tsunami", {"country/y"}, "2001-06-05", None, SECOND),  # a kin word
        ("flood", {"country/y"}, "2001-06-05", None, None),
        ("epidemic", set(), "2001-06-05", None, PLAGUE),  # the world's, and the endless one only by cue
        ("epidemic", {"country/y"}, "2001-06-05", None, PLAGUE),
        (None, set(), "2020-06-05", "ague", ENDLESS),
        (None, {"country/y"}, "2001-06-05", None, None),
    ],
)
def test_matching_gives_the_only_crisis_that_fits(
    disaster: str | None, where: set[str], day: str | None, cue: str | None, expected: Entry | None
) -> None:
    assert matching(ALL, disaster, where, datetime.date.fromisoformat(day) if day else None, cue) == expected

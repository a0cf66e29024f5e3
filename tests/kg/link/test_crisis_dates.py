"""Acts keep to crises of their own time."""

from __future__ import annotations

import pytest

from kg.link.choose_crisis import known
from kg.link.crisis_dates import crisis_in_time
from kg.link.gazetteer import Gazetteer
from kg.records import Entity, PartialDate, Report, Span

HAITI = "country/haiti"


@pytest.mark.parametrize(
    ("date", "recipient", "crisis"),
    [
        ("2010-01-14", HAITI, "2010-haiti-earthquake"),
        ("2012", HAITI, "2010-haiti-earthquake"),
        (None, HAITI, "2010-haiti-earthquake"),
        ("1998-01", HAITI, None),
        ("2021-08-20", HAITI, "2021-haiti-earthquake"),
        ("1960-05-30", "country/chile", "1960-valdivia-earthquake"),
    ],
)
def test_act_has_a_crisis_that_its_date_allows(date: str | None, recipient: str, crisis: str | None) -> None:
    gazetteer = Gazetteer.load()
    entry = gazetteer.entry("crisis/2010-haiti-earthquake")
    assert entry is not None
    day = PartialDate(date) if date else None
    told = Report("delivered", "asserted", (Span(0, 1),), recipients=(recipient,), crisis=entry.key, date=day)
    found = crisis_in_time(told, known(entry, "named"), gazetteer).crisis
    assert found == (crisis and f"crisis/{crisis}")


def test_crisis_without_a_date_is_left() -> None:
    told = Report("delivered", "asserted", (Span(0, 1),), date=PartialDate("1950"), crisis="crisis/x")
    assert crisis_in_time(told, Entity("crisis/x", "crisis", "x"), Gazetteer.load()) == told

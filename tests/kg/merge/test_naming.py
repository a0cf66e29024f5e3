"""Names of events, for machines and for people."""

from typing import Any

import pytest

from kg.merge.event import Event, Telling
from kg.merge.naming import event_name, event_slug, list_words, parties_slug
from kg.records import PartialDate, Report, Span


def report(phase: Any, donors: str, recipients: str, date: str | None) -> Report:
    parties = {
        "donors": tuple(f"country/{name}" for name in donors.split()),
        "recipients": tuple(f"country/{name}" for name in recipients.split()),
    }
    return Report(phase, "asserted", (Span(0, 1),), date=PartialDate(date) if date else None, **parties)


CASES = [
    (("pledged", "russia", "italy", "2020-03-21"),
     "russia-to-italy-pledged-2020-03-21", "Russia pledges aid to Italy, 21 March 2020"),
    (("delivered", "russia france", "italy", "1908-12"),
     "france-and-russia-to-italy-delivered-1908-12", "France and Russia deliver aid to Italy, December 1908"),
    (("dispatched", "china", "", "2020"), "china-to-unknown-dispatched-2020", "China sends aid, 2020"),
    (("dispatched", "", "china", None), "unknown-to-china-dispatched-undated", "Aid sent to China"),
    (("requested", "russia", "italy", None), "russia-to-italy-requested-undated", "Italy asks Russia for aid"),
    (("requested", "", "italy serbia", None), "unknown-to-italy-and-serbia-requested-undated",
     "Italy and Serbia ask for aid"),
    (("requested", "russia", "", None), "russia-to-unknown-requested-undated", "Aid requested from Russia"),
    (("delivered", "", "", None), "unknown-to-unknown-delivered-undated", "Aid delivered"),
]  # fmt: skip


@pytest.mark.parametrize(("told", "slug", "name"), CASES)
def test_event_has_a_slug_and_a_name(told: tuple[Any, str, str, str | None], slug: str, name: str) -> None:
    given = report(*told)
    assert event_slug(given, given.date) == slug
    event = Event(slug, (Telling("x", given),), "")
    assert event_name(event, lambda key: key.partition("/")[2].capitalize()) == name


def test_many_parties_are_cut_short_but_stay_distinct() -> None:
    countries = [f"country/{letter * 10}" for letter in "abcdef"]
    slugs = {parties_slug(countries[:count]) for count in range(7)}
    assert len(slugs) == 7
    assert max(map(len, slugs)) < 120
    assert "-and-others-" in parties_slug(countries)
    assert parties_slug(countries) == parties_slug(countries[::-1])


@pytest.mark.parametrize(
    ("names", "expected"),
    [("A", "A"), ("AB", "A and B"), ("ABCD", "A, B, C and D"), ("ABCDE", "A, B, C and 2 others")],
)
def test_names_are_listed(names: str, expected: str) -> None:
    assert list_words(names) == expected

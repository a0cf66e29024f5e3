"""Reports of several articles become events, the same whatever order they come in."""

from decimal import Decimal
from itertools import permutations
from typing import Any

from kg.merge.events import Merged, merge_readings
from kg.records import Article, Entity, Item, PartialDate, Quantity, Reading, Report, Span

TENTS = Item(Span(0, 5), "tents", "shelter", Quantity(Decimal(100), unit="tents"))


def report(date: str | None = "2020-03-22", phase: Any = "delivered", **fields: Any) -> Report:
    given = {"donors": ("country/a",), "recipients": ("country/b",), "crisis": "crisis/flood", "items": (TENTS,)}
    when = PartialDate(date) if date else None
    return Report(phase, fields.pop("modality", "asserted"), (Span(0, 9),), date=when, **(given | fields))


def reading(identifier: str, *reports: Report) -> Reading:
    return Reading(Article(identifier, "0" * 64, "text " * 9, "headline", ()), reports=reports)


def told(merged: Merged) -> dict[str, list[str]]:
    return {event.slug: sorted(event.articles) for event in merged.events}


def fulfilled(*readings: Reading) -> dict[str, str | None]:
    return {event.slug: event.fulfils for event in merge_readings(readings).events}


def test_one_giving_of_two_articles_is_one_event() -> None:
    merged = merge_readings([reading("x", report()), reading("y", report("2020-03"))])
    assert told(merged) == {"a-to-b-delivered-2020-03-22": ["x", "y"]}
    assert merged.events[0].reason == "same parties and phase, dates that overlap, and the same amount"


def test_order_of_articles_does_not_matter() -> None:
    readings = [
        reading("x", report(), report("2020-03-25")),
        reading("y", report("2020-03")),
        reading("z", report("2020-03-25", items=())),
        reading("w", report("2020-03-22", phase="pledged")),
    ]
    assert len({merge_readings(order).events for order in permutations(readings)}) == 1


def test_vague_report_that_fits_two_events_stays_alone() -> None:
    merged = merge_readings([reading("x", report(), report("2020-03-25")), reading("y", report("2020-03"))])
    assert told(merged) == {
        "a-to-b-delivered-2020-03": ["y"],
        "a-to-b-delivered-2020-03-22": ["x"],
        "a-to-b-delivered-2020-03-25": ["x"],
    }


def test_reports_of_one_article_are_never_merged_through_another() -> None:
    merged = merge_readings([reading("x", report(), report(items=())), reading("y", report())])
    assert len(merged.events) == 3, "the report of y fits both of x, so that it is not known which it tells"
    assert all(len(event.tellings) == len(event.articles) for event in merged.events)


def test_same_report_found_by_two_rules_is_one_event() -> None:
    assert len(merge_readings([reading("x", report(rule="one"), report(rule="two"))]).events) == 1


def test_only_asserted_reports_make_events() -> None:
    merged = merge_readings([reading("x", report(modality="denied"), report(modality="hypothetical"))])
    assert merged.events == ()


def test_events_that_share_a_name_all_get_a_suffix() -> None:
    one, other = report(locations=("place/p",)), report(locations=("place/q",))
    slugs = [event.slug for event in merge_readings([reading("x", one, other)]).events]
    again = [event.slug for event in merge_readings([reading("x", other, one)]).events]
    assert slugs == again
    assert len(set(slugs)) == 2
    assert all(slug.startswith("a-to-b-delivered-2020-03-22-") for slug in slugs)


def test_delivery_fulfils_the_pledge_of_another_article() -> None:
    assert fulfilled(reading("x", report("2020-03-21", "pledged")), reading("y", report())) == {
        "a-to-b-delivered-2020-03-22": "a-to-b-pledged-2020-03-21",
        "a-to-b-pledged-2020-03-21": None,
    }


def test_nearest_phase_is_the_one_fulfilled() -> None:
    pledged, sent = report("2020-03-20", "pledged"), report("2020-03-21", "dispatched")
    assert fulfilled(reading("x", pledged, sent), reading("y", report()))["a-to-b-delivered-2020-03-22"] == (
        "a-to-b-dispatched-2020-03-21"
    )


def test_latest_of_several_pledges_is_the_one_fulfilled() -> None:
    pledges = report("2020-03-20", "pledged"), report("2020-03-21", "pledged"), report("2020-03-23", "pledged")
    assert fulfilled(reading("x", *pledges), reading("y", report()))["a-to-b-delivered-2020-03-22"] == (
        "a-to-b-pledged-2020-03-21"
    )


def test_two_equally_near_pledges_are_both_left_alone() -> None:
    pledges = report("2020-03-20", "pledged", locations=("place/p",)), report("2020-03-20", "pledged")
    assert fulfilled(reading("x", *pledges), reading("y", report()))["a-to-b-delivered-2020-03-22"] is None


def test_pledge_is_not_fulfilled_by_what_does_not_follow_from_it() -> None:
    delivered = reading("y", report())
    food = Item(Span(0, 5), "rice", "food")
    for pledge in (
        report("2020-03-23", "pledged"),
        report("2018-03-22", "pledged"),
        report(None, "pledged"),
        report("2020-03-21", "pledged", crisis="crisis/war"),
        report("2020-03-21", "pledged", crisis=None),
        report("2020-03-21", "pledged", items=(food,)),
        report("2020-03-21", "requested"),
        report("2020-03-21", "pledged", donors=("country/c",)),
        report("2020-03-21", "pledged", recipients=()),
    ):
        assert fulfilled(reading("x", pledge), delivered)["a-to-b-delivered-2020-03-22"] is None


def test_one_article_is_trusted_where_a_date_is_missing() -> None:
    told_by_one = fulfilled(reading("x", report(None, "pledged"), report()))
    assert told_by_one["a-to-b-delivered-2020-03-22"] == "a-to-b-pledged-undated"


def test_unnamed_donor_links_inside_its_article_only() -> None:
    unnamed = {"donors": ("unnamed/some",)}
    pledge, delivery = report("2020-03-21", "pledged", **unnamed), report(**unnamed)
    assert fulfilled(reading("x", pledge, delivery))["some-to-b-delivered-2020-03-22"] == "some-to-b-pledged-2020-03-21"
    assert set(fulfilled(reading("x", pledge), reading("y", delivery)).values()) == {None}


def test_entity_has_one_name_and_keeps_the_others_as_aliases() -> None:
    spellings = ["Niš", "Nis", "Niš"]
    readings = [
        Reading(reading(str(number)).article, entities=(Entity("place/nis", "place", name, reason=f"r{number}"),))
        for number, name in enumerate(spellings)
    ]
    chosen = {merge_readings(order).entities["place/nis"] for order in permutations(readings)}
    assert chosen == {Entity("place/nis", "place", "Niš", aliases=("Nis",))}

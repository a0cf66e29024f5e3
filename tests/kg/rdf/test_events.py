"""Events, and which graph holds what is known of them."""

from collections.abc import Callable
from dataclasses import replace

import pyoxigraph as ox

from kg.merge.events import merge_readings
from kg.rdf.iris import Iris
from kg.rdf.quads import common_quads, reading_quads
from kg.rdf.terms import aid, schema
from kg.records import PartialDate, Reading

Look = Callable[..., dict[str, dict[str, set[str]]]]
Make = Callable[..., Reading]
EVENT = "event/arland-to-beland-delivered-2021-05-03"


def graphs_of(readings: list[Reading], predicate: ox.NamedNode) -> set[str]:
    """The graphs that hold a triple with this predicate about an event; the default graph is the empty name."""
    merged, iris = merge_readings(readings), Iris("http://x/")
    quads = [*common_quads(merged, iris), *(quad for one in readings for quad in reading_quads(one, merged, iris))]
    return {
        "" if isinstance(quad.graph_name, ox.DefaultGraph) else quad.graph_name.value.rpartition("/")[2]
        for quad in quads
        if quad.predicate == predicate and "/event/" in str(quad.subject)
    }


def test_event_holds_what_its_report_asserts(facts: Look, reading: Make) -> None:
    assert facts(reading())[EVENT] == {
        "type": {"<ontology#AidEvent>", "<Event>"},
        "name": {'"Arland delivers aid to Beland, 3 May 2021"@en'},
        "donor": {"<country/arland>"},
        "recipient": {"<country/beland>"},
        "phase": {"<scheme/phase/delivered>"},
        "item": {"<article/a-1#item-30-38>"},
        "startDate": {'"2021-05-03"^^<xsd:date>'},
        "hasEarliestBeginTimeStamp": {'"2021-05-03"^^<xsd:date>'},
        "hasLatestEndTimeStamp": {'"2021-05-03"^^<xsd:date>'},
        "subjectOf": {"<article/a-1>"},
    }


def test_partial_date_has_full_day_bounds(facts: Look, reading: Make) -> None:
    report = replace(reading().reports[0], date=PartialDate("2020-02"))
    event = facts(reading(reports=(report,)))["event/arland-to-beland-delivered-2020-02"]
    assert event["startDate"] == {'"2020-02"^^<xsd:gYearMonth>'}
    assert event["hasEarliestBeginTimeStamp"] == {'"2020-02-01"^^<xsd:date>'}
    assert event["hasLatestEndTimeStamp"] == {'"2020-02-29"^^<xsd:date>'}


def test_merged_event_has_the_most_precise_date_alone(facts: Look, reading: Make) -> None:
    vague = replace(reading().reports[0], date=PartialDate("2021-05"))
    event = facts(reading(), reading(article={"id": "b"}, reports=(vague,)))[EVENT]
    assert event["startDate"] == {'"2021-05-03"^^<xsd:date>'}
    assert event["subjectOf"] == {"<article/a-1>", "<article/b>"}


def test_name_is_in_the_graph_of_the_only_article(reading: Make) -> None:
    assert graphs_of([reading()], schema("name")) == {"", "a-1"}


def test_name_of_a_shared_event_belongs_to_no_article(reading: Make) -> None:
    vague = replace(reading().reports[0], date=PartialDate("2021-05"))
    assert graphs_of([reading(), reading(article={"id": "b"}, reports=(vague,))], schema("name")) == {""}


def test_fulfilment_is_in_the_graph_of_the_article_that_tells_both(reading: Make) -> None:
    pledge = replace(reading().reports[0], phase="pledged")
    both = reading(reports=(pledge, *reading().reports))
    assert graphs_of([both], aid("fulfils")) == {"", "a-1"}


def test_fulfilment_across_articles_belongs_to_none(reading: Make) -> None:
    report = replace(reading().reports[0], crisis="crisis/c")
    pledge = replace(report, phase="pledged", date=PartialDate("2021-05-01"))
    crisis = replace(reading().entities[0], key="crisis/c", type="crisis")
    entities = (*reading().entities, crisis)
    readings = [
        reading(reports=(report,), entities=entities),
        reading(article={"id": "b"}, reports=(pledge,), entities=entities),
    ]
    assert graphs_of(readings, aid("fulfils")) == {""}

"""What a page reads of things that much is known of: circles of events, offices told again and again, figures."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

import pyoxigraph as ox

from server.addresses import Addresses
from server.views.chain import LONGEST, read_chain
from server.views.numbers import MOST_READ, MOST_ROWS, read_numbers
from server.views.offices import MOST_READ as MOST_OFFICES
from server.views.offices import offices_in, offices_of
from server.views.reader import Reader, term

BASE = "https://w3id.org/aidgraph/"


def node(name: str) -> ox.NamedNode:
    return ox.NamedNode(f"{BASE}id/{name}")


def reader(*facts: tuple[ox.NamedNode, str, ox.NamedNode | ox.Literal]) -> Reader:
    """A reader of a graph with these triples, which asks no index."""
    store = ox.Store()
    store.extend(ox.Quad(subject, term(name), value) for subject, name, value in facts)
    return Reader(store, Addresses(BASE), lambda: sqlite3.connect(":memory:"))


def test_chain_in_a_circle_ends() -> None:
    events = [node(f"event/e{number}") for number in range(3)]
    circle = reader(*((event, "aid:fulfils", other) for event in events for other in events))
    steps = read_chain(circle, events[0]).steps
    assert [step.events for step in steps] == [(), (), (), ()]


def test_chain_of_a_phase_that_is_not_ours_has_a_step_more() -> None:
    event = node("event/e")
    chain = read_chain(reader((event, "aid:phase", term("phase:audited"))), event)
    last = [(step.phase.label, step.is_current) for step in chain.steps[-2:]]
    assert last == [("delivered", False), ("audited", True)]


def test_chain_of_very_many_events_is_cut_and_says_so() -> None:
    event = node("event/e")
    later = [(node(f"event/l{number}"), "aid:fulfils", event) for number in range(2 * LONGEST)]
    phases = [(one, "aid:phase", term("phase:delivered")) for one, _, _ in later]
    chain = read_chain(reader(*later, *phases), event)
    assert (sum(len(step.events) for step in chain.steps), chain.is_cut) == (LONGEST - 1, True)


def roles(count: int) -> Iterable[tuple[ox.NamedNode, str, ox.NamedNode | ox.Literal]]:
    """A person whose office so many articles tell; the first of them tells another office."""
    for number in range(count):
        role = node(f"article/a{number}#role")
        yield node("person/p"), "schema:affiliation", role
        yield role, "schema:roleName", ox.Literal("Mayor" if number == 0 else "President")
        yield role, "schema:affiliation", node("country/c")


def test_offices_are_gathered_and_counted() -> None:
    graph = reader(*roles(4))
    assert [(office.title, office.times) for office in offices_of(graph, node("person/p")).rows] == [
        ("President", 3), ("Mayor", 1),
    ]  # fmt: skip
    held = offices_in(graph, node("country/c")).rows
    assert {(office.person.iri if office.person else None, office.title) for office in held} == {
        (node("person/p").value, "President"), (node("person/p").value, "Mayor"),
    }  # fmt: skip


def test_offices_of_a_hub_are_cut_and_say_so() -> None:
    graph = reader(*roles(MOST_OFFICES + 5))
    assert offices_of(graph, node("person/p")).is_cut
    assert offices_in(graph, node("country/c")).is_cut


def figures(count: int, value: str = "7") -> Iterable[tuple[ox.NamedNode, str, ox.NamedNode | ox.Literal]]:
    for number in range(count):
        figure = node(f"article/a{number}#stat")
        yield figure, "rdf:type", term("schema:Observation")
        yield figure, "aid:crisis", node("crisis/c")
        yield figure, "schema:variableMeasured", term("measure:deaths")
        yield figure, "schema:value", ox.Literal(value)
        yield figure, "schema:observationDate", ox.Literal(f"2010-05-{number % 28 + 1:02d}")


def test_numbers_of_a_hub_are_cut_and_say_so() -> None:
    numbers = read_numbers(reader(*figures(MOST_READ + 5)), node("crisis/c"))
    assert (len(numbers.rows), numbers.read, numbers.is_cut) == (MOST_ROWS, MOST_READ, True)


def test_numbers_of_one_measure_are_one_chart_with_the_latest_first_in_the_table() -> None:
    numbers = read_numbers(reader(*figures(3)), node("crisis/c"))
    assert [len(chart.points) for chart in numbers.charts] == [3]
    assert [row.date for row in numbers.rows] == ["2010-05-03", "2010-05-02", "2010-05-01"]


def test_numbers_that_are_words_are_not_drawn() -> None:
    assert read_numbers(reader(*figures(3, "many")), node("crisis/c")).charts == ()
    assert read_numbers(reader(*figures(3, "NaN")), node("crisis/c")).charts == ()


def test_events_and_reports_of_a_crisis_are_no_figures() -> None:
    graph = reader((node("event/e"), "aid:crisis", node("crisis/c")))
    assert read_numbers(graph, node("crisis/c")).rows == ()

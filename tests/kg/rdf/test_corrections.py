"""Corrections as RDF: what they say, and that they stand apart from the facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pyoxigraph as ox

from kg.merge.events import merge_readings
from kg.rdf.iris import Iris
from kg.rdf.quads import reading_quads
from kg.records import Correction, Figure, Overruled, PartialDate, Quantity, Reading, Span

MADE = Correction(
    "change report", "Foreign desk", PartialDate("2024-05-02"), "It came later.", "a_1.corrections.yaml:4",
    replaced=(Overruled("phase", "pledged", (Span(11, 52),)),), reports=(0,),
)  # fmt: skip
Facts = Callable[..., dict[str, dict[str, set[str]]]]
Make = Callable[..., Reading]


def corrections(found: dict[str, dict[str, set[str]]]) -> dict[str, dict[str, set[str]]]:
    return {name: told for name, told in found.items() if "#correction-" in name}


def test_correction_tells_who_when_why_and_what_came_of_it(reading: Make, facts: Facts) -> None:
    found = facts(reading(corrections=(MADE,)))
    ((node, told),) = corrections(found).items()
    report = "article/a-1#report-arland-beland-delivered"
    assert told["name"] == {'"change report"'}
    assert told["description"] == {'"It came later."'}
    assert told["date"] == {'"2024-05-02"^^<xsd:date>'}
    assert told["generated"] == {f"<{report}>"}
    assert found[report]["wasGeneratedBy"] == {f"<{node}>"}
    assert found["article/a-1#editor-foreign-desk"]["name"] == {'"Foreign desk"'}


def test_what_was_replaced_stands_in_words_with_its_evidence(reading: Make, facts: Facts) -> None:
    found = facts(reading(corrections=(MADE,)))
    (gone,) = (told for name, told in found.items() if "#overruled-" in name)
    assert (gone["name"], gone["text"]) == ({'"phase"'}, {'"pledged"'})
    assert gone["evidence"] == {"<article/a-1#char-11-52>"}
    assert gone["wasInvalidatedBy"] == {f"<{next(iter(corrections(found)))}>"}


def test_correction_that_was_not_applied_leaves_nothing(reading: Make, facts: Facts) -> None:
    assert facts(reading(corrections=(replace(MADE, problem="fits nothing"),))) == facts(reading())


def test_name_of_a_correction_hangs_neither_on_its_line_nor_on_its_number(reading: Make, facts: Facts) -> None:
    other = Correction("unlink", "Foreign desk", PartialDate("2024-05-02"), "No.", "a_1.corrections.yaml:4")
    alone = corrections(facts(reading(corrections=(MADE,))))
    later = corrections(facts(reading(corrections=(other, replace(MADE, place="a_1.corrections.yaml:90")))))
    assert len(later) == 2
    assert alone.keys() < later.keys()


def test_correction_may_make_several_facts(reading: Make, facts: Facts) -> None:
    figure = Figure("deaths", Quantity(Decimal(3)), Span(0, 9))
    found = facts(reading(figures=(figure,), corrections=(replace(MADE, figures=(0,)),)))
    ((_, told),) = corrections(found).items()
    assert told["generated"] == {"<article/a-1#report-arland-beland-delivered>", "<article/a-1#stat-deaths>"}


def test_corrections_stand_in_a_graph_of_their_own_and_facts_do_not(reading: Make) -> None:
    one = reading(corrections=(MADE,))
    quads = set(reading_quads(one, merge_readings([one]), Iris("http://x/")))
    graphs: dict[str, set[ox.Triple]] = {}
    for quad in quads:
        name = "" if isinstance(quad.graph_name, ox.DefaultGraph) else quad.graph_name.value.rpartition("/")[2]
        graphs.setdefault(name, set()).add(quad.triple)
    plain = reading()
    facts = {quad.triple for quad in reading_quads(plain, merge_readings([plain]), Iris("http://x/"))}
    assert graphs.keys() == {"", "a-1", "a-1#corrections"}
    assert graphs["a-1"] == facts
    assert graphs[""] == graphs["a-1"] | graphs["a-1#corrections"]

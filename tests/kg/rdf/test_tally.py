"""What a reading says of the nodes of its graph is what its graph holds."""

from __future__ import annotations

from hypothesis import given, settings
from random_readings import readings

from kg.merge.events import merge_readings
from kg.rdf.iris import Iris
from kg.rdf.quads import reading_triples
from kg.rdf.tally import Tally, tally_of
from kg.rdf.terms import A, aid, schema
from kg.records import Reading

KINDS = (aid("AidReport"), schema("Observation"), schema("Quotation"))


@settings(max_examples=25, deadline=None)
@given(readings())
def test_tally_is_of_the_nodes_in_the_graph(told: list[Reading]) -> None:
    merged = merge_readings(told)
    for reading in told:
        (_, facts), _ = reading_triples(reading, merged, Iris("http://x/"))
        counts = [len({one.subject for one in facts if one.predicate == A and one.object == kind}) for kind in KINDS]
        assert tally_of(reading) == Tally(*counts)


def test_tallies_are_added_and_taken_away() -> None:
    assert Tally(3, 2, 1) + Tally(1, 0, 4) == Tally(4, 2, 5)
    assert Tally(4, 2, 5) - Tally(1, 0, 4) == Tally(3, 2, 1)

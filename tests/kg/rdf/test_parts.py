"""The lines of an article in parts are those of the whole, and hang on no more than they say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import msgspec
import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st
from random_readings import judgements, readings

from kg.merge.events import Merged, merge_readings
from kg.merge.judged import Judged
from kg.merge.told import Share
from kg.quadfile import in_graph
from kg.rdf.iris import Iris
from kg.rdf.parts import (
    Lines,
    common_lines,
    core_lines,
    described_lines,
    event_lines,
    graph_names,
    whole,
)  # fmt: skip
from kg.rdf.quads import common_quads, ontology_quads, reading_quads, reading_triples
from kg.records import Reading

IRIS = Iris("http://x/")
ONTOLOGY = {quad.triple for quad in ontology_quads()}
FEW = settings(max_examples=25, deadline=None)
Make = Callable[..., Reading]


def parts(reading: Reading, merged: Merged) -> tuple[bytes, bytes, Lines]:
    chosen = [merged.entities[one.key] for one in reading.entities if one.key in merged.entities]
    told = event_lines(reading, merged.share(reading), lambda key: merged.entities[key].name, IRIS)
    return core_lines(reading, IRIS), described_lines(reading, chosen, IRIS), told


def lines_of(triples: set[ox.Triple]) -> list[str]:
    return sorted(f"{triple} ." for triple in triples)


def written(lines: bytes) -> list[str]:
    return sorted(str(triple.triple) + " ." for triple in ox.parse(lines, ox.RdfFormat.N_TRIPLES))


@FEW
@given(readings().flatmap(judgements))
def test_parts_are_the_whole_with_each_line_once(made: tuple[list[Reading], list[Judged]]) -> None:
    told, judged = made
    merged = merge_readings(told, judged)
    for reading in told:
        lines = whole(*parts(reading, merged))
        (graph, facts), (corrections, changes) = reading_triples(reading, merged, IRIS)
        assert written(lines.article) == lines_of(facts)
        assert written(lines.corrections) == lines_of(changes)
        assert graph_names(reading.article.id, IRIS) == (graph.value, corrections.value)


@FEW
@given(readings().flatmap(judgements))
def test_core_hangs_on_the_reading_alone(made: tuple[list[Reading], list[Judged]]) -> None:
    told, judged = made
    for reading in told:
        (_, core), _ = reading_triples(reading, merge_readings(told, judged), IRIS)
        assert set(written(Lines.parse(core_lines(reading, IRIS)).article)) <= set(lines_of(core))


@FEW
@given(readings(most=3), st.data())
def test_article_changes_only_with_its_share_and_its_entities(told: list[Reading], data: st.DataObject) -> None:
    """What an increment rests on: an article is left alone where neither has changed."""
    others = told[1:]
    less, more = merge_readings(told[:1]), merge_readings([told[0], *others])
    same_share = less.share(told[0]) == more.share(told[0])
    same_words = all(less.entities[key] == more.entities[key] for key in less.entities)
    if same_share and same_words:
        assert parts(told[0], less) == parts(told[0], more)
    if not same_share:
        assert parts(told[0], less)[2] != parts(told[0], more)[2]


@FEW
@given(readings().flatmap(judgements))
def test_common_lines_are_those_of_the_whole(made: tuple[list[Reading], list[Judged]]) -> None:
    merged = merge_readings(*made)
    lines = b"".join(
        common_lines(
            event, merged.by_slug[event.fulfils] if event.fulfils else None, lambda key: merged.entities[key].name, IRIS
        )
        for event in merged.events
    )
    expected = {quad.triple for quad in common_quads(merged, IRIS)} - ONTOLOGY
    assert written(lines) == lines_of(expected)


@FEW
@given(readings())
def test_named_lines_are_quads_of_that_graph(told: list[Reading]) -> None:
    merged = merge_readings(told)
    for reading in told:
        lines, names = whole(*parts(reading, merged)), graph_names(reading.article.id, IRIS)
        quads = [*lines, *(in_graph(one, f"<{name}>") for one, name in zip(lines, names, strict=True))]
        assert set(ox.parse(b"".join(quads), ox.RdfFormat.N_QUADS)) == set(reading_quads(reading, merged, IRIS))


@FEW
@given(readings())
def test_lines_are_kept_in_one_piece(told: list[Reading]) -> None:
    for reading in told:
        lines = Lines.parse(core_lines(reading, IRIS))
        assert Lines.parse(lines.dump()) == lines
        assert bool(lines.corrections) == any(not one.problem for one in reading.corrections)
    assert Lines.parse(Lines(b"", b"x .\n").dump()) == Lines(b"", b"x .\n")


@FEW
@given(readings().flatmap(judgements))
def test_share_is_kept_as_json(made: tuple[list[Reading], list[Judged]]) -> None:
    merged = merge_readings(*made)
    for reading in made[0]:
        share = merged.share(reading)
        assert msgspec.json.decode(msgspec.json.encode(share), type=Share) == share


def test_share_says_where_the_event_is_told_as_well(reading: Make) -> None:
    one, other = reading(), reading(article={"id": "b"})
    shared, own = merge_readings([one, other]).share(one), merge_readings([one]).share(one)
    assert [told.alone for told in own.told] == [True]
    assert own.told == tuple(replace(told, alone=True) for told in shared.told) != shared.told

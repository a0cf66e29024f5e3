"""The fast validator finds what pySHACL finds, in whatever way our graph is spoilt."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import DataError, SettingsError
from kg.rdf.quads import ontology_quads
from kg.validate import engines, validate_quads
from kg.validate.results import Result, read_results
from kg.validate.shapes import shapes_text

CHANGES = 40
ORDERED = ("minValue", "maxValue", "hasEarliestBeginTimeStamp", "hasLatestEndTimeStamp")
ILL_TYPED = ("DatatypeConstraintComponent", "NodeConstraintComponent", "MaxCountConstraintComponent")
Key = tuple[str, str, str, str, str]
Mutate = Callable[[Sequence[ox.Triple], int, int], list[ox.Triple]]

if not engines.FAST_IS_HERE:
    pytest.skip("there is no fast validator for this machine", allow_module_level=True)


@pytest.fixture(scope="session")
def mutate() -> Mutate:
    path = Path(__file__).parents[2] / "shacl" / "mutation.py"
    spec = importlib.util.spec_from_file_location("mutation", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: Mutate = module.mutate
    return found


def example() -> list[ox.Triple]:
    """The example of the ontology: an article with all that we write, corrections included."""
    data = files("ontology").joinpath("example.ttl").read_bytes()
    return [quad.triple for quad in ox.parse(data, ox.RdfFormat.TURTLE)]


def results(engine: str, triples: Sequence[ox.Triple]) -> tuple[Result, ...]:
    data = ox.serialize([*triples, *(quad.triple for quad in ontology_quads())], format=ox.RdfFormat.N_TRIPLES)
    return read_results(engines.ENGINES[engine](bytes(data or b""), shapes_text()))


def keys(found: Sequence[Result]) -> set[Key]:
    """Focus node, path, constraint, shape and severity. The focus of a rule by query is the value."""
    return {
        (str(one.value if one.component.startswith("SPARQL") else one.focus), one.path, one.component, one.shape,
         one.severity)
        for one in found
    }  # fmt: skip


def without_ill_ordered(found: set[Key], others: set[Key]) -> set[Key]:
    """Values that cannot be compared break sh:lessThanOrEquals (SHACL, 4.5.4); pySHACL compares them as Python sorts
    them. Nodes with such values are found by both for the values' datatypes."""
    odd = {key[0] for key in found | others if key[1].endswith(ORDERED) and key[2] in ILL_TYPED}
    return {key for key in found if not (key[2].startswith("LessThan") and key[0] in odd)}


@pytest.mark.parametrize("seed", range(12))
def test_engines_find_the_same_in_a_spoilt_graph(mutate: Mutate, seed: int) -> None:
    spoilt = mutate(example(), CHANGES, seed)
    fast, reference = keys(results("fast", spoilt)), keys(results("reference", spoilt))
    assert without_ill_ordered(fast, reference) == without_ill_ordered(reference, fast)
    assert len(fast) > 10


def test_most_rules_are_broken_in_one_or_another_spoilt_graph(mutate: Mutate) -> None:
    """Else the comparison above would say little."""
    found = [keys(results("fast", mutate(example(), CHANGES, seed))) for seed in range(12)]
    assert len({(key[3], key[2]) for key in set().union(*found)}) > 100


def test_values_that_cannot_be_compared_are_told() -> None:
    """Where the two disagree, the fast one is right."""
    value = ox.NamedNode("http://schema.org/minValue"), ox.Literal("a few")
    figure = next(one.subject for one in example() if one.predicate.value == "http://schema.org/minValue")
    most = ox.Triple(figure, ox.NamedNode("http://schema.org/maxValue"), ox.Literal(5))
    found = keys(results("fast", [*example(), ox.Triple(figure, *value), most]))
    assert (str(figure), value[0].value, "LessThanOrEqualsConstraintComponent") in {key[:3] for key in found}


def test_engine_tells_what_it_cannot_read() -> None:
    nested = ox.Triple(ox.NamedNode("http://x/a"), ox.NamedNode("http://x/b"), ox.Literal("c"))
    quad = ox.Quad(ox.NamedNode("http://x/a"), ox.NamedNode("http://x/b"), nested)
    with pytest.raises(DataError, match="knows RDF"):
        validate_quads([quad], engine="reference")


def test_reference_tells_why_it_gives_up() -> None:
    start = ox.NamedNode("http://semanticweb.cs.vu.nl/2009/11/sem/hasEarliestBeginTimeStamp")
    event = next(one.subject for one in example() if one.predicate == start)
    with pytest.raises(DataError, match="--engine fast"):
        results("reference", [*example(), ox.Triple(event, start, ox.BlankNode("nameless"))])


def test_machine_without_the_fast_engine_has_the_reference(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "shacl", None)
    monkeypatch.delitem(sys.modules, "kg.validate.fast")
    monkeypatch.delattr("kg.validate.fast")
    try:
        poorer = importlib.reload(engines)
        assert (list(poorer.ENGINES), poorer.DEFAULT_ENGINE) == (["reference"], "reference")
    finally:
        monkeypatch.undo()
        importlib.reload(engines)


def test_engine_that_is_not_there_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.validate.check.ENGINES", {"reference": engines.ENGINES["reference"]})
    with pytest.raises(SettingsError, match="not installed"):
        validate_quads([], engine="fast")

"""The validators pass the official cases of what our shapes use."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.validate.engines import ENGINES
from kg.validate.results import read_results
from kg.validate.shapes import SH, shapes_text

CORE = Path(__file__).parent / "core"
MF, SHT = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#", "http://www.w3.org/ns/shacl-test#"
A = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
KNOWN = {
    ("reference", "uniqueLang-002"): 'takes sh:uniqueLang "1"^^xsd:boolean for true; only true itself counts',
    ("reference", "prefixes-001"): "follows no owl:imports to prefixes, and takes those of the data file for them",
}
"""What a validator is known to get wrong, by engine and case."""
NO_CONSTRAINTS = {
    "path", "inversePath", "property", "targetClass", "targetNode", "targetObjectsOf", "targetSubjectsOf", "message",
    "name", "severity", "select", "prefixes", "declare", "prefix", "namespace", "ignoredProperties",
}  # fmt: skip
"""Words of SHACL that say where a constraint applies or what is told of it; most are in the cases all the same."""

Key = tuple[str, str, str, str, str]


@dataclass(frozen=True)
class Case:
    """A test: data, shapes, and the results that are expected."""

    name: str
    data: bytes
    shapes: bytes
    results: frozenset[Key]


def cases() -> list[Case]:
    found = []
    for file in sorted(CORE.rglob("*.ttl")):
        quads = read(file)
        tests = (
            quad.subject for quad in quads if quad.predicate == A and quad.object == ox.NamedNode(f"{SHT}Validate")
        )
        found += [case(file, quads, test) for test in tests]
    return found


def read(file: Path) -> list[ox.Quad]:
    """Into no store, which would write ``1`` as ``true``."""
    return list(ox.parse(path=file, format=ox.RdfFormat.TURTLE, base_iri=file.as_uri()))


def case(file: Path, quads: list[ox.Quad], test: object) -> Case:
    (action,), (result,) = values(quads, test, f"{MF}action"), values(quads, test, f"{MF}result")
    data, shapes = (named(file, values(quads, action, f"{SHT}{kind}Graph")[0]) for kind in ("data", "shapes"))
    wanted = frozenset(expected(quads, one) for one in values(quads, result, f"{SH}result"))
    return Case(file.stem, bytes(ox.serialize(read(data), format=ox.RdfFormat.N_QUADS) or b""), turtle(shapes), wanted)


def named(file: Path, graph: object) -> Path:
    assert isinstance(graph, ox.NamedNode)
    return file if graph.value == file.as_uri() else file.parent / Path(graph.value).name


def turtle(file: Path) -> bytes:
    return f"@base <{file.as_uri()}> .\n".encode() + file.read_bytes()


def values(quads: list[ox.Quad], node: object, name: str) -> list[object]:
    return [quad.object for quad in quads if quad.subject == node and quad.predicate == ox.NamedNode(name)]


def expected(quads: list[ox.Quad], result: object) -> Key:
    focus, path, found, component, severity = (
        next(iter(values(quads, result, SH + name)), None)
        for name in ("focusNode", "resultPath", "value", "sourceConstraintComponent", "resultSeverity")
    )
    return key(focus, path if isinstance(path, ox.NamedNode) else None, found, component, severity)


def key(focus: object, path: object, found: object, component: object, severity: object) -> Key:
    """Nameless nodes have other labels in every report."""
    first, second, third = ("_" if isinstance(term, ox.BlankNode) else str(term or "") for term in (focus, path, found))
    return first, second, third, str(component), str(severity)


def names(text: bytes) -> set[str]:
    return {
        quad.predicate.value.removeprefix(SH)
        for quad in ox.parse(text, ox.RdfFormat.TURTLE)
        if quad.predicate.value.startswith(SH)
    }


CASES = cases()


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_engine_finds_what_the_suite_expects(case: Case, engine: str, request: pytest.FixtureRequest) -> None:
    if (why := KNOWN.get((engine, case.name))) is not None:
        request.applymarker(pytest.mark.xfail(reason=why, strict=True))
    found = {
        key(
            result.focus,
            ox.NamedNode(result.path) if result.path else None,
            result.value,
            ox.NamedNode(SH + result.component),
            ox.NamedNode(SH + result.severity if ":" not in result.severity else result.severity),
        )
        for result in read_results(ENGINES[engine](case.data, case.shapes))
    }
    assert found == case.results


def test_cases_are_found() -> None:
    assert len(CASES) > 60
    assert sum(len(case.results) for case in CASES) > 100


def test_every_constraint_of_our_shapes_has_a_case() -> None:
    tested = set().union(*(names(case.shapes) for case in CASES))
    assert names(shapes_text()) - NO_CONSTRAINTS <= tested

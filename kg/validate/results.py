"""SHACL's validation report, read into records: the same from whatever engine it comes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg.validate.shapes import SH, shapes_by_iri

RdfTerm = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_RESULT: Final = ox.NamedNode(f"{SH}result")


@dataclass(frozen=True, slots=True)
class Result:
    """One result (https://www.w3.org/TR/shacl/#results-validation-result).

    ``path`` is an IRI, one after ``^``, or empty. ``component`` and ``severity`` are the names of SHACL's terms, as
    ``MinCountConstraintComponent`` and ``Violation``; ``shape`` is the IRI of the shape that was broken.
    """

    focus: RdfTerm
    path: str
    value: RdfTerm | None
    component: str
    shape: str
    severity: str

    @property
    def key(self) -> tuple[str, ...]:
        """What tells results apart and puts them in order."""
        value = "" if self.value is None else str(self.value)
        return str(self.focus), self.path, value, self.component, self.shape, self.severity


def read_results(report: bytes) -> tuple[Result, ...]:
    """The results of a report in N-Triples, in order. Details of results, which only some engines give, are left out.

    One node of two classes may break one shape twice, which is told once.
    """
    facts: defaultdict[object, dict[str, RdfTerm]] = defaultdict(dict)
    found = []
    for quad in ox.parse(report, ox.RdfFormat.N_TRIPLES):
        if quad.predicate == _RESULT:
            found.append(quad.object)
        facts[quad.subject][quad.predicate.value.removeprefix(SH)] = quad.object
    return in_order(_result(facts[node]) for node in found)


def in_order(results: Iterable[Result]) -> tuple[Result, ...]:
    """Each result once, sorted."""
    return tuple(sorted(set(results), key=lambda result: result.key))


def _result(facts: dict[str, RdfTerm]) -> Result:
    shape, path = _iri(facts.get("sourceShape")), _iri(facts.get("resultPath"))
    known = shapes_by_iri().get(shape)
    return Result(
        facts["focusNode"],
        path or (known.path if known else ""),
        facts.get("value"),
        _iri(facts["sourceConstraintComponent"]).removeprefix(SH),
        shape,
        _iri(facts["resultSeverity"]).removeprefix(SH),
    )


def _iri(term: RdfTerm | None) -> str:
    """The IRI of a term; empty for the blank node that a path of several steps is."""
    return term.value if isinstance(term, ox.NamedNode) else ""

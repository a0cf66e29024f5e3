"""What is wrong, in words: what each constraint of SHACL is broken by.

Validators word this each in their own way, and in terms of SHACL. What is expected instead, the shapes say themselves.
"""

from __future__ import annotations

from typing import Final

WRONG: Final[dict[str, str]] = {
    "ClassConstraintComponent": "is not of the class that it should be",
    "ClosedConstraintComponent": "is not expected here",
    "DatatypeConstraintComponent": "is of another datatype, or not written as its datatype wants",
    "DisjointConstraintComponent": "stands at two properties that exclude each other",
    "HasValueConstraintComponent": "lacks a value that it should have",
    "InConstraintComponent": "is none of the values that there are",
    "LessThanOrEqualsConstraintComponent": "is greater than it may be",
    "MaxCountConstraintComponent": "is there too often",
    "MaxInclusiveConstraintComponent": "is too great",
    "MinCountConstraintComponent": "is missing",
    "MinInclusiveConstraintComponent": "is too small",
    "MinLengthConstraintComponent": "is too short",
    "NodeConstraintComponent": "does not fit",
    "NodeKindConstraintComponent": "is an IRI, a text or a nameless node where it should not be",
    "NotConstraintComponent": "is what it must not be",
    "OrConstraintComponent": "fits none of the ways that there are",
    "PatternConstraintComponent": "is not written as it should be",
    "SPARQLConstraintComponent": "contradicts other facts",
    "UniqueLangConstraintComponent": "has two values in one language",
    "XoneConstraintComponent": "fits not exactly one of the ways that there are",
}
"""By the name of SHACL's constraint component (https://www.w3.org/TR/shacl/#core-components). Every component that
``ontology/shapes.ttl`` uses is here."""


def wrong_words(component: str) -> str:
    """What is wrong; the component's own name for one that our shapes do not use."""
    return WRONG.get(component, f"breaks {component.removesuffix('ConstraintComponent')}")

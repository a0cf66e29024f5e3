"""The suite is read whole, and what may fail is part of it."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest
from w3c.manifest import KINDS, Case

COUNTS = {
    "sparql10": {"QueryEvaluationTest": 283, "PositiveSyntaxTest": 149, "NegativeSyntaxTest": 50},
    "sparql11": {
        "QueryEvaluationTest": 239,
        "CSVResultFormatTest": 3,
        "PositiveSyntaxTest11": 66,
        "NegativeSyntaxTest11": 48,
        "UpdateEvaluationTest": 94,
        "PositiveUpdateSyntaxTest11": 42,
        "NegativeUpdateSyntaxTest11": 13,
        "ProtocolTest": 34,
        "ServiceDescriptionTest": 3,
        "GraphStoreProtocolTest": 13,
    },
}
"""The cases of the versions that don't change any more."""


@pytest.mark.parametrize("version", COUNTS)
def test_suite_is_read_whole(cases: tuple[Case, ...], version: str) -> None:
    kinds = Counter(case.kind for case in cases if case.id.startswith(version))
    assert dict(kinds) == COUNTS[version]


def test_every_kind_of_case_is_run(cases: tuple[Case, ...]) -> None:
    assert {case.kind for case in cases} <= set().union(*KINDS.values())


def test_known_failures_are_cases_of_the_suite(cases: tuple[Case, ...]) -> None:
    known = tomllib.loads((Path(__file__).parent / "known.toml").read_text(encoding="utf-8"))["known"]
    names = [name for group in known for name in group["cases"]]
    assert len(names) == len(set(names))
    assert set(names) <= {case.id for case in cases}
    assert all(group["reason"] for group in known)

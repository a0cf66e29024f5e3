"""The quality gate: builds are scored against gold annotations, and may neither fall nor leave their floors behind.

``gold/floors.toml`` holds for each corpus what a build reached, and the fingerprint of the gold files that it was
measured on. A score below its floor fails. One that is more than ``SLACK`` above it fails too and asks to raise the
floor, so that later losses are seen; lowering a floor takes an edit that a reviewer sees. The scorer, the seeds'
annotations and the development corpus lie in the folder that ``AIDGRAPH_SHARED`` names, and without it nothing is
scored. Two corpora are our own and lie in ``gold/``.
"""

from __future__ import annotations

import hashlib
import importlib.util
import tomllib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

FLOORS_FILE = Path(__file__).parent / "gold" / "floors.toml"
FLOORS: dict[str, dict[str, Any]] = tomllib.loads(FLOORS_FILE.read_text(encoding="utf-8"))
SLACK = 0.02
"""How far above its floor a score may be: about one more fact found in a corpus of two articles."""

Scores = dict[str, float]
Score = Callable[[str], Scores]


def fingerprint(gold: Path) -> str:
    """SHA-256 of the names and bytes of all gold files of a folder: texts and annotations."""
    digest = hashlib.sha256()
    for file in sorted((*gold.glob("*.json"), *gold.glob("*.txt"))):
        digest.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def fault(measure: str, value: float, floor: float | None, ceiling: float | None) -> str | None:
    """What is wrong with a score, in a sentence, or None."""
    if ceiling is not None:
        return f"{measure} is {value}, and may be {ceiling} at most" if value > ceiling else None
    assert floor is not None
    if value < floor:
        return f"{measure} is {value}, below its floor of {floor}"
    if value > round(floor + SLACK, 3):
        return f"{measure} is {value}, well above its floor of {floor}: raise the floor in {FLOORS_FILE.name}"
    return None


@pytest.fixture(scope="module")
def scorer(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("evaluate", shared / "corpus" / "evaluate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def score(scorer: ModuleType, corpus_folder: Callable[[str], Path], built_corpus: Callable[[str], Path]) -> Score:
    """Builds a corpus with the real command and scores it, once."""
    known: dict[str, Scores] = {}

    def scores_of(corpus: str) -> Scores:
        if corpus not in known:
            dump = scorer.Dump([built_corpus(corpus) / "dumps" / "aidgraph.nq.gz"])
            result, _ = scorer.evaluate(corpus_folder(corpus), dump, [], False)
            known[corpus] = {name: found["f1"] if isinstance(found, dict) else found for name, found in result.items()}
        return known[corpus]

    return scores_of


@pytest.mark.slow
@pytest.mark.parametrize(
    ("corpus", "measure"),
    [(corpus, name) for corpus, row in FLOORS.items() for name in (*row["floors"], *row.get("ceilings", {}))],
)
def test_score_keeps_to_its_floor(corpus: str, measure: str, score: Score) -> None:
    row = FLOORS[corpus]
    value = score(corpus)[measure]
    wrong = fault(measure, value, row["floors"].get(measure), row.get("ceilings", {}).get(measure))
    assert wrong is None, f"{corpus}: {wrong}\nall scores: {score(corpus)}"


@pytest.mark.parametrize("corpus", FLOORS)
def test_floors_belong_to_these_gold_files(corpus: str, corpus_folder: Callable[[str], Path]) -> None:
    found = fingerprint(corpus_folder(corpus))
    assert found == FLOORS[corpus]["fingerprint"], "other gold files: measure again, then set floors and fingerprint"


def test_seeds_scored_are_those_of_this_repository(shared: Path) -> None:
    for folder in sorted((FLOORS_FILE.parent / "seeds").iterdir()):
        name = folder.name
        assert (shared / "seeds" / f"{name}.json").read_bytes() == (folder / "gold.json").read_bytes()
        text = FLOORS_FILE.parents[2] / "seeds" / f"{name}.txt"
        assert (shared / "seeds" / f"{name}.txt").read_bytes() == text.read_bytes()


@pytest.mark.parametrize(
    ("value", "floor", "ceiling", "says"),
    [
        (0.89, 0.9, None, "below its floor of 0.9"),
        (0.9, 0.9, None, None),
        (0.92, 0.9, None, None),
        (0.921, 0.9, None, "raise the floor"),
        (0, None, 0, None),
        (1, None, 0, "may be 0 at most"),
    ],
)
def test_fault_tells_a_score_that_fell_or_outgrew_its_floor(
    value: float, floor: float | None, ceiling: float | None, says: str | None
) -> None:
    found = fault("event", value, floor, ceiling)
    assert found is None if says is None else says in str(found)


def test_fingerprint_changes_with_names_and_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("1")
    first = fingerprint(tmp_path)
    (tmp_path / "notes.md").write_text("not gold")
    assert fingerprint(tmp_path) == first
    (tmp_path / "a.txt").rename(tmp_path / "b.txt")
    second = fingerprint(tmp_path)
    (tmp_path / "b.txt").write_text("2")
    assert len({first, second, fingerprint(tmp_path)}) == 3

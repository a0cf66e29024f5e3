"""An unmodified Comunica, told the address of the fragments and nothing else, finds what the endpoint finds."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from live import Live, running

pytestmark = pytest.mark.slow

QUESTIONS = sorted((Path(__file__).parents[3] / "ontology" / "questions").glob("*.rq"))
Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def server(seeds_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """The server on what the seed articles tell."""
    with running(seeds_data, tmp_path_factory.mktemp("seeds"), "--workers", "1") as server:
        yield server
        assert server.stop() == 0


@pytest.fixture(scope="module")
def answers(server: Live, node_modules: Path) -> list[Rows]:
    """What Comunica answers to each question."""
    script = Path(__file__).with_name("ask.mjs")
    command = ["node", str(script), str(node_modules.parent), f"{server.address}/fragments", *map(str, QUESTIONS)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("place", range(len(QUESTIONS)), ids=[path.stem for path in QUESTIONS])
def test_comunica_answers_as_the_endpoint_does(place: int, server: Live, answers: list[Rows]) -> None:
    query = QUESTIONS[place].read_text(encoding="utf-8")
    expected = server.query(query, "application/sparql-results+json").rows
    assert _counted(answers[place]) == _counted(expected)


def test_most_questions_have_answers(answers: list[Rows]) -> None:
    assert sum(map(bool, answers)) >= 12


def _counted(rows: Rows) -> Counter[frozenset[tuple[str, str]]]:
    return Counter(frozenset(row.items()) for row in rows)

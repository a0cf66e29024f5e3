"""Comunica as it comes, told the addresses of endpoints and nothing else, over one and over two of ours."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from live import Live

pytestmark = pytest.mark.slow

QUESTIONS = sorted((Path(__file__).parents[2] / "ontology" / "questions").glob("*.rq"))
ITALY = "https://w3id.org/aidgraph/id/country/italy"

Ask = Callable[..., list[Any]]


@pytest.fixture(scope="session")
def ask(node_modules: Path) -> Ask:
    """Asks Comunica queries over servers; what it answers to each, as ``ask.mjs`` prints it."""

    def asked(servers: Sequence[Live], *queries: str) -> list[Any]:
        sources = " ".join(f"{server.address}/sparql" for server in servers)
        command = ["node", str(Path(__file__).with_name("ask.mjs")), str(node_modules.parent), sources, *queries]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    return asked


def by_content(rows: list[dict[str, str]]) -> list[list[tuple[str, str]]]:
    return sorted(sorted(row.items()) for row in rows)


@pytest.fixture(scope="session")
def answers(ask: Ask, endpoint: Live) -> list[Any]:
    """What Comunica answers to each competency question."""
    return ask([endpoint], *(path.read_text(encoding="utf-8") for path in QUESTIONS))


@pytest.mark.parametrize("place", range(len(QUESTIONS)), ids=[path.stem for path in QUESTIONS])
def test_question_is_answered_as_by_the_endpoint(place: int, endpoint: Live, answers: list[Any]) -> None:
    query = QUESTIONS[place].read_text(encoding="utf-8")
    expected = endpoint.query(query, "application/sparql-results+json").rows
    assert by_content(answers[place]) == by_content(expected)


def test_most_questions_have_answers(answers: list[Any]) -> None:
    assert sum(map(bool, answers)) >= 12


def test_ask_and_construct_are_answered(ask: Ask, endpoint: Live) -> None:
    graph = f"CONSTRUCT WHERE {{ <{ITALY}> a <http://schema.org/Country> }}"
    kind = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    found = ask([endpoint], f"ASK {{ <{ITALY}> ?p ?o }}", graph)
    assert found == [True, [[ITALY, kind, "http://schema.org/Country"]]]


def test_two_endpoints_are_joined(ask: Ask, endpoint: Live, other: Live) -> None:
    """Comunica finds out by itself which of the two knows what."""
    query = f"""
        PREFIX aid: <https://w3id.org/aidgraph/ontology#>
        PREFIX schema: <http://schema.org/>
        SELECT DISTINCT ?name ?continent {{
          ?event aid:recipient <{ITALY}> ; aid:donor ?donor . ?donor schema:name ?name .
          ?donor <http://example.org/continent> ?continent }}"""
    assert ask([endpoint, other], query) == [[{"name": "Russia", "continent": "Europe and Asia"}]]


def test_service_clause_leads_to_the_other_endpoint(ask: Ask, endpoint: Live, other: Live) -> None:
    query = f"""
        SELECT ?name ?continent {{ <{ITALY}> <http://schema.org/name> ?name
          SERVICE <{other.address}/sparql> {{ <{ITALY}> <http://example.org/continent> ?continent }} }}"""
    assert ask([endpoint], query) == [[{"name": "Italy", "continent": "Europe"}]]

"""Roles of clauses of giving, brought to one frame from passive, control, participles, relatives and nouns."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

import pytest

from kg.extract.frames import Clause, find_clauses

# sentence: trigger, agents, patients, receivers
CLAUSES: list[tuple[str, str, str, str, str]] = [
    ("Peru sent tents to Chile.", "sent", "Peru", "tents", ""),
    ("Peru gave Chile tents.", "gave", "Peru", "tents", "Chile"),
    ("Tents were sent by Peru.", "sent", "Peru", "Tents", ""),
    ("Peru and Brazil sent tents and water.", "sent", "Peru Brazil", "tents water", ""),
    ("Peru came and sent tents.", "sent", "Peru", "tents", ""),
    ("Peru ordered the navy to send tents.", "send", "navy Peru", "tents", ""),
    ("Peru wants to send tents.", "send", "Peru", "tents", ""),
    ("Peru helped Chile by sending tents.", "sending", "Peru", "tents", ""),
    ("Peru, which sent tents, is near.", "sent", "Peru", "tents", ""),
    ("The tents which Peru sent were warm.", "sent", "Peru", "which tents", ""),
    ("The tents sent by Peru were warm.", "sent", "Peru", "tents", ""),
    ("A plane carrying tents has landed.", "carrying", "plane", "tents", ""),
    ("Chile was given tents by Peru.", "given", "Peru", "tents", "Chile"),
    ("Peru will have sent tents by then.", "sent", "Peru", "tents", ""),
    ("The donation of tents by Peru was large.", "donation", "Peru", "tents", ""),
    ("Peru 's offer of tents was large.", "offer", "Peru", "tents", ""),
    ("Peru came to the rescue of Chile.", "came", "Peru", "Chile", ""),
]


def _clauses(read: Any, sentence: str) -> list[Clause]:
    return list(find_clauses(read(sentence).parsed.paragraphs[0]))


@pytest.mark.parametrize(("sentence", "trigger", "agents", "patients", "receivers"), CLAUSES)
def test_clause_has_its_roles(
    read: Any, sentence: str, trigger: str, agents: str, patients: str, receivers: str
) -> None:
    clause = next(clause for clause in _clauses(read, sentence) if clause.trigger.text == trigger)
    heads = [" ".join(head.text for head in role) for role in (clause.agents, clause.patients, clause.receivers)]
    assert heads == [agents, patients, receivers]


@pytest.mark.parametrize(
    ("sentence", "preposition", "heads"),
    [
        ("Peru sent tents to Chile and Bolivia.", "to", ["Chile", "Bolivia"]),
        ("Peru sent tents from Lima to Chile.", "from", ["Lima"]),
        ("Peru sent planes with tents.", "with", ["tents"]),
        ("Peru sent tents when ships sailed to Chile.", "to", []),
    ],
)
def test_obliques_are_those_of_the_clause_alone(read: Any, sentence: str, preposition: str, heads: list[str]) -> None:
    clause = _clauses(read, sentence)[0]
    assert [head.text for head in clause.after(preposition)] == heads


@pytest.mark.parametrize(
    ("sentence", "senses"),
    [
        ("Peru sent tents.", [("transfer", "dispatched")]),
        ("Peru pledged tents.", [("transfer", "pledged")]),
        ("Peru set aside tents.", [("transfer", "pledged")]),
        ("Peru helped Chile.", [("assist", "delivered")]),
        ("Chile received tents.", [("receive", "delivered")]),
        ("Chile asked for tents.", [("request", "requested")]),
        ("The tents arrived.", [("arrive", "delivered")]),
        ("Peru sold tents.", []),
        ("The given tents kept them warm.", []),
    ],
)
def test_lexicon_gives_sense_and_phase(read: Any, sentence: str, senses: list[tuple[str, str]]) -> None:
    assert [(clause.frame.sense, clause.frame.phase) for clause in _clauses(read, sentence)] == senses


def _lexicon() -> list[dict[str, Any]]:
    data = tomllib.loads(files("kg.extract").joinpath("data/frames.toml").read_text("utf-8"))
    return [entry for kind in data.values() for entry in kind]


@pytest.mark.parametrize("entry", _lexicon(), ids=lambda entry: entry["example"])
def test_example_of_the_lexicon_is_found(read: Any, entry: dict[str, Any]) -> None:
    assert entry["sense"] in {clause.frame.sense for clause in _clauses(read, entry["example"])}

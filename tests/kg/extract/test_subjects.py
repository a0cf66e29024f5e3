"""Who acts and what is acted on, from the parse of single sentences."""

from __future__ import annotations

from typing import Any

import pytest

from kg.extract.subjects import agents, clause_tokens, obliques, patients, receivers, relative_noun
from kg.extract.tokens import Token


def _verb(read: Any, sentence: str, word: str) -> Token:
    doc = read(sentence).parsed.paragraphs[0].doc
    return next(token for token in doc if token.text == word)


@pytest.mark.parametrize(
    ("sentence", "verb", "who"),
    [
        ("Oman, along with Chad, sent tents.", "sent", "Oman Chad"),
        ("Oman, joined by Chad, sent tents.", "sent", "Oman Chad"),
        ("Tents were sent by Oman and by Chad.", "sent", "Oman Chad"),
        ("Mali was given two tents by Chad.", "given", "Chad"),
        ("Oman had tents flown in.", "flown", "Oman"),
        ("Oman was among the countries that sent tents.", "sent", "Oman"),
        ("It was Oman that sent tents.", "sent", "Oman"),
        ("Oman gave tents; Mali, rice; and Chad sent salt.", "sent", "Chad"),
        ("The tents arrived.", "arrived", "tents"),
    ],
)
def test_agents_are_those_who_act(read: Any, sentence: str, verb: str, who: str) -> None:
    assert " ".join(token.text for token in agents(_verb(read, sentence, verb))) == who


@pytest.mark.parametrize(
    ("sentence", "verb", "things", "takers"),
    [
        ("Peru gave Chile tents.", "gave", "tents", "Chile"),
        ("Tents were sent by Oman.", "sent", "Tents", ""),
        ("The minister added that lorries had left.", "added", "", ""),
        ("The tents which Oman sent were warm.", "sent", "which tents", ""),
    ],
)
def test_patients_and_receivers_are_told_apart(read: Any, sentence: str, verb: str, things: str, takers: str) -> None:
    trigger = _verb(read, sentence, verb)
    assert " ".join(token.text for token in patients(trigger)) == things
    assert " ".join(token.text for token in receivers(trigger)) == takers


@pytest.mark.parametrize(
    ("sentence", "verb", "pair"),
    [
        ("Tents came from Oman and from Chad.", "came", ("from", "Chad")),
        ("Chad, to which Oman sent tents, is dry.", "sent", ("to", "Chad")),
        ("Chad, where Omani nurses worked, is dry.", "worked", ("in", "Chad")),
    ],
)
def test_oblique_names_the_noun_it_stands_for(read: Any, sentence: str, verb: str, pair: tuple[str, str]) -> None:
    trigger = _verb(read, sentence, verb)
    found = [(word, head.text) for word, head in obliques(trigger, clause_tokens(trigger))]
    assert pair in found


def test_relative_noun_is_what_the_clause_is_about(read: Any) -> None:
    found = relative_noun(_verb(read, "They thanked Chad, whose nurses came.", "whose"))
    assert found is not None
    assert found.text == "Chad"


def test_relative_noun_is_none_in_a_main_clause(read: Any) -> None:
    assert relative_noun(_verb(read, "Chad sent tents.", "sent")) is None

"""Who gives and who is helped where the form of the words could mislead, on made-up documents of one flood."""

from __future__ import annotations

from typing import Any

import pytest

# What is tested; the sentences behind "Floods struck Chad."; the reports.
TOLD = {
    "stores abroad are no place of help": (
        "Oxfam said that kits had been flown from its stores in Lisbon and handed out.",
        ["oxfam > chad delivered"],
    ),
    "the object of supplying gets the goods": (
        "Norway has supplied Niger and Mali with 200 tents each.",
        ["norway > mali+niger delivered"],
    ),
    "those who share a gift get it": (
        "Drought struck Mali and Niger. Norway pledged $3 million, to be shared equally by the two countries.",
        ["norway > mali+niger pledged"],
    ),
    "those between whom goods are split get them": (
        "Drought struck Mali and Niger. Peru gave 200 tents to be split between both countries.",
        ["peru > mali+niger delivered"],
    ),
    "they are the nation of the sentence before": (
        "The Danes were quick. Their ambassador handed over a cheque for $200.",
        ["denmark > chad delivered"],
    ),
    "they are the state that speaks": (
        "Norway sent boats. Oman says they have unloaded 20 tents.",
        ["norway > chad dispatched", "oman > chad delivered"],
    ),
    "a list of help for one country ends there": (
        "Help so far:\n\nPeru – $2 million paid to UNICEF on 4 May.\n\nOman – $1 million given on 6 May.",
        ["oman > chad delivered", "peru > chad delivered"],
    ),
    "more countries struck than named": (
        "The seven countries hit by the floods have waited. Norway gave $2 million.",
        ["norway > - delivered"],
    ),
    "one of many countries struck, told by its place": (
        "Aid to the seven countries hit is slow. Peruvian planes ferried rice to camps on Moundou's northern edge.",
        ["peru > chad dispatched"],
    ),
    "a part to go somewhere is still to come": (
        "Oman announced $5 million, half of it to go to schools.",
        ["oman > chad pledged"],
    ),
}


@pytest.mark.parametrize(("text", "facts"), TOLD.values(), ids=TOLD)
def test_parties_of_a_giving(read: Any, text: str, facts: list[str]) -> None:
    assert read(f"Floods struck Chad. {text}", headline="Floods in Chad").facts == facts

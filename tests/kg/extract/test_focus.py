"""Whom a text is about, level by level, on made-up documents."""

from __future__ import annotations

from typing import Any

import pytest

from kg.extract.scene import Scene

# what is tested: headline, text, the crisis in force at the last sentence
IN_FORCE = {
    "the past goes on in the past": (
        "Flood in Chad",
        "Chad is under water.\n\nThe 2004 Indian Ocean tsunami killed thousands. Peru sent tents then.",
        "2004-indian-ocean-earthquake-and-tsunami",
    ),
    "now comes back to the news": (
        "Flood in Chad",
        "A flood struck Chad.\n\nAfter the 2004 Indian Ocean tsunami Peru sent tents. Now it sent boats.",
        "2018-chad-floods",
    ),
    "a relative clause keeps its crisis": (
        "Flood in Chad",
        "A flood struck Chad.\n\nPeru sent boats to Chad, which had helped after the 2004 Indian Ocean tsunami.",
        "2018-chad-floods",
    ),
}


@pytest.mark.parametrize(("headline", "text", "crisis"), IN_FORCE.values(), ids=IN_FORCE)
def test_crisis_in_force(read: Any, headline: str, text: str, crisis: str) -> None:
    scene: Scene = read(text, headline=headline).scene
    last = scene.parsed.paragraphs[-1]
    start = list(last.doc.sents)[-1].start
    assert scene.crisis_at(last, start) == f"crisis/{crisis}"


# what is tested: headline, text, the reports
TOLD = {
    "need told before sets the passage": (
        "A dry year",
        "Drought has struck Chad.\n\nMali is hungry too. Norway sent rice.",
        ["norway > mali dispatched"],
    ),
    "an opening place sets the passage": (
        "Floods in Chad",
        "Floods struck Chad.\n\nIn Mali the crops failed. Norway sent rice.",
        ["norway > mali dispatched"],
    ),
    "a heading names the place": (
        "Drought",
        "Chad\n\nNorway sent rice.\n\nMali\n\nDenmark sent tents.",
        ["denmark > mali dispatched", "norway > chad dispatched"],
    ),
    "people are helped by their nation": (
        "Hunger",
        "Drought has struck Chad and Mali.\n\nNorway gave $2 million for Malian herders.",
        ["norway > mali delivered"],
    ),
    "a body passes a gift on": (
        "Hunger",
        "Drought has struck Chad and Mali.\n\nNorway gave $2 million to the Red Cross in Mali.",
        ["norway > mali delivered"],
    ),
    "a body that spends a gift is no giver": (
        "Hunger in Chad",
        "Drought has struck Chad. Norway gave $2 million. The money will be spent by UNICEF.",
        ["norway > chad delivered"],
    ),
    "a lead shares its giver out among its lines": (
        "Hunger",
        "Drought. Norway has sent tents to two countries:\n\n- Chad: 300 tents\n\n- Mali: 20 tents",
        ["norway > chad dispatched", "norway > mali dispatched"],
    ),
    "what was asked for and given is told once": (
        "Floods in Chad",
        "Floods struck Chad. Chad asked for boats. Norway sent 20 boats.",
        ["norway > chad dispatched"],
    ),
    "of those struck only whom the text is about": (
        "Hurricane Ian leaves Cuba dark",
        "Hurricane Ian struck Cuba. Cuba has no power. Norway sent tents.\n\nThe United States has been quick. "
        "It sent 20 generators.",
        ["norway > cuba dispatched", "united-states > cuba dispatched"],
    ),
    "sums that differ stay apart": (
        "Floods in Chad",
        "Floods struck Chad. Norway gave $2 million. Norway gave a grant of $5 million.",
        ["norway > chad delivered", "norway > chad delivered"],
    ),
}


@pytest.mark.parametrize(("headline", "text", "facts"), TOLD.values(), ids=TOLD)
def test_rooms_of_the_text_tell_who_is_helped(read: Any, headline: str, text: str, facts: list[str]) -> None:
    assert read(text, headline=headline).facts == facts


def test_a_region_struck_itself_is_helped(read: Any) -> None:
    text = "The Horn of Africa drought has reached Somalia. Somalia lost herds, Kenya some.\n\nNorway gave $2 million."
    assert read(text, headline="Horn of Africa: dry wells", published="2011-08-20").facts == [
        "norway > horn-of-africa delivered"
    ]

"""Names in made-up sentences, before anybody knows what they mean."""

from __future__ import annotations

from typing import Any

import pytest

# sentence: its names, each "words (kind)" and, where told, "words (kind of state)"
NAMES: dict[str, list[str]] = {
    "Portugal sent two helicopters to Beira.": ["Portugal (place)", "Beira (place)"],
    "Danish and Swedish nurses flew to Ghana.": ["Danish (people)", "Swedish (people)", "Ghana (place)"],
    "The Ministry of Health of Peru sent tents.": ["Ministry of Health of Peru (organization of Peru)"],
    "The Portuguese navy sailed on Monday.": ["Portuguese navy (organization of Portuguese)"],
    "The Danish army (with the Swedish) left.": ["Danish army (organization of Danish)", "Swedish (people)"],
    "The Brazilian Air Force landed in Lima.": ["Brazilian Air Force (organization of Brazilian)", "Lima (place)"],
    "Several foreign navies sailed on Monday.": [],
    "Karen Holm spoke to Rui Matos in Lisbon.": ["Karen Holm (person)", "Rui Matos (person)", "Lisbon (place)"],
    "Danish President Karen Holm spoke in Accra.": ["Danish (people)", "Karen Holm (person)", "Accra (place)"],
    "The World Food Programme gave rice.": ["World Food Programme (organization)"],
    "Doctors Without Borders works in Aden.": ["Doctors Without Borders (organization)", "Aden (place)"],
    "The United Nations Office for the Coordination of Humanitarian Affairs wrote to Oslo.": [
        "United Nations Office for the Coordination of Humanitarian Affairs (organization)", "Oslo (place)",
    ],
    "The White House wrote to Ottawa.": ["White House (organization)", "Ottawa (place)"],
    "The Namibian Wells Foundation dug boreholes.": ["Namibian Wells Foundation (organization)"],
    "In the town of Dondo water is scarce.": ["Dondo (place)"],
    "Chile's president met Peru's.": ["Chile (place)", "Peru (place)"],
    "The ship left on Monday in May with turkey and rice.": [],
    "Blankets and tents were nice to have.": [],
}  # fmt: skip


def _told(name: Any) -> str:
    state = f" of {name.state}" if name.state else ""
    return f"{name.text.removeprefix('The ').removeprefix('the ')} ({name.kind}{state})"


@pytest.mark.parametrize(("sentence", "names"), NAMES.items())
def test_sentence_names(read: Any, sentence: str, names: list[str]) -> None:
    assert [_told(name) for name in read(sentence).names] == names


@pytest.mark.parametrize(
    ("sentence", "words", "disaster", "place", "year"),
    [
        ("A devastating earthquake shook Chile.", "devastating earthquake", "earthquake", "Chile", None),
        ("The 1960 Valdivia earthquake was strong.", "The 1960 Valdivia earthquake", "earthquake", "Valdivia", 1960),
        ("Floods in Mozambique have cut off Beira.", "Floods", "flood", "Mozambique", None),
        ("The Peruvian cholera epidemic of 1991 spread.", "Peruvian cholera epidemic", "epidemic", "Peruvian", 1991),
        ("Chile's earthquake was felt in Peru.", "Chile's earthquake", "earthquake", "Chile", None),
        ("Cyclone Idai has struck Mozambique.", "Cyclone Idai", "tropical-cyclone", "Mozambique", None),
        ("A typhoon has struck the Philippines.", "typhoon", "tropical-cyclone", "Philippines", None),
        ("The war in Biafra goes on.", "war", "conflict", "Biafra", None),
        ("The Yemeni war goes on.", "Yemeni war", "conflict", "Yemeni", None),
        ("Ebola broke out again.", "Ebola", "viral-epidemic", None, None),
    ],
)  # fmt: skip
def test_crisis_is_named_with_kind_place_and_year(
    read: Any, sentence: str, words: str, disaster: str | None, place: str | None, year: int | None
) -> None:
    crises = [name for name in read(sentence).names if name.kind == "crisis"]
    assert [(name.text, name.disaster, name.state, name.year) for name in crises] == [(words, disaster, place, year)]


@pytest.mark.parametrize(
    "sentence", ["The war of words went on.", "A flood of letters came.", "He won the storm of applause."]
)
def test_figure_of_speech_names_no_crisis(read: Any, sentence: str) -> None:
    assert [name.text for name in read(sentence).names if name.kind == "crisis"] == []


def test_names_lie_in_the_text_and_do_not_overlap(read: Any) -> None:
    document = read(
        "Peru’s army – and the “Red Cross” – sent €2m to Chile.\n\nChile thanked Peru.", headline="Aid ❤ Chile"
    )
    assert [name.span.of(document.article.text) for name in document.names] == [name.text for name in document.names]
    assert all(one.span.end <= other.span.start for one, other in zip(document.names, document.names[1:], strict=False))

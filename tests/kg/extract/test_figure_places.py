"""Which place a figure is about, in sentences and small documents read through all stages up to the figures."""

from __future__ import annotations

from collections.abc import Callable

import pytest

ReadFigures = Callable[..., tuple[str, ...]]


@pytest.mark.parametrize(("sentence", "expected"), [
    ("Relief planes left Ghana for Somalia, where 300,000 people are starving.", "affected-people 300000 somalia"),
    ("Japan sent $2 million to Lebanon, one of Asia's smallest countries, which has taken in 900,000 refugees.",
     "displaced 900000 lebanon"),
    ("Germany thanked Malawi, where the rains failed and left 5 million people hungry.",
     "affected-people 5000000 malawi"),
    ("Norway promised money for Beira, a port of 500,000 people.", "population 500000 beira"),
])
def test_clause_that_describes_a_place_counts_there(
    read_figures: ReadFigures, sentence: str, expected: str
) -> None:
    assert read_figures(sentence)[-1:] == (expected,)


@pytest.mark.parametrize(("sentence", "expected"), [
    ("Turkey sent two aircraft to Mozambique as the number of people killed there rose to 600.",
     "deaths 600 mozambique"),
    ("The French government flew nurses to Vanuatu after 40 people died there.", "deaths 40 vanuatu"),
])
def test_there_means_the_place_behind_the_last_preposition(
    read_figures: ReadFigures, sentence: str, expected: str
) -> None:
    assert read_figures(sentence)[-1:] == (expected,)


@pytest.mark.parametrize(("sentence", "expected"), [
    ("In Indonesia 1,700 deaths have been recorded, mainly in Palu.", "deaths 1700 indonesia"),
    ("In Peru 4,000 people lie injured in wards as far away as Lima.", "injured 4000 peru"),
    ("In Kenya 20 people died, a spokesman told reporters in Geneva.", "deaths 20 kenya"),
    ("In Haiti 90,000 children are malnourished, an agency said, noting that it had opened nine wards in Jacmel.",
     "affected-people 90000 haiti"),
])
def test_place_told_aside_is_not_the_figure_s(read_figures: ReadFigures, sentence: str, expected: str) -> None:
    assert read_figures(sentence)[:1] == (expected,)


@pytest.mark.parametrize(("sentence", "expected"), [
    ("Some 2,000 people were evacuated from Lesbos.", ("displaced 2000 lesbos",)),
    ("About 1.4 million people have fled Sudan, 600,000 of them to Chad.",
     ("displaced 1400000 sudan", "displaced 600000 chad")),
    ("The flood killed 800 people, about 600 of them in Pakistan.",
     ("deaths 800 pakistan", "deaths 600 pakistan")),
    ("Some 200,000 refugees from Burundi live in Tanzania.", ("displaced 200000 tanzania",)),
    ("Five people were killed when Aleppo was shelled at dawn.", ("deaths 5 aleppo",)),
])
def test_flight_and_parts_have_places_of_their_own(
    read_figures: ReadFigures, sentence: str, expected: tuple[str, ...]
) -> None:
    assert read_figures(sentence) == expected


@pytest.mark.parametrize(("sentence", "expected"), [
    ("Of the dead, 300 were in Lima and 40 in Cusco.", ("deaths 300 lima", "deaths 40 cusco")),
    ("Of the injured, 90 were in Kathmandu, 12 in neighbouring Patan.", ("injured 90 kathmandu", "injured 12 patan")),
    ("In Nepal 700 houses collapsed and 4,000 were badly damaged.", ("damage 700 nepal", "damage 4000 nepal")),
])
def test_parts_of_a_whole_are_figures(read_figures: ReadFigures, sentence: str, expected: tuple[str, ...]) -> None:
    assert read_figures(sentence) == expected


@pytest.mark.parametrize(("headline", "text", "expected"), [
    ("Aid for Sichuan earthquake", "The earthquake struck Sichuan in China on Monday.\n\nSome 300 people died.",
     "deaths 300 sichuan"),
    ("Chile sends blankets after earthquake in Ecuador",
     "An earthquake struck Ecuador on Monday.\n\nThe Chilean government said 300 people had died.",
     "deaths 300 ecuador"),
    ("Aid for Ecuador after the earthquake",
     "An earthquake struck Ecuador.\n\nChile's health ministry has recorded 20 deaths.", "deaths 20 chile"),
    ("Floods in Mozambique", "Floods struck Mozambique on Monday.\n\nSix people were killed on the Beira road.",
     "deaths 6 mozambique"),
    ("Floods in Mozambique", "Floods struck Mozambique.\n\nSome 9,000 people are sheltering in Tete, Nampula, "
     "Niassa and Gaza.", "displaced 9000 mozambique"),
    ("Peru sends nurses as Gorkha earthquake toll passes 4,000", "The Gorkha earthquake struck Nepal on Monday.",
     "deaths 4000 nepal"),
    ("Peru sends nurses to Nepal as toll passes 4,000", "The earthquake struck Nepal on Monday.",
     "deaths 4000 nepal"),
    ("Floods in Mali", "Floods struck Mali.\n\nSome 7,000 people are sheltering in 12 schools in Gao, Mopti and "
     "Timbuktu.", "displaced 7000 mali"),
    ("Earthquake in Ecuador", "An earthquake struck Ecuador.\n\nWhen a lesser tremor killed 80 people, Britain sent "
     "a single nurse.", "deaths 80 ecuador"),
])
def test_figure_without_a_place_belongs_to_what_was_struck(
    read_figures: ReadFigures, headline: str, text: str, expected: str
) -> None:
    assert read_figures(text, headline=headline)[-1:] == (expected,)

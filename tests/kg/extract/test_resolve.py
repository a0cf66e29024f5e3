"""Who words stand for: capitals that act, pronouns, descriptions, neighbours, groups, and what an article is about."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest


@pytest.mark.parametrize(
    ("text", "words", "meant"),
    [
        ("Lisbon promised tents.", "Lisbon", "portugal"),
        ("The letter from Lisbon was read.", "Lisbon", "portugal"),
        ("Tents were promised by Lisbon.", "Lisbon", "portugal"),
        ("Peru and Lisbon promised tents.", "Lisbon", "portugal"),
        ("The ministers met in Lisbon.", "Lisbon", "lisbon"),
        ("The doctors flew to Lisbon.", "Lisbon", "lisbon"),
        ("Kyoto promised tents.", "Kyoto", "kyoto"),
        ("Portugal has a fleet. It sails tomorrow.", "It", "portugal"),
        ("Portugal and its navy were ready.", "its", "portugal"),
        ("It is hard to know what Portugal has done.", "It", None),
        ("Karen Holm came home. She spoke at once.", "She", "karen-holm"),
        ("Norway is far away. The country sent tents.", "country", "norway"),
        ("Norway is far away. A country sent tents.", "country", None),
        ("Peru lies near Chile. Chile called its northern neighbour.", "neighbour", "peru"),
        ("Chile called its northern neighbour.", "neighbour", None),
        ("Zambia and Zimbabwe met. Zambia sent maize to its southern neighbour.", "neighbour", "zimbabwe"),
        ("Several nations wrote letters.", "Several nations", "several-nations"),
        ("Twelve countries wrote letters. They were short.", "They", "twelve-countries"),
        pytest.param(
            "The Red Cross has trucks. They are old.",
            "They",
            None,
            marks=pytest.mark.xfail(reason="only parties are thought of, never goods"),
        ),
        ("Portugal has old ties with Chile. It sent tents to the country.", "country", "chile"),
        ("Bolivia has no coast. Peru gave tents to the country.", "country", "bolivia"),
    ],
)
def test_words_stand_for(read: Any, text: str, words: str, meant: str | None) -> None:
    assert read(text).means(words) == meant


@pytest.mark.parametrize(
    ("text", "words", "form"),
    [
        ("Lisbon promised tents.", "Lisbon", "capital"),
        ("Tents stood in Lisbon.", "Lisbon", "name"),
        ("The Kremlin promised tents.", "The Kremlin", "seat"),
        ("Danish tents were sent.", "Danish", "demonym"),
        ("An earthquake shook Chile.", "earthquake", "crisis"),
        ("Norway is far away, yet it helped.", "it", "pronoun"),
    ],
)
def test_form_tells_how_words_stand_for_somebody(read: Any, text: str, words: str, form: str) -> None:
    document = read(text)
    assert [ref.form for ref in document.scene.refs if document.words(ref) == words] == [form]


@pytest.mark.parametrize(
    ("headline", "text", "crisis", "struck"),
    [
        ("Peru shaken", "An earthquake struck Peru. The earthquake was felt in Ecuador.", "2018 Peru earthquake",
         ("country/peru",)),
        ("", "Cyclone Idai struck Mozambique and Malawi.", "Cyclone Idai", ("country/mozambique", "country/malawi")),
        ("Ministers meet", "The ministers of Chile and Peru spoke of trade.", None, ()),
    ],
)  # fmt: skip
def test_topic_is_the_crisis_named_most(
    read: Any, headline: str, text: str, crisis: str | None, struck: tuple[str, ...]
) -> None:
    scene = read(text, headline=headline, published=None if "Idai" in text else "2018-06-20").scene
    name = scene.entities[scene.topic.crisis].name if scene.topic.crisis else None
    assert (name, set(scene.topic.struck)) == (crisis, set(struck))


def test_topic_says_why(read: Any) -> None:
    assert "no crisis" in read("The ministers of Chile and Peru spoke of trade.").scene.topic.why


def test_scene_knows_the_states_of_what_is_named(read: Any) -> None:
    assert "country/japan" in read("Tents were sent from Kyoto.").scene.entities


def test_references_are_in_text_order_and_do_not_overlap(read: Any) -> None:
    refs = read("Peru called its southern neighbour. Chile, the country said, was ready.\n\nIt was.").scene.refs
    places = [(ref.paragraph, ref.start, ref.end) for ref in refs]
    assert places == sorted(places)
    assert all(one[0] < other[0] or one[2] <= other[1] for one, other in pairwise(places))


def test_affiliation_makes_a_minister_speak_for_the_country(read: Any) -> None:
    scene = read("Danish Prime Minister Karen Holm flew to Accra. Holm brought tents.").scene
    assert scene.country_of("person/karen-holm") == "country/denmark"

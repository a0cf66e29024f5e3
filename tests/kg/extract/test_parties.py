"""Who a phrase means when it acts: states behind their organs, organisations, groups."""

from __future__ import annotations

from typing import Any

import pytest

from kg.extract.parties import parties, places

# sentence, head of the phrase: principals, implementers
PARTIES: list[tuple[str, str, str, str]] = [
    ("Peru sent tents.", "Peru", "peru", ""),
    ("Peruvian doctors sent tents.", "doctors", "peru", ""),
    ("Lisbon sent tents.", "Lisbon", "portugal", ""),
    ("The Kremlin sent tents.", "Kremlin", "russia", ""),
    ("The Peruvian army sent tents.", "army", "peru", "peruvian-army"),
    ("The Ministry of Health of Peru sent tents.", "Ministry", "peru", "peruvian-ministry-of-health"),
    ("UNICEF sent tents.", "UNICEF", "unicef", ""),
    ("Danish Prime Minister Karen Holm sent tents.", "Holm", "denmark", ""),
    ("Karen Holm sent tents.", "Holm", "karen-holm", ""),
    ("Erik Lund, head of UNICEF, sent tents.", "Lund", "unicef", ""),
    ("The government of Peru sent tents.", "government", "peru", ""),
    ("Nurses from Peru and Bolivia sent tents.", "Nurses", "peru bolivia", ""),
    ("Navies (Danish, Swedish) sent tents.", "Navies", "denmark sweden", ""),
    ("The friends of Peru sent tents.", "friends", "", ""),
    ("Several countries sent tents.", "countries", "several-countries", ""),
    ("Kyoto sent tents.", "Kyoto", "japan", ""),
    ("European doctors sent tents.", "doctors", "", ""),
    ("The doctors sent tents.", "doctors", "", ""),
    ("Peru, Bolivia and Chile sent tents.", "Peru", "peru bolivia chile", ""),
]


@pytest.mark.parametrize(("sentence", "head", "principals", "implementers"), PARTIES)
def test_phrase_means_parties(read: Any, sentence: str, head: str, principals: str, implementers: str) -> None:
    document = read(sentence)
    paragraph = document.parsed.paragraphs[0]
    found = parties(document.scene, paragraph, [next(token for token in paragraph.doc if token.text == head)])
    told = [{key.partition("/")[2] for key in keys} for keys in (found.principals, found.implementers)]
    assert told == [set(principals.split()), set(implementers.split())]


def test_same_party_named_twice_counts_once(read: Any) -> None:
    document = read("Peru sent tents and Peruvian doctors sent water.")
    paragraph = document.parsed.paragraphs[0]
    heads = [token for token in paragraph.doc if token.text in ("Peru", "doctors")]
    assert parties(document.scene, paragraph, heads).principals == ("country/peru",)


@pytest.mark.parametrize(
    ("sentence", "head", "found"),
    [
        ("Tents stood in Kyoto.", "Kyoto", ("place/kyoto",)),
        ("Tents stood in Japan.", "Japan", ()),
        ("Tents stood in the town of Kyoto.", "town", ("place/kyoto",)),
    ],
)
def test_location_is_a_place_below_a_country(read: Any, sentence: str, head: str, found: tuple[str, ...]) -> None:
    document = read(sentence)
    paragraph = document.parsed.paragraphs[0]
    token = next(token for token in paragraph.doc if token.text == head)
    assert places(document.scene, paragraph, [token]) == found

"""Definite descriptions on made-up documents: which party they may stand for, and which they never do."""

from __future__ import annotations

from typing import Any

import pytest

# the document, the words that describe, the slug of who is meant
MEANT = [
    ("Qatar and Peru met. The Gulf state sent tents.", "state", "qatar"),
    ("Cuba asked Brazil for rice. Brazil sent it to the island.", "island", "cuba"),
    ("UNICEF and the European Union met. The bloc gave money.", "bloc", "european-union"),
    ("NATO and Oxfam flew to Peru. The charity brought tents.", "charity", "oxfam"),
    ("NATO and Oxfam flew to Peru. The alliance brought tents.", "alliance", "nato"),
    ("The World Bank and UNICEF gave money. The bank gave most.", "bank", "world-bank"),
    ("Kuwait and Chad met. The Emir promised tents.", "Emir", "kuwait"),
    ("Kuwait and Chad met. The king of Jordan came.", "king", None),
    ("Chad was hungry. The state of the roads was bad.", "state", None),
    ("Peru and Chad met. The Gulf state sent tents.", "state", None),
    ("“We sent tents to Peru,” said a spokesman for Oxfam.", "We", "oxfam"),
    ("Dutch aid has reached Aceh. It included tents.", "It", "netherlands"),
    ("Chad let in a plane of Oxfam. It carried tents.", "It", "oxfam"),
    ("Chad thanked Mali. It was the first help to come.", "It", None),
]


@pytest.mark.parametrize(("text", "words", "slug"), MEANT)
def test_description_stands_for(read: Any, text: str, words: str, slug: str | None) -> None:
    assert read(text).means(words) == slug

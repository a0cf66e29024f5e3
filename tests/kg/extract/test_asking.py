"""Who asks whom to give, and when the asking is an order to one's own people."""

from __future__ import annotations

from typing import Any

import pytest

from kg.extract.asking import asked_by, orders_own
from kg.extract.tokens import Token


def _verb(read: Any, sentence: str) -> Token:
    doc = read(sentence).parsed.paragraphs[0].doc
    return next(token for token in doc if token.lemma_ == "send")


@pytest.mark.parametrize(
    ("sentence", "asker", "asked"),
    [
        ("Chad asked Oman to send tents.", "Chad", "Oman"),
        ("Chad called on Oman and Mali to send tents.", "Chad", "Oman Mali"),
        ("Chad appealed to Oman to send tents.", "Chad", "Oman"),
        ("The call by Chad to Oman to send tents was heard.", "Chad", "Oman"),
    ],
)
def test_asking_names_both_sides(read: Any, sentence: str, asker: str, asked: str) -> None:
    found = asked_by(_verb(read, sentence))
    assert found is not None
    assert [" ".join(t.text for t in side) for side in (found.askers, found.asked)] == [asker, asked]


@pytest.mark.parametrize(
    "sentence",
    [
        "Chad sent tents.",
        "Chad wants to send tents.",
        "Chad told Oman to send tents.",
        "Chad said it would send tents.",
    ],
)
def test_what_is_not_asked_is_no_request(read: Any, sentence: str) -> None:
    assert asked_by(_verb(read, sentence)) is None


@pytest.mark.parametrize(
    ("sentence", "own"),
    [("Chad asked its navy to send tents.", True), ("Chad asked Oman to send tents.", False)],
)
def test_order_goes_to_ones_own_people(read: Any, sentence: str, own: bool) -> None:
    assert orders_own(_verb(read, sentence).head) is own

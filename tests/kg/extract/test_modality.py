"""Phase and modality of a clause from its tense, modals, negation and what governs it."""

from __future__ import annotations

from typing import Any

import pytest

from kg.extract.modality import Standing, standing

# sentence with one form of "send" or "help": modality, phase where the sentence settles it
STANDINGS: dict[str, tuple[str | None, str | None]] = {
    "Peru sent tents.": ("asserted", None),
    "Peru has sent tents.": ("asserted", None),
    "Tents have been sent.": ("asserted", None),
    "Peru will send tents.": ("asserted", "pledged"),
    "Peru said it'll send tents.": ("asserted", "pledged"),
    "Peru is going to send tents.": ("asserted", "pledged"),
    "Peru sent no tents.": ("denied", None),
    "No tents were sent.": ("denied", None),
    "Nobody sent tents.": ("denied", None),
    "There is no doubt that Peru sent tents.": ("asserted", None),
    "Peru sent no fewer than 100 tents.": ("asserted", None),
    "Peru is to send tents.": ("asserted", "pledged"),
    "Tents are to be sent to Chile.": ("asserted", "pledged"),
    "Peru intends to send tents.": ("asserted", "pledged"),
    "Peru has offered to send tents.": ("asserted", "pledged"),
    "Peru promised that it would send tents.": ("asserted", "pledged"),
    "Peru announced it would send tents.": ("asserted", "pledged"),
    "Peru is willing to send tents.": ("asserted", "pledged"),
    "Peru confirmed its readiness to send tents.": ("asserted", "pledged"),
    "Peru hopes to send tents soon.": ("hypothetical", "pledged"),
    "Peru may send tents.": ("hypothetical", "pledged"),
    "Peru might have sent tents.": ("hypothetical", "pledged"),
    "Peru should send tents.": ("hypothetical", "pledged"),
    "Peru would send tents if it had any.": ("hypothetical", "pledged"),
    "Nobody knows whether Peru sent tents.": ("hypothetical", "pledged"),
    "Chile will rebuild if Peru sends tents.": ("hypothetical", "pledged"),
    "Peru did not send tents.": ("denied", None),
    "Peru never sent tents.": ("denied", None),
    "Peru has refused to send tents.": ("denied", None),
    "Peru forgot to send tents.": ("denied", None),
    "Peru rejected claims that it had sent tents.": ("denied", None),
    "Peru denies having sent tents.": ("denied", None),
    "Peru left without sending tents.": ("denied", None),
    "Peru did not hesitate to send tents.": ("asserted", None),
    "Peru did not forget to send tents.": ("asserted", None),
    "Peru will not send tents.": ("denied", "pledged"),
    "Peru does not plan to send tents.": ("denied", "pledged"),
    "Has Peru sent tents?": (None, None),
    "Chile accused Peru of sending tents.": (None, None),
    "Rivals alleged that Peru had sent tents.": (None, None),
    "Peru sent tents, although it may rain.": ("asserted", None),
    "Peru did not wait and sent tents.": ("asserted", None),
    "Peru, which may join the union, sent tents.": ("asserted", None),
    "Not only Peru sent tents.": ("asserted", None),
    "Peru sent tents, not blankets.": ("asserted", None),
}


def _standing(read: Any, sentence: str) -> Standing:
    doc = read(sentence).parsed.paragraphs[0].doc
    return standing(next(token for token in doc if token.lemma_ == "send"))


@pytest.mark.parametrize(("sentence", "expected"), STANDINGS.items())
def test_sentence_settles_how_sure_and_how_far(
    read: Any, sentence: str, expected: tuple[str | None, str | None]
) -> None:
    found = _standing(read, sentence)
    assert (found.modality, found.phase) == expected


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("Has Peru sent tents?", "a question"),
        ("Peru may send tents.", "“may”"),
        ("Peru did not send tents.", "negated"),
    ],
)
def test_reason_names_the_word_that_settled_it(read: Any, sentence: str, why: str) -> None:
    assert _standing(read, sentence).why == why

"""The recogniser of all words at once beside the model's own."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc

from kg.errors import ModelError
from kg.extract.nlp import MODEL
from kg.extract.recogniser import Recogniser, recognise_at_once

TEXTS = (
    "On 3 March 2011 the World Food Programme sent 1,200 tonnes of rice to Port Ruda in Honduras.",
    "Ana Halvorsen of Norway",
    "We flew from\nSri Lanka. New Zealand gave $2.5 million. Nobody in South\n\n Korea knew.",
    "“Last week,” Maria da Silva, Prime Minister of Peru’s eighth government since 1990, told Le Monde.",
    "",
    "  ",
    "Paris",
)


@pytest.fixture(scope="module")
def plain() -> Language:
    return spacy.load(MODEL)


@pytest.fixture(scope="module")
def at_once() -> Language:
    nlp = spacy.load(MODEL)
    recognise_at_once(nlp)
    return nlp


def _names(doc: Doc) -> tuple[list[tuple[int, int, str]], list[str]]:
    return [(name.start, name.end, name.label_) for name in doc.ents], [token.ent_iob_ for token in doc]


@pytest.mark.parametrize("batch", [1, 3, 128])
def test_names_are_those_of_the_model(plain: Language, at_once: Language, batch: int) -> None:
    found = [_names(doc) for doc in at_once.pipe(TEXTS, batch_size=batch)]
    assert found == [_names(doc) for doc in plain.pipe(TEXTS)]
    assert sum(len(names) for names, _ in found) > 8


def test_one_text_is_read_as_in_a_batch(plain: Language, at_once: Language) -> None:
    assert _names(at_once(TEXTS[0])) == _names(plain(TEXTS[0]))


def test_recogniser_that_searches_with_a_beam_is_refused() -> None:
    other = spacy.load(MODEL).get_pipe("ner")
    assert isinstance(other, EntityRecognizer)
    other.cfg["beam_width"] = 4
    with pytest.raises(ModelError, match="not foreseen"):
        Recogniser(other)

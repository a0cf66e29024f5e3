"""The remembered attribute ruler beside the model's own."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language

from kg.errors import ModelError
from kg.extract.attributes import RememberedRuler, remember_attributes
from kg.extract.nlp import MODEL

TEXTS = (
    "There are 40 tents, which it said that Oman had to give; but nothing else is known to me.",
    "I'm gonna go. Let's go, y'all; it ain't so. C'mon, you gotta do it! Nuthin' doin'.",
    "\n\n  “That, too,” they did.\tThe others, having had this, gave him those.  ",
    "",
)
PARTS = ("pos_", "tag_", "dep_", "lemma_", "morph")


@pytest.fixture(scope="module")
def remembered() -> Language:
    nlp = spacy.load(MODEL)
    remember_attributes(nlp)
    return nlp


@pytest.mark.parametrize("text", TEXTS, ids=["single words", "several words", "white space", "nothing"])
def test_attributes_are_those_of_the_ruler(remembered: Language, text: str) -> None:
    plain = spacy.load(MODEL)
    for _ in range(2):  # asked, then remembered
        found = [[str(getattr(token, part)) for part in PARTS] for token in remembered(text)]
        assert found == [[str(getattr(token, part)) for part in PARTS] for token in plain(text)]


@pytest.mark.parametrize("pattern", [{"SHAPE": "xx"}, {"LOWER": {"NOT_IN": ["a"]}}])
def test_pattern_that_sees_more_is_refused(pattern: dict[str, object]) -> None:
    ruler = spacy.blank("en").add_pipe("attribute_ruler")
    ruler.add([[pattern]], {"POS": "X"})
    with pytest.raises(ModelError, match="is not foreseen"):
        RememberedRuler(ruler)

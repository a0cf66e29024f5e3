"""Our copy of a parse beside spaCy's own objects."""

from __future__ import annotations

from typing import Literal

import pytest
import spacy
import spacy.tokens

from kg.extract.nlp import MODEL, copy_parse
from kg.extract.tokens import Doc

TEXT = """Oman’s navy, which had left Muscat on 3 May, brought 40 tents – and “three doctors” – to Chad's capital.
  "Nobody asked us," said Aisha Lund (55): what they need is rice, what they get is   paper. Was it $2.5m? Yes."""


@pytest.fixture(scope="module")
def pair() -> tuple[spacy.tokens.Doc, Doc]:
    parsed = spacy.load(MODEL)(TEXT)
    return parsed, copy_parse(parsed)


Pair = tuple[spacy.tokens.Doc, Doc]


@pytest.mark.parametrize(
    "name",
    [
        "i", "idx", "text", "text_with_ws", "whitespace_", "lower_", "lemma_", "pos_", "tag_", "dep_", "ent_type_",
        "is_alpha", "is_punct", "is_quote", "is_space", "is_sent_start", "like_num",
    ],
)  # fmt: skip
def test_token_has_what_spacy_tells_of_it(pair: Pair, name: str) -> None:
    parsed, copied = pair
    assert [getattr(token, name) for token in copied] == [getattr(token, name) for token in parsed]


@pytest.mark.parametrize("name", ["lefts", "rights", "children", "subtree", "ancestors"])
def test_token_leads_to_the_same_tokens(pair: Pair, name: str) -> None:
    parsed, copied = pair
    led = [[other.i for other in getattr(token, name)] for token in copied]
    assert led == [[other.i for other in getattr(token, name)] for token in parsed]
    assert any(led)


@pytest.mark.parametrize("name", ["head", "left_edge", "right_edge"])
def test_token_leads_to_the_same_token(pair: Pair, name: str) -> None:
    parsed, copied = pair
    assert [getattr(token, name).i for token in copied] == [getattr(token, name).i for token in parsed]


def test_sentences_and_names_are_the_same(pair: Pair) -> None:
    parsed, copied = pair
    assert [(one.start, one.end) for one in copied.sents] == [(one.start, one.end) for one in parsed.sents]
    assert [(one.text, one.label_) for one in copied.ents] == [(one.text, one.label_) for one in parsed.ents]
    assert [token.sent.text for token in copied] == [token.sent.text for token in parsed]
    assert len(copied.sents) > 2


def test_spans_are_the_same_however_they_are_cut(pair: Pair) -> None:
    parsed, copied = pair
    ends = [None, *range(-3, len(parsed) + 3)]
    for start in ends:
        for end in ends:
            theirs, ours = parsed[start:end], copied[start:end]
            assert (ours.start, ours.end, ours.text) == (theirs.start, theirs.end, theirs.text)
            assert (ours.start_char, ours.end_char) == (theirs.start_char, theirs.end_char)
            if len(ours):
                assert (ours.root.i, ours.sent.start, ours[-1].i) == (theirs.root.i, theirs.sent.start, theirs[-1].i)


@pytest.mark.parametrize("mode", ["strict", "expand", "contract"])
def test_characters_lead_to_the_same_spans(pair: Pair, mode: Literal["strict", "expand", "contract"]) -> None:
    parsed, copied = pair
    for start in range(-1, len(TEXT) + 2, 3):
        for end in range(start + 1, len(TEXT) + 2, 7):
            theirs = parsed.char_span(start, end, alignment_mode=mode)
            ours = copied.char_span(start, end, alignment_mode=mode)
            assert (ours is None) == (theirs is None)
            assert ours is None or (ours.start, ours.end) == (theirs.start, theirs.end)


@pytest.mark.parametrize("at", [-1, 0, 5])
def test_token_is_one_object(pair: Pair, at: int) -> None:
    _, copied = pair
    assert copied[at] is copied[at].children[0].head if copied[at].children else copied[at] is copied[:][at]
    assert copied[at] in {copied[at]}
    assert copied[at] != copied[at - 1]


@pytest.mark.parametrize("at", [10_000, -10_000])
def test_token_outside_is_an_error(pair: Pair, at: int) -> None:
    for doc in pair:
        with pytest.raises(IndexError):
            doc[at]
    with pytest.raises(IndexError):
        pair[1][2:4][at]


def test_spans_are_equal_where_they_cover_the_same(pair: Pair) -> None:
    _, copied = pair
    assert copied[2:4] == copied[1:5][1:3]
    assert len({copied[2:4], copied[2:4], copied[2:5]}) == 2
    assert copied[2:4] != copied[2:5]

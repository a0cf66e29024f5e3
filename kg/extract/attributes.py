"""spaCy's attribute ruler, with its answers remembered: parts of speech and forms from tags, words and relations.

The ruler tries its 179 patterns on every word anew, which takes a fifth of the whole parse. Nearly all of them look at
one word alone, at its tag, its relation and whether it is one of a few dozen words; so the ruler is asked once for each
such case, on a text of that one word, and its answer is kept. A text in which a pattern of several words matches is
left to the ruler itself. The outcome is the same, and a test compares the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import starmap
from typing import Any, Final, cast

from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc
from spacy.tokens._retokenize import set_token_attrs

from kg.errors import ModelError

_RULER: Final = "attribute_ruler"
_SEEN: Final[list[int | str]] = ["TAG", "LOWER", "DEP", "IS_SPACE"]

_WORDS_KEPT: Final = 20_000

_Case = tuple[int, int, int, int]


def remember_attributes(nlp: Language) -> None:
    """Put :class:`RememberedRuler` in the place of the model's attribute ruler.

    Raises:
        ModelError: the ruler has patterns that look at more than is remembered.
    """
    ruler = nlp.get_pipe(_RULER)
    assert isinstance(ruler, AttributeRuler)
    remembered = RememberedRuler(ruler)
    Language.component("remembered_ruler", func=remembered)
    nlp.add_pipe("remembered_ruler", after=_RULER)
    nlp.disable_pipe(_RULER)


class RememberedRuler:
    """Does to a parse what ``ruler`` does."""

    def __init__(self, ruler: AttributeRuler) -> None:
        self._ruler = ruler
        self._vocab = ruler.vocab
        self._several = Matcher(ruler.vocab)
        self._named = lru_cache(_WORDS_KEPT)(self._if_named)
        self._answers: dict[_Case, dict[int, Any]] = {}
        words: list[str] = []
        rules = cast("list[dict[str, list[list[dict[str, Any]]]]]", ruler.patterns)
        for pattern in (pattern for rule in rules for pattern in rule["patterns"]):
            if len(pattern) > 1:
                self._several.add(str(len(self._several)), [pattern])
            else:
                words.extend(_words_of(pattern[0]))
        self._words = re.compile("|".join(words))

    def __call__(self, doc: Doc) -> Doc:
        if self._several(doc, allow_missing=True):
            return self._ruler(doc)
        cases: list[_Case] = list(starmap(self._case, doc.to_array(_SEEN).tolist()))
        for token, case in zip(doc, cases, strict=True):
            answer = self._answers.get(case)
            if answer is None:
                answer = self._answers[case] = self._ask(case)
            set_token_attrs(token, answer)
        return doc

    def _case(self, tag: int, lower: int, dep: int, is_space: int) -> _Case:
        """What the patterns can see of a word; words that none of them names are alike."""
        return tag, self._named(lower), dep, is_space

    def _if_named(self, lower: int) -> int:
        return lower if self._words.search(self._vocab.strings[lower]) else 0

    def _ask(self, case: _Case) -> dict[int, Any]:
        """The ruler's answer for one such word: later patterns win, as in the ruler."""
        tag, lower, dep, is_space = case
        word = self._vocab.strings[lower] if lower else " " if is_space else "x"
        doc = Doc(self._vocab, words=[word], spaces=[False])
        doc[0].tag, doc[0].dep = tag, dep
        answer: dict[int, Any] = {}
        for number, *_ in self._ruler.match(doc):
            answer.update(self._ruler.attrs[number])
        return answer


def _words_of(pattern: dict[str, Any]) -> Iterator[str]:
    """Regular expressions for the words that a pattern of one word names.

    Raises:
        ModelError: it looks at something else than tag, word and relation, or names words in another way.
    """
    words = pattern.get("LOWER", {"IN": []})
    match words:
        case str():
            yield rf"\A{re.escape(words)}\Z"
        case {"IN": several, **rest} if not rest:
            yield from (rf"\A{re.escape(word)}\Z" for word in several)
        case {"REGEX": expression, **rest} if not rest:
            yield expression
        case _:
            raise ModelError(f"a pattern of the model's attribute ruler is not foreseen: {pattern!r}")
    if not set(_SEEN).issuperset(pattern):
        raise ModelError(f"a pattern of the model's attribute ruler is not foreseen: {pattern!r}")

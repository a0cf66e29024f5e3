"""How alike two names are, from 0 to 100. Small and capital letters, accents and punctuation do not count,
nor do the full stops of an abbreviation.

  100   the same words in the same order
   95   the same words in another order: ``Putin, Vladimir``
to 94   by the letters that would have to be changed (rapidfuzz's ``ratio``, with words in order or sorted)
to 75   one name has all words of the other and more: ``Red Cross``
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from kg.search.words import fold_words

SAME: Final = 100.0
TURNED: Final = 95.0
_LETTERS: Final = 0.94
_WORDS: Final = 0.75
_DOTTED: Final = re.compile(r"\b(?:\w\.){2,}")


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike a name and the nearest of a thing's names are; ``name`` is that one."""

    score: float
    name: str

    @property
    def is_same(self) -> bool:
        """Whether they are the same words."""
        return self.score == SAME


def undotted(text: str) -> str:
    """A text with its abbreviations as one word each: ``U.S. Army`` is ``US Army``."""
    return _DOTTED.sub(lambda letters: letters[0].replace(".", "") + " ", text)


def likeness(typed: str, names: Iterable[str]) -> Likeness:
    """The nearest of the names."""
    words = fold_words(undotted(typed))
    scored = (Likeness(_alike(words, fold_words(undotted(name))), name) for name in names)
    return max(scored, key=lambda one: one.score)


def _alike(typed: tuple[str, ...], words: tuple[str, ...]) -> float:
    if not typed or not words:
        return 0.0
    if typed == words:
        return SAME
    if sorted(typed) == sorted(words):
        return TURNED
    one, other = " ".join(typed), " ".join(words)
    letters = max(fuzz.ratio(one, other), fuzz.token_sort_ratio(one, other))
    return max(_LETTERS * letters, _WORDS * fuzz.token_set_ratio(one, other))

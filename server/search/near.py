"""Wrong spelling: words that no text has, replaced by the nearest that some text has.

Near is what a slip of the finger makes: a letter more, less or other, or two changed about (optimal string alignment,
by rapidfuzz), one of them in words of four to seven letters and two in longer ones. Shorter words have too many
neighbours, and numbers only right ones. The words are those of the index itself: a dictionary would know no names.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from kg.search.words import Asked, Term, function_words, other_numbers

SHORTEST: Final = 4
LONG: Final = 8
"""Letters from which on a word may have one slip, and two."""

ALTERNATIVES: Final = 3
"""Near words that are tried in place of one that is known but finds nothing beside the others."""


@dataclass(frozen=True)
class Spelling:
    """The words of the index, without numbers, and how many documents have each. Made once for each version."""

    documents: Mapping[str, int]

    @cached_property
    def _sorted(self) -> Sequence[str]:
        return sorted(self.documents)

    @cached_property
    def _by_length(self) -> Mapping[int, Sequence[str]]:
        lengths: dict[int, list[str]] = {}
        for word in self._sorted:
            lengths.setdefault(len(word), []).append(word)
        return lengths

    def has(self, word: str, *, is_open: bool = False) -> bool:
        """Whether some text has the word, in either number, or one that begins so."""
        if word in self.documents or any(other in self.documents for other in other_numbers(word)):
            return True
        return is_open and next(self.going_on(word), None) is not None

    def going_on(self, beginning: str) -> Iterator[str]:
        """The words that begin so, by the alphabet."""
        words = self._sorted
        for place in range(bisect_left(words, beginning), len(words)):
            if not words[place].startswith(beginning):
                return
            yield words[place]

    def near(self, word: str, *, is_open: bool = False) -> list[str]:
        """Words like this one, the nearest first, of these the most common; with ``is_open`` also beginnings of some.

        Of a beginning the first letter must be right: else half of the words begin so.
        """
        slips = allowed_slips(word)
        if not slips:
            return []
        lengths = range(len(word) - slips, len(word) + slips + 1)
        whole = [other for length in lengths for other in self._by_length.get(length, ())]
        found = {other: slip for other, slip, _ in _nearest(word, whole, slips)}
        if is_open:
            longer = [other for other in self.going_on(word[0]) if len(other) > len(word)]
            for _, slip, place in _nearest(word, [other[: len(word)] for other in longer], slips):
                found.setdefault(longer[place], slip)
        found.pop(word, None)
        return sorted(found, key=lambda other: (found[other], -self.documents[other], other))


def allowed_slips(word: str) -> int:
    """How many slips a word may have: its letters tell."""
    return 0 if not word.isalpha() or len(word) < SHORTEST else 1 if len(word) < LONG else 2


def _nearest(word: str, choices: Sequence[str], slips: int) -> list[tuple[str, int, int]]:
    found: list[tuple[str, int, int]] = process.extract(
        word, choices, scorer=OSA.distance, score_cutoff=slips, limit=None
    )
    return found


def read_spelling(index: sqlite3.Connection) -> Spelling:
    """The words of an index."""
    return Spelling(dict(index.execute("SELECT term, documents FROM spelling").fetchall()))


def close_words(asked: Asked, spelling: Spelling) -> Asked:
    """The search with words taken as whole that are words: who types ``aid`` and is done does not mean ``aides``."""
    return replace(
        asked,
        wanted=tuple(
            replace(term, is_open=False) if term.words[-1] in spelling.documents else term for term in asked.wanted
        ),
    )


def put_right(asked: Asked, spelling: Spelling) -> Asked:
    """The search with each word that no text has replaced by the nearest one; unchanged where there is none."""
    return replace(asked, wanted=tuple(_put_right(term, spelling) for term in asked.wanted))


def _put_right(term: Term, spelling: Spelling) -> Term:
    words = list(term.words)
    for place, word in enumerate(words):
        is_open = term.is_open and place == len(words) - 1
        if word not in function_words() and not spelling.has(word, is_open=is_open):
            words[place] = next(iter(spelling.near(word, is_open=is_open)), word)
    return replace(term, words=tuple(words))


def other_readings(asked: Asked, spelling: Spelling, times: int) -> Iterator[Asked]:
    """The search with one of its words replaced by a near one: for a word that is one, but not the one meant.

    Args:
        times: how many times as common the near word must be, so that a rare name is not taken for a slip.
    """
    for place, term in enumerate(asked.wanted):
        if len(term.words) == 1 and term.text not in function_words():
            enough = times * spelling.documents.get(term.text, 0)
            near = [word for word in spelling.near(term.text) if spelling.documents[word] >= enough]
            for word in near[:ALTERNATIVES]:
                changed = replace(term, words=(word,))
                yield replace(asked, wanted=(*asked.wanted[:place], changed, *asked.wanted[place + 1 :]))

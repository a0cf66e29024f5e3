"""What a person types into a search box, read into terms, and the expression of SQLite's FTS5 that finds them.

FTS5 has a language of its own, in which an apostrophe, a bracket or a stray ``OR`` is a syntax error. So nothing that
was typed is ever part of an expression but as a string in quotes. What is understood is what most people know of
search engines: ``"a phrase"``, ``-without``, ``begin*``.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib import resources
from typing import Final

MOST_TERMS: Final = 24
"""Terms that are looked for; the rest is left out. FTS5 cannot nest expressions deeper than 256, and nobody has
a question of so many words."""

SHORTEST_BEGINNING: Final = 2
"""Letters from which on a word may be a beginning: the index has beginnings of two, and one fits half of all texts."""

_PIECE: Final = re.compile(r'(?P<minus>-*)(?:"(?P<phrase>[^"]*)(?:"|\Z)|(?P<word>[^\s"]+))')
_QUOTES: Final = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_WORD: Final = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")
"""Letters and digits, with the accents that stand behind them: what FTS5's ``unicode61`` takes for a word."""


@dataclass(frozen=True, slots=True)
class Term:
    """Something to look for: a word, or several in a row.

    ``words`` are in small letters without accents; ``is_open``: the last one may go on; ``is_exact``: in quotes, so
    that neither another spelling nor the singular of a plural will do.
    """

    words: tuple[str, ...]
    is_excluded: bool = False
    is_open: bool = False
    is_exact: bool = False

    @property
    def text(self) -> str:
        """The words as one."""
        return " ".join(self.words)


@dataclass(frozen=True, slots=True)
class Asked:
    """A search: what is wanted, what must not be there, and whether something was left out."""

    wanted: tuple[Term, ...]
    excluded: tuple[Term, ...] = ()
    is_cut: bool = False

    @property
    def name(self) -> str:
        """All that is wanted, as the name of a thing would be written."""
        return " ".join(term.text for term in self.wanted)

    def content(self) -> Asked:
        """Without words that mean nothing by themselves (``who sent masks to Italy``), unless there are no others."""
        kept = tuple(term for term in self.wanted if term.is_exact or term.text not in function_words())
        return replace(self, wanted=kept or self.wanted)


def parse_search(text: str, *, is_open: bool = False) -> Asked:
    """Read what was typed. Anything can be read; what holds no letter or digit is nothing to look for.

    Args:
        is_open: the last word may be the beginning of one: somebody is still typing.
    """
    text = text.translate(_QUOTES)
    pieces = [*_PIECE.finditer(text)]
    terms = [term for piece in pieces if (term := _read(piece))]
    cut, terms = len(terms) > MOST_TERMS, terms[:MOST_TERMS]
    if is_open and terms and pieces and not text[-1:].isspace() and _read(pieces[-1]) == terms[-1]:
        terms[-1] = _opened(terms[-1])
    wanted = dict.fromkeys(term for term in terms if not term.is_excluded)
    excluded = dict.fromkeys(term for term in terms if term.is_excluded)
    return Asked(tuple(wanted), tuple(excluded), cut)


def _read(piece: re.Match[str]) -> Term | None:
    phrase, word = piece["phrase"], piece["word"]
    words = fold_words(phrase if phrase is not None else word)
    is_open = phrase is None and word.endswith("*") and len("".join(words[-1:])) >= SHORTEST_BEGINNING
    return Term(words, bool(piece["minus"]), is_open, phrase is not None) if words else None


def _opened(term: Term) -> Term:
    if term.is_exact or term.is_excluded or len(term.words[-1]) < SHORTEST_BEGINNING:
        return term
    return replace(term, is_open=True)


@lru_cache(maxsize=4096)
def fold_words(text: str) -> tuple[str, ...]:
    """The words of a text as the index has them: small letters, no accents (``unicode61 remove_diacritics 2``)."""
    return tuple(_fold(word) for word in _WORD.findall(text))


def _fold(word: str) -> str:
    """Only Latin letters lose their accents, as in FTS5: a Cyrillic ``й`` is a letter of its own."""
    parts = (unicodedata.normalize("NFD", char) for char in word if not unicodedata.combining(char))
    return "".join(part[0] if part[0].isascii() else unicodedata.normalize("NFC", part) for part in parts).lower()


def match_all(asked: Asked) -> str:
    """The FTS5 expression for texts that have every term.

    Raises:
        ValueError: nothing is wanted.
    """
    return _without(" AND ".join(_match(term) for term in asked.wanted), asked.excluded)


def match_most(asked: Asked) -> str:
    """The FTS5 expression for texts that have all terms but one.

    Raises:
        ValueError: nothing is wanted.
    """
    terms = [_match(term) for term in asked.wanted]
    choices = (" AND ".join([*terms[:place], *terms[place + 1 :]]) for place in range(len(terms)))
    return _without(" OR ".join(f"({choice})" for choice in choices if choice), asked.excluded)


def match_any(asked: Asked) -> str:
    """The FTS5 expression for texts that have some term.

    Raises:
        ValueError: nothing is wanted.
    """
    return _without(" OR ".join(_match(term) for term in asked.wanted), asked.excluded)


def own_words(expression: str) -> str:
    """The same expression for the text alone, without titles and other names."""
    return f"body : ({expression})"


def _without(wanted: str, excluded: Sequence[Term]) -> str:
    if not wanted:
        raise ValueError("a search needs a word that is wanted")
    unwanted = " OR ".join(_match(term) for term in excluded)
    return f"({wanted}) NOT ({unwanted})" if unwanted else wanted


def _match(term: Term) -> str:
    others = () if term.is_exact or len(term.words) > 1 else other_numbers(term.text)
    choices = [f'"{term.text}"' + (" *" if term.is_open else ""), *(f'"{other}"' for other in others)]
    return f"({' OR '.join(choices)})" if others else choices[0]


def other_numbers(word: str) -> tuple[str, ...]:
    """An English noun in the other number, as far as its spelling tells: ``masks`` for ``mask`` and back."""
    if len(word) < 3 or not word.isalpha() or not word.isascii():
        return ()
    if word.endswith("ies") and len(word) > 4:
        return (f"{word[:-3]}y",)
    if word.endswith(("ses", "xes", "zes", "ches", "shes")):
        return (word[:-2], word[:-1])
    if word.endswith("s"):
        return () if word.endswith(("ss", "us", "is")) else (word[:-1],)
    if word.endswith("y") and word[-2] not in "aeiou":
        return (f"{word[:-1]}ies",)
    return (f"{word}es",) if word.endswith(("x", "z", "ch", "sh")) else (f"{word}s",)


@cache
def function_words() -> frozenset[str]:
    """Words that mean nothing by themselves; a table beside this module."""
    table = tomllib.loads(resources.files("kg.search").joinpath("words.toml").read_text(encoding="utf-8"))
    return frozenset(word for words in table.values() for word in words)

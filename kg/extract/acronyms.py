"""Short names that the article itself explains: "the Namibian Wells Foundation (NWF)", and "NWF" from then on.

The recogniser knows few of them and takes some for places and persons. What stands in brackets behind a name is
its short form if the letters fit, as in Schwartz and Hearst, "A simple algorithm for identifying abbreviation
definitions in biomedical text" (PSB 2003): each letter is found from the end of the name backwards, and the first
letter begins a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.extract.candidates import Found, KindOf, name_words
from kg.extract.tokens import Doc

_SHORT = re.compile(r"[A-Z][A-Za-z&.-]{0,8}[A-Z.]")
_SMALL = frozenset(
    {"of", "for", "and", "the", "in", "on", "to", "de", "des", "du", "la", "&", "-", ",", "’s", "'s", "et", "y"}
)
_MORE = 4  # words that a name may have beyond the letters of its short form: small words and prefixes


def explained(docs: Iterable[Doc], kind_of: KindOf) -> dict[str, tuple[int, int, int]]:
    """The short names of bodies that the article explains, each with paragraph, start and end of the full name."""
    return {
        doc[bracket + 1].text: (index, start, bracket)
        for index, doc in enumerate(docs)
        for start, bracket in _explained(doc, kind_of)
    }


def find_explained(doc: Doc, index: int, known: dict[str, tuple[int, int, int]], kind_of: KindOf) -> Iterator[Found]:
    """The full names of a paragraph with an explained short form, and the short forms wherever they stand."""
    for paragraph, start, end in known.values():
        if paragraph == index:
            yield Found(start, end, "organization", 0)
    for token in doc:
        if token.text in known and kind_of(token.text) in (None, "organization"):
            yield Found(token.i, token.i + 1, "organization", 0)


def _explained(doc: Doc, kind_of: KindOf) -> Iterator[tuple[int, int]]:
    for token in doc[:-2]:
        short = doc[token.i + 1].text
        if token.text != "(" or doc[token.i + 2].text != ")" or _SHORT.fullmatch(short) is None:
            continue
        start = _start(doc, token.i, short)
        if start is not None and _is_body(doc, start, token.i, kind_of):
            yield start, token.i


def _start(doc: Doc, end: int, short: str) -> int | None:
    """Where the name begins that the letters of ``short`` are found in, read backwards from ``end``."""
    letters = [letter.lower() for letter in short if letter.isalnum()]
    for start in range(end - 1, max(-1, end - len(letters) - _MORE - 1), -1):
        words = [token.text.lower() for token in doc[start:end]]
        if doc[start].is_sent_start and doc[start].lower_ == "the":
            return None
        if words[0][0] == letters[0] and doc[start].text[0].isupper() and _spells("".join(words), letters):
            longer = _initials(doc, start - 1, end, letters) if start > 0 else False
            return start - 1 if longer else start
        if (
            doc[start].text not in _SMALL
            and not doc[start].text[0].isupper()
            and doc[start].text[0].isalpha()
            and start < end - 1
        ):
            return None
    return None


def _initials(doc: Doc, start: int, end: int, letters: list[str]) -> bool:
    """Whether the capitals of a longer name are just the letters: "United Nations Children Fund" for "UNCF"."""
    capitals = [token.text[0].lower() for token in doc[start:end] if token.text[0].isupper()]
    return doc[start].text[0].isupper() and capitals == letters


def _spells(word: str, letters: list[str]) -> bool:
    rest = iter(reversed(word))
    return all(any(letter == one for one in rest) for letter in reversed(letters))


def _is_body(doc: Doc, start: int, end: int, kind_of: KindOf) -> bool:
    """Whether the name is a body's and not a thing's: by the list, by its words, or by the recogniser."""
    words, table = doc[start:end], name_words()
    if kind_of(words.text) == "organization":
        return True
    if any(token.lower_ in table.institutions for token in words):
        return end - start > 1
    if any(token.lower_ in table.things for token in words) or end - start < 2:
        return False
    return all(token.ent_type_ == "ORG" for token in words[1:])

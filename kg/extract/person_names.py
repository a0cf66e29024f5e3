"""Persons whom the recogniser passes over: behind a title, or where they speak.

"laughed Superintendent Lennox Charter", "recalls Lars Holm": the words around leave no doubt, and the recogniser takes
such a name for a product, for nothing, or for half of itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.candidates import Found, KindOf, name_words
from kg.extract.speech_words import speech_table
from kg.extract.tokens import Doc, Token

_LONGEST = 4  # words of a name
_SMALL = frozenset({"de", "da", "di", "van", "von", "der", "den", "bin", "bint", "al", "el", "la", "le", "dos"})


def find_persons(doc: Doc, kind_of: KindOf) -> Iterator[Found]:
    """Names behind a title, and names of two words and more that speak."""
    for token in doc:
        if token.lower_ in name_words().personal and token.text[0].isupper():
            end = _name_end(doc, token.i + 1)
            if end > token.i + 1 and _is_free(doc, token.i + 1, end, kind_of):
                yield Found(token.i + 1, end, "person", 2)
        elif _speaks(token) and (start := _name_start(token)) < token.i and _is_free(doc, start, token.i + 1, kind_of):
            yield Found(start, token.i + 1, "person", 4)


def _speaks(token: Token) -> bool:
    says = token.head.lemma_.lower() in speech_table().verbs.lemmas and token.head.pos_ == "VERB"
    quoted = token.dep_ == "nsubjpass" and token.head.lemma_.lower() in speech_table().quoting.lemmas
    return (token.dep_ == "nsubj" or quoted) and _is_word(token) and says


def _name_start(token: Token) -> int:
    start = token.i
    while (
        start > 0
        and token.i - start < _LONGEST
        and _is_word(token.doc[start - 1])
        and not _is_title(token.doc[start - 1])
    ):
        start -= 1
    return start


def _name_end(doc: Doc, start: int) -> int:
    end = start
    while (
        end < len(doc) and end < start + _LONGEST and (_is_word(doc[end]) or (end > start and doc[end].text in _SMALL))
    ):
        end += 1
    while end > start and not _is_word(doc[end - 1]):
        end -= 1
    return end


def _is_word(token: Token) -> bool:
    return (
        token.pos_ == "PROPN"
        and token.text[0].isupper()
        and not _is_title(token)
        and token.is_alpha | ("-" in token.text)
    )


def _is_title(token: Token) -> bool:
    return token.lower_ in name_words().titles or token.lower_ in name_words().officers


def _is_free(doc: Doc, start: int, end: int, kind_of: KindOf) -> bool:
    """Whether the words are nothing else: neither listed nor with the word of a body in them, nor in capitals."""
    table = name_words()
    words = doc[start:end]
    if kind_of(words.text) is not None or words.text.isupper() or words.text.lower() in table.not_names:
        return False
    if any(token.ent_type_ in ("DATE", "TIME", "GPE", "LOC", "NORP") for token in words):
        return False  # "On Monday Oman promised"
    return not any(
        token.lower_ in table.institutions
        or token.lower_ in table.governments
        or kind_of(token.text) in ("people", "organization")
        for token in words
    )

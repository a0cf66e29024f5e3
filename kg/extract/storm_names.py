"""Storms with a name of their own: "Cyclone Nora", "Super Typhoon Lan", "tropical storm Eta", then "Nora" alone.

Weather offices name storms like persons, and the recogniser takes them for persons. What stands before the name
tells; a storm once named so is meant by its bare name in the rest of the article.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.extract.candidates import Found, KindOf, name_words
from kg.extract.crisis_names import listed_crisis
from kg.extract.tokens import Doc, Token

_BEFORE = frozenset(
    {"tropical", "super", "severe", "violent", "extremely", "very", "post", "-", "ex", "intense", "cyclonic"}
)
_NOT_STORMS = frozenset(
    {"warning", "warnings", "relief", "response", "center", "centre", "season", "committee", "appeal", "shelter"}
)


def named_storms(docs: Iterable[Doc]) -> dict[str, str]:
    """The names of the storms of an article, each with its kind, a concept of ``scheme/disaster``."""
    return {doc[name].text: kind for doc in docs for _, name, kind in _storms(doc)}


def find_storms(doc: Doc, known: dict[str, str], kind_of: KindOf) -> Iterator[Found]:
    """The storms of a paragraph, named in full or by the bare name of one that ``known`` has."""
    for start, name, kind in _storms(doc):
        yield replace(listed_crisis(doc, start, name + 1, kind_of), disaster=kind)
    for token in doc:
        if token.text in known and token.pos_ == "PROPN" and token.ent_type_ != "DATE":
            yield Found(token.i, token.i + 1, "crisis", 0, None, known[token.text])


def _storms(doc: Doc) -> Iterator[tuple[int, int, str]]:
    for token in doc[:-1]:
        kind = name_words().storms.get(token.lower_)
        name = doc[token.i + 1]
        if kind is None or not _is_storm_name(token, name):
            continue
        start = token.i
        while start > 0 and doc[start - 1].lower_ in _BEFORE:
            start -= 1
        if kind == "storm" and start == token.i and not token.text[0].isupper():
            continue  # "the storm Eta" is told, but "a storm Tuesday" is not
        yield start, name.i, kind


def _is_storm_name(kind: Token, name: Token) -> bool:
    fits = name.text[0].isupper() and name.text[1:].islower() and name.text.isalpha() and name.pos_ == "PROPN"
    return fits and name.lower_ not in _NOT_STORMS and name.ent_type_ != "DATE" and kind.lower_ != name.lower_

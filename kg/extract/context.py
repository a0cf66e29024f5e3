"""Whether the words around a giving speak of relief or of trade.

Verbs of giving are common: goods are shipped by firms, weapons supplied, players sent on. What is given says
much (:mod:`kg.extract.items`), the sentence and paragraph around it the rest. The words are data
(``data/context.toml``).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Literal

from kg.extract.acts import Context
from kg.extract.clauses import clause_of
from kg.extract.tokens import Span, Token

_OFTEN = 3  # words of need from which an article is about relief


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    data = tomllib.loads(files("kg.extract").joinpath("data/context.toml").read_text("utf-8"))
    return {name: _pattern(table["starts"], table.get("words", [])) for name, table in data.items()}


def _pattern(starts: list[str], words: list[str]) -> re.Pattern[str]:
    """``words`` are whole: "sold" is trade, "soldiers" are not."""
    begun, whole = ("|".join(map(re.escape, listed)) for listed in (starts, words))
    return re.compile(rf"\b(?:{begun}" + (rf"|(?:{whole})\b" if words else "") + ")", re.IGNORECASE)


def context_of(trigger: Token) -> Context:
    """What the sentence of a clause speaks of; if it says neither, its paragraph.

    Trade in another clause of the sentence does not count against a paragraph of relief: "has lifted the ban on
    exports and given tents".
    """
    relief, trade = _patterns()["relief"], _patterns()["trade"]
    sentence, paragraph = trigger.sent.text, trigger.doc.text
    if trade.search(sentence) and relief.search(paragraph) and not trade.search(_clause(trigger)):
        return "relief"
    for text in (sentence, paragraph):
        if relief.search(text):
            return "relief"
        if trade.search(text):
            return "trade"
    return "unclear"


def _clause(trigger: Token) -> str:
    clause = clause_of(trigger)
    return "".join(token.text_with_ws for token in trigger.sent if clause_of(token) == clause)


def speaks_of(table: Literal["giving", "promise"], text: str) -> bool:
    """Whether a heading speaks of giving, or of promises."""
    return bool(_patterns()[table].search(text))


def tells_need(sentence: Span) -> bool:
    """Whether a sentence tells of people in need: hungry, homeless, struck by a disaster."""
    return bool(_patterns()["need"].search(sentence.text))


def is_about_relief(texts: Iterable[str]) -> bool:
    """Whether an article that names no crisis speaks of need or relief all the same: in its headline, or again
    and again.

    Args:
        texts: the headline first, then the paragraphs.
    """
    headline, *body = texts
    need, trade = _patterns()["need"], _patterns()["trade"]
    if trade.search(headline) or sum(bool(trade.search(text)) for text in body) * 2 >= len(body) > 0:
        return False
    told = need.search(headline) or _patterns()["relief"].search(headline)
    return bool(told) or sum(len(need.findall(text)) for text in body) >= _OFTEN

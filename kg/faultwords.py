"""What the SPARQL parser expected, in words that people can use.

The engine lists every token that could have gone on at the point that it came to, character classes and all: two
thousand characters for a forgotten brace. Where its own checks failed there is a sentence among the tokens, which is
what the reader needs; else the first few tokens will do.
"""

from __future__ import annotations

import re
from typing import Final

_MOST: Final = 10
"""Tokens that are named."""

_ITEM: Final = re.compile(r"\[(?:'(?:\\.|[^'\\])*'|[^\]'])*\]|\"(?:\\.|[^\"\\])*\"|[^,\s][^,]*")
"""A class of characters, a token in quotes, or a word or a sentence."""

_SENTENCES: Final = {
    "Prefix not found": "a prefix is not declared",
    "IRI parsing failed": "an IRI is not valid",
}
"""Sentences of the engine that can be put better."""


def expected_words(rest: str) -> str:
    """The part of a parser's message behind the place, shortened: ``expected one of "}", FILTER, OPTIONAL``."""
    listed = re.fullmatch(r"expected (?:one of\s)?\s*(.*)", rest, re.DOTALL)
    if listed is None:
        return rest
    items = [item.strip() for item in _ITEM.findall(listed[1]) if not item.startswith("[")]
    sentences = [item for item in items if " " in item and not item.startswith('"')]
    if sentences:
        return "; ".join(_SENTENCES.get(sentence, sentence) for sentence in sentences)
    if not items:
        return "it cannot be read on from here"
    shown = ", ".join(items[:_MOST])
    many = "one of " if len(items) > 1 else ""
    return f"expected {many}{shown}{' and others' if len(items) > _MOST else ''}"

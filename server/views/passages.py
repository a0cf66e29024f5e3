"""An article's words with some of them marked: the words of an item inside the sentence that tells of it.

Where an item stands is the end of its IRI (``#item-10-20``), counted like evidence. That is believed only if the
sentence holds the item's words at that place: data of others may name its items as it likes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from server.views.parts import Item, Quote

BEFORE: Final = 60
AFTER: Final = 45
"""Characters of the sentence that are shown before and after an item's words: room for "around one hundred"."""

_PLACE: Final = re.compile(r"item-(\d+)-(\d+)(?:-[0-9a-z]+)?")


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of characters."""

    text: str
    is_marked: bool


def item_span(item: Item, quote: Quote) -> tuple[int, int] | None:
    """Where in the quote the item's words stand: offsets from its start; None if they stand elsewhere."""
    place = _PLACE.fullmatch(item.anchor)
    if place is None:
        return None
    start, end = int(place[1]) - quote.start, int(place[2]) - quote.start
    found = quote.exact[start:end] if start >= 0 else ""
    return (start, end) if found and found.split() == item.name.split() else None


def passage_of(text: str, spans: Iterable[tuple[int, int]]) -> tuple[Passage, ...]:
    """``text`` cut up at the ends of ``spans``; those that overlap become one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            start, end = joined[-1][0], max(end, joined.pop()[1])
        joined.append((start, end))
    done, passages = 0, list[Passage]()
    for start, end in joined:
        passages += [Passage(text[done:start], False), Passage(text[start:end], True)]
        done = end
    return tuple(passage for passage in (*passages, Passage(text[done:], False)) if passage.text)


def around(item: Item, quotes: Iterable[Quote]) -> tuple[Passage, ...]:
    """The item's words with some of the sentence on both sides, cut between words; nothing if no quote holds them."""
    for quote in quotes:
        span = item_span(item, quote)
        if span:
            start, end = _word_start(quote.exact, span[0] - BEFORE), _word_end(quote.exact, span[1] + AFTER)
            cut = passage_of(quote.exact[start:end], [(span[0] - start, span[1] - start)])
            return (*_dots(start > 0), *cut, *_dots(end < len(quote.exact)))
    return ()


def _dots(is_cut: bool) -> tuple[Passage, ...]:
    return (Passage("…", False),) if is_cut else ()


def _word_start(text: str, at: int) -> int:
    return text.find(" ", at) + 1 if at > 0 else 0


def _word_end(text: str, at: int) -> int:
    found = text.rfind(" ", 0, at) if at < len(text) else -1
    return found if found > 0 else len(text)

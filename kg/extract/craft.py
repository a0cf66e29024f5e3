"""Ships, aircraft and lorries: they bear names of persons, places and bodies, and are none of them.

"HMS Kestrel", "the aircraft carrier Franklin Pierce", "an A300": what carries the goods is no entity of ours, so
the words are kept from every finder of names. A maker alone ("Kamaz trucks") is a product where a vehicle follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.candidates import name_words
from kg.extract.tokens import Doc, Token

_MODEL = re.compile(r"[A-Z][A-Za-z]{0,2}-?\d{1,4}[A-Z]{0,2}")  # C-130, A400M, Il-76, DC-7; not G7 (one digit after one)
_GROUPS_OF_STATES = re.compile(r"[GPE]-?\d{1,2}")
_LONGEST = 4  # words of a ship's name: "Captain Juan R. Fernández"


def craft_in(doc: Doc) -> frozenset[int]:
    """The tokens that name a ship, an aircraft or a vehicle."""
    found: set[int] = set()
    for token in doc:
        if token.text in name_words().ship_prefixes:
            found.update(range(token.i, _name_end(doc, token.i + 1)))
        elif _is_craft(token) and (start := _named_behind(doc, token)) is not None:
            found.update(range(start, _name_end(doc, start)))
        elif _is_model(token) or token.lower_ in name_words().models:
            found.update(_model_words(doc, token))
    return frozenset(found)


def _is_craft(token: Token) -> bool:
    return token.lower_ in name_words().craft and token.tag_ in ("NN", "NNP", "NNPS", "NNS", "JJ")


def _named_behind(doc: Doc, token: Token) -> int | None:
    """Where a name stands right behind "the carrier" or "his flagship the"."""
    here = token.i + 1
    while here < len(doc) and here <= token.i + 2 and doc[here].text.lower() in (",", "the", "“", '"', "‘", "'"):
        here += 1
    if here >= len(doc) or not _is_word(doc[here]) or doc[here].is_sent_start:
        return None
    if here > token.i + 1 and doc[token.i + 1].text == "," and doc[here - 1].lower_ != "the":
        return None  # "from the ship, Hansen said"
    return None if doc[here].lower_ in ("i", "president", "captain", "admiral") else here


def _name_end(doc: Doc, start: int) -> int:
    end = start
    while end < len(doc) and end < start + _LONGEST and (_is_word(doc[end]) or re.fullmatch(r"[A-Z]\.", doc[end].text)):
        end += 1
    return end


def _is_word(token: Token) -> bool:
    return token.text[0].isupper() and token.pos_ in ("PROPN", "NOUN", "ADJ")


def _is_model(token: Token) -> bool:
    return _MODEL.fullmatch(token.text) is not None and _GROUPS_OF_STATES.fullmatch(token.text) is None


def _model_words(doc: Doc, token: Token) -> Iterator[int]:
    yield token.i
    before = token.i - 1
    if before >= 0 and doc[before].lower_ in name_words().makers:
        yield before

"""Organs of state and other bodies by their shape: "Ministry of Health of Cuba", "Indian navy", "Qatar Charity".

The recogniser cuts such names short or misses them, and no list has them all.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.candidates import Found, KindOf, ends_name, name_words
from kg.extract.tokens import Doc, Token

_SMALL_OFFICES = frozenset({"ministry", "embassy", "consulate"})


def find_organs(doc: Doc, kind_of: KindOf) -> Iterator[Found]:
    """Ministries, forces and bodies: "the Defense Ministry", "Ministry of Health of Cuba", "Russian navy"."""
    for token in doc:
        if token.lower_ in name_words().offices and token.text[0].isupper():
            yield from _office(doc, token, kind_of)
        elif token.lower_ in _SMALL_OFFICES:
            yield from _small_office(doc, token, kind_of)
        elif token.lower_ in name_words().forces:
            yield from _force(doc, token, kind_of)
        elif token.lower_ in name_words().bodies and token.text[0].isupper():
            yield from _body(doc, token)


def _office(doc: Doc, token: Token, kind_of: KindOf) -> Iterator[Found]:
    start, end = token.i, token.i + 1
    while start > 0 and _in_name(doc[start - 1]) and kind_of(doc[start - 1].text) not in ("people", "place"):
        start -= 1
    state = doc[start - 1].text if start > 0 and kind_of(doc[start - 1].text) == "people" else None
    adjective = state is not None
    if end < len(doc) and doc[end].lower_ in ("of", "for"):
        end = _run(doc, end)
        end, inner = _of_state(doc, end, kind_of)
        state = inner or state
    if end - start > 1 or adjective:
        yield Found(start - adjective, end, "organization", 0, state or _owner(doc, start, kind_of))


def _small_office(doc: Doc, token: Token, kind_of: KindOf) -> Iterator[Found]:
    """ "the Peruvian health ministry", "Peru's foreign ministry", "the Chinese embassy": agencies write them small."""
    start = token.i
    while start > 0 and (doc[start - 1].lower_ in name_words().fields or (doc[start - 1].text == "-" and start > 1)):
        start -= 1
    state = doc[start - 1].text if start > 0 and kind_of(doc[start - 1].text) == "people" else None
    owner = state or _owner(doc, start, kind_of)
    if owner is not None or (start < token.i and token.lower_ == "ministry"):
        yield Found(start - (state is not None), token.i + 1, "organization", 0, owner)


def _owner(doc: Doc, start: int, kind_of: KindOf) -> str | None:
    """The state before a name: "Peru's Ministry of Health"."""
    if start > 1 and doc[start - 1].tag_ == "POS":
        return next((doc[i : start - 1].text for i in range(max(0, start - 4), start - 1)
                     if kind_of(doc[i : start - 1].text) == "place" and doc[i].text[0].isupper()), None)  # fmt: skip
    return None


def _in_name(token: Token) -> bool:
    return token.text[0].isupper() and token.pos_ in ("PROPN", "NOUN", "ADJ") and not token.is_sent_start


def _run(doc: Doc, end: int) -> int:
    """The end of "of Foreign Affairs and Trade": capitalised words, and the small words between them."""
    last, here = end, end + 1
    while here < len(doc):
        if doc[here].text[0].isupper() and not doc[here].is_punct:
            last = here + 1
        elif (
            doc[here].lower_ not in ("and", "of", "the", "for", ",")
            or (doc[here].text == "," and not _continues(doc, here))
            or (doc[here].lower_ in ("of", "the") and last > end)
        ):
            break
        here += 1
    return last


def _continues(doc: Doc, comma: int) -> bool:
    """Whether a list of subjects goes on behind a comma: "Ministry of Health, Labour and Welfare"."""
    return any(doc[i].lower_ == "and" for i in range(comma + 2, min(comma + 4, len(doc))))


def _of_state(doc: Doc, end: int, kind_of: KindOf) -> tuple[int, str | None]:
    if end < len(doc) and doc[end].lower_ == "of":
        start = end + 1 + (end + 1 < len(doc) and doc[end + 1].lower_ == "the")
        for stop in range(min(start + 5, len(doc)), start, -1):
            if ends_name(doc[start:stop]) and kind_of(doc[start:stop].text) == "place":
                return stop, doc[start:stop].text
    return end, None


def _force(doc: Doc, token: Token, kind_of: KindOf) -> Iterator[Found]:
    """ "Indian army", "US Air Force", "Coast Guard of the Philippines"; "several foreign navies" is none.

    What is only "US military aircraft" or an "Army helicopter" names the craft, not the force.
    """
    if token.dep_ in ("compound", "amod") and token.head.i > token.i and token.head.lower_ not in name_words().forces:
        return
    start, end = token.i, token.i + 1
    while start > 0 and _force_word(doc[start - 1], token) and kind_of(doc[start - 1].text) not in ("people", "place"):
        start -= 1
    state, first = _state_before(doc, start, kind_of)
    owned = state is not None and doc[start - 1].tag_ == "POS" and end - start > 1
    start = start if owned else first  # "Britain's Royal Air Force" is listed without its owner
    end, inner = _of_state(doc, end, kind_of)
    proper = any(doc[i].text[0].isupper() for i in range(start, token.i + 1) if not doc[i].is_sent_start)
    if (state or inner or proper) and end - start > 1:
        yield Found(start, end, "organization", 0, state or inner)


def _state_before(doc: Doc, start: int, kind_of: KindOf) -> tuple[str | None, int]:
    """The country or people right before a token, a possessive between them or not, and where it starts."""
    end = start - 1 if start > 0 and doc[start - 1].tag_ == "POS" else start
    for first in range(max(0, end - 3), end):
        named = doc[first].text[0].isupper() and doc[first].lower_ != "the"
        if named and kind_of(doc[first:end].text) in ("people", "place"):
            return doc[first:end].text, first
    return None, start


def _force_word(token: Token, head: Token) -> bool:
    if token.is_sent_start and token.pos_ != "PROPN":
        return False
    return (
        token.pos_ == "PROPN"
        or (token.dep_ == "compound" and token.head.i <= head.i)
        or token.lower_ in ("armed", "royal")
    )


def _body(doc: Doc, token: Token) -> Iterator[Found]:
    """ "Qatar Charity", "Bangladesh Rural Advancement Committee": capitalised words before a body word."""
    start = token.i
    while (
        start > 0
        and (doc[start - 1].text[0].isupper() or doc[start - 1].lower_ in ("of", "for", "and"))
        and (doc[start - 1].pos_ in ("PROPN", "ADJ", "NOUN", "ADP", "CCONJ"))
    ):
        start -= 1
    while start < token.i and not doc[start].text[0].isupper():
        start += 1
    end = _run(doc, token.i + 1) if token.i + 1 < len(doc) and doc[token.i + 1].lower_ in ("of", "for") else token.i + 1
    if end - start > 1:
        yield Found(start, end, "organization", 2)

"""Words for a crisis: listed ones with place and year, and descriptions such as "a devastating earthquake"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from kg.extract.candidates import Found, KindOf, ends_name, name_words

_FIGURATIVE = frozenset({"flood", "storm", "landslide", "wildfire", "earthquake", "tsunami"})
_LOOSE = frozenset(
    {
        "recent",
        "latest",
        "new",
        "worst",
        "deadly",
        "massive",
        "current",
        "last",
        "this",
        "first",
        "second",
        "entire",
        "same",
    }
)
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")


def find_crises(doc: Doc, kind_of: KindOf) -> Iterator[Found]:
    """ "a devastating earthquake", "the 1970 Ancash earthquake", "floods in Pakistan", each with place and year."""
    for token in doc:
        disaster = name_words().disasters.get(token.lower_)
        if disaster is None or not _names_crisis(token, disaster):
            continue
        start = token.i
        while (
            start > 0
            and doc[start - 1].dep_ in ("compound", "amod", "nummod", "nmod", "poss", "case")
            and doc[start - 1].sent == token.sent
        ):
            start -= 1
        while start < token.i and (doc[start].tag_ == "POS" or doc[start].lower_ in _LOOSE):
            start += 1
        if start + 1 < token.i and kind_of(doc[start].text) == "place" and doc[start + 1].pos_ == "NOUN":
            start += 1
        place, year = _place_in(doc, start, token, kind_of), _year_in(doc, start, token)
        if disaster == "conflict" and not any(
            kind_of(doc[i].text) in ("place", "people") for i in range(start, token.i)
        ):
            continue
        yield Found(start, token.i + 1, "crisis", 3, place, disaster, year)


def _names_crisis(token: Token, disaster: str) -> bool:
    """Whether a disaster word is the noun of its phrase: "flood relief" is relief, "war of words" no war."""
    inside = token.dep_ == "compound" and token.head.pos_ == "NOUN"
    if token.pos_ not in ("NOUN", "PROPN") or (inside and token.head.lower_ not in name_words().disasters):
        return False
    return not _is_figure_of_speech(token, disaster)


def _is_figure_of_speech(token: Token, disaster: str) -> bool:
    """ "a flood of letters", "a storm of applause"; "the flood of 1953" and "an outbreak of cholera" are none."""
    of = (p for c in token.children if c.lower_ == "of" for p in c.children if p.dep_ == "pobj")
    return disaster in _FIGURATIVE and any(p.pos_ == "NOUN" and p.ent_type_ not in ("DATE", "TIME") for p in of)


def listed_crisis(doc: Doc, start: int, end: int, kind_of: KindOf) -> Found:
    """A disease or crisis that is listed, with the place and year beside it, which tell one outbreak from another."""
    last = doc[end - 1]
    disaster = next(
        (name_words().disasters[t.lower_] for t in reversed(doc[start:end]) if t.lower_ in name_words().disasters), None
    )
    return Found(start, end, "crisis", 0, _place_in(doc, start, last, kind_of), disaster, _year_in(doc, start, last))


def _place_in(doc: Doc, start: int, token: Token, kind_of: KindOf) -> str | None:
    """The place in the words themselves, else behind them ("in", "of", "that hit"), else in the clause."""
    if token.i + 1 < len(token.doc) and token.doc[token.i + 1].lower_ == "there":
        return _last_place(doc, start, token, kind_of)  # "to Tonga after the eruption there"
    owner = [start - 2] if start >= 2 and doc[start - 1].tag_ == "POS" else []
    inside = [*owner, *range(start, token.i)]
    behind = range(token.i + 1, min(token.i + 9, token.sent.end))
    for i in [*inside, *behind]:
        for stop in (i + 3, i + 2, i + 1):
            words = doc[i : min(stop, len(doc))]
            if words.text[0].isupper() and ends_name(words) and kind_of(words.text) in ("place", "people"):
                return words.text
        if i > token.i and doc[i].is_punct:
            break
    return None


def _last_place(doc: Doc, start: int, token: Token, kind_of: KindOf) -> str | None:
    before = (doc[i].text for i in range(start - 1, token.sent.start - 1, -1))
    return next((word for word in before if word[0].isupper() and kind_of(word) == "place"), None)


def _year_in(doc: Doc, start: int, token: Token) -> int | None:
    near = [*range(start, min(token.i + 5, token.sent.end)), *range(token.sent.start, start)]
    return next((int(doc[i].text) for i in near if _YEAR.fullmatch(doc[i].text)), None)

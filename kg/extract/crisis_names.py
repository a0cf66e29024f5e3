"""Words for a crisis: listed ones with place and year, and descriptions such as "a devastating earthquake"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.candidates import Found, KindOf, ends_name, name_words
from kg.extract.tokens import Doc, Token

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
_HYPHENS = "-‐‑"
_AGAINST = frozenset({"anti", "post", "pre"})  # "anti-cholera serum" is serum
_LAND = frozenset({"coast", "border", "mainland", "interior", "highlands", "countryside", "side", "territory", "soil"})
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")


def find_crises(doc: Doc, kind_of: KindOf) -> Iterator[Found]:
    """ "a devastating earthquake", "the 1970 Ancash earthquake", "floods in Pakistan", each with place and year."""
    for token in doc:
        disaster = _disaster(token)
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
        if disaster == "conflict" and _is_other_war(doc, start, token, kind_of):
            continue
        yield Found(start, token.i + 1, "crisis", 3, place, disaster, year)


def _disaster(token: Token) -> str | None:
    """The kind of crisis that a noun tells, alone ("quake") or with the word before it ("forest fires")."""
    words = name_words()
    if kind := words.disasters.get(token.lower_):
        return kind
    before = token.nbor(-1).lower_ if token.i > 0 else ""
    return words.disaster_pairs.get(f"{before} {token.lower_}")


def _is_other_war(doc: Doc, start: int, token: Token, kind_of: KindOf) -> bool:
    """ "the Second World War", "the Cold War": a name that no place explains, and "a war", which is none yet."""
    inside = [doc[i] for i in range(start, token.i)]
    if any(kind_of(word.text) in ("place", "people") for word in inside):
        return False
    if any(child.lower_ == "of" for child in token.children):
        return True  # "the war of words"
    told = any(child.tag_ == "DT" and child.lower_ in ("a", "an", "any", "no") for child in token.children)
    return told or token.text[0].isupper() or any(word.text[0].isupper() for word in inside)


def _names_crisis(token: Token, disaster: str) -> bool:
    """Whether a disaster word is the noun of its phrase: "flood relief" is relief, "war of words" no war."""
    inside = token.dep_ == "compound" and token.head.pos_ == "NOUN"
    if token.pos_ not in ("NOUN", "PROPN") or (inside and token.head.lower_ not in name_words().disasters):
        return False
    if stands_against(token.doc, token.i):
        return False
    return not _is_figure_of_speech(token, disaster)


def stands_against(doc: Doc, start: int) -> bool:
    """Whether a word behind a hyphen is what goods are against: "anti-cholera serum"."""
    while start > 0 and (doc[start].text in _HYPHENS or doc[start - 1].text in _HYPHENS):
        start -= 1
    return (start > 0 and doc[start - 1].lower_ in _AGAINST) or doc[start].lower_ in _AGAINST


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
            if not (words.text[0].isupper() and ends_name(words)):
                continue
            kind = kind_of(words.text)
            if kind == "place" or (kind == "people" and (i < token.i or _is_ground(doc, words.end))):
                return words.text
        if i > token.i and doc[i].is_punct:
            break
    return None


def _last_place(doc: Doc, start: int, token: Token, kind_of: KindOf) -> str | None:
    before = (doc[i].text for i in range(start - 1, token.sent.start - 1, -1))
    return next((word for word in before if word[0].isupper() and kind_of(word) == "place"), None)


def _is_ground(doc: Doc, after: int) -> bool:
    """Whether a people's name goes with land: "the Chilean coast", not "the Chilean Red Cross"."""
    return after < len(doc) and doc[after].lower_ in name_words().settlements | _LAND


def _year_in(doc: Doc, start: int, token: Token) -> int | None:
    behind = range(start, min(token.i + 9, token.sent.end))
    stop = next((i for i in behind if i > token.i and doc[i].is_punct), behind.stop)
    near = [*range(start, stop), *range(token.sent.start, start)]
    return next((int(doc[i].text) for i in near if _YEAR.fullmatch(doc[i].text)), None)

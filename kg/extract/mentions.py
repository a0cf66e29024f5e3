"""Names in a parsed article: what may be a country, place, person, organisation or crisis.

The statistical recogniser alone misses demonyms, ministries and small places, and takes virus names
for organisations; a list alone knows no persons. So both are asked, the longest name wins, and the
list wins a tie. Which entity a name means is decided later, by the linker.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from spacy.tokens import Doc, Span, Token

from kg.extract.nlp import Paragraph, Parsed
from kg.records import Name, NameKind

# What a lookup knows of a run of words: the kind of the best entry of that name, or None.
KindOf = Callable[[str], NameKind | None]

_LONGEST_NAME = 9  # tokens; "United Nations Office for the Coordination of Humanitarian Affairs" has nine
_BREAKS = frozenset(':;!?,|/–—"“”')
_LABELS: dict[str, NameKind] = {
    "PERSON": "person",
    "ORG": "organization",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate name as tokens of one paragraph; ``rank`` breaks ties, smaller is better."""

    start: int
    end: int
    kind: NameKind
    rank: int
    state: str | None = None
    disaster: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Organs:
    """Words that make an organ of state or a body of people out of what stands around them."""

    offices: frozenset[str]
    forces: frozenset[str]
    bodies: frozenset[str]
    not_names: frozenset[str]
    titles: frozenset[str]
    settlements: frozenset[str]
    sites: frozenset[str]
    disasters: dict[str, str]


@cache
def organs() -> Organs:
    """The tables of ``data/names.toml``."""
    data = tomllib.loads(files("kg.extract").joinpath("data/names.toml").read_text("utf-8"))
    return Organs(
        offices=frozenset(data["offices"]["words"]),
        forces=frozenset(data["forces"]["words"]),
        bodies=frozenset(data["bodies"]["words"]),
        not_names=frozenset(data["not_names"]["words"]),
        titles=frozenset(data["titles"]["words"]),
        settlements=frozenset(data["settlements"]["words"]),
        sites=frozenset(data["sites"]["words"]),
        disasters={word: kind for kind, words in data["disasters"].items() for word in words},
    )


def find_names(parsed: Parsed, kind_of: KindOf) -> tuple[Name, ...]:
    """All names of the article, in text order, none overlapping.

    Args:
        parsed: the article.
        kind_of: looks a run of words up in the gazetteer.
    """
    return tuple(name for paragraph in parsed.paragraphs for name in _names_in(paragraph, kind_of))


def _names_in(paragraph: Paragraph, kind_of: KindOf) -> Iterator[Name]:
    doc = paragraph.doc
    found = [
        *_subjects(doc, kind_of),
        *_listed(doc, kind_of),
        *_recognised(doc, kind_of),
        *_organs_of_state(doc, kind_of),
        *_crises(doc, kind_of),
    ]
    for one in _longest(found):
        words = doc[one.start : one.end]
        yield Name(paragraph.span(words), words.text, one.kind, one.state, one.disaster, one.year)


def _longest(found: Iterable[Found]) -> list[Found]:
    taken: list[Found] = []
    for one in sorted(found, key=lambda f: (f.start - f.end, f.rank, f.start)):
        if all(one.end <= other.start or other.end <= one.start for other in taken):
            taken.append(one)
    return sorted(taken, key=lambda f: f.start)


def _listed(doc: Doc, kind_of: KindOf) -> Iterator[Found]:
    for start, token in enumerate(doc):
        if not (token.text[0].isupper() or token.text[0].isdigit() or token.pos_ in ("NOUN", "PROPN", "ADJ")):
            continue
        for end in range(min(start + _LONGEST_NAME, len(doc)), start, -1):
            if not _ends_name(doc[start:end]):
                continue
            if any(token.text in _BREAKS or token.is_space for token in doc[start:end]):
                continue
            kind = kind_of(doc[start:end].text)
            if kind == "people" and token.lower_ == "the":
                continue  # "The Danish" is no longer a name than "Danish", and would push out "Danish army"
            if kind is not None and _may_be(doc, start, end, kind):
                yield _crisis_found(doc, start, end, kind_of) if kind == "crisis" else Found(start, end, kind, 0)
                break


def _crisis_found(doc: Doc, start: int, end: int, kind_of: KindOf) -> Found:
    """A disease or crisis that is listed, with the place and year beside it, which tell one outbreak from another."""
    last = doc[end - 1]
    disaster = next(
        (organs().disasters[t.lower_] for t in reversed(doc[start:end]) if t.lower_ in organs().disasters), None
    )
    return Found(start, end, "crisis", 0, _place_in(doc, start, last, kind_of), disaster, _year_in(doc, start, last))


def _ends_name(words: Span) -> bool:
    last = words[-1]
    is_abbreviated = last.text[-1] == "." and len(last) > 1
    closes = last.text == ")" and "(" in words.text
    return last.tag_ != "POS" and (last.text[-1].isalnum() or closes or is_abbreviated)


def _may_be(doc: Doc, start: int, end: int, kind: NameKind) -> bool:
    """Cities share their names with common words and with persons: one word alone must look like a place."""
    words = doc[start:end]
    if kind == "crisis":
        return True
    if not words.text[0].isupper():
        return False
    if kind != "place" or end - start > 1:
        return True
    token = doc[start]
    if token.ent_type_ == "PERSON" or token.lower_ in organs().not_names:
        return False
    return token.pos_ == "PROPN" or token.ent_type_ in ("GPE", "LOC")


def _recognised(doc: Doc, kind_of: KindOf) -> Iterator[Found]:
    for ent in doc.ents:
        kind = _LABELS.get(ent.label_)
        start, end = _trimmed(doc, ent.start, ent.end, kind_of)
        if kind is not None and _is_city_of(doc, start):
            kind = "place"
        if kind is not None and end < len(doc) and doc[end].lower_ in organs().sites:
            end, kind = end + 1, "place"
        if kind is None or start >= end or not _is_name(doc, start, end, kind, kind_of):
            continue
        if kind == "organization" and doc[start].text.istitle() and _is_bare_surname(doc, start, end):
            kind = "person"
        yield Found(start, end, kind, 1)


def _is_city_of(doc: Doc, start: int) -> bool:
    """ "the town of Nis": what the words before it call a place is one, whatever the recogniser says."""
    return start >= 2 and doc[start - 1].lower_ == "of" and doc[start - 2].lower_ in organs().settlements


def _subjects(doc: Doc, kind_of: KindOf) -> Iterator[Found]:
    """A lone proper name that does something, which the recogniser passed over: "Huawei shipped"."""
    for token in doc:
        if (
            token.pos_ == "PROPN"
            and token.dep_ == "nsubj"
            and not token.ent_type_
            and token.text[0].isupper()
            and (
                token.head.pos_ == "VERB"
                and token.lower_ not in organs().not_names
                and kind_of(token.text) is None
                and token.i == token.left_edge.i
                and token.lower_ not in organs().titles
                and len(token) > 2
            )
        ):
            yield Found(token.i, token.i + 1, "organization", 4)


def _trimmed(doc: Doc, start: int, end: int, kind_of: KindOf) -> tuple[int, int]:
    """Without articles, titles of office and possessives at the edges: "the Russian President Vladimir Putin’s"."""

    def is_edge(token: Token) -> bool:
        return token.lower_ in organs().titles or token.is_punct or token.pos_ == "DET"

    while start < end and (
        is_edge(doc[start]) or (end - start > 2 and kind_of(doc[start].text) == "people" and is_edge(doc[start + 1]))
    ):
        start += 1
    while end > start and (
        doc[end - 1].tag_ == "POS" or (not doc[end - 1].text[-1].isalnum() and doc[end - 1].text != ".")
    ):
        end -= 1
    if start < end and "(" in doc[start:end].text and ")" not in doc[start:end].text:
        end = next(i for i in range(start, end) if "(" in doc[i].text)
    return start, end


def _is_name(doc: Doc, start: int, end: int, kind: NameKind, kind_of: KindOf) -> bool:
    words = doc[start:end]
    if not any(token.text[0].isupper() for token in words) or any(token.like_num for token in words):
        return False
    if re.search(r"[\n/|<>{}=_]", words.text) or words.text.lower() in organs().not_names:
        return False
    if len(words) == 1 and (doc[start].is_sent_start and kind_of(words.text) is None and kind != "person"):
        return doc[start].pos_ == "PROPN" and doc[start].text.isupper()
    return any(token.pos_ == "PROPN" for token in words) and kind_of(words.text) != "people"


def _is_bare_surname(doc: Doc, start: int, end: int) -> bool:
    """The recogniser calls a lone surname an organisation at times; it is a person if one was named by it."""
    surname = doc[start:end].text
    return end - start == 1 and any(e.label_ == "PERSON" and e.text.endswith(" " + surname) for e in doc.ents)


def _organs_of_state(doc: Doc, kind_of: KindOf) -> Iterator[Found]:
    """Ministries, forces and bodies: "the Defense Ministry", "Ministry of Health of Cuba", "Russian navy"."""
    for token in doc:
        if token.lower_ in organs().offices and token.text[0].isupper():
            yield from _office(doc, token, kind_of)
        elif token.lower_ in organs().forces:
            yield from _force(doc, token, kind_of)
        elif token.lower_ in organs().bodies and token.text[0].isupper():
            yield from _body(doc, token)


def _office(doc: Doc, token: Token, kind_of: KindOf) -> Iterator[Found]:
    start, end = token.i, token.i + 1
    while start > 0 and _in_name(doc[start - 1]) and kind_of(doc[start - 1].text) not in ("people", "place"):
        start -= 1
    state = doc[start - 1].text if start > 0 and kind_of(doc[start - 1].text) == "people" else None
    if end < len(doc) and doc[end].lower_ in ("of", "for"):
        end = _run(doc, end)
        end, inner = _of_state(doc, end, kind_of)
        state = inner or state
    if end - start > 1:
        yield Found(
            start - (state is not None and start > 0 and doc[start - 1].text == state), end, "organization", 0, state
        )


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
            if _ends_name(doc[start:stop]) and kind_of(doc[start:stop].text) == "place":
                return stop, doc[start:stop].text
    return end, None


def _force(doc: Doc, token: Token, kind_of: KindOf) -> Iterator[Found]:
    """ "Indian army", "US Air Force", "Coast Guard of the Philippines"; "several foreign navies" is none."""
    start, end = token.i, token.i + 1
    while start > 0 and _force_word(doc[start - 1], token) and kind_of(doc[start - 1].text) not in ("people", "place"):
        start -= 1
    state, start = _state_before(doc, start, kind_of)
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


def _crises(doc: Doc, kind_of: KindOf) -> Iterator[Found]:
    """ "a devastating earthquake", "the 1908 Messina earthquake", "floods in Pakistan", each with place and year."""
    for token in doc:
        disaster = organs().disasters.get(token.lower_)
        if (
            disaster is None
            or token.pos_ not in ("NOUN", "PROPN")
            or (
                token.dep_ == "compound" and token.head.pos_ == "NOUN" and (token.head.lower_ not in organs().disasters)
            )
            or _is_figure_of_speech(token, disaster)
        ):
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


def _is_figure_of_speech(token: Token, disaster: str) -> bool:
    """ "a flood of letters", "a storm of applause"; "the flood of 1953" and "an outbreak of cholera" are none."""
    of = (p for c in token.children if c.lower_ == "of" for p in c.children if p.dep_ == "pobj")
    return disaster in _FIGURATIVE and any(p.pos_ == "NOUN" and p.ent_type_ not in ("DATE", "TIME") for p in of)


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


def _place_in(doc: Doc, start: int, token: Token, kind_of: KindOf) -> str | None:
    """The place in the words themselves, else behind them ("in", "of", "that hit"), else in the clause."""
    owner = [start - 2] if start >= 2 and doc[start - 1].tag_ == "POS" else []
    inside = [*owner, *range(start, token.i)]
    behind = range(token.i + 1, min(token.i + 9, token.sent.end))
    for i in [*inside, *behind]:
        for stop in (i + 3, i + 2, i + 1):
            words = doc[i : min(stop, len(doc))]
            if words.text[0].isupper() and _ends_name(words) and kind_of(words.text) in ("place", "people"):
                return words.text
        if i > token.i and doc[i].is_punct:
            break
    return None


def _year_in(doc: Doc, start: int, token: Token) -> int | None:
    near = [*range(start, min(token.i + 5, token.sent.end)), *range(token.sent.start, start)]
    return next((int(doc[i].text) for i in near if _YEAR.fullmatch(doc[i].text)), None)

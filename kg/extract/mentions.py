"""Names in a parsed article: what may be a country, place, person, organisation or crisis.

The statistical recogniser alone misses demonyms, ministries and small places, and takes virus names
for organisations; a list alone knows no persons. So both are asked, the longest name wins, and the
list wins a tie. Which entity a name means is decided later, by the linker.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from kg.extract.acronyms import explained, find_explained
from kg.extract.candidates import Found, KindOf, MayOpen, ends_name, name_words
from kg.extract.craft import craft_in
from kg.extract.crisis_names import find_crises, listed_crisis, stands_against
from kg.extract.headings import in_running_text, is_believed, is_heading
from kg.extract.lexicon import CurrencyTable
from kg.extract.name_kinds import is_titled, surnames
from kg.extract.nlp import Paragraph, Parsed
from kg.extract.organs import find_organs
from kg.extract.person_names import find_persons
from kg.extract.recognised import find_recognised, is_kind_of_place
from kg.extract.storm_names import find_storms, named_storms
from kg.extract.tables import load_table
from kg.extract.tokens import Doc
from kg.records import Name, NameKind

_LONGEST_NAME = 9  # tokens; "United Nations Office for the Coordination of Humanitarian Affairs" has nine
_BREAKS = frozenset(':;!?,|/–—"“”')


def find_names(parsed: Parsed, kind_of: KindOf, may_open: MayOpen = lambda words: True) -> tuple[Name, ...]:
    """All names of the article, in text order, none overlapping.

    Args:
        parsed: the article.
        kind_of: looks a run of words up in the gazetteer.
        may_open: whether the gazetteer has names that begin with these words, which end before a space. It saves
            looking up the eight longer runs behind nearly every word.
    """
    docs = [paragraph.doc for paragraph in parsed.paragraphs]
    told = Told(named_storms(docs), explained(docs, kind_of), surnames(docs), in_running_text(docs))
    return tuple(name for paragraph in parsed.paragraphs for name in _names_in(paragraph, kind_of, may_open, told))


@dataclass(frozen=True, slots=True)
class Told:
    """What the article as a whole tells of its names: storms, short forms and the surnames of persons."""

    storms: dict[str, str]
    short: dict[str, tuple[int, int, int]]
    surnames: frozenset[str]
    words: frozenset[str]


def _names_in(paragraph: Paragraph, kind_of: KindOf, may_open: MayOpen, told: Told) -> Iterator[Name]:
    doc = paragraph.doc
    craft = craft_in(doc)
    found = [
        *_subjects(doc, kind_of),
        *_listed(doc, kind_of, may_open),
        *find_recognised(doc, kind_of, told.surnames),
        *find_organs(doc, kind_of),
        *find_persons(doc, kind_of),
        *find_crises(doc, kind_of),
        *find_storms(doc, told.storms, kind_of),
        *find_explained(doc, paragraph.index, told.short, kind_of),
    ]
    if is_heading(doc):
        found = [one for one in found if is_believed(doc, one, kind_of, told.words)]
    for one in _longest(one for one in found if craft.isdisjoint(range(one.start, one.end))):
        words = doc[one.start : one.end]
        yield Name(paragraph.span(words), words.text, one.kind, one.state, one.disaster, one.year)


def _longest(found: Iterable[Found]) -> list[Found]:
    taken: list[Found] = []
    for one in sorted(found, key=lambda f: (f.start - f.end, f.rank, f.start)):
        if all(one.end <= other.start or other.end <= one.start for other in taken):
            taken.append(one)
    return sorted(taken, key=lambda f: f.start)


def _listed(doc: Doc, kind_of: KindOf, may_open: MayOpen) -> Iterator[Found]:
    for start, token in enumerate(doc):
        if not (token.text[0].isupper() or token.text[0].isdigit() or token.pos_ in ("NOUN", "PROPN", "ADJ")):
            continue
        for end in range(_farthest(doc, start, may_open), start, -1):
            if not ends_name(doc[start:end]):
                continue
            kind = kind_of(doc[start:end].text)
            if kind is not None and end < len(doc) and doc[end].lower_ in _currency_words():
                break  # "800 million US dollars" names no state
            if kind == "crisis" and stands_against(doc, start):
                break  # "anti-cholera serum" is serum
            if kind == "people" and token.lower_ == "the":
                continue  # "The Danish" is no longer a name than "Danish", and would push out "Danish army"
            if kind is not None and _may_be(doc, start, end, kind):
                yield _one_listed(doc, start, end, kind, kind_of)
                break


def _one_listed(doc: Doc, start: int, end: int, kind: NameKind, kind_of: KindOf) -> Found:
    if kind == "crisis":
        return listed_crisis(doc, start, end, kind_of)
    longer = end < len(doc) and is_kind_of_place(doc[end], known=True) and kind_of(doc[start : end + 1].text) is None
    if kind == "place" and longer:
        return Found(start, end + 1, kind, 0)  # "Niger State" is no country
    return Found(start, end, kind, 0)


def _farthest(doc: Doc, start: int, may_open: MayOpen) -> int:
    """Where the longest name that begins at this token may end: before a break, and before the next space if no name
    begins with the words up to there."""
    last = min(start + _LONGEST_NAME, len(doc))
    space = None
    for end in range(start, last):
        token = doc[end]
        if token.text in _BREAKS or token.is_space:
            return end
        if space is None and token.whitespace_:
            space = end + 1
            if not may_open(doc[start:space].text):
                return space
    return last


@cache
def _currency_words() -> frozenset[str]:
    """The nouns of currencies that are known by a country: "dollars" of "Canadian dollars"."""
    nouns = {name.split()[-1].lower() for row in load_table("currencies", CurrencyTable).currency for name in row.names}
    return frozenset({form for noun in nouns for form in (noun, noun + "s")})


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
    if token.ent_type_ == "PERSON" or token.lower_ in name_words().not_names or is_titled(doc, start):
        return False
    return token.pos_ == "PROPN" or token.ent_type_ in ("GPE", "LOC")


def _subjects(doc: Doc, kind_of: KindOf) -> Iterator[Found]:
    """A lone proper name that does something, which the recogniser passed over: "Natura shipped"."""
    for token in doc:
        if (
            token.pos_ == "PROPN"
            and token.dep_ == "nsubj"
            and not token.ent_type_
            and token.text[0].isupper()
            and (
                token.head.pos_ == "VERB"
                and token.lower_ not in name_words().not_names
                and kind_of(token.text) is None
                and token.i == token.left_edge.i
                and token.lower_ not in name_words().titles
                and len(token) > 2
            )
        ):
            yield Found(token.i, token.i + 1, "organization", 4)

"""The statistical recogniser's names, put right: trimmed at both ends, split, and without what names nothing.

It runs on "the Malian President Awa Keita’s", takes "Minister for Rural Affairs" for a body of that name, and the
places of a list for one. What it found is kept where something is left; the kind is judged by the words around.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.extract.candidates import Found, KindOf, name_words
from kg.extract.lexicon import CurrencyTable
from kg.extract.name_kinds import kind_by_words
from kg.extract.speech_words import speech_table
from kg.extract.tables import load_table
from kg.extract.tokens import Doc, Token
from kg.records import NameKind

_LABELS: dict[str, NameKind] = {
    "PERSON": "person",
    "ORG": "organization",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
}
_FIELDS_OF = frozenset({"minister", "ministers", "secretary", "under-secretary", "undersecretary", "commissioner"})
_PLURAL = {"counties": "county", "municipalities": "municipality", "valleys": "valley"}


def find_recognised(doc: Doc, kind_of: KindOf, persons: frozenset[str]) -> Iterator[Found]:
    """The recogniser's names of a paragraph. ``persons`` are surnames that the article uses alone."""
    for ent in doc.ents:
        label = _LABELS.get(ent.label_)
        if label is None:
            continue
        for first, last in _split(doc, ent.start, ent.end, kind_of):
            yield from _found(doc, first, last, label, kind_of, persons)


def _found(doc: Doc, start: int, end: int, kind: NameKind, kind_of: KindOf, persons: frozenset[str]) -> Iterator[Found]:
    start, end = _trimmed(doc, start, end, kind_of)
    settled = start < end and _is_settlement(doc, start)
    kind = "place" if settled else kind
    if kind == "person":
        start = _with_given_name(doc, start, end, kind_of)
    if start < end < len(doc) and is_kind_of_place(doc[end], known=kind_of(doc[start:end].text) is not None):
        end, kind = end + 1, "place"
    if start >= end or not _is_name(doc, start, end, kind, kind_of):
        return
    if _is_no_body(doc, start, end, kind_of):
        yield from _holder(doc, start, end)
        return
    if kind == "organization" and doc[start].text.istitle() and _is_bare_surname(doc, start, end):
        kind = "person"
    if not settled and kind_of(doc[start:end].text) is None:
        kind = kind_by_words(doc, start, end, kind, persons)
    yield Found(start, end, kind, 1)


def is_kind_of_place(token: Token, *, known: bool = False) -> bool:
    """Whether a word behind a name tells that it is a place: "Bor district", "Kogi and Niger States".

    Behind a place that the list knows a small plural tells nothing: "Zambia districts" are parts of it.
    """
    words = name_words().places
    singular = _PLURAL.get(token.lower_, token.lower_.removesuffix("s"))
    return token.lower_ in words or (singular in words and not (known and token.text.islower()))


# ---------------------------------------------------------------- where a name begins and ends


def _split(doc: Doc, start: int, end: int, kind_of: KindOf) -> Iterator[tuple[int, int]]:
    """The names of a run: "the villages of Foah and Kefraya" names two, "Bentiu, Unity State" too."""
    comma = next((i for i in range(start + 1, end - 1) if doc[i].text == ","), None)
    if comma is not None and (is_kind_of_place(doc[end - 1]) or kind_of(doc[comma + 1 : end].text) == "place"):
        yield from ((start, comma), (comma + 1, end))
        return
    if end - start == 3 and doc[start + 1].lower_ == "and" and _is_settlement(doc, start):
        yield from ((start, start + 1), (end - 1, end))
        return
    yield start, end


def _trimmed(doc: Doc, start: int, end: int, kind_of: KindOf) -> tuple[int, int]:
    """Without articles, titles of office and possessives at the edges: "the Malian President Awa Keita’s"."""
    while start < end and (
        _is_edge(doc[start]) or (end - start > 2 and kind_of(doc[start].text) == "people" and _is_edge(doc[start + 1]))
    ):
        start += 1
    start = _behind_owner(doc, start, end, kind_of)
    while end > start and (
        doc[end - 1].tag_ == "POS" or (not doc[end - 1].text[-1].isalnum() and doc[end - 1].text != ".")
    ):
        end -= 1
    while end - start > 1 and (doc[end - 1].lower_ in ("of", "and", "the") or doc[end - 1].pos_ == "ADP"):
        end -= 1
    if start < end and "(" in doc[start:end].text and ")" not in doc[start:end].text:
        end = next(i for i in range(start, end) if "(" in doc[i].text)
    return start, end


def _is_edge(token: Token) -> bool:
    opens = token.pos_ in ("ADP", "SCONJ") and token.is_sent_start is True
    return token.lower_ in name_words().titles or token.is_punct or token.pos_ == "DET" or opens


def _behind_owner(doc: Doc, start: int, end: int, kind_of: KindOf) -> int:
    """ "Britain's Royal Air Force" names the force; whose it is, is a name of its own."""
    for i in range(start + 1, end - 1):
        if doc[i].tag_ == "POS" and kind_of(doc[start:i].text) in ("place", "people"):
            return i + 1
    return start


# ---------------------------------------------------------------- what is no name


def _is_name(doc: Doc, start: int, end: int, kind: NameKind, kind_of: KindOf) -> bool:
    words = doc[start:end]
    if not any(token.text[0].isupper() for token in words) or any(token.like_num for token in words):
        return False
    if re.search(r"[\n/|<>{}=_]", words.text) or words.text.lower() in name_words().not_names:
        return False
    if words.text in _currency_codes():
        return False
    if len(words) == 1 and (doc[start].is_sent_start and kind_of(words.text) is None and kind != "person"):
        return doc[start].pos_ == "PROPN" and doc[start].text.isupper()
    return any(token.pos_ == "PROPN" for token in words) and kind_of(words.text) != "people"


def _holder(doc: Doc, start: int, end: int) -> Iterator[Found]:
    """Who holds the office, run together with its field: "Minister for Rural Affairs Irena Lund said"."""
    speaks = end < len(doc) and doc[end].lemma_.lower() in speech_table().verbs.lemmas
    if end - start > 2 and speaks and doc[start - 1].lower_ in ("for", "of"):
        yield Found(end - 2, end, "person", 1)


@cache
def _currency_codes() -> frozenset[str]:
    return frozenset(row.code for row in load_table("currencies", CurrencyTable).currency)


def _is_no_body(doc: Doc, start: int, end: int, kind_of: KindOf) -> bool:
    """Governments are their states, and what an office is for is no body: "Defence Minister", "Minister for Health"."""
    if _is_government(doc, start, end, kind_of):
        return True
    if kind_of(doc[start:end].text) == "organization":
        return False
    if any(token.lower_ in name_words().things for token in doc[start:end]) and not _has_body(doc, start, end):
        return True
    field = end < len(doc) and doc[end].text.istitle() and doc[end].lower_ in _FIELDS_OF
    of = start > 1 and doc[start - 1].lower_ in ("for", "of") and doc[start - 2].lower_ in _FIELDS_OF
    joined = start > 1 and doc[start - 1].lower_ == "and" and doc[start].ent_type_ == "ORG"
    behind = joined and any(doc[i].lower_ in _FIELDS_OF for i in range(max(0, start - 6), start - 1))
    return field or of or behind


def _has_body(doc: Doc, start: int, end: int) -> bool:
    return any(token.lower_ in name_words().institutions for token in doc[start:end])


def _is_government(doc: Doc, start: int, end: int, kind_of: KindOf) -> bool:
    """ "the British Government", "Government of the Republic of Peru": the state itself, named by the words inside."""
    table = name_words()
    if doc[end - 1].lower_ in table.governments and kind_of(doc[start : end - 1].text) in ("people", "place"):
        return True
    of = end - start > 2 and doc[start].lower_ in table.governments and doc[start + 1].lower_ == "of"
    return of or (end - start == 2 and doc[end - 1].lower_ == "government")


def _is_settlement(doc: Doc, start: int) -> bool:
    """ "the town of Bor", "the villages of Bor and Kapo": what the words before it call a place is one, whatever the
    recogniser says."""
    while start >= 2 and doc[start - 1].lower_ in ("and", ",") and doc[start - 2].text[0].isupper():
        start -= 2
    return start >= 2 and doc[start - 1].lower_ == "of" and doc[start - 2].lemma_.lower() in name_words().settlements


def _with_given_name(doc: Doc, start: int, end: int, kind_of: KindOf) -> int:
    """Where a person's name begins whose first word the recogniser left out: "Tunde Farah"."""
    if end - start > 1 or start == 0:
        return start
    before, table = doc[start - 1], name_words()
    plain = before.text.istitle() and before.is_alpha and before.dep_ == "compound" and before.head.i < end
    named = (
        before.lower_ in table.titles
        or before.lower_ in table.officers
        or before.lower_ in table.bodies
        or kind_of(before.text) is not None
    )
    return start - 1 if plain and not named and not before.ent_type_ else start


def _is_bare_surname(doc: Doc, start: int, end: int) -> bool:
    """The recogniser calls a lone surname an organisation at times; it is a person if one was named by it."""
    surname = doc[start:end].text
    return end - start == 1 and any(e.label_ == "PERSON" and e.text.endswith(" " + surname) for e in doc.ents)

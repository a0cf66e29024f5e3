"""What the recogniser's names are, by the words around them: a person, a place, a body or nothing at all.

The recogniser was trained on American and European news: it takes an unknown name from elsewhere for a body, a place
or a person as it comes. The words around a name say more: a title before it, its last word alone later in the text,
"in" before it, "district" behind it. Only names that the gazetteer does not know are judged here.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.extract.candidates import name_words
from kg.extract.speech_words import speech_table
from kg.extract.tokens import Doc, Token
from kg.records import NameKind

_INSIDE = frozenset({"in", "near", "outside", "around", "throughout", "across", "inside"})


def surnames(docs: Iterable[Doc]) -> frozenset[str]:
    """Words that stand alone as the subject of a verb of speech or behind "Mr": in this article they are persons."""
    return frozenset(
        token.text for doc in docs for token in doc if _is_alone(token) and (_speaks(token) or is_titled(doc, token.i))
    )


def kind_by_words(doc: Doc, start: int, end: int, kind: NameKind, alone: frozenset[str]) -> NameKind:
    """The kind of a name that the gazetteer does not know, the recogniser's own where nothing speaks against it."""
    last = doc[end - 1]
    if last.lower_ in name_words().places and end - start > 1 and not _is_office(doc, start, end):
        return "place"
    if _has_body_word(doc, start, end) or (last.text.isupper() and len(last) > 1):
        return kind
    if kind != "person" and _is_person(doc, start, end, alone):
        return "person"
    if kind in ("person", "organization") and _is_place(doc, start, end):
        return "place"
    return kind


def _is_person(doc: Doc, start: int, end: int, alone: frozenset[str]) -> bool:
    behind = doc[end].lower_ if end < len(doc) else ""
    if (
        end - start > 4
        or behind in name_words().holders
        or not all(token.text[0].isupper() or token.text.islower() for token in doc[start:end])
    ):
        return False
    if is_titled(doc, start):
        return True
    return end - start > 1 and (
        doc[end - 1].text in alone
        or _has_age(doc, end)
        or _is_apposed(doc, start, end)
        or _is_joined(doc, start, end)
        or _is_heard(doc, start, end)
    )


def is_titled(doc: Doc, start: int) -> bool:
    """ "spokesman Herve Lund", "Dr. Lund", "PM Lund"; not "the director of Lund"."""
    if start == 0:
        return False
    before = doc[start - 1]
    titled = before.lower_ in name_words().personal
    return titled or (before.lower_ in name_words().officers and before.pos_ in ("NOUN", "PROPN"))


def _has_age(doc: Doc, end: int) -> bool:
    return (
        end + 2 < len(doc) and doc[end].text == "," and doc[end + 1].like_num and doc[end + 2].text in (",", ")", ".")
    )


def _is_apposed(doc: Doc, start: int, end: int) -> bool:
    """ "its head of delegation, Pascal Lund, said", "Pascal Lund, head of delegation"."""
    root = doc[start:end].root
    if root.dep_ == "appos" and root.head.lower_ in name_words().officers and root.head.i < start:
        return True
    if end + 1 >= len(doc) or doc[end].text != ",":
        return False
    behind = doc[end + 1 : end + 6]
    stop = next((i for i, token in enumerate(behind) if token.is_punct), len(behind))
    return any(token.lower_ in name_words().officers for token in behind[:stop])


def _is_joined(doc: Doc, start: int, end: int) -> bool:
    """ "Olu Bakare and Irena Holt": of a kind with the person it is joined to."""
    root = doc[start:end].root
    return root.dep_ == "conj" and root.head.ent_type_ == "PERSON" and root.head.i < start


def _is_heard(doc: Doc, start: int, end: int) -> bool:
    """ "Karin Holt denied the story": two plain words that speak, none of them a brand's ("Plan International")."""
    words = doc[start:end]
    plain = all(token.text.istitle() and token.is_alpha and token.lower_ not in name_words().brands for token in words)
    return plain and len(words) == 2 and _speaks(words.root)


def _is_place(doc: Doc, start: int, end: int) -> bool:
    before = doc[start - 1] if start else None
    if before is None or end - start > 3:
        return False
    return before.lower_ in _INSIDE and before.pos_ == "ADP" and not _owns(doc, end)


def _owns(doc: Doc, end: int) -> bool:
    """ "in Lund's view" is of a person."""
    return end < len(doc) and doc[end].tag_ == "POS"


def _has_body_word(doc: Doc, start: int, end: int) -> bool:
    return any(token.lower_ in name_words().institutions for token in doc[start:end])


def _is_office(doc: Doc, start: int, end: int) -> bool:
    of_state = doc[end - 1].lower_ == "state" and start > 0 and doc[start - 1].lower_ == "of"
    return of_state or any(token.lower_ in name_words().offices for token in doc[start:end])


def _is_alone(token: Token) -> bool:
    if token.pos_ != "PROPN" or not token.text[0].isupper() or token.text.isupper() or len(token) == 1:
        return False
    beside = [token.doc[i] for i in (token.i - 1, token.i + 1) if 0 <= i < len(token.doc)]
    return not any(other.text[0].isupper() and other.pos_ == "PROPN" and not _is_title(other) for other in beside)


def _is_title(token: Token) -> bool:
    return token.lower_ in name_words().titles


def _speaks(token: Token) -> bool:
    return token.dep_ == "nsubj" and token.head.lemma_ in speech_table().verbs.lemmas

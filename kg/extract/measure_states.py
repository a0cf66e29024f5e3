"""States that stand after what is counted: "people have been displaced", "300,000 without a roof", "homes are unsafe".

The words between are scanned, not parsed: they are few and closed (auxiliaries, adverbs, "of them", "reported to
have been"), and the small model is at its worst in just such chains.
"""

from __future__ import annotations

from kg.extract.found import Found, end_of_counted, measure_index
from kg.extract.measure_words import Counted, measure_table
from kg.extract.numbers import Number
from kg.extract.tokens import Doc, Token

_REACH = 8  # tokens between what is counted and the word of its state
# States that only people and animals can be in; a noun of agents ("climbers") then needs no entry in a table.
_OF_PERSONS = frozenset(("deaths", "injured"))


def state_after(doc: Doc, number: Number, kind: Counted) -> Found | None:
    """A word of state after what is counted, with auxiliaries and adverbs between."""
    if kind in ("buildings", "areas", "land"):
        return _wrecked(doc, number, kind)
    if kind not in ("people", "bare", "things"):
        return None
    start = end_of_counted(doc, number)
    for token in doc[start : start + _REACH]:
        measure = measure_index("state").get(token.lower_)
        if measure is not None and not _has_object(token):
            told = kind != "things" or (measure in _OF_PERSONS and _is_agent(doc, number))
            return Found(measure, token.i, "state") if told else None
        if not may_stand_between(token):
            return None
    return None


def phrase_after(doc: Doc, number: Number, kind: Counted) -> Found | None:
    """A phrase after what is counted, auxiliaries between: "people are in need", "150 of which ended in death"."""
    if kind not in ("people", "bare"):
        return None
    start = end_of_counted(doc, number)
    for at in range(start, min(len(doc), start + _REACH)):
        rest = doc[at : at + 6].text.lower()
        for phrase, measure in measure_index("after").items():
            if rest.startswith(phrase) and not rest[len(phrase) : len(phrase) + 1].isalnum():
                return Found(measure, at + len(phrase.split()) - 1, "phrase after")
        if not may_stand_between(doc[at]):
            return None
    return None


def may_stand_between(token: Token) -> bool:
    """Whether a word may stand between people and the word of their state."""
    links = measure_table().links
    plain = token.pos_ in ("AUX", "ADV", "PART") or token.lower_ in links.words
    return plain or token.lemma_.lower() in links.lemmas


def _wrecked(doc: Doc, number: Number, kind: Counted) -> Found | None:
    """ "Homes are uninhabitable" is damage; "villages in Nepal remain cut off" counts areas."""
    start, group = end_of_counted(doc, number), measure_table().wrecked
    words = (*group.words, *group.phrases) if kind == "areas" else group.words
    for token in doc[start : start + _REACH]:
        if token.lower_ in words and not _has_object(token):
            return Found("other" if kind == "areas" else "damage", token.i, "state")
        if kind == "areas" and (token.lower_ == "in" or token.pos_ == "PROPN"):
            continue
        if not may_stand_between(token):
            return None
    return None


def _has_object(token: Token) -> bool:
    """Whether a participle is really an active verb: "200 soldiers killed three farmers"."""
    objects = [child for child in token.children if child.dep_ == "dobj" and child.ent_type_ not in ("GPE", "LOC")]
    return token.pos_ == "VERB" and bool(objects)


def _is_agent(doc: Doc, number: Number) -> bool:
    """Whether the counted noun has the plural of a noun of agents: "climbers", "cyclists", "fishermen"."""
    if number.head is None or doc[number.head].tag_ != "NNS":
        return False
    return doc[number.head].lower_.endswith(measure_table().agents.words)
